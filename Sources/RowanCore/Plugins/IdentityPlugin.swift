/// Rebuilds every statement node by node and changes nothing.
///
/// Installed in a whole test run it proves that no rewriter loses a field of the tree.
public struct IdentityPlugin: DatabasePlugin {
  public let name = "identity"

  /// Makes the plugin.
  public init() {}

  public func rewrite(_ statement: Statement) throws -> Statement { try TreeRewriter().rewrite(whole: statement) }
}
