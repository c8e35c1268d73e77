import Foundation
import RowanCore
import RowanMySQL
import RowanPostgres
import RowanSQLite
import Testing

@testable import RowanMigrations

/// An engine that migrations are tested on, with empty databases of it.
struct MigrationEngine: Sendable, CustomTestStringConvertible {
  let name: String
  var testDescription: String { name }

  /// The engines this run requires: those named by `ROWAN_TEST_ENGINES`, or all.
  static var all: [MigrationEngine] {
    let names = ProcessInfo.processInfo.environment["ROWAN_TEST_ENGINES"] ?? "sqlite,postgres,mysql"
    return names.split(separator: ",").map { MigrationEngine(name: String($0)) }
  }

  private func url(_ variable: String) throws -> String {
    try #require(
      ProcessInfo.processInfo.environment[variable], "\(variable) is not set; Scripts/test.sh starts the servers")
  }

  /// Hands `body` the URL of an empty database, which is removed however that ends.
  func withURL(_ body: @Sendable (String) async throws -> Void) async throws {
    switch name {
    case "sqlite":
      let folder = FileManager.default.temporaryDirectory.appendingPathComponent("rowan-\(UUID().uuidString)")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      defer { try? FileManager.default.removeItem(at: folder) }
      try await body("sqlite://\(folder.path)/test.db")
    case "postgres": try await Self.withServer(try url("ROWAN_TEST_POSTGRES_URL"), body)
    case "mysql": try await Self.withServer(try url("ROWAN_TEST_MYSQL_URL"), body)
    default: Issue.record("no test knows the engine '\(name)'")
    }
  }

  /// For a machine that is busy with everything else that is tested.
  private static let patience = "connect_timeout=60&checkout_timeout=60"

  private static func withServer(_ url: String, _ body: @Sendable (String) async throws -> Void) async throws {
    let name = "rowan_migrations_\(UInt64.random(in: 0...UInt64.max))"
    let home = try await open("\(url)?\(patience)")
    _ = try await home.withSchemaSession { try await $0.run(text: "CREATE DATABASE \(name)") }
    let slash = try #require(url.lastIndex(of: "/"))
    let result: Result<Void, any Error>
    do {
      result = .success(try await body("\(url[...slash])\(name)?\(patience)"))
    } catch {
      result = .failure(error)
    }
    let force = url.hasPrefix("postgres") ? " WITH (FORCE)" : ""
    _ = try await home.withSchemaSession { try await $0.run(text: "DROP DATABASE \(name)\(force)") }
    await home.close()
    try result.get()
  }

  static let dialects: [DialectProvider] = [.sqlite, .postgres, .mysql]

  static func open(_ url: String) async throws -> Database { try await Database.open(url: url, dialects: dialects) }

  /// Hands `body` an empty database and its migrations.
  func withSetup(_ body: @Sendable (MigrationSetup) async throws -> Void) async throws {
    try await withURL { url in
      let database = try await Self.open(url)
      let setup = MigrationSetup(
        url: url, database: database,
        directory: try MigrationDirectory(storage: InMemoryMigrationStorage(), dialect: database.dialect.name))
      do {
        try await body(setup)
      } catch {
        await database.close()
        throw error
      }
      await database.close()
    }
  }
}

/// An empty database and its migrations.
struct MigrationSetup: Sendable {
  let url: String
  let database: Database
  let directory: MigrationDirectory

  var dialect: any Dialect { database.dialect }
  var scratch: ScratchDatabase { get throws { try .beside(url, dialects: MigrationEngine.dialects) } }

  func migrator(_ options: MigrationOptions? = nil) throws -> Migrator {
    var options = options ?? MigrationOptions(policy: MigrationPolicy(requiresReview: false))
    if options.scratch == nil { options.scratch = try scratch }
    return Migrator(DatabaseMigrations(database), directory, options: options)
  }

  /// Writes the migration to `schema`, one second after the last.
  @discardableResult
  func generate(
    _ name: String, _ schema: SchemaDefinition, answers: RenameAnswers = RenameAnswers(),
    options: DDLOptions = DDLOptions()
  ) throws -> MigrationFile? {
    let generator = MigrationGenerator(schema: schema, dialect: dialect, directory: directory, options: options)
    guard let generated = try generator.plan(answers) else { return nil }
    let count = try directory.load().migrations.count
    return try directory.write(
      name: name, at: Timestamp(microseconds: 1_700_000_000_000_000 + Int64(count) * 1_000_000),
      contents: generated.contents)
  }

  /// Writes a migration by hand. Its snapshot is the one before.
  @discardableResult
  func write(_ name: String, up: String, down: String = "") throws -> MigrationFile {
    let history = try directory.load()
    let contents = MigrationContents(
      up: up, down: down, snapshot: try history.lastSnapshot(dialect).json(),
      meta: MigrationMeta(tool: MigrationGenerator.toolVersion))
    return try directory.write(
      name: name, at: Timestamp(microseconds: 1_700_000_000_000_000 + Int64(history.migrations.count) * 1_000_000),
      contents: contents)
  }

  func run(_ statements: String...) async throws {
    try await database.withSchemaSession { session in
      for statement in statements { try await session.run(text: statement) }
    }
  }

  /// The first column of the first row.
  func value(_ sql: String) async throws -> String? {
    try await database.withSchemaSession { session in try await session.text(sql) }
  }

  func drift() async throws -> DriftReport { try await migrator().drift() }
}
