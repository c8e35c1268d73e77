import RowanCore
import Testing

@testable import RowanMySQL

/// A database of a test's own.
struct ScratchSchema: Sendable {
  let db: Database
  let name: String

  var emitter: MySQLDDLEmitter {
    get throws { try #require(db.dialect.makeDDLEmitter() as? MySQLDDLEmitter) }
  }

  /// One for the length of `body`.
  static func with<R: Sendable>(
    prefix: String = "rowan_schema", _ body: (ScratchSchema) async throws -> R
  ) async throws -> R {
    let name = TestDatabase.name(prefix)
    let quoted = try MySQLDialect().quote(name)
    return try await TestDatabase.withDriver { driver in
      try await driver.run("CREATE DATABASE \(quoted) CHARACTER SET utf8mb4")
      let result: Result<R, any Error>
      do {
        var configuration = try TestDatabase.configuration()
        configuration.database = name
        let db = try await Database.open(.mysql(configuration))
        do {
          result = .success(try await body(ScratchSchema(db: db, name: name)))
        } catch {
          result = .failure(error)
        }
        await db.close()
      } catch {
        result = .failure(error)
      }
      try await driver.run("DROP DATABASE \(quoted)")
      return try result.get()
    }
  }

  /// Runs statements one after the other on one connection.
  func run(_ texts: [String]) async throws {
    try await db.withSchemaSession { session in
      for text in texts { try await session.run(text: text) }
    }
  }

  func run(_ texts: String...) async throws { try await run(texts) }

  func introspect() async throws -> IntrospectedSchema {
    try await db.dialect.makeIntrospector().introspect(db, IntrospectionOptions())
  }

  /// The first column of the first row.
  func text(_ sql: String) async throws -> String? {
    try await db.withSchemaSession { try await $0.text(sql) }
  }

  /// Makes what `schema` says in this database, which is empty.
  func create(_ schema: SchemaSnapshot) async throws {
    let emitter = try emitter
    var first = schema
    for index in first.tables.indices { first.tables[index].foreignKeys = [] }
    let empty = SchemaSnapshot(dialect: schema.dialect)
    var changes = first.tables.map { SchemaChange.createTable($0) }
    for (bare, full) in zip(first.tables, schema.tables) where bare != full {
      changes.append(
        .alterTable(
          TableAlteration(before: bare, after: full, changes: full.foreignKeys.map { .addForeignKey($0) })))
    }
    changes += schema.views.map { .createView($0) }
    try await run(
      try emitter.statements(for: changes, from: empty, to: schema, options: DDLOptions()).map(\.sql))
  }
}

extension SchemaSnapshot {
  /// What differs between two schemas, in words; empty where all that can be told is the same.
  func differences(from other: SchemaSnapshot, exact: Bool = false) -> [String] {
    var found: [String] = []
    if tables.map(\.name) != other.tables.map(\.name) {
      found.append("tables \(tables.map(\.name)) / \(other.tables.map(\.name))")
    }
    for table in tables {
      if let twin = other.table(table.name) { found += table.differences(from: twin, exact: exact) }
    }
    if views.map(\.name) != other.views.map(\.name) { found.append("views \(views) / \(other.views)") }
    for (view, twin) in zip(views, other.views) where !view.query.isAlike(twin.query, exact: exact) {
      found.append("view \(view) / \(twin)")
    }
    return found
  }
}

extension TableSnapshot {
  fileprivate func differences(from other: TableSnapshot, exact: Bool) -> [String] {
    var found: [String] = []
    func compare<T: Hashable>(_ what: String, _ one: T, _ two: T) {
      if one != two { found.append("\(name) \(what): \(one) / \(two)") }
    }
    compare("comment", comment, other.comment)
    compare("options", options, other.options)
    compare("key", primaryKey, other.primaryKey)
    compare("uniques", uniques, other.uniques)
    compare("foreign keys", foreignKeys, other.foreignKeys)
    compare("columns", columns.map(\.name), other.columns.map(\.name))
    for (one, two) in zip(columns, other.columns) {
      var (left, right) = (one, two)
      if let mine = one.computed, let theirs = two.computed, mine.isStored == theirs.isStored,
        mine.expression.isAlike(theirs.expression, exact: exact)
      {
        left.computed = nil
        right.computed = nil
      }
      if case .expression(let mine) = one.defaultValue, case .expression(let theirs) = two.defaultValue,
        mine.isAlike(theirs, exact: exact)
      {
        left.defaultValue = nil
        right.defaultValue = nil
      }
      compare("column \(one.name)", left, right)
    }
    compare("checks", checks.map(\.name), other.checks.map(\.name))
    for (one, two) in zip(checks, other.checks) where !one.expression.isAlike(two.expression, exact: exact) {
      found.append("\(name) check \(one) / \(two)")
    }
    compare("indexes", indexes, other.indexes)
    return found
  }
}

extension SchemaExpression {
  fileprivate func isAlike(_ other: SchemaExpression, exact: Bool) -> Bool {
    exact ? self == other : isSame(as: other) ?? true
  }
}
