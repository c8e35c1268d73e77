import Foundation
import RowanCLI
import RowanCore
import RowanMigrations
import Testing

/// After a merge, two migrations have one parent.
@Suite struct RebaseTests {
  private let posts = TableSchema("posts", columns: [ColumnSchema("id", Int.self, .primaryKey)])
  private let tags = TableSchema("tags", columns: [ColumnSchema("id", Int.self, .primaryKey)])

  @Test func theBranchThatIsNotAppliedMoves() async throws {
    let users = Schemas.first.tables[0]
    var shell = try CommandLineHarness(Schemas.tool(Schemas.first))
    defer { shell.remove() }
    _ = await shell.run("generate", "add_users")
    shell.tool = Schemas.tool(SchemaDefinition(schemas: [users, posts]))
    _ = await shell.run("generate", "add_posts")
    shell.tool = Schemas.tool(SchemaDefinition(schemas: [users, posts, tags]))
    _ = await shell.run("generate", "add_tags")
    // Two chains from the first migration, as version control puts them together.
    let names = try shell.tags()
    let journal = "Migrations/sqlite/_journal.json"
    let parents = names.map { String($0.prefix(14)) }
    try shell.write(
      try shell.read(journal).replacingOccurrences(
        of: "\"parent\": \"\(parents[1])\"", with: "\"parent\": \"\(parents[0])\""),
      to: journal)
    #expect(await shell.run("diff").status == .invalidFiles)
    let moved = await shell.run("migrate", "rebase", "--json")
    #expect(moved.status == .success, "\(moved)")
    let list = try moved.json()["dialects"]?.array?.first?["moved"]?.array
    #expect(list?.count == 1)
    #expect(list?.first?.string?.hasSuffix("_add_tags") == true)
    #expect(await shell.run("diff").status == .success)
    #expect(await shell.run("migrate", "latest", "--allow-unreviewed").status == .success)
    #expect(await shell.run("migrate", "rebase").output == "sqlite: one chain, nothing to move\n")
    #expect(await shell.run("migrate", "rebase", "--offline").status == .success)
  }

  @Test func anEditIsTakenOverUntilItIsApplied() async throws {
    let shell = try CommandLineHarness(Schemas.tool(Schemas.first))
    defer { shell.remove() }
    _ = await shell.run("generate", "add_users")
    _ = await shell.run("generate", "by_hand", "--empty")
    let file = "Migrations/sqlite/\(try shell.tags()[1])/up.sql"
    try shell.write("-- REVIEWED: true\nCREATE TABLE notes (id INTEGER);\n", to: file)
    #expect(await shell.run("migrate", "latest", "--allow-unreviewed").status == .invalidFiles)
    let taken = await shell.run("migrate", "rebase", "--json")
    #expect(taken.status == .success, "\(taken)")
    #expect(try taken.json()["dialects"]?.array?.first?["edited"]?.array?.map(\.string) == [try shell.tags()[1]])
    #expect(await shell.run("migrate", "latest", "--allow-unreviewed").status == .success)

    try shell.write("-- REVIEWED: true\nCREATE TABLE other (id INTEGER);\n", to: file)
    #expect(await shell.run("migrate", "rebase").status == .refused)
    #expect(
      await shell.run("migrate", "rebase", "--offline", "--applied", String(try shell.tags()[1].prefix(14))).status
        == .refused)
    #expect(await shell.run("migrate", "status").status == .invalidFiles)
  }

  /// A migration that stopped at a mistake is mended where it stopped, and goes on from there.
  @Test func whatStoppedHalfWayIsMended() async throws {
    let shell = try CommandLineHarness(Schemas.tool(Schemas.first))
    defer { shell.remove() }
    _ = await shell.run("generate", "by_hand", "--empty")
    let file = "Migrations/sqlite/\(try shell.tags()[0])/up.sql"
    let done = "-- REVIEWED: true\n-- rowan:outside\nCREATE TABLE a (id INTEGER);\n-- rowan:outside\n"
    try shell.write(done + "CREATE TABEL b (id INTEGER);\n", to: file)
    let latest = ["migrate", "latest", "--allow-unreviewed", "--drift", "ignore"]
    #expect(await shell.run("migrate", "rebase").status == .success)
    #expect(await shell.run(latest).status == .failure)
    try shell.write(done + "CREATE TABLE b (id INTEGER);\n", to: file)
    #expect(await shell.run(latest).status == .invalidFiles)
    let taken = await shell.run("migrate", "rebase")
    #expect(taken.status == .success, "\(taken)")
    let ended = await shell.run(latest)
    #expect(ended.status == .success, "\(ended)")
    #expect(ended.output.contains("1 statement"), "\(ended)")
  }
}
