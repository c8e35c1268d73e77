import RowanCore
import Testing

@testable import RowanMigrations

/// Changes of which one is in the way of another.
@Suite struct StatementOrderTests {
  /// Runs `first` and `second`, with a row in `parents` between, and takes the second back.
  private func goThereAndBack(
    _ engine: MigrationEngine, _ first: SchemaDefinition, _ second: SchemaDefinition, rows: [String]
  ) async throws {
    try await engine.withSetup { setup in
      let options = MigrationOptions(policy: MigrationPolicy(requiresReview: false, allowsIrreversible: true))
      try setup.generate("first", first)
      try await setup.migrator().run(.latest)
      for row in rows { try await setup.run(row) }
      try setup.generate("second", second)
      try await setup.migrator().run(.latest)
      #expect(try await setup.drift().differences == [])
      try await setup.migrator(options).run(.down(1))
      #expect(try await setup.drift().differences == [])
      #expect(try await setup.value("SELECT CAST(id AS CHAR(1)) FROM parents") == "1")
    }
  }

  private let small = TableSchema("parents", columns: [ColumnSchema("id", Int32.self, .primaryKey)])
  private let large = TableSchema("parents", columns: [ColumnSchema("id", Int64.self, .primaryKey)])

  @Test(arguments: MigrationEngine.all)
  func aKeyWidensAsTheTableThatRefersToItGoes(_ engine: MigrationEngine) async throws {
    let visits = TableSchema(
      "visits",
      columns: [
        ColumnSchema("code", Int32.self, .primaryKey), ColumnSchema("parent", Int32.self, .references("parents", "id")),
      ])
    try await goThereAndBack(
      engine, SchemaDefinition(schemas: [small, visits]), SchemaDefinition(schemas: [large]),
      rows: ["INSERT INTO parents (id) VALUES (1)", "INSERT INTO visits (code, parent) VALUES (5, 1)"])
  }

  @Test(arguments: MigrationEngine.all)
  func aKeyWidensAsATableThatRefersToItComes(_ engine: MigrationEngine) async throws {
    let visits = TableSchema(
      "visits",
      columns: [
        ColumnSchema("code", Int32.self, .primaryKey), ColumnSchema("parent", Int64.self, .references("parents", "id")),
      ])
    try await goThereAndBack(
      engine, SchemaDefinition(schemas: [small]), SchemaDefinition(schemas: [large, visits]),
      rows: ["INSERT INTO parents (id) VALUES (1)"])
  }

  @Test(arguments: MigrationEngine.all)
  func aColumnGoesWithWhatIsComputedFromIt(_ engine: MigrationEngine) async throws {
    let both = TableSchema(
      "parents",
      columns: [
        ColumnSchema("id", Int32.self, .primaryKey), ColumnSchema("weight", Int32?.self),
        ColumnSchema("twice", Int32?.self, .computed("weight * 2")),
      ])
    try await goThereAndBack(
      engine, SchemaDefinition(schemas: [both]), SchemaDefinition(schemas: [small]),
      rows: ["INSERT INTO parents (id, weight) VALUES (1, 4)"])
  }
}
