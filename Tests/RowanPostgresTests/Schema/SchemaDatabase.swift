import Foundation
import RowanPostgres
import Synchronization
import Testing

import RowanCore

/// A database of its own for one test, dropped at its end.
struct SchemaDatabase {
  let database: Database
  let emitter: any DDLEmitter

  private static let next = Atomic<Int>(1)

  static func with<R: Sendable>(_ body: (SchemaDatabase) async throws -> R) async throws -> R {
    let url = try ServerAccess.required("ROWAN_TEST_POSTGRES_URL")
    let name =
      "rowan_schema_\(ProcessInfo.processInfo.processIdentifier)_\(next.wrappingAdd(1, ordering: .relaxed).oldValue)"
    let pool = PoolOptions(maxConnections: 2, lanes: 1)
    let server = try await Database.open(.postgres(url, pool: pool))
    do {
      _ = try await server.withSchemaSession { session in
        try await session.run(text: "CREATE DATABASE \(name) TEMPLATE template0")
      }
      let slash = try #require(url.lastIndex(of: "/"))
      let database = try await Database.open(.postgres(url[...slash] + name, pool: pool))
      let result: Result<R, any Error>
      do {
        result = .success(
          try await body(SchemaDatabase(database: database, emitter: database.dialect.makeDDLEmitter())))
      } catch {
        result = .failure(error)
      }
      await database.close()
      _ = try await server.withSchemaSession { session in
        try await session.run(text: "DROP DATABASE \(name) WITH (FORCE)")
      }
      await server.close()
      return try result.get()
    } catch {
      await server.close()
      throw error
    }
  }

  func run(_ statements: String...) async throws { try await run(statements) }

  func run(_ statements: [String]) async throws {
    try await database.withSchemaSession { session in
      for statement in statements { try await session.run(text: statement) }
    }
  }

  func text(_ sql: String) async throws -> String? {
    try await database.withSchemaSession { session in try await session.text(sql) }
  }

  /// Runs statements as a migration does: those that can, in one transaction with their neighbours.
  func apply(_ statements: [SchemaStatement]) async throws {
    var groups: [[SchemaStatement]] = [[]]
    for statement in statements {
      if statement.placement == .outside { groups.append([]) }
      groups[groups.count - 1].append(statement)
      if statement.placement != .together { groups.append([]) }
    }
    let work = groups
    try await database.withSchemaSession { session in
      for group in work where !group.isEmpty {
        if group[0].placement == .outside {
          try await session.run(text: group[0].sql)
          continue
        }
        try await session.transaction(hooks: emitter.migrationHooks(for: group.map(\.sql))) { transaction in
          for statement in group { try await transaction.run(text: statement.sql) }
        }
      }
    }
  }

  func introspect(_ options: IntrospectionOptions = IntrospectionOptions()) async throws -> IntrospectedSchema {
    try await database.dialect.makeIntrospector().introspect(database, options)
  }

  /// Creates all of `schema` in an empty database.
  func create(_ schema: SchemaSnapshot) async throws {
    let empty = SchemaSnapshot(dialect: "postgres")
    try await apply(
      try emitter.statements(for: Self.creation(of: schema), from: empty, to: schema, options: DDLOptions()))
  }

  /// The steps that make `schema`, foreign keys last.
  static func creation(of schema: SchemaSnapshot) -> [SchemaChange] {
    var changes: [SchemaChange] = schema.namespaces.map { .createNamespace($0) }
    changes += schema.extensions.map { .createExtension($0) }
    changes += schema.enums.map { .createEnum($0) }
    var keys: [SchemaChange] = []
    for table in schema.tables {
      var bare = table
      bare.foreignKeys = []
      changes.append(.createTable(bare))
      if !table.foreignKeys.isEmpty {
        keys.append(
          .alterTable(
            TableAlteration(before: bare, after: table, changes: table.foreignKeys.map { .addForeignKey($0) })))
      }
    }
    return changes + keys + schema.views.map { .createView($0) }
  }
}
