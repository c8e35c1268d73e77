import Foundation
import RowanCLI
import RowanCore
import RowanMigrations
import RowanSQLite
import Testing

@Suite struct IntrospectTests {
  @Test func modelsAreWrittenAndKept() async throws {
    let shell = try CommandLineHarness(Schemas.tool(Schemas.first))
    defer { shell.remove() }
    _ = await shell.run("generate", "add_users")
    _ = await shell.run("migrate", "latest", "--allow-unreviewed")
    let ended = await shell.run("introspect", "--out", "Models", "--json")
    #expect(ended.status == .success, "\(ended)")
    let files = try ended.json()["files"]?.array?.compactMap(\.string) ?? []
    #expect(files == ["\(shell.folder)/Models/Schema.swift", "\(shell.folder)/Models/User.swift"])
    let model = try shell.read("Models/User.swift")
    #expect(model.contains("@Table(\"users\")"))
    #expect(model.contains("var mail: String"))
    #expect(!(try shell.read("Models/Schema.swift").contains("rowan_migrations")))

    try shell.write("mine", to: "Models/User.swift")
    let refused = await shell.run("introspect", "--out", "Models")
    #expect(refused.status == .failure)
    #expect(refused.error.contains("--force"))
    #expect(try shell.read("Models/User.swift") == "mine")
    #expect(await shell.run("introspect", "--out", "Models", "--force").status == .success)
    #expect(try shell.read("Models/User.swift") == model)
    #expect(await shell.run("introspect", "--out", "Models", "--schema-name", "a b").status == .usage)
    #expect(await shell.run("introspect").status == .usage)
  }
}
