import RowanCore
import Testing

@testable import RowanMigrations

/// From nothing to a second version and back, on every engine.
@Suite struct LifeCycleTests {
  @Test(arguments: MigrationEngine.all)
  func generatedMigrationsReachWhatTheCodeSays(_ engine: MigrationEngine) async throws {
    try await engine.withSetup { setup in
      try setup.generate("start", ShopSchema.first)
      let runs = try await setup.migrator().run(.latest)
      #expect(runs.map(\.direction) == [.up])
      let drift = try await setup.drift()
      #expect(drift.differences == [])
      #expect(drift.unverified == [])
      #expect(drift.unrepresented == [])
      #expect(try await setup.migrator().run(.latest) == [])
      #expect(try await setup.migrator().status().map(\.verdict) == [.applied])
    }
  }

  @Test(arguments: MigrationEngine.all)
  func rowsSurviveUpAndDown(_ engine: MigrationEngine) async throws {
    try await engine.withSetup { setup in
      try setup.generate("start", ShopSchema.first)
      try await setup.migrator().run(.latest)
      try await setup.run(
        "INSERT INTO customers (email, name) VALUES ('ann@x', 'Ann')",
        "INSERT INTO orders (customer_id, total, note) VALUES (1, 5, 'soon')")
      try setup.generate("second", ShopSchema.second)
      try await setup.migrator().run(.latest)
      #expect(try await setup.drift().differences == [])
      #expect(try await setup.value("SELECT full_name FROM customers") == "Ann")
      #expect(try await setup.value("SELECT CAST(total AS CHAR(9)) FROM orders")?.trimming(" ") == "5")

      var options = MigrationOptions(policy: MigrationPolicy(requiresReview: false))
      let refused = await #expect(throws: RowanError.self) { try await setup.migrator(options).run(.down(1)) }
      #expect(refused?.code == .migrationIrreversible)
      options.policy.allowsIrreversible = true
      try await setup.migrator(options).run(.down(1))
      #expect(try await setup.drift().differences == [])
      #expect(try await setup.value("SELECT name FROM customers") == "Ann")
      #expect(try await setup.value("SELECT note FROM orders") == nil)
      try await setup.migrator(options).run(.rollback)
      #expect(try await setup.migrator().status().map(\.verdict) == [.pending, .pending])
      try await setup.migrator(options).run(.latest)
      try await setup.migrator(options).run(.redo(2))
      #expect(try await setup.drift().differences == [])
    }
  }

  @Test(arguments: MigrationEngine.all)
  func theHistoryIsProvenByReplay(_ engine: MigrationEngine) async throws {
    try await engine.withSetup { setup in
      try setup.generate("start", ShopSchema.first)
      try setup.generate("second", ShopSchema.second)
      let proof = try await Migrator.verify(setup.directory, dialect: setup.dialect, in: try setup.scratch)
      #expect(proof.failures == [])
      #expect(proof.migrations.count == 2)
    }
  }

  @Test(arguments: MigrationEngine.all)
  func driftIsFoundBeforeAnythingRuns(_ engine: MigrationEngine) async throws {
    try await engine.withSetup { setup in
      try setup.generate("start", ShopSchema.first)
      try await setup.migrator().run(.latest)
      try await setup.run("ALTER TABLE customers ADD COLUMN sneaked varchar(10)")
      try setup.generate("second", ShopSchema.second)
      let error = await #expect(throws: RowanError.self) { try await setup.migrator().run(.latest) }
      #expect(error?.code == .schemaDrift)
      #expect(error?.message.contains("customers.sneaked") == true)
      #expect(try await setup.migrator().status().map(\.verdict) == [.applied, .pending])
      try await setup.run("ALTER TABLE customers DROP COLUMN sneaked")
      try await setup.migrator().run(.latest)
    }
  }

  @Test(arguments: MigrationEngine.all)
  func aBaselineIsTakenOfWhatIsThere(_ engine: MigrationEngine) async throws {
    try await engine.withSetup { setup in
      try setup.generate("start", ShopSchema.first)
      let early = await #expect(throws: RowanError.self) { try await setup.migrator().baseline() }
      #expect(early?.code == .schemaDrift)
      let emitter = setup.dialect.makeDDLEmitter()
      for table in [ShopSchema.customers, ShopSchema.orders] {
        for sql in try emitter.createTable(table, ifNotExists: false) { try await setup.run(sql) }
      }
      #expect(try await setup.migrator().baseline().count == 1)
      #expect(try await setup.migrator().status().map(\.verdict) == [.applied])
      #expect(try await setup.migrator().run(.latest) == [])
      let twice = await #expect(throws: RowanError.self) { try await setup.migrator().baseline() }
      #expect(twice?.code == .migrationApplied)
    }
  }
}

extension String {
  fileprivate func trimming(_ character: Character) -> String {
    var text = self[...]
    while text.last == character { text.removeLast() }
    return String(text)
  }
}
