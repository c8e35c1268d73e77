import RowanCore

/// Emits the DDL of MariaDB and MySQL. https://dev.mysql.com/doc/refman/8.0/en/create-table.html
struct MySQLDDLEmitter: TableDDLEmitter {
  let dialect: any Dialect
  let names: ConstraintNames
  let collation: String

  init(_ dialect: MySQLDialect) {
    self.dialect = dialect
    collation = dialect.exactCollation
    names = ConstraintNames(maxBytes: dialect.capabilities.maxIdentifierBytes, maxCharacters: 64)
  }

  /// Text equals only itself, as on the other engines; the servers' own default ignores case and trailing blanks.
  func tableOptions(_ table: TableSnapshot) -> String { " ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=\(collation)" }

  /// A key needs a bounded length. https://dev.mysql.com/doc/refman/8.0/en/column-indexes.html
  func columnType(_ column: ColumnSnapshot, of table: TableSnapshot) throws -> String {
    guard isKeyed(column, of: table) else { return try dialect.columnType(column.type) }
    switch column.type {
    case .text: return "varchar(255)"
    case .bytes, .json, .array:
      throw unsupported(
        "a key over \(column.type)", column, of: table,
        alternative: "use varchar, uuid, or a custom type such as varbinary(255)")
    default: return try dialect.columnType(column.type)
    }
  }

  private func isKeyed(_ column: ColumnSnapshot, of table: TableSnapshot) -> Bool {
    table.primaryKey?.columns.contains(column.name) ?? false
      || table.uniques.contains { $0.columns.contains(column.name) }
      || table.foreignKeys.contains { $0.columns.contains(column.name) }
      || table.indexes.contains { $0.elements.contains { $0.column == column.name && $0.prefixLength == nil } }
  }

  /// https://dev.mysql.com/doc/refman/8.0/en/example-auto-increment.html
  func identityClause(_ column: ColumnSnapshot, of table: TableSnapshot) throws -> String {
    let leadsKey = table.primaryKey?.columns.first == column.name
    let isUnique = table.uniques.contains { $0.columns == [column.name] }
    guard column.type.isInteger, leadsKey || isUnique, table.columns.count(where: { $0.identity != nil }) == 1 else {
      throw unsupported(
        "a generated value that is no integer, leads no key, or is not the only one", column, of: table,
        alternative: "make it the first key column, or make the value in Swift")
    }
    return " AUTO_INCREMENT"
  }

  func action(_ action: ForeignKeyAction) throws -> String? {
    switch action {
    case .noAction: return nil
    case .restrict: return "RESTRICT"
    case .cascade: return "CASCADE"
    case .setNull: return "SET NULL"
    // https://dev.mysql.com/doc/refman/8.0/en/create-table-foreign-keys.html
    case .setDefault:
      throw RowanError.unsupported(
        "SET DEFAULT in a foreign key", dialect: dialect.name, alternative: "use SET NULL, or a trigger")
    }
  }

  func createIndex(_ index: IndexSnapshot, on table: TableSnapshot, ifNotExists: Bool) throws -> String {
    if index.predicate != nil {
      throw RowanError.unsupported(
        "the partial index '\(index.name)'", dialect: dialect.name,
        alternative: "index a generated column that is NULL for rows left out")
    }
    let unique = index.isUnique ? "UNIQUE " : ""
    // MySQL has no IF NOT EXISTS here; MariaDB has.
    let condition = ifNotExists && (dialect as? MySQLDialect)?.flavor == .mariaDB ? "IF NOT EXISTS " : ""
    return "CREATE \(unique)INDEX \(condition)\(try dialect.quote(index.name)) ON \(try qualifiedName(table.name)) "
      + "(\(try elements(of: index, on: table)))"
  }

  func defaultExpression(_ value: DefaultSnapshot, for column: ColumnSnapshot) throws -> String {
    switch value {
    case .expression(let expression): return "(\(expression.source))"
    case .randomUUID: return MySQLDefaults.randomUUID
    case .literal(let value): return try MySQLLiteral(dialect: dialect).text(value, column.type)
    case .now:
      switch column.type {
      case .timestamp: return "CURRENT_TIMESTAMP(6)"
      case .date: return "(UTC_DATE())"
      case .time: return "(UTC_TIME(6))"
      default: throw SQLLiteral.mismatch(.timestamp(Timestamp(microseconds: 0)), column.type, dialect: dialect.name)
      }
    }
  }
}
