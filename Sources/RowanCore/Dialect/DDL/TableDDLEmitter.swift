/// A DDL emitter in pieces: the order of clauses and the names are here, a dialect supplies what differs.
public protocol TableDDLEmitter: DDLEmitter {
  /// The engine.
  var dialect: any Dialect { get }

  /// How constraints and indexes are named.
  var names: ConstraintNames { get }

  /// The spelled type of a column, with what its place in `table` (a key, an index) demands.
  /// - Throws: ``RowanError/Code/unsupported`` for a type the engine cannot hold there.
  func columnType(_ column: ColumnSchema, of table: TableSchema) throws -> String

  /// What follows the type of a column whose value the database makes.
  /// - Throws: ``RowanError/Code/unsupported`` where the engine cannot make it.
  func generatedClause(_ column: ColumnSchema, of table: TableSchema) throws -> String

  /// Whether `column` states the primary key itself, so that the table states none.
  func statesPrimaryKey(_ column: ColumnSchema, of table: TableSchema) -> Bool

  /// The default of a column, as it stands after `DEFAULT`.
  func defaultExpression(_ value: ColumnDefault, for column: ColumnSchema) throws -> String

  /// What a foreign key does, as SQL; nil for what the engine does anyway.
  func action(_ action: ForeignKeyAction) throws -> String?

  /// What follows the closing parenthesis of a table.
  var tableOptions: String { get }

  /// The statement that creates an index.
  func createIndex(
    _ index: IndexSchema, name: String, on table: TableSchema, ifNotExists: Bool
  ) throws -> String
}

extension TableDDLEmitter {
  /// The dialect's own spelling, wherever the column stands.
  public func columnType(_ column: ColumnSchema, of table: TableSchema) throws -> String {
    try dialect.columnType(column.type)
  }

  /// No column does.
  public func statesPrimaryKey(_ column: ColumnSchema, of table: TableSchema) -> Bool { false }

  /// Nothing.
  public var tableOptions: String { "" }

  /// The standard words.
  public func action(_ action: ForeignKeyAction) throws -> String? {
    switch action {
    case .noAction: nil
    case .restrict: "RESTRICT"
    case .cascade: "CASCADE"
    case .setNull: "SET NULL"
    case .setDefault: "SET DEFAULT"
    }
  }

  /// `CREATE [UNIQUE] INDEX … ON … (…) [WHERE …]`.
  public func createIndex(
    _ index: IndexSchema, name: String, on table: TableSchema, ifNotExists: Bool
  ) throws -> String {
    var sql = index.isUnique ? "CREATE UNIQUE INDEX " : "CREATE INDEX "
    if ifNotExists { sql += "IF NOT EXISTS " }
    sql += "\(try dialect.quote(name)) ON \(try qualifiedName(table)) (\(try list(index.columns, of: table)))"
    if let predicate = index.predicate { sql += " WHERE \(predicate)" }
    return sql
  }

  /// `CREATE TABLE` with every constraint named, then one `CREATE INDEX` for each index.
  public func createTable(_ table: TableSchema, ifNotExists: Bool) throws -> [String] {
    if table.columns.isEmpty {
      throw RowanError(.emptyStatement, "table '\(table.name)' has no columns", hint: "give it at least one column")
    }
    var lines = try table.columns.map { try definition(of: $0, in: table) }
    lines += try constraints(of: table)
    var statements = [
      "CREATE TABLE \(ifNotExists ? "IF NOT EXISTS " : "")\(try qualifiedName(table)) (\n  "
        + lines.joined(separator: ",\n  ") + "\n)\(tableOptions)"
    ]
    for index in indexes(of: table) {
      let name = index.name ?? (index.isUnique ? names.unique : names.index)(table, index.columns)
      statements.append(try createIndex(index, name: name, on: table, ifNotExists: ifNotExists))
    }
    return statements
  }

  /// `DROP TABLE`.
  public func dropTable(_ table: TableSchema, ifExists: Bool) throws -> [String] {
    ["DROP TABLE \(ifExists ? "IF EXISTS " : "")\(try qualifiedName(table))"]
  }

  /// The table's name, quoted, with its namespace.
  public func qualifiedName(_ table: TableSchema) throws -> String {
    let name = try dialect.quote(table.name)
    guard let namespace = table.namespace else { return name }
    guard dialect.capabilities.namespaces else {
      throw RowanError.unsupported(
        "the namespace of table '\(table.name)'", dialect: dialect.name,
        alternative: "put the namespace into the table's name")
    }
    return "\(try dialect.quote(namespace)).\(name)"
  }

  /// Names of columns of `table`, quoted.
  /// - Throws: ``RowanError/Code/unknownColumn`` for a column the table does not have.
  public func list(_ columns: [String], of table: TableSchema) throws -> String {
    if columns.isEmpty {
      throw RowanError(
        .emptyStatement, "a constraint or index of table '\(table.name)' names no column", hint: "name its columns")
    }
    return try columns.map { name in
      guard table.index(of: name) != nil else {
        throw RowanError(
          .unknownColumn, "a constraint or index of table '\(table.name)' names '\(name)', which is no column of it",
          hint: "use the column's name in the database")
      }
      return try dialect.quote(name)
    }.joined(separator: ", ")
  }

  /// Indexes of the table and of its columns, in a fixed order.
  public func indexes(of table: TableSchema) -> [IndexSchema] {
    table.columns.filter(\.isIndexed).map { IndexSchema([$0.name]) } + table.indexes
  }

  /// The error for a column the engine cannot have.
  public func unsupported(
    _ what: String, _ column: ColumnSchema, of table: TableSchema, alternative: String
  ) -> RowanError {
    .unsupported(
      "\(what), column '\(column.name)' of '\(table.name)',", dialect: dialect.name, alternative: alternative)
  }

  private func definition(of column: ColumnSchema, in table: TableSchema) throws -> String {
    var sql = "\(try dialect.quote(column.name)) \(try columnType(column, of: table))"
    if !column.isNullable { sql += " NOT NULL" }
    if column.isGenerated {
      if column.defaultValue != nil {
        throw unsupported(
          "a default beside a generated value", column, of: table, alternative: "drop one of the two")
      }
      sql += try generatedClause(column, of: table)
    } else if let value = column.defaultValue {
      sql += " DEFAULT \(try defaultExpression(value, for: column))"
    }
    return sql
  }

  private func constraints(of table: TableSchema) throws -> [String] {
    var lines: [String] = []
    func add(_ name: String, _ clause: String) throws {
      lines.append("CONSTRAINT \(try dialect.quote(name)) \(clause)")
    }
    if !table.primaryKey.isEmpty, !table.columns.contains(where: { statesPrimaryKey($0, of: table) }) {
      let columns = table.primaryKey.map { table.columns[$0].name }
      try add(names.primaryKey(table), "PRIMARY KEY (\(try list(columns, of: table)))")
    }
    for column in table.columns where column.isUnique {
      try add(names.unique(table, [column.name]), "UNIQUE (\(try dialect.quote(column.name)))")
    }
    for unique in table.uniques {
      try add(
        unique.name ?? names.unique(table, unique.columns), "UNIQUE (\(try list(unique.columns, of: table)))")
    }
    for column in table.columns {
      guard let key = column.references else { continue }
      try add(names.foreignKey(table, [column.name]), try reference(key, from: column, of: table))
    }
    let checks =
      table.columns.compactMap { column in column.check.map { CheckSchema($0) } } + table.checks
    for (index, check) in checks.enumerated() {
      try add(check.name ?? names.check(table, index + 1), "CHECK (\(check.expression))")
    }
    return lines
  }

  private func reference(
    _ key: ForeignKeySchema, from column: ColumnSchema, of table: TableSchema
  ) throws -> String {
    // Both tables share a namespace; a key states no other.
    let target = try qualifiedName(TableSchema(key.table, namespace: table.namespace, columns: []))
    var sql = "FOREIGN KEY (\(try dialect.quote(column.name))) REFERENCES \(target) (\(try dialect.quote(key.column)))"
    if let action = try action(key.onDelete) { sql += " ON DELETE \(action)" }
    if let action = try action(key.onUpdate) { sql += " ON UPDATE \(action)" }
    return sql
  }
}
