import RowanCore
import RowanSQLite
import Testing

@testable import RowanMigrations

/// The runner over a database that is none, with the lock of one.
@Suite struct InMemoryMigrationsTests {
  private struct Broken: Error {}

  private let database = InMemoryMigrations(dialect: SQLiteDialect())
  private let owner = MigrationOwner(id: "one", host: "here", pid: 1)
  private let other = MigrationOwner(id: "other", host: "there", pid: 2)

  private func migrator(_ scripts: String..., wait: Duration = .zero) throws -> Migrator {
    let directory = try MigrationDirectory(storage: InMemoryMigrationStorage(), dialect: "sqlite")
    for (index, script) in scripts.enumerated() {
      try directory.write(
        name: "step_\(index)", at: Timestamp(microseconds: 1_700_000_000_000_000 + Int64(index) * 1_000_000),
        contents: MigrationContents(
          up: script, down: "", snapshot: try SchemaSnapshot(dialect: "sqlite").json(),
          meta: MigrationMeta(tool: "test")))
    }
    return Migrator(database, directory, options: MigrationOptions(lockWait: wait))
  }

  @Test func oneOwnerAtATime() async throws {
    try await database.withSession { session in
      #expect(try await session.tryLock(owner, lease: .seconds(60)) == .taken)
      guard case .held(let holder) = try await session.tryLock(other, lease: .seconds(60)) else {
        Issue.record("the lock was given twice")
        return
      }
      #expect(holder?.owner == owner)
      #expect(try await session.tryLock(owner, lease: .seconds(60)) == .taken)
      try await session.unlock(other)
      #expect(database.holder?.owner == owner)
      try await session.unlock(owner)
      #expect(try await session.tryLock(other, lease: .seconds(60)) == .taken)
    }
  }

  @Test func aLeaseThatRanOutIsTakenOverAndLost() async throws {
    try await database.withSession { session in
      #expect(try await session.tryLock(owner, lease: .seconds(60)) == .taken)
      database.advance(by: .seconds(50))
      try await session.renew(owner, lease: .seconds(60))
      database.advance(by: .seconds(50))
      guard case .held = try await session.tryLock(other, lease: .seconds(60)) else {
        Issue.record("a renewed lease was taken")
        return
      }
      database.advance(by: .seconds(11))
      guard case .takenOver(let holder) = try await session.tryLock(other, lease: .seconds(60)) else {
        Issue.record("a lease that ran out was not taken")
        return
      }
      #expect(holder.owner == owner)
      let lost = await #expect(throws: RowanError.self) { try await session.renew(owner, lease: .seconds(60)) }
      #expect(lost?.code == .migrationLockLost)
      #expect(try await session.forceUnlock()?.owner == other)
      #expect(database.holder == nil)
    }
  }

  @Test func aRunTakesTheLockAndGivesItBack() async throws {
    let migrator = try migrator("CREATE TABLE a (id int);\nCREATE TABLE b (id int);\n")
    #expect(try await migrator.run(.latest).map(\.statements) == [2])
    #expect(database.statements == ["CREATE TABLE a (id int)", "CREATE TABLE b (id int)"])
    #expect(database.rows.map(\.statementsApplied) == [2])
    #expect(database.holder == nil)
    try await database.withSession { session in _ = try await session.tryLock(other, lease: .seconds(60)) }
    let refused = await #expect(throws: RowanError.self) { try await migrator.run(.latest) }
    #expect(refused?.code == .migrationLocked)
    #expect(refused?.message.contains("process 2 on there") == true)
  }

  @Test func aStatementThatFailsTakesItsGroupBack() async throws {
    let migrator = try migrator(
      "CREATE TABLE a (id int);\n-- rowan:group\nCREATE TABLE b (id int);\nCREATE TABLE c (id int);\n")
    database.fail { $0.contains(" c ") ? Broken() : nil }
    let error = await #expect(throws: RowanError.self) { try await migrator.run(.latest) }
    #expect(error?.code == .migrationFailed)
    #expect(error?.message.contains("step_0/up.sql:4") == true, "\(error?.message ?? "")")
    #expect(database.statements == ["CREATE TABLE a (id int)"])
    #expect(database.rows.map(\.statementsApplied) == [1])
    #expect(database.holder == nil)
    database.fail(nil)
    #expect(try await migrator.run(.latest).map(\.statements) == [2])
    #expect(database.statements.count == 3)
    #expect(database.rows.map(\.finishedAt).allSatisfy { $0 != nil })
  }

  @Test func statementsOutsideAreNotedBeforeAndAfter() async throws {
    let migrator = try migrator(
      "-- rowan:outside\nCREATE INDEX one ON a (id);\n-- rowan:outside\nCREATE INDEX two ON a (id);\n")
    database.fail { $0.contains("two") ? Broken() : nil }
    await #expect(throws: RowanError.self) { try await migrator.run(.latest) }
    #expect(database.statements == ["CREATE INDEX one ON a (id)"])
    #expect(database.rows.map(\.statementsApplied) == [1])
    #expect(database.rows.first?.error != nil)
    database.fail(nil)
    #expect(try await migrator.run(.latest).map(\.statements) == [1])
  }
}
