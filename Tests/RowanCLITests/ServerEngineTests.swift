import Foundation
import RowanCLI
import RowanCore
import RowanMigrations
import RowanMySQL
import RowanPostgres
import Testing

/// The commands on servers, each in a database of its own.
@Suite struct ServerEngineTests {
  struct Engine: Sendable, CustomTestStringConvertible {
    let name: String
    let variable: String
    let provider: DialectProvider
    var testDescription: String { name }
  }

  /// The servers this run requires: those named by `ROWAN_TEST_ENGINES`, or all.
  static let required: [Engine] = {
    let all = [
      Engine(name: "postgres", variable: "ROWAN_TEST_POSTGRES_URL", provider: .postgres),
      Engine(name: "mysql", variable: "ROWAN_TEST_MYSQL_URL", provider: .mysql),
    ]
    guard let names = ProcessInfo.processInfo.environment["ROWAN_TEST_ENGINES"], !names.isEmpty else { return all }
    let asked = names.split(separator: ",").map { $0.filter { !$0.isWhitespace } }
    return all.filter { asked.contains($0.name) }
  }()

  @Test(arguments: required) func theWholeWay(_ engine: Engine) async throws {
    let server = try #require(
      ProcessInfo.processInfo.environment[engine.variable],
      "\(engine.name) is required, but \(engine.variable) is not set; Scripts/test.sh starts the servers")
    let admin = try await Database.open(url: server, dialects: [engine.provider])
    let name = "rowan_cli_\(UInt64.random(in: 0 ... .max))"
    func database(_ name: String) throws -> String {
      // Behind the last slash before the options.
      let options = server.firstIndex(of: "?") ?? server.endIndex
      let slash = try #require(server[..<options].lastIndex(of: "/"))
      return "\(server[...slash])\(name)\(server[options...])"
    }
    let copy = name + "_copy"
    for database in [name, copy] { try await run("CREATE DATABASE \(database)", on: admin) }
    var shell = try CommandLineHarness(RowanTool(schema: DumpTests.schema, dialects: [engine.provider]))
    shell.variables = ["ROWAN_URL": try database(name), "ROWAN_SCRATCH_URL": server]
    do {
      try await walk(shell, copy: try database(copy), engine)
    } catch {
      Issue.record(error)
    }
    shell.remove()
    for database in [name, copy] { try await run("DROP DATABASE \(database)", on: admin) }
    await admin.close()
  }

  private func run(_ sql: String, on database: Database) async throws {
    _ = try await database.withSchemaSession { session in try await session.run(text: sql) }
  }

  private func walk(_ shell: CommandLineHarness, copy: String, _ engine: Engine) async throws {
    #expect(await shell.run("generate", "everything").status == .success)
    let applied = await shell.run("migrate", "latest", "--allow-unreviewed")
    #expect(applied.status == .success, "\(applied)")
    let drift = await shell.run("drift")
    #expect(drift.status == .success, "\(drift)")
    let verified = await shell.run("verify")
    #expect(verified.status == .success, "\(verified)")

    let dump = await shell.run("schema", "dump", "--from", "database")
    #expect(dump.output.contains("CREATE TABLE"), "\(dump)")
    let other = try await Database.open(url: copy, dialects: [engine.provider])
    let script = try MigrationScript(dump.output, syntax: other.dialect.scriptSyntax)
    try await other.withSchemaSession { session in
      for step in script.steps { try await session.run(text: step.statement.text) }
    }
    await other.close()
    #expect(await shell.run("schema", "dump", "--url", copy).output == dump.output)

    let down = await shell.run("migrate", "rollback", "--allow-unreviewed", "--allow-irreversible")
    #expect(down.status == .success, "\(down)")
    #expect(await shell.run("drift").status == .success)
  }
}
