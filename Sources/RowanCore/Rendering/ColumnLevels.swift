/// The nesting depths of the queries whose columns an expression reads.
final class ColumnLevels: TreeRewriter {
  private var found: Set<UInt8> = []

  static func of(_ list: ContiguousArray<Expr>) throws -> Set<UInt8> {
    let levels = ColumnLevels()
    _ = try levels.rewrite(list: list)
    return levels.found
  }

  override func rewrite(_ expr: Expr) throws -> Expr {
    switch expr {
    case .column(let ref), .compare(_, let ref, _), .isNull(let ref): found.insert(ref.scope)
    default: break
    }
    return try super.rewrite(expr)
  }
}
