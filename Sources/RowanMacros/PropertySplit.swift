import SwiftDiagnostics
import SwiftSyntax

extension FixIt {
  /// Gives each property of `declaration` a declaration of its own, with the same attributes.
  static func split(_ declaration: VariableDeclSyntax) -> FixIt {
    FixIt("split_properties", "declare each property on its own", splitting(declaration, prefix: ""))
  }

  /// Adds `@Column` before `declaration`, or before each of its properties where they are several.
  static func markColumn(_ declaration: VariableDeclSyntax) -> FixIt {
    FixIt(
      "add_column", "mark it '@Column' if an extension makes its type a 'ColumnValue'",
      declaration.bindings.count > 1
        ? splitting(declaration, prefix: "@Column ") : .insert("@Column ", before: declaration))
  }

  private static func splitting(_ declaration: VariableDeclSyntax, prefix mark: String) -> FixIt.Change {
    let indentation = declaration.leadingTrivia.pieces.reversed().prefix { $0.isSpaceOrTab }.reversed()
    let start = declaration.attributes.description + declaration.modifiers.description
    let parts = declaration.bindings.map { binding in
      let needsType = binding.typeAnnotation == nil && binding.initializer == nil
      let single = binding.with(\.trailingComma, nil).trimmedDescription
      let type = needsType ? declaration.type(of: binding).map { ": \($0.trimmedDescription)" } ?? "" : ""
      return "\(declaration.bindingSpecifier.text) \(single)\(type)"
    }
    let separator = "\n" + Trivia(pieces: indentation).description
    let prefix = Trivia(pieces: declaration.leadingTrivia.pieces).description
    let attributes = mark + String(start.dropFirst(prefix.count))
    return .replace(declaration, with: parts.map { attributes + $0 }.joined(separator: separator))
  }
}
