/// The nesting depths of the queries around an expression whose columns it reads, those of its own sub-queries apart.
final class ColumnLevels: TreeRewriter {
  private var found: Set<UInt8> = []

  static func of(_ list: ContiguousArray<Expr>) throws -> Set<UInt8> {
    let levels = ColumnLevels()
    _ = try levels.rewrite(list: list)
    return levels.found
  }

  override func rewrite(_ expr: Expr) throws -> Expr {
    switch expr {
    case .column(let ref), .compare(_, let ref, _), .isNull(let ref):
      if scopes.frame(of: ref) == nil { found.insert(ref.scope) }
    default: break
    }
    return try super.rewrite(expr)
  }
}
