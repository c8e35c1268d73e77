import RowanCore

/// Renders a query over one table to a `String`, as plainly as can be: the base of `core.query-build`.
struct StringRenderer {
  private var sql = ""
  private var values: [SQLValue] = []

  static func render(_ select: Select) -> (sql: String, values: [SQLValue]) {
    var renderer = StringRenderer()
    renderer.add(select)
    return (renderer.sql, renderer.values)
  }

  private mutating func add(_ select: Select) {
    guard case .table(let table) = select.base else { return }
    sql += "SELECT "
    for (index, column) in table.columns.enumerated() {
      if index > 0 { sql += ", " }
      sql += "t0.\""
      sql += column.name
      sql += "\""
    }
    sql += " FROM \""
    sql += table.name
    sql += "\" AS t0"
    if let filter = select.filter {
      sql += " WHERE "
      add(filter, table)
    }
    if let limit = select.limit {
      sql += " LIMIT "
      add(limit, table)
    }
    if let offset = select.offset {
      sql += " OFFSET "
      add(offset, table)
    }
  }

  private mutating func add(_ expression: Expr, _ table: TableSchema) {
    switch expression {
    case .column(let ref):
      sql += "t0.\""
      sql += table.columns[Int(ref.column)].name
      sql += "\""
    case .bind(let value):
      sql += "?"
      values.append(value)
    case .compare(let comparison, let ref, let value):
      add(.column(ref), table)
      sql += Self.sign(comparison)
      add(.bind(value), table)
    case .isNull(let ref):
      add(.column(ref), table)
      sql += " IS NULL"
    case .all(let list): add(list, " AND ", table)
    case .any(let list): add(list, " OR ", table)
    case .not(let inner):
      sql += "NOT "
      add(inner, table)
    case .binary(let comparison, let left, let right):
      add(left, table)
      sql += Self.sign(comparison)
      add(right, table)
    case .node: sql += "NULL"
    }
  }

  private mutating func add(_ list: ContiguousArray<Expr>, _ word: String, _ table: TableSchema) {
    sql += "("
    for (index, part) in list.enumerated() {
      if index > 0 { sql += word }
      add(part, table)
    }
    sql += ")"
  }

  private static func sign(_ comparison: Comparison) -> String {
    switch comparison {
    case .equal: " = "
    case .notEqual: " <> "
    case .less: " < "
    case .lessOrEqual: " <= "
    case .greater: " > "
    case .greaterOrEqual: " >= "
    }
  }
}
