import RowanCore
import Testing

@testable import RowanMigrations

/// The row of the lock, when something is not as a healthy run leaves it.
@Suite struct LockRowTests {
  @Test(arguments: MigrationEngine.all)
  func aTableWithoutItsRowIsMended(_ engine: MigrationEngine) async throws {
    try await engine.withSetup { setup in
      try setup.generate("start", ShopSchema.first)
      try await setup.migrator().run(.latest)
      // What a runner leaves that was killed between making the table and filling it.
      try await setup.run("DELETE FROM rowan_migrations_lock")
      var options = MigrationOptions(policy: MigrationPolicy(requiresReview: false), lockWait: .seconds(1))
      options.lockRetries = 0
      #expect(try await setup.migrator(options).run(.latest) == [])
    }
  }

  /// The engine with no lock of its own: the row has to be right whenever anybody can see it.
  @Test(.enabled(if: MigrationEngine.all.contains { $0.name == "sqlite" }))
  func aHolderThatLostItsLeaseChangesNothing() async throws {
    try await MigrationEngine(name: "sqlite").withSetup { setup in
      let adapter = DatabaseMigrations(setup.database)
      let first = MigrationOwner(id: "first", host: "a", pid: 1),
        second = MigrationOwner(id: "second", host: "b", pid: 2)
      try await adapter.withSession { session in
        #expect(try await session.tryLock(first, lease: .seconds(60)) == .taken)
        try await session.transaction(of: []) { try await $0.confirmLock(first, lease: .seconds(60)) }
        try await session.run("UPDATE rowan_migrations_lock SET expires_at = 0")
        guard case .takenOver(let former) = try await session.tryLock(second, lease: .seconds(60)) else {
          Issue.record("the lease had run out")
          return
        }
        #expect(former.owner == first)
        let error = await #expect(throws: RowanError.self) {
          try await session.transaction(of: []) { transaction in
            try await transaction.confirmLock(first, lease: .seconds(60))
            try await transaction.run("CREATE TABLE twice (id INTEGER)")
          }
        }
        #expect(error?.code == .migrationLockLost)
        #expect(try await session.introspect().schema.tables.isEmpty)
      }
    }
  }

  @Test(.enabled(if: MigrationEngine.all.contains { $0.name == "sqlite" }))
  func aHolderInItsTransactionIsWaitedFor() async throws {
    try await MigrationEngine(name: "sqlite").withSetup { setup in
      try setup.generate("start", ShopSchema.first)
      try await setup.migrator().run(.latest)
      let other = try await MigrationEngine.open(setup.url + "?busy_timeout=50")
      let error = await #expect(throws: RowanError.self) {
        try await DatabaseMigrations(setup.database).withSession { session in
          try await session.transaction(of: []) { _ in
            let options = MigrationOptions(lockWait: .milliseconds(300))
            try await Migrator(DatabaseMigrations(other), setup.directory, options: options).run(.latest)
          }
        }
      }
      await other.close()
      #expect(error?.code == .migrationLocked)
    }
  }
}
