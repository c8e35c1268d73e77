import Foundation
import Rowan
import Testing

@testable import TaskService

/// The engines this run tests: those that `ROWAN_TEST_ENGINES` names, or else SQLite and every server whose URL the
/// environment holds.
enum Engine: String, CaseIterable, Sendable, CustomTestStringConvertible {
  case sqlite
  case postgres
  case mysql

  static var tested: [Engine] {
    let asked = (ProcessInfo.processInfo.environment["ROWAN_TEST_ENGINES"] ?? "").split(separator: ",").map(String.init)
    return allCases.filter { asked.isEmpty ? $0 == .sqlite || $0.url != nil : asked.contains($0.rawValue) }
  }

  private var url: String? {
    switch self {
    case .sqlite: nil
    case .postgres: ProcessInfo.processInfo.environment["ROWAN_TEST_POSTGRES_URL"]
    case .mysql: ProcessInfo.processInfo.environment["ROWAN_TEST_MYSQL_URL"]
    }
  }

  var testDescription: String { rawValue }

  /// Runs `body` with the URL of an empty database of its own, which is removed however that ends.
  func withDatabaseURL(_ body: (String) async throws -> Void) async throws {
    if self == .sqlite { return try await withTemporaryFolder { try await body("sqlite:\($0)/tasks.sqlite") } }
    guard let url else { throw MissingServer(engine: self) }
    let name = "task_service_\(UInt64.random(in: 0...UInt64.max))"
    let home = try await Database.open(url: url, dialects: Schema.dialects)
    do {
      try await SQL("CREATE DATABASE \(identifier: name)").run(home)
    } catch {
      await home.close()
      throw error
    }
    let result: Result<Void, any Error>
    do {
      result = .success(try await body(Self.url(url, naming: name)))
    } catch {
      result = .failure(error)
    }
    do {
      try await drop(name, from: home)
    } catch {
      Issue.record(error, "the database \(name) is left on the server")
    }
    await home.close()
    try result.get()
  }

  private func drop(_ name: String, from home: Database) async throws {
    // A program that was killed may still seem to be connected.
    if self == .postgres {
      try await SQL("DROP DATABASE \(identifier: name) WITH (FORCE)").run(home)
    } else {
      try await SQL("DROP DATABASE \(identifier: name)").run(home)
    }
  }

  /// The URL of the database `name` on the same server.
  private static func url(_ url: String, naming name: String) -> String {
    let options = url.firstIndex(of: "?") ?? url.endIndex
    let end = url[..<options].lastIndex(of: "/") ?? options
    return "\(url[..<end])/\(name)\(url[options...])"
  }
}

/// A server that the run asks for and no variable names.
struct MissingServer: Error, CustomStringConvertible {
  let engine: Engine
  var description: String {
    "\(engine) is asked for, but its URL is not in the environment; Scripts/test.sh starts the servers"
  }
}

/// Runs `body` with the path of a folder that is gone afterwards.
func withTemporaryFolder(_ body: (String) async throws -> Void) async throws {
  let folder = FileManager.default.temporaryDirectory.appendingPathComponent("task-service-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  try await body(folder.path)
}
