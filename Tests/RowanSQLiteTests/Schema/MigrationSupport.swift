import RowanCore
import RowanMigrations
import Testing

@testable import RowanSQLite

/// The statements from one schema to another, both in normal form.
func steps(
  _ before: SchemaSnapshot, _ after: SchemaSnapshot, _ renames: SchemaRenames = SchemaRenames()
) throws -> [SchemaStatement] {
  let diff = try SchemaDiff(from: before, to: after, renames: renames, capabilities: sqlite.capabilities)
  return try emitter.statements(for: diff.changes, from: before, to: after, options: DDLOptions())
}

extension Database {
  /// Runs statements as a runner does: in one transaction, with everything around it that they need.
  func migrate(_ statements: [SchemaStatement]) async throws {
    try await withSchemaSession { session in
      try await session.transaction(hooks: emitter.migrationHooks(for: statements.map(\.sql))) { transaction in
        for statement in statements { try await transaction.run(text: statement.sql) }
      }
    }
  }

  /// What nothing may change by accident: the schema's texts, and every row of these tables.
  func everything(_ tables: String...) async throws -> [String] {
    var found = [try await text("SELECT group_concat(sql, ';') FROM sqlite_schema") ?? ""]
    for table in tables {
      let columns = try await text(
        "SELECT group_concat('quote(\"' || name || '\")', ' || ''|'' || ') FROM pragma_table_xinfo('\(table)')")
      found += try await rows("SELECT \(columns ?? "1") FROM \"\(table)\"").map { row in "\(row)" }
    }
    return found
  }

  /// The rows of a query, as text.
  func rows(_ sql: String) async throws -> [[String?]] {
    try await withSchemaSession { session in
      try await session.transaction(TransactionOptions(access: .read)) { try await $0.rows(text: sql) }
    }
  }
}

/// Goes from one schema to another and back over rows, and compares what is found each time.
/// - Parameter rows: statements that fill the tables.
/// - Returns: the statements up and down.
@discardableResult
func thereAndBack(
  _ before: SchemaSnapshot, _ after: SchemaSnapshot, _ renames: SchemaRenames = SchemaRenames(), rows: [String] = [],
  _ location: SourceLocation = #_sourceLocation, _ look: (Database) async throws -> Void = { _ in }
) async throws -> (up: [SchemaStatement], down: [SchemaStatement]) {
  let before = try emitter.normalize(before), after = try emitter.normalize(after)
  let up = try steps(before, after, renames), down = try steps(after, before, renames.inverted)
  try await withMemory { database in
    try await database.create(before)
    try await database.run(rows)
    func counts(_ schema: SchemaSnapshot) async throws -> [String: String?] {
      var counts: [String: String?] = [:]
      for table in schema.tables {
        let name = renames.tables.first { $0.value == table.name }?.key ?? table.name
        counts[name.name] = try await database.text(
          "SELECT CAST(count(*) AS TEXT) FROM \(try sqlite.quote(table.name.name))")
      }
      return counts
    }
    let counted = try await counts(before)
    try await database.migrate(up)
    let there = try await database.introspect()
    #expect(there.schema.inOrder == after.inOrder, sourceLocation: location)
    let countedThere = try await counts(after)
    for (name, count) in counted where after.table(ObjectName(name)) != nil {
      #expect(countedThere[name] == count, "rows of \(name)", sourceLocation: location)
    }
    try await look(database)
    try await database.migrate(down)
    let back = try await database.introspect()
    #expect(back.schema.inOrder == before.inOrder, sourceLocation: location)
    #expect(back.unrepresented == there.unrepresented, sourceLocation: location)
    #expect(try await database.text("PRAGMA integrity_check") == "ok", sourceLocation: location)
    #expect(
      try await database.text("SELECT CAST(foreign_keys AS TEXT) FROM pragma_foreign_keys") == "1",
      sourceLocation: location)
    #expect(
      try await database.text("SELECT name FROM temp.sqlite_schema WHERE name LIKE 'rowan%'") == nil,
      sourceLocation: location)
  }
  return (up, down)
}

extension SchemaSnapshot {
  /// With columns sorted, and expressions by their canonical forms alone: a column that comes back stands last, and a
  /// renamed one has quotes.
  var inOrder: SchemaSnapshot {
    var copy = self
    for index in copy.tables.indices {
      copy.tables[index].columns.sort { $0.name < $1.name }
      for check in copy.tables[index].checks.indices {
        copy.tables[index].checks[check].expression.source = ""
      }
      for column in copy.tables[index].columns.indices {
        copy.tables[index].columns[column].computed?.expression.source = ""
      }
      for place in copy.tables[index].indexes.indices {
        copy.tables[index].indexes[place].predicate?.source = ""
        for element in copy.tables[index].indexes[place].elements.indices {
          copy.tables[index].indexes[place].elements[element].expression?.source = ""
        }
      }
    }
    for view in copy.views.indices { copy.views[view].query.source = "" }
    return copy
  }
}

/// Whether the statements build a table anew.
func isRebuild(_ statements: [SchemaStatement]) -> Bool {
  statements.contains { $0.sql.contains("legacy_alter_table") }
}
