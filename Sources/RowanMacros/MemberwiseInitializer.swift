import SwiftSyntax

/// The initializer that the compiler writes for a struct, with a parameter for each stored property.
///
/// What sets the properties one by one copies the value in the end, and counts each of its strings once more (as of Swift
/// 6.3); the memberwise initializer does not.
/// https://docs.swift.org/swift-book/documentation/the-swift-programming-language/initialization/
enum MemberwiseInitializer {
  /// Whether `model` certainly has one that takes all `columns` in their order and nothing else.
  static func isThere(for model: StructDeclSyntax, taking columns: [ColumnModel]) -> Bool {
    // Another macro may add an initializer of its own.
    guard model.attributes.allSatisfy({ $0.as(AttributeSyntax.self)?.name == "Table" }) else { return false }
    for member in model.memberBlock.members {
      switch DeclSyntax(member.decl).as(DeclSyntaxEnum.self) {
      case .initializerDecl, .ifConfigDecl, .macroExpansionDecl: return false
      default: continue
      }
    }
    var parameters = 0
    for property in StoredProperty.all(in: model.memberBlock.members, of: model.name.text) {
      // Property wrappers, `lazy` and private properties change what it takes, or who sees it.
      guard property.declaration.attributes.allSatisfy({ isKnown($0) }),
        property.declaration.modifiers.allSatisfy({ isPlain($0) })
      else { return false }
      if property.attributes("Ignored").isEmpty {
        if property.isConstant, property.initialValue != nil { return false }
        parameters += 1
      } else if property.initialValue == nil {
        return false
      }
    }
    return parameters == columns.count
  }

  private static func isKnown(_ attribute: AttributeListSyntax.Element) -> Bool {
    guard let name = attribute.as(AttributeSyntax.self)?.name else { return false }
    return name == "Column" || name == "Ignored"
  }

  private static func isPlain(_ modifier: DeclModifierSyntax) -> Bool {
    guard modifier.detail == nil, case .keyword(let keyword) = modifier.name.tokenKind else { return false }
    return keyword == .public || keyword == .internal || keyword == .package
  }
}
