import Foundation
import RowanCore
import Testing

@testable import RowanMigrations

/// The schema of the Chinook sample database, which nobody made for these tests.
///
/// `ROWAN_TEST_DATA` names the folder that holds `chinook/<engine>.sql`.
@Suite(
  .enabled(
    if: ProcessInfo.processInfo.environment["ROWAN_TEST_DATA"] != nil, "ROWAN_TEST_DATA names no folder with chinook/"))
struct ChinookTests {
  @Test(arguments: MigrationEngine.all)
  func isReadAndMadeAgain(_ engine: MigrationEngine) async throws {
    let folder = try #require(ProcessInfo.processInfo.environment["ROWAN_TEST_DATA"])
    let script = try String(contentsOfFile: "\(folder)/chinook/\(engine.name).sql", encoding: .utf8)
    try await engine.withSetup { setup in
      // The database is there; psql's command to change to another one is for psql.
      let lines = script.split(separator: "\n", omittingEmptySubsequences: false).filter { !$0.hasPrefix("\\c ") }
      let statements = try SQLSplitter(setup.dialect.scriptSyntax).split(lines.joined(separator: "\n")).statements
      let own = statements.filter { statement in
        !["USE ", "CREATE DATABASE", "DROP DATABASE"].contains { statement.text.hasPrefix($0) }
      }
      try await setup.database.withSchemaSession { session in
        for statement in own { try await session.run(text: statement.text) }
      }
      let clock = ContinuousClock(), start = clock.now
      let found = try await setup.introspect()
      let taken = clock.now - start
      print("Chinook on \(engine.name): \(found.tables.count) tables of \(own.count) statements, read in \(taken)")
      #expect(found.tables.count == 11)
      #expect(found.tables.map(\.foreignKeys.count).reduce(0, +) == 11)
      let second = try await DriftCheck.canonical(found, in: try setup.scratch)
      let diff = try SchemaDiff(from: found, to: second, capabilities: setup.dialect.capabilities)
      #expect(diff.differences == [])
      #expect(diff.unverified == [])
      #expect(second == found)
    }
  }
}
