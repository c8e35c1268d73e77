import Foundation
import RowanCLI
import RowanCore
import RowanMigrations
import RowanSQLite
import Synchronization
import Testing

@Suite struct ConfigurationTests {
  @Test func flagsWinOverTheEnvironmentAndThatOverTheFile() async throws {
    var shell = try CommandLineHarness(Schemas.tool(Schemas.first))
    defer { shell.remove() }
    try shell.write(#"{"migrations": "FromFile", "dialects": ["sqlite"]}"#, to: "rowan.json")
    func folder(_ ended: Ended) throws -> String? { try ended.json()["migrations"]?.array?.first?["path"]?.string }
    let file = try folder(await shell.run("generate", "one", "--json"))
    #expect(file?.contains("/FromFile/sqlite/") == true)
    shell.variables["ROWAN_MIGRATIONS"] = "FromEnvironment"
    let environment = try folder(await shell.run("generate", "one", "--json"))
    #expect(environment?.contains("/FromEnvironment/sqlite/") == true)
    let flag = try folder(await shell.run("generate", "one", "--json", "--migrations", "FromFlag"))
    #expect(flag?.contains("/FromFlag/sqlite/") == true)
  }

  @Test func aNamedFileMustBeThere() async throws {
    var shell = try CommandLineHarness(Schemas.tool(Schemas.first))
    defer { shell.remove() }
    let ended = await shell.run("diff", "--config", "other.json")
    #expect(ended.status == .configuration)
    shell.variables["ROWAN_CONFIG"] = "other.json"
    #expect(await shell.run("diff").status == .configuration)
    try shell.write("{}", to: "other.json")
    #expect(await shell.run("diff").status == .differences)
  }

  @Test(arguments: [
    #"{"migration": "Migrations"}"#, #"{"migrations": 1}"#, "[]", "{", #"{"drift": "never"}"#,
    #"{"dialects": ["oracle"]}"#, #"{"lockWait": -1}"#, #"{"url": "nonsense"}"#,
  ])
  func mistakesInTheFileAreNamed(_ text: String) async throws {
    var shell = try CommandLineHarness(Schemas.tool(Schemas.first))
    defer { shell.remove() }
    shell.variables = [:]
    try shell.write(text, to: "rowan.json")
    let ended = await shell.run("diff", "--json")
    #expect(ended.status == .configuration, "\(ended)")
    #expect(try ended.json()["error"]?["message"]?.string?.isEmpty == false)
  }

  @Test func mistakesInTheEnvironmentAreNamed() async throws {
    var shell = try CommandLineHarness(Schemas.tool(Schemas.first))
    defer { shell.remove() }
    shell.variables["ROWAN_LOCK_WAIT"] = "soon"
    let number = await shell.run("diff")
    #expect(number.status == .configuration)
    #expect(number.error.contains("ROWAN_LOCK_WAIT"))
    shell.variables["ROWAN_LOCK_WAIT"] = "3"
    shell.variables["ROWAN_DEVELOPMENT"] = "perhaps"
    #expect(await shell.run("diff").error.contains("ROWAN_DEVELOPMENT"))
    shell.variables["ROWAN_DEVELOPMENT"] = "true"
    _ = await shell.run("generate", "add_users")
    #expect(await shell.run("migrate", "latest").status == .success)
  }

  @Test func theFactoryInCodeWins() async throws {
    var shell = try CommandLineHarness(Schemas.tool(Schemas.first))
    defer { shell.remove() }
    let file = "\(shell.folder)/factory.db"
    shell.tool.open = { settings in
      #expect(settings.drift == .error)
      return try await Database.open(.sqlite(file))
    }
    _ = await shell.run("generate", "add_users")
    let ended = await shell.run("migrate", "latest", "--allow-unreviewed")
    #expect(ended.status == .success)
    #expect(ended.error.contains("note: this program opens its database itself"))
    #expect(FileManager.default.fileExists(atPath: file))
    #expect(!FileManager.default.fileExists(atPath: "\(shell.folder)/app.db"))
    shell.variables = [:]
    #expect(!(await shell.run("migrate", "latest", "--allow-unreviewed").error.contains("note:")))
  }

  @Test func whatIsMissingIsNamed() async throws {
    var shell = try CommandLineHarness(Schemas.tool(nil))
    defer { shell.remove() }
    let schemaless = await shell.run("generate", "one")
    #expect(schemaless.status == .configuration)
    #expect(schemaless.error.contains("compiled models"))
    shell.variables = [:]
    let urlless = await shell.run("migrate", "status")
    #expect(urlless.status == .configuration)
    #expect(urlless.error.contains("ROWAN_URL"))
    let unknown = await shell.run("migrate", "status", "--url", "oracle://host/name")
    #expect(unknown.status == .configuration)
    let unreachable = await shell.run("migrate", "status", "--url", "sqlite:\(shell.folder)/missing/app.db")
    #expect(unreachable.status != .success)
  }

  /// A path with a slip in it is an error, and no new file.
  @Test(arguments: [
    ["migrate", "status"], ["drift"], ["introspect", "--out", "Models"], ["schema", "dump", "--from", "database"],
    ["baseline"], ["migrate", "unlock"],
  ])
  func whoeverLooksMakesNoDatabase(_ arguments: [String]) async throws {
    let shell = try CommandLineHarness(Schemas.tool(Schemas.first))
    defer { shell.remove() }
    _ = await shell.run("generate", "add_users")
    let ended = await shell.run(arguments + ["--url", "sqlite:\(shell.folder)/ap.db"])
    #expect(ended.status != .success)
    #expect(ended.error.contains("ap.db"), "\(ended)")
    #expect(!FileManager.default.fileExists(atPath: "\(shell.folder)/ap.db"))
    #expect(await shell.run("migrate", "latest", "--allow-unreviewed").status == .success)
  }

  @Test func initWritesAConfigurationThatWorks() async throws {
    let shell = try CommandLineHarness(Schemas.tool(Schemas.first))
    defer { shell.remove() }
    let made = try await shell.run("init", "--json").json()
    #expect(made["made"]?.array?.count == 2)
    #expect(try shell.read("rowan.json").contains("sqlite"))
    let kept = try await shell.run("init", "--json").json()
    #expect(kept["kept"]?.array?.count == 2)
    #expect(await shell.run("generate", "add_users").status == .success)
  }
}
