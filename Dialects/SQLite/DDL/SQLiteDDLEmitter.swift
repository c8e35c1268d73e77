import RowanCore

/// Emits the DDL of SQLite. https://sqlite.org/lang_createtable.html
struct SQLiteDDLEmitter: TableDDLEmitter {
  let dialect: any Dialect
  let names: ConstraintNames

  init(_ dialect: SQLiteDialect) {
    self.dialect = dialect
    names = ConstraintNames(maxBytes: dialect.capabilities.maxIdentifierBytes)
  }

  /// A single integer key is the rowid itself if its type is spelled `INTEGER` and no other way.
  /// https://sqlite.org/lang_createtable.html#rowids_and_the_integer_primary_key
  private func isRowID(_ column: ColumnSnapshot, of table: TableSnapshot) -> Bool {
    guard table.primaryKey?.columns == [column.name] else { return false }
    return column.identity != nil ? column.type.isInteger : column.type == .bigint
  }

  func columnType(_ column: ColumnSnapshot, of table: TableSnapshot) throws -> String {
    if isRowID(column, of: table) { return "INTEGER" }
    let type = try dialect.columnType(column.type)
    return column.type.isDecimal ? "\(type) COLLATE \(SQLitePrinter.decimalCollation)" : type
  }

  /// AUTOINCREMENT keeps the key of a deleted row from being given to another one, as the other engines do.
  /// https://sqlite.org/autoinc.html
  func identityClause(_ column: ColumnSnapshot, of table: TableSnapshot) throws -> String {
    guard isRowID(column, of: table) else {
      throw unsupported(
        "a generated value that is not the whole primary key, or no integer", column, of: table,
        alternative: "make it the only key column, or make the value in Swift")
    }
    return
      " CONSTRAINT \(try dialect.quote(table.primaryKey?.name ?? names.primaryKey(table.name.name))) PRIMARY KEY AUTOINCREMENT"
  }

  func statesPrimaryKey(_ column: ColumnSnapshot, of table: TableSnapshot) -> Bool { column.identity != nil }

  func defaultExpression(_ value: DefaultSnapshot, for column: ColumnSnapshot) throws -> String {
    switch value {
    case .expression(let expression): return "(\(expression.source))"
    case .randomUUID: return SQLiteDefaults.randomUUID
    case .literal(let value): return try SQLiteLiteral(dialect: dialect).text(value, column.type)
    case .now:
      switch column.type {
      case .timestamp: return SQLitePrinter.now
      case .date: return "(CAST(julianday('now', 'start of day') - 2440587.5 AS INTEGER))"
      case .time: return "(\(SQLitePrinter.now) % 86400000000)"
      default: throw SQLLiteral.mismatch(.timestamp(Timestamp(microseconds: 0)), column.type, dialect: dialect.name)
      }
    }
  }
}
