import RowanCLI
import RowanCore
import RowanMigrations
import RowanSQLite
import Testing

@Suite struct VerifyTests {
  /// A migration written by hand whose snapshot says something else.
  @Test func aSnapshotThatIsNotTrueIsFound() async throws {
    let shell = try CommandLineHarness(Schemas.tool(Schemas.first))
    defer { shell.remove() }
    let directory = try MigrationDirectory(root: "\(shell.folder)/Migrations", dialect: "sqlite")
    let snapshot = try Schemas.first.snapshot(for: SQLiteDialect())
    try directory.write(
      name: "by_hand", at: Timestamp(microseconds: 1_700_000_000_000_000),
      contents: MigrationContents(
        up: "CREATE TABLE users (id INTEGER NOT NULL PRIMARY KEY);", down: "DROP TABLE users;",
        snapshot: try snapshot.json(), meta: MigrationMeta(tool: "test", statements: [], downStatements: [])))
    let ended = await shell.run("verify", "--json")
    #expect(ended.status == .differences)
    let failure = try ended.json()["dialects"]?.array?.first?["failures"]?.array?.first
    #expect(failure?["tag"]?.string == "20231114221320_by_hand")
    #expect(failure?["direction"]?.string == "up")
    #expect(failure?["differences"]?.array?.contains { $0["object"]?.string == "column users.mail" } == true)
    let text = await shell.run("verify")
    #expect(text.output.contains("- column users.mail"))
    #expect(text.error.contains("applied 20231114221320_by_hand"))
  }
}
