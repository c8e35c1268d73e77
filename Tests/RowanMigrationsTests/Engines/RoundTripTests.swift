import RowanCore
import Testing

@testable import RowanMigrations

/// What is declared is what is there, and what is there is what was declared.
@Suite struct RoundTripTests {
  @Test("Generate, apply, read: the same, for everything an engine has", arguments: MigrationEngine.all)
  func everything(_ engine: MigrationEngine) async throws {
    try await engine.withSetup { setup in
      let definition = try EverySchema.definition(setup.dialect)
      try setup.generate("everything", definition)
      #expect(try await setup.migrator().run(.latest).count == 1)
      let drift = try await setup.drift()
      #expect(drift.differences == [])
      #expect(drift.unverified == [])
      #expect(drift.unrepresented == [])
      #expect(try setup.generate("nothing", definition) == nil)
      #expect(try await setup.migrator().run(.latest) == [])
      let proof = try await Migrator.verify(setup.directory, dialect: setup.dialect, in: try setup.scratch)
      #expect(proof.failures == [])
      // What was read makes the same again, in another database.
      let found = try await setup.introspect()
      let second = try await DriftCheck.canonical(found, in: try setup.scratch)
      let check = DriftCheck(dialect: setup.dialect, scratch: try setup.scratch)
      let again = try await check.compare(expected: found, actual: IntrospectedSchema(second))
      #expect(again.differences == [])
      #expect(again.unverified == [])
      // And to nothing, in an order in which circles of keys can be dropped.
      let options = MigrationOptions(policy: MigrationPolicy(requiresReview: false, allowsIrreversible: true))
      try await setup.migrator(options).run(.down(1))
      #expect(try await setup.introspect() == SchemaSnapshot(dialect: setup.dialect.name))
    }
  }
}

extension MigrationSetup {
  /// The schema of the database, without the tables of the migrations.
  func introspect() async throws -> SchemaSnapshot {
    try await DatabaseMigrations(database).withSession { session in try await session.introspect() }.schema
  }
}
