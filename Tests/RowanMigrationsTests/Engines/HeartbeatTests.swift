import RowanCore
import RowanSQLite
import Testing

@testable import RowanMigrations

/// The lock of a run whose statement takes longer than its lease.
@Suite struct HeartbeatTests {
  /// Statements that take until the test is done with the lock of `name`: on a busy machine no duration is long enough
  /// for a renewal to be seen in it.
  private static func waits(for name: String) -> [String: (take: String, wait: String)] {
    let mysql = "DO GET_LOCK('\(name)', 600);\n"
    return [
      "postgres": (
        "SELECT pg_advisory_lock(7)",
        """
        -- rowan:outside
        DO $$ BEGIN WHILE NOT pg_try_advisory_lock(7) LOOP PERFORM pg_sleep(0.1); END LOOP; END $$;

        """
      ), "mysql": (mysql, mysql),
    ]
  }

  @Test(arguments: MigrationEngine.all.filter { $0.name != "sqlite" })
  func theRowIsRenewedDuringAStatement(_ engine: MigrationEngine) async throws {
    let lock = "rowan_slow_\(UInt64.random(in: 0...UInt64.max))"
    let slow = try #require(Self.waits(for: lock)[engine.name])
    try await engine.withSetup { setup in
      try setup.write("slow", up: slow.wait)
      var options = MigrationOptions(policy: MigrationPolicy(requiresReview: false))
      options.lease = .seconds(1)
      let migrator = try setup.migrator(options)
      let other = try await MigrationEngine.open(setup.url)
      let run = try await other.withSchemaSession { session in
        try await session.run(text: slow.take)
        let run = Task { try await migrator.run(.latest) }
        #expect(try await setup.database.seesRenewal(twoSecondsAfterTaking: .seconds(1), within: .seconds(300)))
        return run
      }
      // Closes the connection, and with it ends its lock.
      await other.close()
      #expect(try await run.value.count == 1)
      let left = try await DatabaseMigrations(setup.database).withSession { try await $0.lockHolder() }
      #expect(left == nil)
    }
  }

  @Test(arguments: MigrationEngine.all)
  func aLockOfOthersIsLeftAlone(_ engine: MigrationEngine) async throws {
    try await engine.withSetup { setup in
      let adapter = DatabaseMigrations(setup.database)
      let owner = MigrationOwner(id: "owner", host: "a", pid: 1), other = MigrationOwner(id: "other", host: "b", pid: 2)
      try await adapter.withSession { session in
        #expect(try await session.tryLock(owner, lease: .seconds(60)) == .taken)
        let before = try await session.lockHolder()
        try await adapter.keepLock(other, lease: .seconds(600))
        #expect(try await session.lockHolder() == before)
        try await adapter.keepLock(owner, lease: .seconds(600))
        let after = try #require(try await session.lockHolder())
        #expect((after != before) == (engine.name != "sqlite"))
        try await session.unlock(owner)
        try await adapter.keepLock(owner, lease: .seconds(600))
        #expect(try await session.lockHolder() == nil)
      }
    }
  }

  @Test func inMemory() async throws {
    let adapter = InMemoryMigrations(dialect: SQLiteDialect())
    let owner = MigrationOwner(id: "owner", host: "a", pid: 1)
    try await adapter.withSession { session in _ = try await session.tryLock(owner, lease: .seconds(60)) }
    let before = try #require(adapter.holder)
    try await adapter.keepLock(MigrationOwner(id: "other", host: "b", pid: 2), lease: .seconds(600))
    #expect(adapter.holder == before)
    try await adapter.keepLock(owner, lease: .seconds(600))
    #expect(try #require(adapter.holder).expiresAt > before.expiresAt)
  }
}

extension Database {
  /// Whether the lock, of which nobody but a heartbeat takes care by then, is renewed two seconds after it was taken.
  fileprivate func seesRenewal(twoSecondsAfterTaking lease: Duration, within duration: Duration) async throws -> Bool {
    let end = ContinuousClock.now + duration
    let adapter = DatabaseMigrations(self)
    let late = 2_000_000 + lease.components.seconds * 1_000_000
    while .now < end {
      if let holder = try await adapter.withSession({ try await $0.lockHolder() }),
        holder.expiresAt.microseconds - holder.acquiredAt.microseconds > late
      {
        return true
      }
      try await Task.sleep(for: .milliseconds(50))
    }
    return false
  }
}
