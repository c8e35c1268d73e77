/// Checks what a plugin made of a statement: columns still resolve, and no value was lost or doubled.
final class RewriteCheck: TreeRewriter {
  private var parameters: [Int: Int] = [:]

  /// Compares a statement with its rewritten form.
  /// - Throws: ``RowanError/Code/pluginFailed`` naming the plugin.
  static func check(_ before: Statement, _ after: Statement, plugin: String) throws {
    let old = RewriteCheck()
    _ = try old.rewrite(whole: before)
    let new = RewriteCheck()
    do {
      _ = try new.rewrite(whole: after)
    } catch {
      throw RowanError(
        .pluginFailed, "the plugin '\(plugin)' rewrote a statement into one that cannot be compiled", cause: error)
    }
    guard old.parameters == new.parameters else {
      throw RowanError(
        .pluginFailed, "the plugin '\(plugin)' lost or doubled a bound value of the statement it rewrote",
        hint: "pass every .parameter node on exactly once")
    }
  }

  override func rewrite(_ expr: Expr) throws -> Expr {
    switch expr {
    case .column(let ref), .isNull(let ref), .compare(_, let ref, _): _ = try source(of: ref)
    default: break
    }
    return try super.rewrite(expr)
  }

  override func rewrite(_ node: ExprNode) throws -> Expr {
    if case .parameter(let index, _) = node.kind { parameters[index, default: 0] += 1 }
    return try super.rewrite(node)
  }
}
