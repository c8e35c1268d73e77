import Foundation
import RowanCLI
import RowanCore
import RowanMigrations
import RowanSQLite
import Testing

@Suite struct DumpTests {
  static let schema = SchemaDefinition(schemas: [
    TableSchema(
      "authors",
      columns: [
        ColumnSchema("id", Int.self, .primaryKey), ColumnSchema("name", String.self, .unique),
        ColumnSchema("born", CalendarDate?.self),
      ], checks: [CheckSchema("length(name) > 0", name: "authors_name_check")]),
    TableSchema(
      "books",
      columns: [
        ColumnSchema("id", Int.self, .primaryKey), ColumnSchema("title", String.self),
        ColumnSchema("author_id", Int.self),
      ], indexes: [IndexSchema(["title"])]),
  ])

  /// The SQL of a dump, applied to an empty database, gives the same dump again.
  @Test func aDumpMakesWhatItWasTakenFrom() async throws {
    let shell = try CommandLineHarness(Schemas.tool(Self.schema))
    defer { shell.remove() }
    _ = await shell.run("generate", "everything")
    _ = await shell.run("migrate", "latest", "--allow-unreviewed")
    let database = await shell.run("schema", "dump", "--from", "database")
    #expect(database.status == .success, "\(database)")
    #expect(database.output.contains("CREATE TABLE"))
    #expect(!database.output.contains("rowan_migrations"))

    let copy = try await Database.open(.sqlite("\(shell.folder)/copy.db"))
    let statements = try MigrationScript(database.output, syntax: copy.dialect.scriptSyntax).steps
    for step in statements { try await SQL(text: step.statement.text).run(copy) }
    await copy.close()
    let again = await shell.run("schema", "dump", "--url", "sqlite:\(shell.folder)/copy.db")
    #expect(again.output == database.output)
    #expect(await shell.run("schema", "dump", "--from", "code").output == database.output)
  }

  @Test func jsonIsTheSnapshot() async throws {
    let shell = try CommandLineHarness(Schemas.tool(Self.schema))
    defer { shell.remove() }
    let dump = await shell.run("schema", "dump", "--format", "json")
    let snapshot = try SchemaSnapshot(json: dump.output)
    #expect(snapshot == (try Self.schema.snapshot(for: SQLiteDialect())))
    let wrapped = try await shell.run("schema", "dump", "--format", "json", "--json").json()
    #expect(wrapped["dialect"]?.string == "sqlite")
    #expect(wrapped["snapshot"] == (try dump.json()))
  }

  @Test func oneEngineIsDumped() async throws {
    var shell = try CommandLineHarness(Schemas.tool(Self.schema))
    defer { shell.remove() }
    shell.tool.schema = nil
    #expect(await shell.run("schema", "dump", "--from", "code").status == .configuration)
    #expect(await shell.run("schema", "dump").status == .unreachable)
    try await Database.open(.sqlite("\(shell.folder)/app.db")).close()
    #expect(await shell.run("schema", "dump").status == .success)
  }

  /// A key of 32 bits is not the number of the row, and does not become it in a copy.
  @Test func aKeyThatIsNotTheRowID() async throws {
    let shell = try CommandLineHarness(Schemas.tool(nil))
    defer { shell.remove() }
    let db = try await Database.open(.sqlite("\(shell.folder)/app.db"))
    try await SQL(text: "CREATE TABLE t (a int PRIMARY KEY, b text)").run(db)
    await db.close()
    let dump = await shell.run("schema", "dump").output
    let copy = try await Database.open(.sqlite("\(shell.folder)/copy.db"))
    for sql in dump.components(separatedBy: ";\n") where !sql.allSatisfy(\.isWhitespace) {
      try await SQL(text: sql).run(copy)
    }
    try await SQL("INSERT INTO t (b) VALUES ('x')").run(copy)
    #expect(try await SQL("SELECT a IS NULL FROM t").as(Bool.self).fetchOne(copy))
    await copy.close()
    #expect(await shell.run("schema", "dump", "--url", "sqlite:\(shell.folder)/copy.db").output == dump)
  }

  /// Whoever looks at a file changes nothing of it.
  @Test func aFileThatIsDumpedStaysAsItIs() async throws {
    let shell = try CommandLineHarness(Schemas.tool(Schemas.first))
    defer { shell.remove() }
    var configuration = SQLiteConfiguration(path: "\(shell.folder)/app.db")
    configuration.journalMode = .delete
    let db = try await Database.open(.sqlite(configuration))
    try await SQL(text: "CREATE TABLE t (a int)").run(db)
    await db.close()
    let before = FileManager.default.contents(atPath: "\(shell.folder)/app.db")
    #expect(await shell.run("schema", "dump", "--from", "database").status == .success)
    #expect(await shell.run("migrate", "status").status == .success)
    #expect(FileManager.default.contents(atPath: "\(shell.folder)/app.db") == before)
  }
}
