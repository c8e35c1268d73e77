import Foundation
import Rowan
import Testing

@testable import TaskService

/// The engines this run tests: SQLite always, a server when the environment names its URL or asks for the engine.
enum Engine: String, CaseIterable, Sendable, CustomTestStringConvertible {
  case sqlite
  case postgres
  case mysql

  static var tested: [Engine] { allCases.filter { $0 == .sqlite || $0.url != nil || asked.contains($0.rawValue) } }

  private static var asked: [String] {
    (ProcessInfo.processInfo.environment["ROWAN_TEST_ENGINES"] ?? "").split(separator: ",").map(String.init)
  }

  private var url: String? {
    switch self {
    case .sqlite: nil
    case .postgres: ProcessInfo.processInfo.environment["ROWAN_TEST_POSTGRES_URL"]
    case .mysql: ProcessInfo.processInfo.environment["ROWAN_TEST_MYSQL_URL"]
    }
  }

  var testDescription: String { rawValue }

  /// Runs `body` with the URL of a database without our tables.
  func withDatabaseURL(_ body: (String) async throws -> Void) async throws {
    if self == .sqlite { return try await withTemporaryFolder { try await body("sqlite:\($0)/tasks.sqlite") } }
    guard let url else { throw MissingServer(engine: self) }
    let db = try await Database.open(url: url, dialects: Schema.dialects)
    do {
      try await db.dropTables(Schema.tables, ifExists: true)
      try await SQL("DROP TABLE IF EXISTS rowan_migrations").run(db)
      try await SQL("DROP TABLE IF EXISTS rowan_migrations_lock").run(db)
    } catch {
      await db.close()
      throw error
    }
    await db.close()
    try await body(url)
  }
}

/// A server that the run asks for and no variable names.
struct MissingServer: Error, CustomStringConvertible {
  let engine: Engine
  var description: String { "\(engine) is asked for, but its URL is not in the environment" }
}

/// Runs `body` with the path of a folder that is gone afterwards.
func withTemporaryFolder(_ body: (String) async throws -> Void) async throws {
  let folder = FileManager.default.temporaryDirectory.appendingPathComponent("task-service-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  try await body(folder.path)
}
