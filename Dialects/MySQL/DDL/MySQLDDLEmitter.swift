import RowanCore

/// Emits the DDL of MariaDB and MySQL. https://dev.mysql.com/doc/refman/8.0/en/create-table.html
struct MySQLDDLEmitter: TableDDLEmitter {
  /// Which server, and what it can do.
  let server: MySQLDialect
  let names: ConstraintNames
  /// The collation of tables that name none.
  let collation: String

  var dialect: any Dialect { server }

  init(_ dialect: MySQLDialect) {
    server = dialect
    collation = dialect.exactCollation
    names = ConstraintNames(maxBytes: dialect.capabilities.maxIdentifierBytes, maxCharacters: 64)
  }

  /// Text equals only itself, as on the other engines; the servers' own default ignores case and trailing blanks.
  func tableOptions(_ table: TableSnapshot) throws -> String {
    var sql = " ENGINE=\(try word(table.options["engine"] ?? "InnoDB"))"
    let collation = collation(of: table)
    sql += " DEFAULT CHARSET=\(try word(MySQLCollation.characterSet(collation))) COLLATE=\(try word(collation))"
    if let comment = table.comment { sql += " COMMENT=\(MySQLStoredText.quoted(comment))" }
    return sql
  }

  /// The collation of a table's text, where its columns name none.
  func collation(of table: TableSnapshot) -> String {
    table.options["collation"].map(MySQLCollation.name) ?? collation
  }

  /// A name of the engine's that takes no quotes.
  func word(_ name: String) throws -> String {
    guard !name.isEmpty, name.utf8.allSatisfy({ isWordByte($0) }) else {
      throw RowanError(
        .invalidIdentifier, "a table's engine or collation is no name of one",
        hint: "use one that SHOW ENGINES or SHOW COLLATION lists")
    }
    return name
  }

  private func isWordByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"): true
    default: false
    }
  }

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
      || table.indexes.contains { index in
        !["fulltext", "spatial"].contains(index.method?.lowercased() ?? "btree")
          && index.elements.contains { $0.column == column.name && $0.prefixLength == nil }
      }
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

  func createTable(_ table: TableSnapshot, ifNotExists: Bool) throws -> [String] {
    if table.columns.isEmpty {
      throw RowanError(.emptyStatement, "table '\(table.name)' has no columns", hint: "give it at least one column")
    }
    let lines = try table.columns.map { try definition(of: $0, in: table) } + constraints(of: table)
    let create = "CREATE TABLE \(ifNotExists ? "IF NOT EXISTS " : "")\(try qualifiedName(table.name))"
    return ["\(create) (\n  \(lines.joined(separator: ",\n  "))\n)\(try tableOptions(table))"]
      + (try table.indexes.map { try createIndex($0, on: table, ifNotExists: ifNotExists) })
  }

  func normalize(_ table: TableSnapshot) throws -> TableSnapshot { try MySQLNormalForm(emitter: self).table(table) }

  func normalize(_ snapshot: SchemaSnapshot) throws -> SchemaSnapshot {
    let form = MySQLNormalForm(emitter: self)
    if let name = snapshot.namespaces.first { throw lacks("the namespace '\(name)'", "use another database") }
    if let name = snapshot.extensions.first { throw lacks("the extension '\(name)'", "leave it out for this engine") }
    if let type = snapshot.enums.first {
      throw lacks(
        "the enumerated type '\(type.name)'",
        "give each column the type .custom(\"enum('a', 'b')\"), or a check")
    }
    var normal = snapshot
    normal.tables = try snapshot.tables.map { try form.table($0) }
    normal.views = try snapshot.views.map { try form.view($0) }
    normal.sort()
    return normal
  }

  /// The error for what the engine has not.
  func lacks(_ what: String, _ alternative: String) -> RowanError {
    .unsupported(what, dialect: dialect.name, alternative: alternative)
  }
}
