import SwiftDiagnostics
import SwiftSyntax

/// The types declared in a model's member block.
struct MemberTypes {
  /// Their names without backticks, those of type aliases included.
  private(set) var names: Set<String> = []
  /// Those whose declarations say nothing that could make a column's value of them, by name.
  private(set) var unconformed: [String: MemberType] = [:]

  init(_ members: MemberBlockItemListSyntax) {
    for member in members {
      guard let name = member.decl.typeName?.unquoted else { continue }
      names.insert(name)
      if let type = MemberType(member.decl) { unconformed[name] = type }
    }
  }
}

/// A nested type that nothing in its declaration makes a column's value.
///
/// An extension elsewhere may: no macro sees it.
struct MemberType {
  /// What it is called in a message: `struct 'Address'`.
  let label: String
  /// Whether `Codable` and `Sendable` are its for the asking.
  let isValue: Bool
  private let access: Access
  private let inherited: [InheritedTypeSyntax]
  /// What stands before the colon of a list of conformances.
  private let head: Syntax

  /// Protocols that make nothing a column's value.
  private static let harmless: Set = [
    "BitwiseCopyable", "CaseIterable", "Codable", "Comparable", "Copyable", "CustomDebugStringConvertible",
    "CustomStringConvertible", "Decodable", "Encodable", "Equatable", "Error", "Hashable", "Identifiable", "Sendable",
    "SendableMetatype",
  ]
  /// Attributes that add no conformance to one.
  private static let plainAttributes: Set = [
    "MainActor", "available", "dynamicMemberLookup", "frozen", "usableFromInline",
  ]

  /// Nil where `declaration` is no nominal type or may be a column's value: it conforms to more than what `harmless`
  /// lists, has a raw type or a superclass, or another macro may write its conformances.
  init?(_ declaration: DeclSyntax) {
    guard let name = declaration.typeName, let group = declaration.asProtocol((any DeclGroupSyntax).self) else {
      return nil
    }
    let kind: String
    let parameters: GenericParameterClauseSyntax?
    switch declaration.as(DeclSyntaxEnum.self) {
    case .structDecl(let decl): (kind, isValue, parameters) = ("struct", true, decl.genericParameterClause)
    case .enumDecl(let decl): (kind, isValue, parameters) = ("enum", true, decl.genericParameterClause)
    case .classDecl(let decl): (kind, isValue, parameters) = ("class", false, decl.genericParameterClause)
    case .actorDecl(let decl): (kind, isValue, parameters) = ("actor", false, decl.genericParameterClause)
    default: return nil
    }
    label = "\(kind) '\(name.unquoted)'"
    access = Access(group.modifiers)
    inherited = group.inheritanceClause.map { Array($0.inheritedTypes) } ?? []
    head = parameters.map { Syntax($0) } ?? Syntax(name)
    let attributes = group.attributes.map { $0.as(AttributeSyntax.self)?.name ?? "" }
    guard Self.plainAttributes.isSuperset(of: attributes), Self.harmless.isSuperset(of: conformances) else {
      return nil
    }
  }

  /// What it states to conform to, in compositions too and without attributes; a suppressed protocol is none.
  private var conformances: [String] { inherited.flatMap { Self.names($0.type) } }

  private static func names(_ type: TypeSyntax) -> [String] {
    switch type.as(TypeSyntaxEnum.self) {
    case .attributedType(let type): names(type.baseType)
    case .compositionType(let type): type.elements.flatMap { names($0.type) }
    case .suppressedType: []
    case .identifierType(let type): [type.name.unquoted]
    case .memberType(let type) where type.baseType.trimmedDescription == "Swift": [type.name.unquoted]
    default: [type.trimmedDescription]
    }
  }

  /// Adds what `JSON` asks of its value and the declaration lacks; nil where it lacks nothing.
  var conformToJSON: FixIt.Change? {
    let stated = Set(conformances)
    var missing: [String] = []
    if !stated.contains("Codable"), !stated.isSuperset(of: ["Encodable", "Decodable"]) { missing.append("Codable") }
    // Swift infers it for what no other module sees.
    if access == .public, !stated.contains("Sendable") { missing.append("Sendable") }
    guard !missing.isEmpty else { return nil }
    let list = missing.joined(separator: ", ")
    guard let last = inherited.last else { return .insert(": \(list)", after: head) }
    return .insert(", \(list)", after: last.type)
  }

  /// Whether it is declared before `node`.
  func precedes(_ node: some SyntaxProtocol) -> Bool { head.position < node.position }
}

extension DeclSyntax {
  /// The name of a type it declares.
  var typeName: TokenSyntax? {
    switch self.as(DeclSyntaxEnum.self) {
    case .structDecl(let decl): decl.name
    case .classDecl(let decl): decl.name
    case .enumDecl(let decl): decl.name
    case .actorDecl(let decl): decl.name
    case .typeAliasDecl(let decl): decl.name
    default: nil
    }
  }
}
