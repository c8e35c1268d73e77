import RowanCLI
import RowanCore
import RowanMigrations
import RowanMySQL
import RowanPostgres
import RowanSQLite
import Testing

/// One program for several engines; no server is needed to generate.
@Suite struct ManyEnginesTests {
  private func shell(_ schema: SchemaDefinition) throws -> CommandLineHarness {
    try CommandLineHarness(RowanTool(schema: schema, dialects: [.sqlite, .postgres, .mysql]))
  }

  @Test func allAreGeneratedUnderOneName() async throws {
    var shell = try shell(Schemas.first)
    defer { shell.remove() }
    let ended = try await shell.run("generate", "add_users", "--json").json()
    #expect(ended["migrations"]?.array?.compactMap { $0["dialect"]?.string } == ["sqlite", "postgres", "mysql"])
    let tags = try shell.tags()
    #expect(tags.count == 1)
    #expect(try shell.tags("postgres") == tags)
    #expect(try shell.tags("mysql") == tags)

    shell.tool.schema = Schemas.renamed
    let open = try await shell.run("generate", "rename", "--json").json()
    #expect(open["questions"]?.array?.count == 1)
    let asked = await shell.run(["generate", "rename"], answers: ["y"])
    #expect(asked.status == .success, "\(asked)")
    #expect(try shell.tags("mysql") == (try shell.tags()))
  }

  @Test func onlyThoseNamed() async throws {
    let shell = try shell(Schemas.first)
    defer { shell.remove() }
    #expect(await shell.run("generate", "add_users", "--dialect", "mysql", "--dialect", "sqlite").status == .success)
    #expect(try shell.tags("postgres").isEmpty)
    #expect(try shell.tags("mysql").count == 1)
    let other = await shell.run("migrate", "status", "--dialect", "postgres")
    #expect(other.status == .configuration)
    #expect(other.error.contains("the database is one of sqlite"))
    #expect(await shell.run("generate", "--check", "--dialect", "oracle").status == .configuration)
    let dump = await shell.run("schema", "dump", "--from", "code")
    #expect(dump.error.contains("give --dialect"))
    let verified = await shell.run("verify", "--dialect", "mysql")
    #expect(verified.error.contains("ROWAN_SCRATCH_URL"))
  }
}
