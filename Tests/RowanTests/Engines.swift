import Foundation
import Rowan
import RowanMySQL
import RowanPostgres
import RowanSQLite
import RowanTesting

/// The engines this run requires: those named by `ROWAN_TEST_ENGINES`, or all.
enum Engines {
  static let required: [EngineName] = {
    guard let names = ProcessInfo.processInfo.environment["ROWAN_TEST_ENGINES"], !names.isEmpty else {
      return [.sqlite, .postgres, .mysql]
    }
    return names.split(separator: ",").map { EngineName(String($0).trimmingCharacters(in: .whitespaces)) }
  }()

  /// The engine called `name`.
  /// - Throws: when the run says nothing of how to reach it.
  static func engine(_ name: EngineName) throws -> ConformanceEngine {
    switch name {
    case .sqlite: return sqlite
    case .postgres: return try postgres()
    case .mysql: return try mysql()
    default:
      throw EngineUnavailable("no test knows the engine '\(name)'; ROWAN_TEST_ENGINES names sqlite, postgres, mysql")
    }
  }

  private static func url(_ variable: String, _ engine: EngineName) throws -> ConnectionURL {
    guard let text = ProcessInfo.processInfo.environment[variable], !text.isEmpty else {
      throw EngineUnavailable("\(engine) is required, but \(variable) is not set; Scripts/test.sh starts the servers")
    }
    return try ConnectionURL(text)
  }

  private static let sqlite = ConformanceEngine(
    .sqlite,
    slowQuery: """
      WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10000000000) SELECT count(*) FROM n
      """
  ) {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("rowan-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return ConformanceStore(
      configuration: { pool in
        .sqlite(SQLiteConfiguration(.file(folder.appendingPathComponent("test.db").path), pool: pool))
      },
      remove: { try? FileManager.default.removeItem(at: folder) })
  }

  private static func postgres() throws -> ConformanceEngine {
    let url = try url("ROWAN_TEST_POSTGRES_URL", .postgres)
    let configuration = try PostgresConfiguration(url, pool: Administration.pool)
    return ConformanceEngine(.postgres, slowQuery: "SELECT 1 FROM pg_sleep(300)") {
      let admin = try await Administration.shared.database(.postgres) { .postgres(configuration) }
      let name = "rowan_\(UUID().uuidString.lowercased())"
      try await SQL("CREATE SCHEMA \(identifier: name)").run(admin)
      return ConformanceStore(
        configuration: { pool in
          var inSchema = configuration
          inSchema.settings["search_path"] = "\"\(name)\""
          inSchema.pool = pool
          return .postgres(inSchema)
        },
        remove: { _ = try? await SQL("DROP SCHEMA \(identifier: name) CASCADE").run(admin) })
    }
  }

  private static func mysql() throws -> ConformanceEngine {
    let url = try url("ROWAN_TEST_MYSQL_URL", .mysql)
    let configuration = try MySQLConfiguration(url, pool: Administration.pool)
    return ConformanceEngine(.mysql, slowQuery: "SELECT SLEEP(300)") {
      let admin = try await Administration.shared.database(.mysql) { .mysql(configuration) }
      let name = "rowan_\(UUID().uuidString.lowercased())"
      try await SQL("CREATE DATABASE \(identifier: name)").run(admin)
      return ConformanceStore(
        configuration: { pool in
          var inDatabase = configuration
          inDatabase.database = name
          inDatabase.pool = pool
          return .mysql(inDatabase)
        },
        remove: { _ = try? await SQL("DROP DATABASE \(identifier: name)").run(admin) })
    }
  }
}

/// The handles by which stores are made and removed: one for each engine, opened when first needed.
private actor Administration {
  static let shared = Administration()
  /// A schema cannot be dropped while a statement that a case gave up on still runs in it.
  static let pool = PoolOptions(maxConnections: 8, checkoutTimeout: .seconds(120), lanes: 1)
  private var opened: [EngineName: Task<Database, any Error>] = [:]

  func database(
    _ name: EngineName, _ configuration: @Sendable @escaping () -> DatabaseConfiguration
  ) async throws -> Database {
    if let task = opened[name] { return try await task.value }
    let task = Task { try await Database.open(configuration()) }
    opened[name] = task
    return try await task.value
  }
}

/// An engine that is required and cannot be reached.
struct EngineUnavailable: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}
