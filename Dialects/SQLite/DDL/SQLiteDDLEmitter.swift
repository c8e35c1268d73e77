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

  /// Where the declared type does not say the logical one (in STRICT tables, and of arrays), a comment behind it does:
  /// SQLite keeps the text of a table as it is given.
  func columnType(_ column: ColumnSnapshot, of table: TableSnapshot) throws -> String {
    if isRowID(column, of: table) { return "INTEGER" }
    // Spelled out, it would be the rowid.
    if column.type == .integer, table.primaryKey?.columns == [column.name] { return "INT" }
    var type: String
    if SQLiteOptions.isStrict(table) {
      guard let word = DeclaredType.strict(column.type) else {
        throw unsupported(
          "the type '\(column.type)' in a STRICT table", column, of: table, alternative: "leave STRICT out")
      }
      type = DeclaredType.isPlain(strict: column.type) ? word : try noted(word, column, of: table)
    } else {
      type = try dialect.columnType(column.type)
      if case .array = column.type { type = try noted(type, column, of: table) }
    }
    return column.type.isDecimal ? "\(type) COLLATE \(SQLitePrinter.decimalCollation)" : type
  }

  private func noted(_ type: String, _ column: ColumnSnapshot, of table: TableSnapshot) throws -> String {
    let note = column.type.description
    if case .custom = column.type { return type }
    if note.contains("*/") {
      throw unsupported("an array of '\(note)'", column, of: table, alternative: "use an array of another type")
    }
    return "\(type) /* \(note) */"
  }

  /// AUTOINCREMENT keeps the key of a deleted row from being given to another one, as the other engines do.
  /// https://sqlite.org/autoinc.html
  func identityClause(_ column: ColumnSnapshot, of table: TableSnapshot) throws -> String {
    guard isRowID(column, of: table), !SQLiteOptions.isWithoutRowID(table) else {
      throw unsupported(
        "a generated value that is not the whole primary key, or no integer, or in a table WITHOUT ROWID", column,
        of: table, alternative: "make it the only key column, or make the value in Swift")
    }
    let name = table.primaryKey?.name ?? names.primaryKey(table.name.name)
    return " CONSTRAINT \(try dialect.quote(name)) PRIMARY KEY AUTOINCREMENT"
  }

  func statesPrimaryKey(_ column: ColumnSnapshot, of table: TableSnapshot) -> Bool { column.identity != nil }

  func defaultExpression(_ value: DefaultSnapshot, for column: ColumnSnapshot) throws -> String {
    try SQLiteDefaults.text(value, column.type, dialect: dialect)
  }

  func tableOptions(_ table: TableSnapshot) throws -> String { try SQLiteOptions.clause(table, dialect: dialect) }

  func normalize(_ table: TableSnapshot) throws -> TableSnapshot {
    try SQLiteNormalization(emitter: self).table(table)
  }

  func normalize(_ snapshot: SchemaSnapshot) throws -> SchemaSnapshot {
    try SQLiteNormalization(emitter: self).schema(snapshot)
  }
}
