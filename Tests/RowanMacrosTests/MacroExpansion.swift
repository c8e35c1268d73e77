import SwiftDiagnostics
import SwiftParser
import SwiftParserDiagnostics
import SwiftSyntax
import SwiftSyntaxMacroExpansion
import SwiftSyntaxMacros

@testable import RowanMacros

/// What the macros make of a source file.
struct MacroExpansion {
  /// The file with every macro expanded.
  let text: String
  /// What the macros refused.
  let diagnostics: [Refusal]
  /// Whether the expansion is Swift.
  let isWellFormed: Bool

  struct Refusal {
    /// Line and column, from 1.
    let position: String
    /// The source the diagnostic stands at.
    let node: String
    let id: String
    let message: String
    /// What each fix-it says, and the source it leaves.
    let fixIts: [(message: String, result: String)]
  }

  init(_ source: String) {
    let file = Parser.parse(source: source)
    let context = BasicMacroExpansionContext(sourceFiles: [file: .init(moduleName: "App", fullFilePath: "App.swift")])
    let macros = [
      "Table": MacroSpec(type: TableMacro.self, conformances: ["Table", "KeyedTable"]),
      "Column": MacroSpec(type: ColumnMacro.self), "Ignored": MacroSpec(type: IgnoredMacro.self),
    ]
    let expanded = file.expand(
      macroSpecs: macros,
      contextGenerator: {
        BasicMacroExpansionContext(sharingWith: context, lexicalContext: $0.allMacroLexicalContexts())
      },
      indentationWidth: .spaces(2))
    text = String(expanded.description.drop(while: \.isNewline))
    isWellFormed = ParseDiagnosticsGenerator.diagnostics(for: expanded).isEmpty
    diagnostics = context.diagnostics.map { diagnostic in
      let start = context.location(for: diagnostic.position, anchoredAt: diagnostic.node, fileName: "App.swift")
      return Refusal(
        position: "\(start.line):\(start.column)", node: diagnostic.node.trimmedDescription,
        id: (diagnostic.diagMessage as? TableMessage)?.id ?? "", message: diagnostic.message,
        fixIts: diagnostic.fixIts.map { ($0.message.message, $0.applied(to: source, in: context)) })
    }
  }
}

extension FixIt {
  /// `source` with the changes made, from the last to the first so that the others keep their place.
  fileprivate func applied(to source: String, in context: BasicMacroExpansionContext) -> String {
    var bytes = Array(source.utf8)
    for change in changes.reversed() {
      guard case .replaceText(let range, let text, let node) = change else { return "not a change of text" }
      let start = context.location(for: range.lowerBound, anchoredAt: node, fileName: "App.swift").offset
      bytes.replaceSubrange(start..<start + range.upperBound.utf8Offset - range.lowerBound.utf8Offset, with: text.utf8)
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
