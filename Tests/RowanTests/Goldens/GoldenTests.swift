import Foundation
import RowanMySQL
import RowanPostgres
import RowanSQLite
import Testing

@testable import RowanCore

/// Every kind of statement, printed for every engine and compared with `Tests/Goldens/<engine>.sql`.
///
/// Run with `ROWAN_RECORD_GOLDENS=1` to write the files anew after a change that was meant; review what changed.
@Suite struct GoldenTests {
  static let dialects: [any Dialect] = [
    SQLiteDialect(capabilities: SQLiteDialect.capabilities(version: 3_040_001)), PostgresDialect(),
    MySQLDialect(.mariaDB, version: 101_100),
  ]

  static var all: [Golden] { SelectGoldens.all + ConditionGoldens.all + WriteGoldens.all }

  @Test(arguments: dialects.map(\.name))
  func statements(engine: String) throws {
    let dialect = try #require(Self.dialects.first { $0.name == engine })
    let printed = Self.all.map { "-- \($0.name)\n" + Self.print($0.statement, dialect) }
    try compare(printed.joined(separator: "\n"), "\(engine).sql")
  }

  @Test(arguments: dialects.map(\.name))
  func tables(engine: String) throws {
    let dialect = try #require(Self.dialects.first { $0.name == engine })
    let emitter = dialect.makeDDLEmitter()
    let printed = try GoldenTables.all.flatMap {
      try emitter.createTable($0, ifNotExists: false) + emitter.dropTable($0, ifExists: true)
    }
    try compare(printed.map { $0 + ";\n" }.joined(), "\(engine)-tables.sql")
  }

  @Test func namesAreUnique() {
    let names = Self.all.map(\.name)
    #expect(Set(names).count == names.count)
  }

  /// The text, then each placeholder's source and type, then each result's name and type.
  static func print(_ statement: Statement, _ dialect: any Dialect) -> String {
    do {
      let compiled = try StatementCompiler(dialect: dialect, plugins: []).compile(statement, id: 0).1
      var sql = compiled.sql
      if sql.count > 4000 { sql = "\(sql.prefix(200)) …" }
      var lines = [sql]
      if !compiled.binds.isEmpty {
        let binds = zip(compiled.binds, compiled.bindTypes).prefix(12).map { "\(describe($0)) \(describe($1))" }
        lines.append("--   in: \(binds.joined(separator: ", "))")
      }
      if !compiled.results.isEmpty {
        let results = compiled.results.enumerated().map { index, step in
          "\(step.table.map { $0 + "." } ?? "")\(step.name ?? "column \(index + 1)") \(describe(step.type))"
        }
        lines.append("--   out: \(results.joined(separator: ", "))")
      }
      return lines.joined(separator: "\n") + "\n"
    } catch let error as RowanError {
      return "--   \(error.code.rawValue): \(error.message)\n--   hint: \(error.hint ?? "")\n"
    } catch {
      return "--   \(error)\n"
    }
  }

  private static func describe(_ type: SQLType?) -> String { type.map { "\($0)" } ?? "untyped" }

  private static func describe(_ step: BindStep) -> String {
    switch step {
    case .source(let index): "#\(index)"
    case .padded(let index, let position): "#\(index)[\(position)]"
    case .derived(let index, _): "f(#\(index))"
    case .context(let key): "context '\(key)'"
    case .constant: "constant"
    }
  }

  private func compare(_ printed: String, _ file: String) throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Goldens")
    let url = folder.appending(path: file)
    if ProcessInfo.processInfo.environment["ROWAN_RECORD_GOLDENS"] == "1" {
      try printed.write(to: url, atomically: true, encoding: .utf8)
    }
    let expected = try String(contentsOf: url, encoding: .utf8)
    let new = printed.split(separator: "\n"), old = expected.split(separator: "\n")
    for (line, (left, right)) in zip(new, old).enumerated() where left != right {
      Issue.record("\(file):\(line + 1)\n  is:     \(left)\n  should: \(right)")
    }
    #expect(new.count == old.count)
  }
}
