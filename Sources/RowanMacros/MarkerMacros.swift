import SwiftDiagnostics
import SwiftSyntax
import SwiftSyntaxMacros

/// `@Column`: read by `@Table`, expands to nothing.
struct ColumnMacro: PeerMacro {
  static func expansion(
    of node: AttributeSyntax, providingPeersOf declaration: some DeclSyntaxProtocol, in context: some MacroExpansionContext
  ) throws -> [DeclSyntax] {
    refuseUnlessStored(node, declaration, in: context)
    return []
  }
}

/// `@Ignored`: read by `@Table`, expands to nothing.
struct IgnoredMacro: PeerMacro {
  static func expansion(
    of node: AttributeSyntax, providingPeersOf declaration: some DeclSyntaxProtocol, in context: some MacroExpansionContext
  ) throws -> [DeclSyntax] {
    refuseUnlessStored(node, declaration, in: context)
    return []
  }
}

private func refuseUnlessStored(
  _ node: AttributeSyntax, _ declaration: some DeclSyntaxProtocol, in context: some MacroExpansionContext
) {
  if let variable = declaration.as(VariableDeclSyntax.self), !variable.isStatic,
    variable.bindings.contains(where: \.isStored)
  {
    return
  }
  context.diagnose(Diagnostic(node: node, message: TableMessage.notStored(node.name), fixIts: [FixIt.remove(node)]))
}
