import Foundation
import RowanCore
import RowanMigrations
import Testing

@testable import RowanMySQL

/// From one schema to another and back, by chance.
@Suite(.enabled(if: TestDatabase.isRequired))
struct SchemaRandomAlterationTests {
  static let count = TestDatabase.environment["ROWAN_TEST_PAIRS"].flatMap { Int($0) } ?? 6

  @Test func pairsOfSchemas() async throws {
    for seed in 1...Self.count {
      do { try await pair(UInt64(seed)) } catch { Issue.record("seed \(seed): \(error)") }
    }
  }

  private func pair(_ seed: UInt64) async throws {
    var random = RandomSchema(seed: seed)
    let first = random.schema()
    let second = random.variant(of: first)
    let renames = random.renames
    try await ScratchSchema.with { scratch in
      let emitter = try scratch.emitter
      let capabilities = scratch.db.dialect.capabilities
      try await scratch.create(try emitter.normalize(first))
      for table in first.tables {
        let columns = table.columns.filter {
          ["n", "s", "d"].contains($0.name.prefix(1)) && $0.computed == nil && $0.type != .json
        }
        let names = columns.map { "`\($0.name)`" }.joined(separator: ", ")
        let values = columns.map { $0.name.hasPrefix("s") ? "'abc'" : "3" }.joined(separator: ", ")
        for _ in 0..<3 { try await scratch.run("INSERT INTO \(table.name) (\(names)) VALUES (\(values))") }
      }
      let start = try await scratch.introspect().schema
      let goal = try await canonical(try emitter.normalize(second))
      let up = try SchemaDiff(from: start, to: goal, renames: renames, capabilities: capabilities)
      let statements = try await SchemaAlterationTests.apply(up.changes, from: start, to: goal, in: scratch)
      let reached = try await scratch.introspect().schema
      let texts = statements.map(\.sql).joined(separator: "\n")
      #expect(
        reached.withoutOrder.differences(from: goal.withoutOrder, exact: true) == [], "seed \(seed) up\n\(texts)")
      for table in first.tables {
        let now = renames.tables.first { $0.value == table.name }?.key ?? table.name
        guard goal.table(now) != nil else { continue }
        #expect(try await scratch.text("SELECT CONCAT(COUNT(*)) FROM \(now)") == "3", "seed \(seed) rows of \(now)")
        for column in table.columns where column.name.hasPrefix("n") {
          let name = renames.columns[now]?.first { $0.value == column.name }?.key ?? column.name
          guard goal.table(now)?.column(name) != nil else { continue }
          #expect(
            try await scratch.text("SELECT CONCAT(SUM(\(name))) FROM \(now)") == "9", "seed \(seed) \(now).\(name)")
        }
      }
      let down = try up.reversed(renames: renames, capabilities: capabilities)
      let back = try await SchemaAlterationTests.apply(down.changes, from: goal, to: start, in: scratch)
      let end = try await scratch.introspect().schema
      let backTexts = back.map(\.sql).joined(separator: "\n")
      #expect(
        end.withoutOrder.differences(from: start.withoutOrder, exact: true) == [], "seed \(seed) down\n\(backTexts)")
    }
  }

  /// The schema as the server gives it back.
  private func canonical(_ schema: SchemaSnapshot) async throws -> SchemaSnapshot {
    try await ScratchSchema.with { scratch in
      try await scratch.create(schema)
      return try await scratch.introspect().schema
    }
  }
}

extension SchemaSnapshot {
  /// Columns by name: no statement moves one that stays.
  fileprivate var withoutOrder: SchemaSnapshot {
    var schema = self
    for index in schema.tables.indices { schema.tables[index].columns.sort { $0.name < $1.name } }
    return schema
  }
}
