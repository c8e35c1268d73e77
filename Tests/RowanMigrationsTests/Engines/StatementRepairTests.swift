import RowanCore
import Testing

@testable import RowanMigrations

/// A runner that dies at a statement written by hand, outside transactions: nobody can tell whether it was done, until a
/// person says so.
@Suite struct StatementRepairTests {
  @Test(arguments: MigrationEngine.all, [true, false])
  func isSettledByAPerson(_ engine: MigrationEngine, _ isDone: Bool) async throws {
    try await engine.withFolder { folder, url in
      let setup = try await MigrationSetup.onFiles(url, folder)
      let statements = [
        "CREATE TABLE log (id integer)", "INSERT INTO log VALUES (1)", "INSERT INTO log VALUES (2)",
        "CREATE TABLE late (id integer)",
      ]
      let up = statements.map { "-- rowan:outside\n\($0);\n" }.joined()
      try setup.write("hand", up: up, down: "DROP TABLE late;\nDROP TABLE log;\n")
      // Three calls a statement: the note before, the statement, the note after. The second statement is the fifth.
      let dead = try await FaultProcess.run(url, folder, "latest", isDone ? "after:5" : "before:5")
      #expect(dead.isKilled, "\(dead.output)")
      var options = MigrationOptions(policy: MigrationPolicy(requiresReview: false))
      options.drift = .ignore
      let migrator = Migrator(DatabaseMigrations(setup.database), setup.directory, options: options)
      for _ in 1...2 {
        let error = await #expect(throws: RowanError.self) { try await migrator.run(.latest) }
        #expect(error?.code == .migrationStatementUnknown)
        #expect(error?.message.contains("hand/up.sql:4") == true, "\(error?.message ?? "")")
        #expect(error?.hint?.contains("--applied 2") == true)
      }
      let stuck = MigrationProgress(direction: .up, applied: 1, total: 4, canResume: true, inDoubt: 1)
      #expect(try await migrator.status().map(\.verdict) == [.unfinished(stuck)])
      try await migrator.repair(isDone ? .applied(2) : .notApplied(2))
      #expect(try await migrator.run(.latest).map(\.statements) == [isDone ? 2 : 3])
      #expect(try await migrator.status().map(\.verdict) == [.applied])
      let type = engine.name == "mysql" ? "CHAR" : "varchar(9)"
      #expect(try await setup.value("SELECT CAST(count(*) AS \(type)) FROM log") == "2")
      #expect(try await setup.value("SELECT CAST(sum(id) AS \(type)) FROM log") == "3")
      await setup.database.close()
    }
  }
}
