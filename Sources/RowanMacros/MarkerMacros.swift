import SwiftDiagnostics
import SwiftSyntax
import SwiftSyntaxMacros

/// `@Column`: read by `@Table`, expands to nothing.
struct ColumnMacro: PeerMacro {
  static func expansion(
    of node: AttributeSyntax, providingPeersOf declaration: some DeclSyntaxProtocol,
    in context: some MacroExpansionContext
  ) throws -> [DeclSyntax] {
    refuseUnlessColumn(node, declaration, in: context)
    return []
  }
}

/// `@Ignored`: read by `@Table`, expands to nothing.
struct IgnoredMacro: PeerMacro {
  static func expansion(
    of node: AttributeSyntax, providingPeersOf declaration: some DeclSyntaxProtocol,
    in context: some MacroExpansionContext
  ) throws -> [DeclSyntax] {
    refuseUnlessColumn(node, declaration, in: context)
    return []
  }
}

/// Refuses an attribute where `@Table` would not read it.
private func refuseUnlessColumn(
  _ node: AttributeSyntax, _ declaration: some DeclSyntaxProtocol, in context: some MacroExpansionContext
) {
  let variable = declaration.as(VariableDeclSyntax.self)
  let isStored = variable.map { !$0.isStatic && $0.bindings.contains(where: \.isStored) } ?? false
  let message: TableMessage? =
    if !isStored {
      .notStored(node.name)
    } else if let type = context.lexicalContext.first?.asProtocol((any WithAttributesSyntax).self),
      !type.attributes.contains(where: { $0.as(AttributeSyntax.self)?.name == "Table" })
    {
      .outsideTable(node.name)
    } else {
      nil
    }
  if let message { context.diagnose(Diagnostic(node: node, message: message, fixIts: [FixIt.remove(node)])) }
}
