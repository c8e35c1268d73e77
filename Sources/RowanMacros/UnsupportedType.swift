import SwiftSyntax

/// Why a written type is none that a column holds, as far as its source tells.
enum UnsupportedType {
  /// Nothing can conform it.
  case never(String)
  /// It is a column's value only where an extension conforms it; with the nested type that is to conform, if any, and
  /// whether `JSON` can hold it.
  case unconformed(String, MemberType?, isCodable: Bool)

  /// What the type is.
  private var kind: String {
    switch self {
    case .never(let kind), .unconformed(let kind, _, _): kind
    }
  }

  /// The same of an array of these.
  private var asElement: UnsupportedType {
    let kind = "an array whose element is \(kind)"
    return switch self {
    case .never: .never(kind)
    case .unconformed(_, let member, let isCodable): .unconformed(kind, member, isCodable: isCodable)
    }
  }

  /// Why no column of `model`, among whose members are `members`, holds `type`; nil where it may.
  init?(_ type: TypeSyntax, in model: String, _ members: MemberTypes) {
    let reader = Reader(model: model, members: members)
    guard let found = reader.reason(type) else { return nil }
    self = found
  }

  private struct Reader {
    let model: String
    let members: MemberTypes

    func reason(_ type: TypeSyntax) -> UnsupportedType? {
      if let kind = impossible(type) { return .never(kind) }
      if let kind = container(type) { return .unconformed(kind, nil, isCodable: kind != "an inline array") }
      if let member = member(type) { return .unconformed(member.label, member, isCodable: member.isValue) }
      guard let written = element(type) else { return nil }
      let element = ColumnType(written).wrapped ?? ColumnType(written).type
      if let reason = reason(element) { return reason.asElement }
      // An array of arrays of bytes is one of bytes.
      guard let inner = self.element(element), isSurelyNoByte(inner) else { return nil }
      return UnsupportedType.unconformed("an array", nil, isCodable: true).asElement
    }

    private func impossible(_ type: TypeSyntax) -> String? {
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
      case .attributedType(let type): impossible(type.baseType) ?? "a type with attributes"
      case .implicitlyUnwrappedOptionalType: "an implicitly unwrapped optional"
      default: nil
      }
    }

    /// What it is where it is one of Swift's containers but an array.
    func container(_ type: TypeSyntax) -> String? {
      if type.is(DictionaryTypeSyntax.self) { return "a dictionary" }
      if type.is(InlineArrayTypeSyntax.self) { return "an inline array" }
      return switch standard(type)?.name {
      case "Dictionary": "a dictionary"
      case "Set": "a set"
      case "InlineArray": "an inline array"
      default: nil
      }
    }

    /// The nested type it names, as `Address`, `Self.Address` or `Model.Address`.
    private func member(_ type: TypeSyntax) -> MemberType? {
      if let plain = type.as(IdentifierTypeSyntax.self) {
        // A reserved name means something else in the expansion, and is refused for that.
        let isReserved = ColumnType.reserved.contains(plain.name.unquoted)
        return isReserved ? nil : members.unconformed[plain.name.unquoted]
      }
      guard let member = type.as(MemberTypeSyntax.self), let base = member.baseType.as(IdentifierTypeSyntax.self),
        base.name.text == "Self" || base.name.text == model
      else { return nil }
      return members.unconformed[member.name.unquoted]
    }

    /// What an array is of.
    private func element(_ type: TypeSyntax) -> TypeSyntax? {
      if let array = type.as(ArrayTypeSyntax.self) { return array.element }
      guard let array = standard(type), array.name == "Array", array.arguments.count == 1,
        case .type(let element)? = array.arguments.first?.argument
      else { return nil }
      return element
    }

    /// A generic type by its name, unless a nested type has that: `Set<Int>`, `Swift.Set<Int>`.
    private func standard(_ type: TypeSyntax) -> (name: String, arguments: GenericArgumentListSyntax)? {
      if let plain = type.as(IdentifierTypeSyntax.self), !members.names.contains(plain.name.unquoted) {
        return plain.genericArgumentClause.map { (plain.name.unquoted, $0.arguments) }
      }
      if let member = type.as(MemberTypeSyntax.self), member.baseType.trimmedDescription == "Swift" {
        return member.genericArgumentClause.map { (member.name.unquoted, $0.arguments) }
      }
      return nil
    }

    /// Whether it is no `UInt8`, not by another name either.
    private func isSurelyNoByte(_ type: TypeSyntax) -> Bool {
      let column = ColumnType(type)
      guard let plain = column.type.as(IdentifierTypeSyntax.self) else { return !column.type.is(MemberTypeSyntax.self) }
      let others: Set = [
        "Bool", "Character", "Double", "Float", "Int", "Int16", "Int32", "Int64", "Int8", "String", "UInt", "UInt16",
        "UInt32", "UInt64",
      ]
      return column.isOptional || others.contains(plain.name.unquoted) || standard(column.type) != nil
    }
  }
}
