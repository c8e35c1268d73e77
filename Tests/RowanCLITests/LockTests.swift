import RowanCLI
import RowanCore
import RowanMigrations
import RowanSQLite
import Testing

@Suite struct LockTests {
  @Test func aHeldLockIsWaitedForAndNamed() async throws {
    let shell = try CommandLineHarness(Schemas.tool(Schemas.first))
    defer { shell.remove() }
    _ = await shell.run("generate", "add_users")
    let db = try await Database.open(.sqlite("\(shell.folder)/app.db"))
    let owner = MigrationOwner(id: "other", host: "elsewhere", pid: 4711)
    _ = try await DatabaseMigrations(db).withSession { session in
      try await session.tryLock(owner, lease: .seconds(600))
    }
    await db.close()
    let latest = ["migrate", "latest", "--allow-unreviewed", "--lock-wait", "1"]
    let ended = await shell.run(latest)
    #expect(ended.status == .locked)
    #expect(ended.error.contains("waiting for the lock"))
    #expect(ended.error.contains("process 4711 on elsewhere"))
    let taken = try await shell.run("migrate", "unlock", "--json").json()
    #expect(taken["holder"]?["pid"]?.integer == 4711)
    #expect(taken["holder"]?["host"]?.string == "elsewhere")
    #expect(await shell.run(latest).status == .success)
  }

  /// A run that stopped between two statements is shown, refused, and settled.
  @Test func anInterruptedRunIsSettled() async throws {
    let shell = try CommandLineHarness(Schemas.tool(Schemas.first))
    defer { shell.remove() }
    _ = await shell.run("generate", "add_users")
    let directory = try MigrationDirectory(root: "\(shell.folder)/Migrations", dialect: "sqlite")
    let file = try #require(try directory.load().migrations.first)
    let db = try await Database.open(.sqlite("\(shell.folder)/app.db"))
    let script = try file.up(db.dialect.scriptSyntax)
    _ = try await DatabaseMigrations(db).withSession { session in
      _ = try await session.tryLock(.current(), lease: .seconds(1))
      var row = AppliedMigration(
        id: file.id, name: file.name, hash: file.entry.hash, batch: 1, appliedAt: nil, direction: .up,
        statementsApplied: 0, statementsTotal: script.steps.count, partialHash: nil,
        startedAt: try await session.now(), finishedAt: nil, error: nil, toolVersion: "test")
      row.underway = 0
      try await session.save(row)
      _ = try await session.forceUnlock()
    }
    await db.close()
    let status = try await shell.run("migrate", "status", "--check", "--json").json()
    #expect(status["exit"]?.integer == 6)
    #expect(status["migrations"]?.array?.first?["state"]?.string == "unfinished")
    #expect(status["migrations"]?.array?.first?["canResume"] == .bool(true))
    #expect(await shell.run("migrate", "down", "--allow-unreviewed").status == .unsettled)
    #expect(await shell.run("migrate", "repair", "--applied", "99").status == .configuration)
    let repaired = await shell.run("migrate", "repair", "--not-applied", "1", file.tag)
    #expect(repaired.status == .success, "\(repaired)")
    #expect(await shell.run("migrate", "latest", "--allow-unreviewed").status == .success)
    #expect(await shell.run("migrate", "repair", "--applied", "1").status == .failure)
  }
}
