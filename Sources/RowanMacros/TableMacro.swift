import SwiftSyntax
import SwiftSyntaxMacros

/// `@Table`: writes the conformance to `Table`, or to `KeyedTable` where there is a primary key.
struct TableMacro: ExtensionMacro {
  /// The expansion is written with its layout.
  static var formatMode: FormatMode { .disabled }

  static func expansion(
    of node: AttributeSyntax, attachedTo declaration: some DeclGroupSyntax,
    providingExtensionsOf type: some TypeSyntaxProtocol, conformingTo protocols: [TypeSyntax],
    in context: some MacroExpansionContext
  ) throws -> [ExtensionDeclSyntax] {
    guard let model = TableReader.read(node, declaration, in: context) else { return [] }
    // Both protocols are written out: the compiler does not find a conformance that the other one implies while it is
    // still expanding the macro.
    let wanted = model.keyColumns.isEmpty ? ["Table"] : ["Table", "KeyedTable"]
    let missing = protocols.map { $0.trimmedDescription.split(separator: ".").last.map(String.init) ?? "" }
    let source = TableExpansion(model: model).extension(conformingTo: wanted.filter(missing.contains))
    let expansion: DeclSyntax = "\(raw: source)"
    return expansion.as(ExtensionDeclSyntax.self).map { [$0] } ?? []
  }
}
