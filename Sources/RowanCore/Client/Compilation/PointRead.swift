/// Whether a statement is a read of at most one row by a unique key, built by the library alone.
///
/// Only such reads may share a connection with other tasks: they are short, change nothing, and touch no session state.
enum PointRead {
  static func applies(to statement: Statement) -> Bool {
    guard case .select(let select) = statement, case .table(let table) = select.base, select.joins.isEmpty,
      select.combined.isEmpty, select.group.isEmpty, select.having == nil, select.lock == nil, select.scope == 0,
      isPlain(select.fields), select.order.allSatisfy({ isPlain($0.expr) }), let filter = select.filter
    else { return false }
    let conditions: ContiguousArray<Expr> = if case .all(let list) = filter { list } else { [filter] }
    guard conditions.allSatisfy(isPlain) else { return false }
    let fixed = Set(conditions.compactMap { fixedColumn($0) })
    if !table.primaryKey.isEmpty && table.primaryKey.allSatisfy(fixed.contains) { return true }
    if table.columns.indices.contains(where: { table.columns[$0].isUnique && fixed.contains($0) }) { return true }
    return table.uniques.contains { unique in
      unique.columns.allSatisfy { name in table.index(of: name).map(fixed.contains) ?? false }
    }
  }

  /// The column that `condition` fixes to one value.
  private static func fixedColumn(_ condition: Expr) -> Int? {
    guard case .binary(.equal, .column(let ref), .node(let node)) = condition, case .parameter = node.kind else {
      return nil
    }
    return Int(ref.column)
  }

  private static func isPlain(_ fields: Fields) -> Bool {
    switch fields {
    case .rows: true
    case .list(let list): list.allSatisfy { isPlain($0.expr) }
    }
  }

  /// Columns, parameters, and comparisons of them: nothing that could run a function of the user's.
  private static func isPlain(_ expression: Expr) -> Bool {
    switch expression {
    case .column, .bind, .isNull, .compare: return true
    case .all(let list), .any(let list): return list.allSatisfy(isPlain)
    case .not(let inner): return isPlain(inner)
    case .binary(_, let left, let right): return isPlain(left) && isPlain(right)
    case .node(let node):
      switch node.kind {
      case .parameter, .constant, .isNull, .between, .inList, .isDistinct: return node.args.allSatisfy(isPlain)
      default: return false
      }
    }
  }
}
