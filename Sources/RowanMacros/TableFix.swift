import SwiftDiagnostics
import SwiftSyntax

/// A change the macros offer with a diagnostic.
struct TableFix: FixItMessage {
  let message: String
  let fixItID: MessageID

  init(_ id: String, _ message: String) {
    self.message = message
    fixItID = MessageID(domain: "Rowan", id: id)
  }
}

extension FixIt {
  init(_ id: String, _ message: String, _ edits: FixIt.Change...) {
    self.init(message: TableFix(id, message), changes: edits)
  }

  /// Adds `@Ignored` before `declaration`.
  static func ignore(_ declaration: VariableDeclSyntax) -> FixIt {
    FixIt("add_ignored", "mark it '@Ignored'", .insert("@Ignored ", before: declaration))
  }

  /// Takes `attribute` away.
  static func remove(_ attribute: AttributeSyntax) -> FixIt {
    FixIt("remove_attribute", "remove '@\(attribute.name)'", .remove(attribute))
  }

  /// Writes `type` after the name of `binding`.
  static func annotate(_ binding: PatternBindingSyntax, _ type: String) -> FixIt {
    FixIt("add_type", "write the type ': \(type)'", .insert(": \(type)", after: binding.pattern))
  }

  /// Names the column of `declaration` through `column`, or a new `@Column` where there is none.
  static func name(_ declaration: VariableDeclSyntax, _ column: ColumnAttribute) -> FixIt {
    FixIt("add_name", "name the column with '@Column(name:)'", column.naming(declaration))
  }
}

extension FixIt.Change {
  static func insert(_ text: String, before node: some SyntaxProtocol) -> FixIt.Change {
    let at = node.positionAfterSkippingLeadingTrivia
    return .replaceText(range: at..<at, with: text, in: Syntax(node))
  }

  static func insert(_ text: String, after node: some SyntaxProtocol) -> FixIt.Change {
    let at = node.endPositionBeforeTrailingTrivia
    return .replaceText(range: at..<at, with: text, in: Syntax(node))
  }

  static func replace(_ node: some SyntaxProtocol, with text: String) -> FixIt.Change {
    .replaceText(range: node.trimmedRange, with: text, in: Syntax(node))
  }

  /// Removes `node` and the space after it.
  static func remove(_ node: some SyntaxProtocol) -> FixIt.Change {
    .replaceText(
      range: node.positionAfterSkippingLeadingTrivia..<node.endPosition, with: "", in: Syntax(node))
  }
}
