/// Refuses statements that no engine should be asked to run, before they are printed.
public enum StatementCheck {
  /// Checks `statement`.
  /// - Throws: ``RowanError/Code/missingWhere`` for an UPDATE or DELETE that would touch every row without being told
  ///   to, ``RowanError/Code/emptyStatement`` for one that would do nothing.
  public static func check(_ statement: Statement) throws {
    switch statement {
    case .select(let select): try check(select)
    case .insert(let insert): try check(insert)
    case .update(let update):
      if update.assignments.isEmpty {
        throw RowanError(
          .emptyStatement, "an update of '\(update.table.name)' sets no column", hint: "set at least one column")
      }
      try check(update.assignments.map(\.column), update.table)
      try filter(update.filter, update.allRows, "an update", update.table)
      try check(update.returning)
    case .delete(let delete):
      try filter(delete.filter, delete.allRows, "a delete", delete.table)
      try check(delete.returning)
    case .raw(let raw):
      if raw.parts.count != raw.args.count + 1 {
        throw RowanError.internalFailure(
          "raw SQL has \(raw.parts.count) pieces of text around \(raw.args.count) values")
      }
      if raw.args.isEmpty, raw.parts.allSatisfy(BlankSQL.isBlank) {
        throw RowanError(
          .emptyStatement, "the raw SQL holds no statement", hint: "write one; comments alone do nothing")
      }
    }
  }

  private static func check(_ select: Select) throws { try check(select.fields) }

  private static func check(_ fields: Fields?) throws {
    if case .list(let list)? = fields, list.isEmpty {
      throw RowanError(.emptyStatement, "a statement selects nothing", hint: "select at least one column")
    }
  }

  private static func check(_ insert: InsertStatement) throws {
    let name = insert.table.name
    func width(_ count: Int, _ rows: Int) throws {
      if rows <= 0 {
        throw RowanError(.emptyStatement, "an insert into '\(name)' has no rows", hint: "insert at least one row")
      }
      let (expected, overflow) = rows.multipliedReportingOverflow(by: insert.columns.count)
      if overflow || expected != count {
        throw RowanError.internalFailure(
          "an insert of \(rows) rows of \(insert.columns.count) columns into '\(name)' has \(count) values")
      }
    }
    switch insert.source {
    case .values(let values, let rows): try width(values.count, rows)
    case .expressions(let list, let rows): try width(list.count, rows)
    case .columnArrays(let list): try width(list.count, 1)
    case .select(let select):
      try check(select)
      if select.columnCount != insert.columns.count {
        throw RowanError(
          .syntaxError,
          "an insert into '\(name)' names \(insert.columns.count) columns and selects \(select.columnCount)",
          hint: "select as many expressions as columns are inserted")
      }
    }
    try check(insert.columns, insert.table)
    if let conflict = insert.conflict {
      try check(conflict.target, insert.table)
      if case .update(let list) = conflict.action {
        if list.isEmpty {
          throw RowanError(
            .emptyStatement, "an upsert into '\(name)' sets no column where the row exists",
            hint: "set at least one column, or ignore the conflict")
        }
        try check(list.map(\.column), insert.table)
      }
    }
    try check(insert.returning)
  }

  private static func check(_ columns: some Sequence<UInt16>, _ table: TableSchema) throws {
    for column in columns where Int(column) >= table.columns.count {
      throw RowanError(
        .columnOutOfScope, "column \(column) is used of '\(table.name)', which has \(table.columns.count) columns",
        hint: "the column belongs to another table")
    }
  }

  private static func filter(_ filter: Expr?, _ allRows: Bool, _ what: String, _ table: TableSchema) throws {
    // An empty list of conditions holds for every row: a filter that was put together at run time and came out empty.
    if filter.map({ isEmpty($0) }) ?? true, !allRows {
      throw RowanError(
        .missingWhere, "\(what) of '\(table.name)' has no condition and would touch every row",
        hint: "add a where, or say all if every row is meant")
    }
  }

  /// Whether `filter` is made of empty lists alone, in such a way that it is `outcome` for every row.
  private static func isEmpty(_ filter: Expr, _ outcome: Bool = true, depth: Int = 0) -> Bool {
    // Nobody puts lists together this deep by accident.
    if depth > 50 { return false }
    switch (filter, outcome) {
    case (.all(let list), true), (.any(let list), false):
      return list.allSatisfy { isEmpty($0, outcome, depth: depth + 1) }
    case (.all(let list), false), (.any(let list), true):
      return list.contains { isEmpty($0, outcome, depth: depth + 1) }
    case (.not(let inner), _): return isEmpty(inner, !outcome, depth: depth + 1)
    default: return false
    }
  }
}
