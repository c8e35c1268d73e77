import RowanCLI
import RowanCore
import RowanMigrations
import Testing

@Suite struct RenameTests {
  private func shell() async throws -> CommandLineHarness {
    var shell = try CommandLineHarness(Schemas.tool(Schemas.first))
    #expect(await shell.run("generate", "add_users").status == .success)
    shell.tool = Schemas.tool(Schemas.renamed)
    return shell
  }

  @Test func nobodyIsGuessedFor() async throws {
    let shell = try await shell()
    defer { shell.remove() }
    let ended = await shell.run("generate", "rename", "--json")
    #expect(ended.status == .ambiguous)
    let question = try ended.json()["questions"]?.array?.first
    #expect(question?["kind"]?.string == "column")
    #expect(question?["table"]?.string == "users")
    #expect(question?["from"]?.string == "mail")
    #expect(question?["to"]?.string == "email")
    #expect(question?["flag"]?.string == "users.mail:email")
    #expect(try shell.tags().count == 1)
    #expect(await shell.run("generate", "--check").status == .ambiguous)
    #expect(await shell.run("diff").output.contains("--rename users.mail:email"))
  }

  @Test func flagsAnswer() async throws {
    let shell = try await shell()
    defer { shell.remove() }
    let differs = await shell.run("diff", "--not-renamed", "users.mail:email")
    #expect(differs.output.contains("- column users.mail"))
    #expect(differs.output.contains("loses"))
    let ended = await shell.run("generate", "rename", "--rename", "users.mail:email")
    #expect(ended.status == .success)
    #expect(ended.output.contains("is called email"))
  }

  @Test func mistypedAnswersAreRefused() async throws {
    let shell = try await shell()
    defer { shell.remove() }
    let ended = await shell.run("generate", "rename", "--rename", "users.mial:email")
    #expect(ended.status == .configuration)
    #expect(ended.error.contains("names nothing"))
    #expect(await shell.run("generate", "rename", "--rename", "mail").status == .usage)
    #expect(try shell.tags().count == 1)
  }

  @Test func aPersonIsAsked() async throws {
    let shell = try await shell()
    defer { shell.remove() }
    let left = await shell.run(["generate", "rename"], answers: [])
    #expect(left.status == .interrupted)
    let ended = await shell.run(["generate", "rename"], answers: ["what", "Yes"])
    #expect(ended.status == .success, "\(ended)")
    #expect(ended.error.contains("column 'mail' -> 'email' of 'users'"))
    #expect(ended.error.contains("y keeps the data"))
    #expect(ended.output.contains("is called email"))
  }

  @Test func noDropsAndAdds() async throws {
    let shell = try await shell()
    defer { shell.remove() }
    let ended = await shell.run(["generate", "replace"], answers: ["n"])
    #expect(ended.output.contains("+ column users.email"))
    #expect(ended.output.contains("- column users.mail"))
  }

  @Test func tablesAreRenamedToo() async throws {
    var shell = try CommandLineHarness(Schemas.tool(Schemas.first))
    defer { shell.remove() }
    _ = await shell.run("generate", "add_users")
    shell.tool = Schemas.tool(
      SchemaDefinition(schemas: [Schemas.users([ColumnSchema("mail", String.self, .unique)], named: "people")]))
    #expect(await shell.run("diff").status == .ambiguous)
    let ended = await shell.run("generate", "people", "--rename", "users:people")
    #expect(ended.status == .success, "\(ended)")
    #expect(ended.output.contains("is called people"))
  }
}
