/// A DDL emitter in pieces: the order of clauses is here, a dialect supplies what differs.
public protocol TableDDLEmitter: DDLEmitter {
  /// The engine.
  var dialect: any Dialect { get }

  /// The spelled type of a column, with what its place in `table` (a key, an index) demands.
  /// - Throws: ``RowanError/Code/unsupported`` for a type the engine cannot hold there.
  func columnType(_ column: ColumnSnapshot, of table: TableSnapshot) throws -> String

  /// What follows the type of a column whose rows the database numbers.
  /// - Throws: ``RowanError/Code/unsupported`` where the engine cannot do so.
  func identityClause(_ column: ColumnSnapshot, of table: TableSnapshot) throws -> String

  /// Whether `column` states the primary key itself, so that the table states none.
  func statesPrimaryKey(_ column: ColumnSnapshot, of table: TableSnapshot) -> Bool

  /// The default of a column, as it stands after `DEFAULT`.
  func defaultExpression(_ value: DefaultSnapshot, for column: ColumnSnapshot) throws -> String

  /// What makes a column a computed one.
  func computedClause(_ computed: ComputedSnapshot, for column: ColumnSnapshot) throws -> String

  /// What ends the definition of a column, such as its comment.
  func columnOptions(_ column: ColumnSnapshot, of table: TableSnapshot) throws -> String

  /// What a foreign key does, as SQL; nil for what the engine does anyway.
  func action(_ action: ForeignKeyAction) throws -> String?

  /// What follows the closing parenthesis of a table.
  func tableOptions(_ table: TableSnapshot) throws -> String

  /// The statement that creates an index.
  func createIndex(_ index: IndexSnapshot, on table: TableSnapshot, ifNotExists: Bool) throws -> String

  /// Statements that follow those that create a table and its indexes, such as those that set comments.
  func afterCreating(_ table: TableSnapshot) throws -> [String]

  /// The table as introspection would find it.
  func normalize(_ table: TableSnapshot) throws -> TableSnapshot
}

extension TableDDLEmitter {
  /// The dialect's own spelling, wherever the column stands.
  public func columnType(_ column: ColumnSnapshot, of table: TableSnapshot) throws -> String {
    try dialect.columnType(column.type)
  }

  /// No column does.
  public func statesPrimaryKey(_ column: ColumnSnapshot, of table: TableSnapshot) -> Bool { false }

  /// The default of a column that takes the current instant.
  public func now() throws -> String { try defaultExpression(.now, for: ColumnSnapshot("now", .timestamp)) }

  /// The table as it is.
  public func normalize(_ table: TableSnapshot) throws -> TableSnapshot { table }

  /// Each table on its own; the rest as it is.
  public func normalize(_ snapshot: SchemaSnapshot) throws -> SchemaSnapshot {
    var normal = snapshot
    normal.tables = try snapshot.tables.map { try normalize($0) }
    normal.sort()
    return normal
  }

  /// Nothing.
  public func columnOptions(_ column: ColumnSnapshot, of table: TableSnapshot) throws -> String { "" }

  /// Nothing.
  public func tableOptions(_ table: TableSnapshot) throws -> String { "" }

  /// None.
  public func afterCreating(_ table: TableSnapshot) throws -> [String] { [] }

  /// `GENERATED ALWAYS AS (…) STORED` or `VIRTUAL`.
  public func computedClause(_ computed: ComputedSnapshot, for column: ColumnSnapshot) throws -> String {
    " GENERATED ALWAYS AS (\(computed.expression.source)) \(computed.isStored ? "STORED" : "VIRTUAL")"
  }

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
  public func createIndex(_ index: IndexSnapshot, on table: TableSnapshot, ifNotExists: Bool) throws -> String {
    try refuse(index, of: table)
    var sql = index.isUnique ? "CREATE UNIQUE INDEX " : "CREATE INDEX "
    if ifNotExists { sql += "IF NOT EXISTS " }
    sql +=
      "\(try dialect.quote(index.name)) ON \(try qualifiedName(table.name)) (\(try elements(of: index, on: table)))"
    if let predicate = index.predicate { sql += " WHERE \(predicate.source)" }
    return sql
  }

  /// `CREATE TABLE` with every constraint named, then one `CREATE INDEX` for each index.
  public func createTable(_ table: TableSnapshot, ifNotExists: Bool) throws -> [String] {
    if table.columns.isEmpty {
      throw RowanError(.emptyStatement, "table '\(table.name)' has no columns", hint: "give it at least one column")
    }
    var lines = try table.columns.map { try columnDefinition($0, of: table) }
    lines += try constraints(of: table)
    var statements = [
      "CREATE TABLE \(ifNotExists ? "IF NOT EXISTS " : "")\(try qualifiedName(table.name)) (\n  "
        + lines.joined(separator: ",\n  ") + "\n)\(try tableOptions(table))"
    ]
    for index in table.indexes {
      statements.append(try createIndex(index, on: table, ifNotExists: ifNotExists))
    }
    return statements + (try afterCreating(table))
  }

  /// `DROP TABLE`.
  public func dropTable(_ name: ObjectName, ifExists: Bool) throws -> [String] {
    ["DROP TABLE \(ifExists ? "IF EXISTS " : "")\(try qualifiedName(name))"]
  }

  /// The dialect makes tables but does not change them.
  public func statements(
    for changes: [SchemaChange], from before: SchemaSnapshot, to after: SchemaSnapshot, options: DDLOptions
  ) throws -> [SchemaStatement] {
    throw RowanError.unsupported("migrations", dialect: dialect.name, alternative: "write the SQL by hand")
  }

  /// What a column's definition says, from its name on.
  public func columnDefinition(_ column: ColumnSnapshot, of table: TableSnapshot) throws -> String {
    var sql = "\(try dialect.quote(column.name)) \(try columnType(column, of: table))"
    if let collation = column.collation { sql += " COLLATE \(try dialect.quote(collation))" }
    if let computed = column.computed {
      if column.defaultValue != nil || column.identity != nil {
        throw unsupported("a default beside a computed value", column, of: table, alternative: "drop one of the two")
      }
      sql += try computedClause(computed, for: column)
    }
    if !column.isNullable { sql += " NOT NULL" }
    if column.identity != nil {
      if column.defaultValue != nil {
        throw unsupported("a default beside a generated value", column, of: table, alternative: "drop one of the two")
      }
      sql += try identityClause(column, of: table)
    } else if let value = column.defaultValue {
      sql += " DEFAULT \(try defaultExpression(value, for: column))"
    }
    return sql + (try columnOptions(column, of: table))
  }

  /// The constraints of a table, each with its name, as they stand among its columns.
  public func constraints(of table: TableSnapshot) throws -> [String] {
    var lines: [String] = []
    if let key = table.primaryKey, !table.columns.contains(where: { statesPrimaryKey($0, of: table) }) {
      lines.append(try clause(key, of: table))
    }
    lines += try table.uniques.map { try clause($0, of: table) }
    lines += try table.foreignKeys.map { try clause($0, of: table) }
    lines += try table.checks.map { try clause($0, of: table) }
    return lines
  }

  /// `CONSTRAINT name PRIMARY KEY (…)`.
  public func clause(_ key: PrimaryKeySnapshot, of table: TableSnapshot) throws -> String {
    try named(key.name ?? names.primaryKey(table.name.name), "PRIMARY KEY (\(try list(key.columns, of: table)))")
  }

  /// `CONSTRAINT name UNIQUE (…)`.
  public func clause(_ unique: UniqueSnapshot, of table: TableSnapshot) throws -> String {
    try named(unique.name, "UNIQUE (\(try list(unique.columns, of: table)))")
  }

  /// `CONSTRAINT name CHECK (…)`.
  public func clause(_ check: CheckSnapshot, of table: TableSnapshot) throws -> String {
    try named(check.name, "CHECK (\(check.expression.source))")
  }

  /// `CONSTRAINT name FOREIGN KEY (…) REFERENCES … (…)` and what it does.
  public func clause(_ key: ForeignKeySnapshot, of table: TableSnapshot) throws -> String {
    let targets = try key.targetColumns.map { try dialect.quote($0) }.joined(separator: ", ")
    var sql =
      "FOREIGN KEY (\(try list(key.columns, of: table))) REFERENCES \(try qualifiedName(key.target)) (\(targets))"
    if let action = try action(key.onDelete) { sql += " ON DELETE \(action)" }
    if let action = try action(key.onUpdate) { sql += " ON UPDATE \(action)" }
    switch key.deferral {
    case .immediate: break
    case .deferrable: sql += " DEFERRABLE INITIALLY IMMEDIATE"
    case .deferred: sql += " DEFERRABLE INITIALLY DEFERRED"
    }
    return try named(key.name, sql)
  }

  private func named(_ name: String, _ clause: String) throws -> String {
    "CONSTRAINT \(try dialect.quote(name)) \(clause)"
  }
}
