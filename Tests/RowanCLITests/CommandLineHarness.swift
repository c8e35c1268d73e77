import Foundation
import RowanCLI
import RowanCore
import RowanMigrations
import RowanSQLite
import Synchronization

/// What a run of a command line left behind.
struct Ended {
  let status: ToolStatus
  let output: String
  let error: String

  /// The JSON document.
  func json() throws -> JSONValue { try JSONValue(output) }
}

/// Runs command lines in the process, in a folder of its own, on a SQLite database of its own.
struct CommandLineHarness {
  let folder: String
  var tool: RowanTool
  var variables: [String: String] = [:]

  init(_ tool: RowanTool) throws {
    folder = NSTemporaryDirectory() + "rowan-cli-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    self.tool = tool
    variables = ["ROWAN_URL": url]
  }

  var url: String { "sqlite:\(folder)/app.db" }

  func remove() { try? FileManager.default.removeItem(atPath: folder) }

  /// Runs a command line; `answers` are what a person would type.
  func run(_ arguments: String..., answers: [String]? = nil, hasColour: Bool = false) async -> Ended {
    await run(arguments, answers: answers, hasColour: hasColour)
  }

  func run(_ arguments: [String], answers: [String]? = nil, hasColour: Bool = false) async -> Ended {
    let written = Written(answers: answers ?? [])
    var console = Console(
      output: { written.add(output: $0) }, error: { written.add(error: $0) }, hasColour: hasColour)
    if answers != nil { console.answer = { () async throws -> String? in written.answer() } }
    let status = await tool.run(arguments, console: console, variables: variables, folder: folder)
    return Ended(status: status, output: written.output, error: written.error)
  }

  func write(_ text: String, to name: String) throws {
    try text.write(toFile: "\(folder)/\(name)", atomically: true, encoding: .utf8)
  }

  func read(_ name: String) throws -> String { try String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8) }

  /// The tags of an engine's migrations, oldest first.
  func tags(_ dialect: String = "sqlite") throws -> [String] {
    try MigrationDirectory(root: "\(folder)/Migrations", dialect: dialect).journal().entries.map(\.tag)
  }

  /// Says of all migrations that they have been reviewed.
  func review() throws {
    for tag in try tags() {
      for file in ["up.sql", "down.sql"] {
        let name = "Migrations/sqlite/\(tag)/\(file)"
        try write(
          try read(name).replacingOccurrences(of: "-- REVIEWED: false", with: "-- REVIEWED: true"), to: name)
      }
    }
  }
}

private final class Written: Sendable {
  private let state: Mutex<(output: String, error: String, answers: [String])>

  init(answers: [String]) { state = Mutex(("", "", answers)) }

  var output: String { state.withLock { $0.output } }
  var error: String { state.withLock { $0.error } }
  func add(output: String) { state.withLock { $0.output += output } }
  func add(error: String) { state.withLock { $0.error += error } }
  func answer() -> String? { state.withLock { $0.answers.isEmpty ? nil : $0.answers.removeFirst() } }
}

/// Schemas that follow one another.
enum Schemas {
  static func users(_ columns: [ColumnSchema] = [], named name: String = "users") -> TableSchema {
    TableSchema(name, columns: [ColumnSchema("id", Int.self, .primaryKey)] + columns)
  }

  static let first = SchemaDefinition(schemas: [users([ColumnSchema("mail", String.self, .unique)])])
  static let second = SchemaDefinition(schemas: [
    users([ColumnSchema("mail", String.self, .unique), ColumnSchema("name", String?.self)])
  ])
  static let renamed = SchemaDefinition(schemas: [users([ColumnSchema("email", String.self, .unique)])])

  static func tool(_ schema: SchemaDefinition?) -> RowanTool { RowanTool(schema: schema, dialects: [.sqlite]) }
}
