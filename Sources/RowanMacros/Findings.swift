import SwiftDiagnostics
import SwiftParser
import SwiftSyntax

/// The diagnostics of one expansion, in the order in which they were found.
struct Findings {
  private(set) var diagnostics: [Diagnostic] = []

  var isEmpty: Bool { diagnostics.isEmpty }

  mutating func refuse(_ node: some SyntaxProtocol, _ message: TableMessage, _ fixIts: [FixIt] = []) {
    diagnostics.append(Diagnostic(node: node, message: message, fixIts: fixIts))
  }

  /// The value of `literal`, which must be a string without interpolation; nil, and a finding, where it is none.
  mutating func text(of literal: ExprSyntax, _ label: String) -> String? {
    guard let value = literal.as(StringLiteralExprSyntax.self)?.representedLiteralValue else {
      refuse(literal, .notALiteral(label))
      return nil
    }
    if value.isEmpty { refuse(literal, .emptyName) }
    return value
  }
}
