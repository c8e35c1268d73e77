import RowanCore
import RowanMigrations

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// A folder of its own, removed afterwards.
struct TemporaryFolder: ~Copyable {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.path() + "/rowan-files-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Every file below the folder with its text.
  func files() throws -> [String: String] {
    var files: [String: String] = [:]
    for name in try FileManager.default.subpathsOfDirectory(atPath: path) {
      guard let data = FileManager.default.contents(atPath: "\(path)/\(name)") else { continue }
      files[name] = String(decoding: data, as: UTF8.self)
    }
    return files
  }

  func write(_ text: String, to name: String) throws {
    try Data(text.utf8).write(to: URL(filePath: "\(path)/\(name)"))
  }

  func remove(_ name: String) throws { try FileManager.default.removeItem(atPath: "\(path)/\(name)") }
}

/// Migrations to write.
enum Sample {
  /// The first second of a day in November 2026.
  static func time(day: Int) -> Timestamp {
    Timestamp(microseconds: Int64(20_758 + day) * 86_400_000_000)
  }

  static func contents(_ name: String) -> MigrationContents {
    MigrationContents(
      up: "-- REVIEWED: false\nCREATE TABLE \(name) (id INTEGER);\n", down: "DROP TABLE \(name);\n",
      snapshot: "{\n  \"tables\": [\"\(name)\"]\n}\n",
      meta: MigrationMeta(
        tool: "1.0.0",
        statements: [
          .init(
            sqlHash: MigrationHash.hash(statement: "CREATE TABLE \(name) (id INTEGER)"),
            post: .object([.init("table", .string(name)), .init("exists", .bool(true))]))
        ],
        downStatements: [.init(sqlHash: MigrationHash.hash(statement: "DROP TABLE \(name)"), transaction: .outside)]))
  }

  /// Writes migrations on days 1, 2, … with these names.
  static func write(_ names: [String], to directory: MigrationDirectory) throws {
    for (index, name) in names.enumerated() {
      try directory.write(name: name, at: time(day: index + 1), contents: contents(name))
    }
  }
}
