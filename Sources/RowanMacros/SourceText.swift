import SwiftSyntax
import SwiftSyntaxBuilder

extension TokenSyntax {
  /// The identifier without backticks.
  var unquoted: String { identifier?.name ?? text }
}

extension AttributeSyntax {
  /// The attribute's name without its module.
  var name: String {
    if let member = attributeName.as(MemberTypeSyntax.self) { return member.name.unquoted }
    if let plain = attributeName.as(IdentifierTypeSyntax.self) { return plain.name.unquoted }
    return attributeName.trimmedDescription
  }
}

/// `text` as the source of a string literal.
func literal(_ text: String) -> String { StringLiteralExprSyntax(content: text).description }

/// The source of `node` with `Self` written as `model`, so that it means the same inside the types of the expansion.
func source(_ node: some SyntaxProtocol, in model: String) -> String {
  SelfReplacement(model: model).rewrite(node).trimmedDescription
}

private final class SelfReplacement: SyntaxRewriter {
  let model: String

  init(model: String) {
    self.model = model
    super.init()
  }

  override func visit(_ token: TokenSyntax) -> TokenSyntax {
    guard token.tokenKind == .keyword(.Self) else { return token }
    return token.with(\.tokenKind, .identifier(model))
  }
}
