import SwiftDiagnostics
import SwiftSyntax

/// The written type of a column.
struct ColumnType {
  /// The type without parentheses that only group.
  let type: TypeSyntax
  /// What an optional wraps; nil for any other type.
  let wrapped: TypeSyntax?

  init(_ written: TypeSyntax) {
    type = Self.ungrouped(written)
    wrapped = Self.wrapped(type)
  }

  /// Whether it is written as an optional.
  var isOptional: Bool { wrapped != nil }

  /// Names that mean a declaration of the expansion inside it.
  static let reserved: Set = [
    "Columns", "Row", "AsNullable", "AggregateColumns", "Draft", "PrimaryKey", "Root", "Key", "Output", "Model",
  ]

  private static func ungrouped(_ type: TypeSyntax) -> TypeSyntax {
    guard let tuple = type.as(TupleTypeSyntax.self), tuple.elements.count == 1, let only = tuple.elements.first,
      only.firstName == nil
    else { return type }
    return ungrouped(only.type)
  }

  private static func wrapped(_ type: TypeSyntax) -> TypeSyntax? {
    if let optional = type.as(OptionalTypeSyntax.self) { return ungrouped(optional.wrappedType) }
    if let plain = type.as(IdentifierTypeSyntax.self), plain.name.unquoted == "Optional" {
      return argument(plain.genericArgumentClause)
    }
    if let member = type.as(MemberTypeSyntax.self), member.name.unquoted == "Optional",
      member.baseType.trimmedDescription == "Swift"
    {
      return argument(member.genericArgumentClause)
    }
    return nil
  }

  private static func argument(_ clause: GenericArgumentClauseSyntax?) -> TypeSyntax? {
    guard let clause, clause.arguments.count == 1, case .type(let type)? = clause.arguments.first?.argument else {
      return nil
    }
    return ungrouped(type)
  }

  /// Refuses a type that no column can hold.
  /// - Returns: whether a column can hold it.
  func check(_ property: StoredProperty, memberTypes: Set<String>, _ findings: inout Findings) -> Bool {
    let before = findings.diagnostics.count
    let name = property.name
    if let unwrapped = type.as(ImplicitlyUnwrappedOptionalTypeSyntax.self) {
      let fix = FixIt("make_optional", "make it an ordinary optional", .replace(unwrapped.exclamationMark, with: "?"))
      findings.refuse(type, .implicitlyUnwrapped(name), [fix, .ignore(property.declaration)])
    } else if let wrapped, Self.wrapped(wrapped) != nil {
      let fix = FixIt("flatten_optional", "make it one optional", .replace(type, with: wrapped.trimmedDescription))
      findings.refuse(type, .nestedOptional(name), [fix, .ignore(property.declaration)])
    } else if let kind = Self.refusal(wrapped ?? type) {
      findings.refuse(type, .unsupportedType(name, kind), [.ignore(property.declaration)])
    }
    let names = ReservedNames(viewMode: .sourceAccurate)
    names.walk(type)
    for reserved in names.found {
      let enclosing = memberTypes.contains(reserved.name.unquoted) ? property.model : "<#Module#>"
      let fix = FixIt(
        "qualify_type", "write '\(enclosing).\(reserved.name.text)'", .insert("\(enclosing).", before: reserved))
      findings.refuse(reserved, .reservedType(reserved.name.unquoted), [fix])
    }
    return findings.diagnostics.count == before
  }

  private static func refusal(_ type: TypeSyntax) -> String? {
    switch type.as(TypeSyntaxEnum.self) {
    case .tupleType: "a tuple"
    case .functionType: "a function"
    case .metatypeType: "a metatype"
    case .compositionType: "a protocol composition"
    case .suppressedType: "a noncopyable value"
    case .packExpansionType, .packElementType: "a parameter pack"
    case .someOrAnyType(let type) where type.someOrAnySpecifier.tokenKind == .keyword(.some): "an opaque type"
    case .someOrAnyType: "an existential"
    case .identifierType(let type) where ["Any", "AnyObject"].contains(type.name.unquoted): "'\(type.name.unquoted)'"
    case .identifierType(let type) where type.name.tokenKind == .wildcard: "a type left out"
    case .attributedType(let type): refusal(type.baseType) ?? "a type with attributes"
    case .implicitlyUnwrappedOptionalType: "an implicitly unwrapped optional"
    default: nil
    }
  }
}

private final class ReservedNames: SyntaxVisitor {
  var found: [IdentifierTypeSyntax] = []

  override func visit(_ node: IdentifierTypeSyntax) -> SyntaxVisitorContinueKind {
    if ColumnType.reserved.contains(node.name.unquoted) { found.append(node) }
    return .visitChildren
  }
}
