import RowanCore
import RowanSQLite
import Testing

@testable import RowanMigrations

/// The lock of a run whose statement takes longer than its lease.
@Suite struct HeartbeatTests {
  private static let sleeps = [
    "postgres": "-- rowan:outside\nSELECT pg_sleep(8);\n", "mysql": "DO SLEEP(8);\n",
  ]

  @Test(arguments: MigrationEngine.all.filter { sleeps[$0.name] != nil })
  func theRowIsRenewedDuringAStatement(_ engine: MigrationEngine) async throws {
    try await engine.withSetup { setup in
      try setup.write("slow", up: try #require(Self.sleeps[engine.name]))
      var options = MigrationOptions(policy: MigrationPolicy(requiresReview: false))
      options.lease = .seconds(1)
      let slow = try setup.migrator(options)
      let run = Task { try await slow.run(.latest) }
      #expect(try await setup.database.seesRenewal(twoSecondsAfterTaking: .seconds(1), within: .seconds(60)))
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
