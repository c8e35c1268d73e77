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
    default: throw EngineUnavailable("no test knows the engine '\(name)'; ROWAN_TEST_ENGINES names sqlite, postgres, mysql")
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
      configuration: { pool in .sqlite(SQLiteConfiguration(.file(folder.appendingPathComponent("test.db").path), pool: pool)) },
      remove: { try? FileManager.default.removeItem(at: folder) })
  }
}

/// An engine that is required and cannot be reached.
struct EngineUnavailable: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}
