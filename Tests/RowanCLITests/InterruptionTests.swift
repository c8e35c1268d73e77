import Foundation
import RowanCLI
import RowanCore
import RowanMigrations
import RowanSQLite
import Testing

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// A run that a person ends leaves nothing half done and no lock behind.
@Suite struct InterruptionTests {
  /// A migration that would take minutes, after one that takes none.
  private func slow() async throws -> CommandLineHarness {
    let shell = try CommandLineHarness(Schemas.tool(nil))
    try FileManager.default.createDirectory(
      atPath: "\(shell.folder)/Migrations/sqlite", withIntermediateDirectories: true)
    let directory = try MigrationDirectory(root: "\(shell.folder)/Migrations", dialect: "sqlite")
    let empty = try SchemaSnapshot(dialect: "sqlite").json()
    func write(_ name: String, _ up: String, at second: Int64) throws {
      try directory.write(
        name: name, at: Timestamp(microseconds: 1_700_000_000_000_000 + second * 1_000_000),
        contents: MigrationContents(
          up: up, down: "", snapshot: empty,
          meta: MigrationMeta(tool: "test", statements: [], downStatements: [])))
    }
    try write("quick", "CREATE TABLE quick (id INTEGER);\nDROP TABLE quick;\n", at: 0)
    try write(
      "slow",
      """
      CREATE TABLE before_it (id INTEGER);
      CREATE TABLE slow AS WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c WHERE x < 100000000000)
      SELECT count(*) AS k FROM c;
      """, at: 1)
    return shell
  }

  /// Waits until the slow migration runs, which the lock's row and the first migration's tell.
  private func started(_ shell: CommandLineHarness) async throws {
    for _ in 0..<600 {
      if FileManager.default.fileExists(atPath: "\(shell.folder)/app.db"),
        let list = try? await shell.run("migrate", "status", "--json").json()["migrations"]?.array,
        list.first?["state"]?.string == "applied"
      {
        return
      }
      try await Task.sleep(for: .milliseconds(50))
    }
    Issue.record("the run did not begin")
  }

  private func check(_ shell: CommandLineHarness) async throws {
    let states = try await shell.run("migrate", "status", "--json").json()["migrations"]?.array ?? []
    #expect(states.map { $0["state"]?.string } == ["applied", "pending"])
    #expect(try await shell.run("migrate", "unlock", "--json").json()["holder"] == .null)
    #expect(await shell.run("drift").status == .success)
  }

  @Test func aCancelledTaskEndsCleanly() async throws {
    let shell = try await slow()
    defer { shell.remove() }
    let run = Task { await shell.run("migrate", "latest") }
    try await started(shell)
    run.cancel()
    let ended = await run.value
    #expect(ended.status == .interrupted, "\(ended)")
    #expect(ended.error.contains("[cancelled]"))
    try await check(shell)
  }

  @Test(arguments: [(SIGINT, ToolStatus.interrupted), (SIGTERM, .terminated)])
  func signalsEndTheProcessCleanly(_ number: Int32, _ status: ToolStatus) async throws {
    let shell = try await slow()
    defer { shell.remove() }
    let process = Process()
    process.executableURL = try Self.executable()
    process.currentDirectoryURL = URL(filePath: shell.folder)
    process.arguments = ["migrate", "latest", "--url", shell.url]
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    try await started(shell)
    kill(process.processIdentifier, number)
    while process.isRunning { try await Task.sleep(for: .milliseconds(20)) }
    #expect(process.terminationReason == .exit)
    #expect(process.terminationStatus == status.rawValue)
    try await check(shell)
  }

  /// The standalone command, which is built beside the tests.
  private static func executable() throws -> URL {
    let tests = URL(filePath: CommandLine.arguments[0]).resolvingSymlinksInPath()
    for folder in sequence(first: tests.deletingLastPathComponent(), next: { $0.deletingLastPathComponent() }).prefix(4)
    {
      let candidate = folder.appending(path: "rowan")
      if FileManager.default.isExecutableFile(atPath: candidate.path) { return candidate }
    }
    throw RowanError(.notFound, "the executable rowan is not beside \(tests.path)")
  }
}
