import Foundation
import RowanCLI
import RowanCore
import RowanMigrations
import RowanPostgres
import RowanSQLite
import Testing

@Suite struct OutputTests {
  @Test(arguments: [
    "postgres://ann:s3cret-pass@127.0.0.1:1/name", "postgres://ann:s3@127.0.0.1:1/name?sslpassword=s3cret-pass",
    "mysql://ann:s3cret-pass@127.0.0.1:1/name", "postgres://ann:a 's3cret-pass@127.0.0.1:1/name",
  ])
  func passwordsAreNeverShown(_ url: String) async throws {
    var shell = try CommandLineHarness(RowanTool(schema: Schemas.first, dialects: [.sqlite, .postgres]))
    defer { shell.remove() }
    shell.variables = [:]
    for extra in [[], ["--json"]] {
      for arguments in [
        ["migrate", "status", "--url", url], ["migrate", "latest", url], [url], ["--url=\(url)", url],
      ] {
        let ended = await shell.run(arguments + extra)
        #expect(ended.status != .success)
        #expect(!(ended.output + ended.error).contains("s3cret-pass"), "\(ended)")
        #expect(!(ended.output + ended.error).contains(":s3@"), "\(ended)")
      }
    }
  }

  @Test func usageErrorsAreJSONToo() async throws {
    let shell = try CommandLineHarness(Schemas.tool(Schemas.first))
    defer { shell.remove() }
    let ended = await shell.run("generate", "--json")
    #expect(ended.status == .usage)
    #expect(try ended.json()["error"]?["code"]?.string == "usage")
    #expect(ended.error.isEmpty)
    #expect(await shell.run("generate", "not a name").status == .usage)
    #expect(await shell.run("migrate", "repair").status == .usage)
    #expect(await shell.run("migrate", "down", "0").status == .usage)
    #expect(await shell.run("nonsense").status == .usage)
    let unknown = try await shell.run("nonsense", "--json").json()["error"]?["message"]?.string
    #expect(unknown?.contains("nonsense") == true, "\(unknown ?? "")")
  }

  @Test func helpHasExamplesAndExitCodes() async throws {
    var shell = try CommandLineHarness(Schemas.tool(Schemas.first))
    defer { shell.remove() }
    shell.tool.name = "db"
    let root = await shell.run("--help")
    #expect(root.status == .success)
    for status in ToolStatus.allCases { #expect(root.output.contains(status.meaning)) }
    for command in [
      ["init"], ["generate"], ["diff"], ["drift"], ["verify"], ["introspect"], ["baseline"], ["seed"],
      ["schema", "dump"], ["migrate"],
      ["migrate", "latest"], ["migrate", "up"], ["migrate", "down"], ["migrate", "rollback"], ["migrate", "redo"],
      ["migrate", "status"], ["migrate", "baseline"], ["migrate", "repair"], ["migrate", "unlock"],
    ] {
      let help = await shell.run(command + ["--help"])
      #expect(help.status == .success)
      #expect(help.output.contains("Examples:\n  db \(command.joined(separator: " "))"), "\(help.output)")
    }
    #expect(await shell.run("--version").output == "\(MigrationGenerator.toolVersion)\n")
    #expect(await shell.run("--generate-completion-script", "bash").output.contains("complete"))
  }

  @Test func coloursAreForTerminalsOnly() async throws {
    let shell = try CommandLineHarness(Schemas.tool(Schemas.first))
    defer { shell.remove() }
    #expect(!(await shell.run(["diff"]).output.contains("\u{1B}[")))
    #expect(await shell.run(["diff"], hasColour: true).output.contains("\u{1B}[32m"))
    #expect(!(await shell.run(["diff", "--json"], hasColour: true).output.contains("\u{1B}[")))
    #expect(!Console.standard(variables: ["NO_COLOR": "1"]).hasColour)
  }

  @Test func jsonIsOneDocumentAndNothingElse() async throws {
    let shell = try CommandLineHarness(Schemas.tool(Schemas.first))
    defer { shell.remove() }
    _ = await shell.run("generate", "add_users")
    for (arguments, title) in [
      (["migrate", "latest", "--allow-unreviewed"], "migrate latest"), (["migrate", "status"], "migrate status"),
      (["diff"], "diff"), (["drift"], "drift"), (["verify"], "verify"), (["schema", "dump"], "schema dump"),
      (["migrate", "unlock"], "migrate unlock"), (["init"], "init"),
    ] {
      let ended = await shell.run(arguments + ["--json"])
      let document = try ended.json()
      #expect(document["command"]?.string == title)
      #expect(document["exit"]?.integer == 0)
      #expect(ended.error.isEmpty)
    }
  }
}
