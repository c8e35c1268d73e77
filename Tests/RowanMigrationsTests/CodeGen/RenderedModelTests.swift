import Foundation
import RowanCore
import RowanMigrations
import RowanMySQL
import RowanPostgres
import RowanSQLite
import Testing

/// The schemas of `Tests/Goldens/Schemas`, rendered and compared with `Tests/RowanTests/Rendered`, where they are
/// compiled and read back.
///
/// Run with `ROWAN_RECORD_GOLDENS=1` to write the files anew after a change that was meant; review what changed.
@Suite struct RenderedModelTests {
  /// A schema and how it is rendered.
  struct Input: Sendable, CustomTestStringConvertible {
    var name: String
    var dialect: any Dialect
    var prefix: String
    /// The tables that have no model.
    var withoutModel: [String]

    var testDescription: String { name }
  }

  static let sqlite = SQLiteDialect(capabilities: SQLiteDialect.capabilities(version: 3_040_001))
  static let inputs = [
    Input(name: "postgres", dialect: PostgresDialect(), prefix: "Postgres", withoutModel: []),
    Input(name: "mysql", dialect: MySQLDialect(.mariaDB, version: 101_100), prefix: "MySQL", withoutModel: []),
    Input(name: "sqlite", dialect: sqlite, prefix: "SQLite", withoutModel: []),
    Input(name: "hostile", dialect: sqlite, prefix: "", withoutModel: []),
  ]

  static let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  static func schema(_ name: String) throws -> SchemaSnapshot {
    let url = tests.appending(path: "Goldens/Schemas/\(name).json")
    return try SchemaSnapshot(json: try String(contentsOf: url, encoding: .utf8))
  }

  @Test(arguments: inputs) func files(input: Input) throws {
    let schema = try Self.schema(input.name)
    let renderer = ModelRenderer(
      dialect: input.dialect, schemaName: "\(input.name)Schema", typePrefix: input.prefix)
    let rendered = try renderer.render(schema)
    #expect(rendered.unrepresented == [])
    #expect(rendered.withoutModel.map(\.name) == input.withoutModel, "\(rendered.withoutModel)")
    #expect(try renderer.render(schema).files == rendered.files)
    let folder = Self.tests.appending(path: "RowanTests/Rendered/\(input.name)")
    if ProcessInfo.processInfo.environment["ROWAN_RECORD_GOLDENS"] == "1" {
      try? FileManager.default.removeItem(at: folder)
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      for file in rendered.files {
        try (Self.head + file.text).write(to: folder.appending(path: file.name), atomically: true, encoding: .utf8)
      }
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == rendered.files.map(\.name))
    for file in rendered.files {
      let expected = try String(contentsOf: folder.appending(path: file.name), encoding: .utf8)
      let new = (Self.head + file.text).split(separator: "\n"), old = expected.split(separator: "\n")
      for (line, (left, right)) in zip(new, old).enumerated() where left != right {
        Issue.record("\(input.name)/\(file.name):\(line + 1)\n  is:     \(left)\n  should: \(right)")
      }
      #expect(new.count == old.count, "\(file.name)")
    }
  }

  /// Literals are as long as they are, and the formatter would have them shorter.
  private static let head = "// swift-format-ignore-file\n"
}
