import Foundation
import RowanCore
import Testing

@testable import RowanMigrations

/// A runner that is killed at any point of a migration of twelve statements leaves what the next run resumes.
@Suite struct FaultTests {
  /// Twelve statements of the kinds generated ones are made of.
  static let schema = SchemaDefinition(
    schemas: (1...4).map { number in
      TableSchema(
        "part_\(number)",
        columns: [
          ColumnSchema("id", Int64.self, .primaryKey, .generated),
          ColumnSchema("code", String.self, .varchar(20), .unique),
          ColumnSchema("amount", Int.self, default: 0),
        ], indexes: [IndexSchema(["amount"]), IndexSchema(["code", "amount"])])
    })

  @Test(arguments: MigrationEngine.all, ["before", "after"])
  func aKilledRunGoesOn(_ engine: MigrationEngine, _ moment: String) async throws {
    try await engine.withFolder { folder, url in
      let setup = try await MigrationSetup.onFiles(url, folder)
      let file = try #require(try setup.generate("start", Self.schema))
      let script = try file.up(setup.dialect.scriptSyntax)
      #expect(script.steps.count >= 12)
      // The calls that write: one a statement and one for the row in a transaction; three a statement without.
      let calls = setup.dialect.capabilities.transactionalDDL ? script.steps.count + 2 : script.steps.count * 3
      // No scratch database: the schema has no expressions that need one.
      let migrator = Migrator(
        DatabaseMigrations(setup.database), setup.directory,
        options: MigrationOptions(policy: MigrationPolicy(requiresReview: false)))
      for number in 1...calls {
        let dead = try await FaultProcess.run(url, folder, "latest", "\(moment):\(number)")
        #expect(dead.isKilled, "\(moment):\(number): \(dead.output)")
        try await migrator.run(.latest)
        #expect(try await migrator.drift().differences == [], "\(moment):\(number)")
        #expect(try await migrator.status().map(\.verdict) == [.applied], "\(moment):\(number)")
        try await migrator.run(.down(1))
        #expect(try await migrator.drift().differences == [], "\(moment):\(number)")
      }
      await setup.database.close()
    }
  }

  @Test(arguments: MigrationEngine.all)
  func aKilledHolderOfTheLockIsNamedAndSucceeded(_ engine: MigrationEngine) async throws {
    try await engine.withFolder { folder, url in
      let setup = try await MigrationSetup.onFiles(url, folder)
      try setup.generate("start", Self.schema)
      let holder = try FaultProcess.start(url, folder, "latest", "hold")
      try await holder.waitForLine("holding")
      var options = MigrationOptions(policy: MigrationPolicy(requiresReview: false), lockWait: .milliseconds(100))
      let refused = await #expect(throws: RowanError.self) { try await setup.migrator(options).run(.latest) }
      #expect(refused?.code == .migrationLocked)
      #expect(refused?.message.contains("process \(holder.pid) on") == true, "\(refused?.message ?? "")")
      holder.kill()
      _ = await holder.finished()
      options.lockWait = .seconds(90)
      #expect(try await setup.migrator(options).run(.latest).count == 1)
      await setup.database.close()
    }
  }

  @Test(arguments: MigrationEngine.all)
  func runnersThatRaceApplyEachMigrationOnce(_ engine: MigrationEngine) async throws {
    try await engine.withFolder { folder, url in
      let setup = try await MigrationSetup.onFiles(url, folder)
      try setup.generate("start", ShopSchema.first)
      try setup.generate("second", ShopSchema.second)
      var options = MigrationOptions(policy: MigrationPolicy(requiresReview: false, allowsIrreversible: true))
      options.drift = .ignore
      let fixed = options
      for _ in 0..<50 {
        async let one = setup.migrator(fixed).run(.latest)
        async let other = setup.other(fixed).run(.latest)
        let runs = try await one + other
        #expect(runs.map(\.tag).sorted() == (try setup.directory.load()).migrations.map(\.tag))
        try await setup.migrator(fixed).run(.down(2))
      }
      await setup.database.close()
    }
  }

  @Test(arguments: MigrationEngine.all)
  func aStatementThatFailsIsNamedAndTheRestIsLeft(_ engine: MigrationEngine) async throws {
    try await engine.withSetup { setup in
      try setup.generate("start", ShopSchema.first)
      try await setup.migrator().run(.latest)
      try await setup.run(
        "INSERT INTO customers (email, name) VALUES ('ann@x', 'Ann')",
        "INSERT INTO customers (email, name) VALUES ('bob@x', 'Ann')")
      try setup.write(
        "unique_names",
        up: "CREATE TABLE extra (id integer);\nCREATE UNIQUE INDEX once ON customers (name);\n",
        down: "DROP INDEX once;\nDROP TABLE extra;\n")
      var options = MigrationOptions(policy: MigrationPolicy(requiresReview: false))
      options.drift = .ignore
      let migrator = try setup.migrator(options)
      let error = await #expect(throws: RowanError.self) { try await migrator.run(.latest) }
      #expect(error?.code == .migrationFailed)
      #expect(error?.message.contains("unique_names/up.sql:2") == true)
      #expect((error?.cause as? RowanError)?.code == .uniqueViolation, "\(String(describing: error?.cause))")
      if setup.dialect.capabilities.transactionalDDL {
        #expect(try await setup.migrator().status().map(\.verdict) == [.applied, .pending])
        #expect(try await setup.drift().differences == [])
      }
      try await setup.run("DELETE FROM customers WHERE email = 'bob@x'")
      #expect(try await migrator.run(.latest).count == 1)
    }
  }
}
