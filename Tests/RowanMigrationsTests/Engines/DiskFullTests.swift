import RowanCore
import Testing

@testable import RowanMigrations

/// A file that cannot grow.
@Suite(.enabled(if: MigrationEngine.all.contains { $0.name == "sqlite" }))
struct DiskFullTests {
  @Test func aRebuildThatDoesNotFitLeavesEverything() async throws {
    try await MigrationEngine(name: "sqlite").withSetup { setup in
      func definition(_ type: SQLType) -> SchemaDefinition {
        SchemaDefinition(schemas: [
          TableSchema(
            "big",
            columns: [
              ColumnSchema("id", Int64.self, .primaryKey), ColumnSchema("n", Int64.self, .type(type)),
              ColumnSchema("body", String.self),
            ])
        ])
      }
      try setup.generate("start", definition(.integer))
      try await setup.migrator().run(.latest)
      try await setup.run(
        """
        WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 2000)
        INSERT INTO big SELECT i, i, printf('%0200d', i) FROM n
        """)
      let sum = "SELECT CAST(sum(n) * 10000 + count(*) AS TEXT) FROM big WHERE length(body) = 200"
      let before = try await setup.value(sum)
      // The limit is one of the connection, and a run keeps to one.
      let pages = try #require(try await setup.value("SELECT CAST(page_count + 4 AS TEXT) FROM pragma_page_count"))
      try setup.write("limit", up: "PRAGMA max_page_count = \(pages);\n")
      try setup.generate("wider", definition(.bigint))
      let error = await #expect(throws: RowanError.self) { try await setup.migrator().run(.latest) }
      #expect(error?.code == .migrationFailed)
      #expect((error?.cause as? RowanError)?.code == .diskFull, "\(String(describing: error?.cause))")
      let later = MigrationSetup(
        url: setup.url, database: try await MigrationEngine.open(setup.url), directory: setup.directory)
      #expect(try await later.drift().differences == [])
      #expect(try await later.value(sum) == before)
      #expect(try await later.value("PRAGMA integrity_check") == "ok")
      #expect(try await later.migrator().status().map(\.verdict) == [.applied, .applied, .pending])
      #expect(try await later.migrator().run(.latest).count == 1)
      #expect(try await later.drift().differences == [])
      #expect(try await later.value(sum) == before)
      await later.database.close()
    }
  }
}
