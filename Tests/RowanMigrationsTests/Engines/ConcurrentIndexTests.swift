import RowanCore
import Testing

@testable import RowanMigrations

/// Indexes that PostgreSQL builds outside transactions.
@Suite(.enabled(if: MigrationEngine.all.contains { $0.name == "postgres" }))
struct ConcurrentIndexTests {
  @Test("A build that failed is run again, without what it left behind")
  func aFailedBuildIsRunAgain() async throws {
    try await MigrationEngine(name: "postgres").withSetup { setup in
      var table = TableSnapshot(
        ObjectName("t"), columns: [ColumnSnapshot("id", .integer), ColumnSnapshot("n", .integer)])
      func schema() -> SchemaDefinition {
        SchemaDefinition(schemas: [], only: ["postgres": SchemaAdditions(tables: [table])])
      }
      try setup.generate("start", schema())
      try await setup.migrator().run(.latest)
      try await setup.run("INSERT INTO t VALUES (1, 1), (2, 1)")
      table.indexes = [IndexSnapshot("ix", elements: [.column("n")], isUnique: true)]
      try setup.generate("index", schema(), options: DDLOptions(concurrentIndexes: true))
      let valid = "SELECT string_agg(indisvalid::text, ',') FROM pg_index WHERE indrelid = 't'::regclass"
      // The second attempt meets the invalid index of the first.
      for _ in 1...2 {
        let error = await #expect(throws: RowanError.self) { try await setup.migrator().run(.latest) }
        #expect((error?.cause as? RowanError)?.code == .uniqueViolation)
        #expect(try await setup.value(valid) == "false")
      }
      try await setup.run("DELETE FROM t WHERE id = 2")
      try await setup.migrator().run(.latest)
      #expect(try await setup.value(valid) == "true")
      #expect(try await setup.migrator().status().map(\.verdict) == [.applied, .applied])
    }
  }
}
