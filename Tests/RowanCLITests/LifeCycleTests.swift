import Foundation
import RowanCLI
import RowanCore
import RowanMigrations
import RowanSQLite
import Testing

@Suite struct LifeCycleTests {
  @Test func generateApplyAndTakeBack() async throws {
    var shell = try CommandLineHarness(Schemas.tool(Schemas.first))
    defer { shell.remove() }
    let generated = await shell.run("generate", "add_users", "--json")
    #expect(generated.status == .success, "\(generated)")
    let tag = try #require(try shell.tags().first)
    let migration = try generated.json()["migrations"]?.array?.first
    #expect(migration?["tag"]?.string == tag)
    #expect(migration?["dialect"]?.string == "sqlite")
    #expect(migration?["changes"]?.array?.first?["object"]?.string == "table users")

    let refused = await shell.run("migrate", "latest")
    #expect(refused.status == .refused)
    #expect(refused.error.contains("migration_not_reviewed"))
    try shell.review()
    let applied = await shell.run("migrate", "latest")
    #expect(applied.status == .success, "\(applied)")
    #expect(applied.error.contains("applied \(tag)"))
    #expect(applied.output.contains("done: 1 migration, 1 statement\n"))
    #expect(await shell.run("migrate", "latest").output == "nothing to do\n")

    let status = try await shell.run("migrate", "status", "--json").json()
    #expect(status["pending"]?.integer == 0)
    let first = status["migrations"]?.array?.first
    #expect(first?["state"]?.string == "applied")
    #expect(first?["batch"]?.integer == 1)
    #expect(await shell.run("drift").status == .success)
    #expect(await shell.run("verify").status == .success)

    shell.tool = Schemas.tool(Schemas.second)
    #expect(await shell.run("generate", "add_names").status == .success)
    #expect(try shell.tags().count == 2)
    try shell.review()
    #expect(await shell.run("migrate", "status", "--check").status == .differences)
    let run = try await shell.run("migrate", "up", "--json").json()
    #expect(run["ok"] == .bool(true))
    #expect(run["migrations"]?.array?.count == 1)
    #expect(await shell.run("migrate", "status", "--check").status == .success)
    #expect(await shell.run("migrate", "redo", "--allow-irreversible").status == .success)
    let down = await shell.run("migrate", "rollback", "--allow-irreversible")
    #expect(down.error.contains("taken back \(try shell.tags()[1])"), "\(down)")
    #expect(await shell.run("migrate", "down", "--allow-irreversible").status == .success)
    #expect(await shell.run("migrate", "status").output.contains("2 migrations, 2 pending"))
  }

  @Test func diffAndCheckExitWithTwo() async throws {
    let shell = try CommandLineHarness(Schemas.tool(Schemas.first))
    defer { shell.remove() }
    let diff = await shell.run("diff", "--json")
    #expect(diff.status == .differences)
    let document = try diff.json()
    #expect(document["exit"]?.integer == 2)
    #expect(document["ok"] == .bool(false))
    #expect(document["dialects"]?.array?.first?["changes"]?.array?.first?["kind"]?.string == "added")
    #expect(await shell.run("generate", "--check").status == .differences)
    #expect(try shell.tags().isEmpty)
    #expect(await shell.run("generate", "add_users").status == .success)
    #expect(await shell.run("diff").status == .success)
    #expect(await shell.run("generate", "--check").status == .success)
    let nothing = await shell.run("generate", "again")
    #expect(nothing.output.contains("nothing to generate"))
    #expect(try shell.tags().count == 1)
  }

  @Test func driftIsReported() async throws {
    let shell = try CommandLineHarness(Schemas.tool(Schemas.first))
    defer { shell.remove() }
    _ = await shell.run("generate", "add_users")
    #expect(await shell.run("migrate", "latest", "--allow-unreviewed").status == .success)
    let db = try await Database.open(.sqlite("\(shell.folder)/app.db"))
    try await SQL(text: "CREATE TABLE stray (id INTEGER PRIMARY KEY)").run(db)
    await db.close()
    let drift = await shell.run("drift", "--json")
    #expect(drift.status == .drift)
    let difference = try drift.json()["differences"]?.array?.first
    #expect(difference?["kind"]?.string == "added")
    #expect(difference?["object"]?.string == "table stray")
    let external = #"{"externalTables": ["stray"]}"#
    try shell.write(external, to: "rowan.json")
    #expect(await shell.run("drift").status == .success)
  }

  @Test func baselineRecordsWhatIsThere() async throws {
    let shell = try CommandLineHarness(Schemas.tool(Schemas.first))
    defer { shell.remove() }
    _ = await shell.run("generate", "add_users")
    try await Database.open(.sqlite("\(shell.folder)/app.db")).close()
    let early = await shell.run("baseline")
    #expect(early.status == .drift)
    let dump = await shell.run("schema", "dump", "--from", "code")
    let db = try await Database.open(.sqlite("\(shell.folder)/app.db"))
    for sql in dump.output.components(separatedBy: ";\n") where !sql.allSatisfy(\.isWhitespace) {
      try await SQL(text: sql).run(db)
    }
    await db.close()
    let done = try await shell.run("migrate", "baseline", "--json").json()
    #expect(done["recorded"] == .array([.string(try shell.tags()[0])]))
    #expect(await shell.run("migrate", "status", "--check").status == .success)
    #expect(await shell.run("baseline").status == .refused)
  }

  @Test func seedRunsTheProgramsCode() async throws {
    var shell = try CommandLineHarness(Schemas.tool(Schemas.first))
    defer { shell.remove() }
    #expect(await shell.run("seed").status == .configuration)
    _ = await shell.run("generate", "add_users")
    _ = await shell.run("migrate", "latest", "--allow-unreviewed")
    shell.tool.seed = { db in try await SQL(text: "INSERT INTO users (mail) VALUES ('a@b.c')").run(db) }
    #expect(await shell.run("seed").status == .success)
    let again = await shell.run("seed", "--json")
    #expect(again.status == .failure)
    #expect(try again.json()["error"]?["code"]?.string == "unique_violation")
  }
}
