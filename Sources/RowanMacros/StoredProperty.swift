import SwiftSyntax

/// A stored instance property of the model, before anything is known of its column.
struct StoredProperty {
  /// The struct's name as written.
  var model: String
  /// The declaration it stands in, maybe with others.
  var declaration: VariableDeclSyntax
  /// Its own part of the declaration.
  var binding: PatternBindingSyntax
  /// Its name; nil for a tuple pattern.
  var identifier: TokenSyntax?
  /// Its type; in `var a, b: Int` also that of `a`.
  var type: TypeSyntax?
  /// Whether it stands under `#if`.
  var isConditional: Bool

  /// The name without backticks.
  var name: String { identifier?.unquoted ?? binding.pattern.trimmedDescription }
  /// The initial value.
  var initialValue: ExprSyntax? { binding.initializer?.value }
  /// Whether it is declared with `let`.
  var isConstant: Bool { declaration.bindingSpecifier.tokenKind == .keyword(.let) }

  /// The attributes, without those under `#if`.
  var attributes: [AttributeSyntax] { declaration.attributes.compactMap { $0.as(AttributeSyntax.self) } }
  /// The attributes called `name`.
  func attributes(_ name: String) -> [AttributeSyntax] { attributes.filter { $0.name == name } }

  /// The stored instance properties among `members`, in the order in which they are declared.
  static func all(in members: MemberBlockItemListSyntax, of model: String, conditional: Bool = false)
    -> [StoredProperty]
  {
    members.flatMap { member -> [StoredProperty] in
      if let condition = member.decl.as(IfConfigDeclSyntax.self) {
        return condition.clauses.flatMap { clause -> [StoredProperty] in
          guard case .decls(let members)? = clause.elements else { return [] }
          return all(in: members, of: model, conditional: true)
        }
      }
      guard let declaration = member.decl.as(VariableDeclSyntax.self), !declaration.isStatic else { return [] }
      // `filter` on a syntax collection makes a new tree, in which nodes have lost their place in the file.
      return declaration.bindings.compactMap { binding in
        guard binding.isStored else { return nil }
        return StoredProperty(
          model: model, declaration: declaration, binding: binding,
          identifier: binding.pattern.as(IdentifierPatternSyntax.self)?.identifier,
          type: declaration.type(of: binding), isConditional: conditional)
      }
    }
  }
}

extension VariableDeclSyntax {
  /// Whether it belongs to the type rather than to an instance.
  var isStatic: Bool {
    modifiers.contains { [.keyword(.static), .keyword(.class)].contains($0.name.tokenKind) }
  }

  /// The modifier called one of `names`.
  func modifier(_ names: Keyword...) -> DeclModifierSyntax? {
    modifiers.first { modifier in names.contains { modifier.name.tokenKind == .keyword($0) } }
  }

  /// The type of `binding`, which may stand at a later one: `var a, b: Int`.
  func type(of binding: PatternBindingSyntax) -> TypeSyntax? {
    for other in bindings.drop(while: { $0.id != binding.id }) {
      if let type = other.typeAnnotation?.type { return type }
      if other.initializer != nil { return nil }
    }
    return nil
  }
}

extension PatternBindingSyntax {
  /// Whether it is stored: it has no accessors but observers.
  var isStored: Bool {
    switch accessorBlock?.accessors {
    case nil: true
    case .getter: false
    case .accessors(let accessors):
      accessors.allSatisfy { accessor in
        [.keyword(.willSet), .keyword(.didSet)].contains(accessor.accessorSpecifier.tokenKind)
      }
    }
  }
}
