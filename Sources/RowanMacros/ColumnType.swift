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
  func check(_ property: StoredProperty, memberTypes: MemberTypes, _ findings: inout Findings) -> Bool {
    let before = findings.diagnostics.count
    let name = property.name
    if let unwrapped = type.as(ImplicitlyUnwrappedOptionalTypeSyntax.self) {
      let fix = FixIt("make_optional", "make it an ordinary optional", .replace(unwrapped.exclamationMark, with: "?"))
      findings.refuse(type, .implicitlyUnwrapped(name), [fix, .ignore(property.declaration)])
    } else if let wrapped, Self.wrapped(wrapped) != nil {
      let fix = FixIt("flatten_optional", "make it one optional", .replace(type, with: wrapped.trimmedDescription))
      findings.refuse(type, .nestedOptional(name), [fix, .ignore(property.declaration)])
    } else if let reason = UnsupportedType(wrapped ?? type, in: property.model, memberTypes) {
      refuse(property, reason, &findings)
    }
    let names = ReservedNames(viewMode: .sourceAccurate)
    names.walk(type)
    for reserved in names.found {
      let enclosing = memberTypes.names.contains(reserved.name.unquoted) ? property.model : "<#Module#>"
      let fix = FixIt(
        "qualify_type", "write '\(enclosing).\(reserved.name.text)'", .insert("\(enclosing).", before: reserved))
      findings.refuse(reserved, .reservedType(reserved.name.unquoted), [fix])
    }
    return findings.diagnostics.count == before
  }

  private func refuse(_ property: StoredProperty, _ reason: UnsupportedType, _ findings: inout Findings) {
    let ignore = FixIt.ignore(property.declaration)
    switch reason {
    case .never(let kind): findings.refuse(type, .unsupportedType(property.name, kind), [ignore])
    // Who writes `@Column` knows of a conformance that no macro sees.
    case .unconformed where !property.attributes("Column").isEmpty: break
    case .unconformed(let kind, let member, let isCodable):
      var fixIts = [ignore, .markColumn(property.declaration)]
      if isCodable { fixIts.insert(storeAsJSON(property, member), at: 0) }
      findings.refuse(type, .unconformedType(property.name, kind, isCodable: isCodable), fixIts)
    }
  }

  /// Wraps the type and the initial value in `JSON`, and gives `member` what that asks for.
  private func storeAsJSON(_ property: StoredProperty, _ member: MemberType?) -> FixIt {
    let held = wrapped ?? type
    let json = "JSON<\(held.trimmedDescription)>"
    var edits = [FixIt.Change.replace(held, with: json)]
    if let value = property.initialValue, !value.is(NilLiteralExprSyntax.self) {
      edits.append(.replace(value, with: "JSON(\(value.trimmedDescription))"))
    }
    if let member, let change = member.conformToJSON {
      edits.insert(change, at: member.precedes(property.declaration) ? 0 : edits.count)
    }
    return FixIt(message: TableFix("store_as_json", "store it as '\(json)'"), changes: edits)
  }
}

private final class ReservedNames: SyntaxVisitor {
  var found: [IdentifierTypeSyntax] = []

  override func visit(_ node: IdentifierTypeSyntax) -> SyntaxVisitorContinueKind {
    if ColumnType.reserved.contains(node.name.unquoted) { found.append(node) }
    return .visitChildren
  }
}
