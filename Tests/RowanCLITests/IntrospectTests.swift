import Foundation
@testable import RowanCLI
import RowanCore
import RowanMigrations
import RowanSQLite
import Testing

/// What the command does around the renderer.
@Suite struct IntrospectTests {
  /// The tables' names.
  struct Names: ModelRendering {
    func files(for schema: SchemaSnapshot) throws -> [String: String] {
      Dictionary(uniqueKeysWithValues: schema.tables.map { ("\($0.name).swift", "// \($0.columns.map(\.name))\n") })
    }
  }

  @Test func filesAreWrittenAndKept() async throws {
    let shell = try CommandLineHarness(Schemas.tool(Schemas.first))
    defer { shell.remove() }
    _ = await shell.run("generate", "add_users")
    _ = await shell.run("migrate", "latest", "--allow-unreviewed")
    func run(_ arguments: String...) async throws -> CommandReport {
      var redaction = Redaction()
      let command = try IntrospectCommand<Names>.parse(["--url", shell.url] + arguments)
      let reader = SettingsReader(flags: command.common.flags, variables: [:], folder: shell.folder)
      let session = Session(
        tool: shell.tool, settings: try await reader.settings(&redaction),
        console: Console(output: { _ in }, error: { _ in }), redaction: redaction, isJSON: false,
        folder: shell.folder, hasURLFlag: true)
      return try await command.execute(session)
    }
    let report = try await run("--out", "Models")
    #expect(report.lines == ["wrote \(shell.folder)/Models/users.swift"])
    #expect(try shell.read("Models/users.swift") == "// [\"id\", \"mail\"]\n")
    try shell.write("mine", to: "Models/users.swift")
    await #expect(throws: RowanError.self) { try await run("--out", "Models") }
    #expect(try shell.read("Models/users.swift") == "mine")
    _ = try await run("--out", "Models", "--force")
    #expect(try shell.read("Models/users.swift") != "mine")
  }
}
