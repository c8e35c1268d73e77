import RowanCore
import Testing

@testable import RowanSQLite

let sqlite = SQLiteDialect()
let emitter = sqlite.makeDDLEmitter()

/// A database in memory, closed at the end.
func withMemory<R: Sendable>(_ body: (Database) async throws -> R) async throws -> R {
  let database = try await Database.open(.sqlite(":memory:"))
  let result: R
  do {
    result = try await body(database)
  } catch {
    await database.close()
    throw error
  }
  await database.close()
  return result
}

extension Database {
  func run(_ statements: String...) async throws { try await run(statements) }

  func run(_ statements: [String]) async throws {
    try await withSchemaSession { session in
      for statement in statements { try await session.run(text: statement) }
    }
  }

  func text(_ sql: String) async throws -> String? {
    try await withSchemaSession { try await $0.text(sql) }
  }

  func introspect(_ options: IntrospectionOptions = IntrospectionOptions()) async throws -> IntrospectedSchema {
    try await sqlite.makeIntrospector().introspect(self, options)
  }

  /// Creates everything in an empty database.
  func create(_ schema: SchemaSnapshot) async throws {
    for table in schema.tables { try await run(try emitter.createTable(table, ifNotExists: false)) }
    for view in schema.views {
      try await run("CREATE VIEW \(try sqlite.quote(view.name.name)) AS \(view.query.source)")
    }
  }
}

func schema(_ tables: TableSnapshot..., views: [ViewSnapshot] = []) -> SchemaSnapshot {
  SchemaSnapshot(dialect: "sqlite", tables: tables, views: views)
}

/// Normalises, creates and reads back, twice: what was read makes the same again.
@discardableResult
func roundTrip(
  _ given: SchemaSnapshot, _ location: SourceLocation = #_sourceLocation
) async throws -> SchemaSnapshot {
  let normal = try emitter.normalize(given)
  #expect(try emitter.normalize(normal) == normal, "the normal form of the normal form", sourceLocation: location)
  let found = try await withMemory { database in
    try await database.create(given)
    return try await database.introspect()
  }
  #expect(found.unrepresented == [], sourceLocation: location)
  #expect(found.schema == normal, sourceLocation: location)
  let again = try await withMemory { database in
    try await database.create(found.schema)
    return try await database.introspect()
  }
  #expect(again.schema == normal, sourceLocation: location)
  #expect(try SchemaSnapshot(json: try normal.json()) == normal, sourceLocation: location)
  return normal
}

func column(_ name: String, _ type: SQLType, default value: DefaultSnapshot? = nil) -> ColumnSnapshot {
  ColumnSnapshot(name, type, isNullable: true, default: value)
}

/// A table with a numbered key and these columns.
func table(
  _ name: String, _ columns: ColumnSnapshot..., uniques: [UniqueSnapshot] = [], checks: [CheckSnapshot] = [],
  foreignKeys: [ForeignKeySnapshot] = [], indexes: [IndexSnapshot] = [], options: [String: String] = [:]
) -> TableSnapshot {
  TableSnapshot(
    ObjectName(name), columns: [ColumnSnapshot("id", .bigint, identity: .byDefault)] + columns,
    primaryKey: PrimaryKeySnapshot(name: "pk_\(name)", columns: ["id"]), uniques: uniques, checks: checks,
    foreignKeys: foreignKeys, indexes: indexes, options: options)
}

/// The ``RowanError`` that `body` throws.
func failure(_ location: SourceLocation = #_sourceLocation, _ body: () async throws -> Void) async -> RowanError? {
  do {
    try await body()
    Issue.record("nothing was thrown", sourceLocation: location)
  } catch let error as RowanError {
    return error
  } catch {
    Issue.record("\(error) was thrown", sourceLocation: location)
  }
  return nil
}
