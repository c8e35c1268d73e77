import RowanCore
import Testing

@testable import RowanMigrations

/// A statement whose table somebody else is using gives way soon, and is tried again.
@Suite struct LockTimeoutTests {
  private static let engines = MigrationEngine.all.filter { $0.name != "sqlite" }

  private func migrator(_ setup: MigrationSetup, retries: Int) -> Migrator {
    var options = MigrationOptions(policy: MigrationPolicy(requiresReview: false))
    options.lockRetries = retries
    options.drift = .ignore
    let adapter = DatabaseMigrations(
      setup.database, settings: MigrationSettings(lockTimeout: .milliseconds(300)))
    return Migrator(adapter, setup.directory, options: options)
  }

  /// Reads the table in a transaction, which keeps others from changing it, and runs `body`.
  private func reading(_ setup: MigrationSetup, _ body: @Sendable () async throws -> Void) async throws {
    let reader = try await MigrationEngine.open(setup.url)
    do {
      try await reader.transaction { transaction in
        _ = try await transaction.rows(text: "SELECT * FROM busy")
        try await body()
      }
    } catch {
      await reader.close()
      throw error
    }
    await reader.close()
  }

  @Test(arguments: engines) func theWaitIsShort(_ engine: MigrationEngine) async throws {
    try await engine.withSetup { setup in
      try await setup.run("CREATE TABLE busy (id INTEGER)")
      try setup.write("alter", up: "ALTER TABLE busy ADD COLUMN n INTEGER;\n")
      try await reading(setup) {
        let error = await #expect(throws: RowanError.self) { try await migrator(setup, retries: 0).run(.latest) }
        #expect(error?.code == .migrationFailed)
        #expect((error?.cause as? RowanError)?.code == .lockTimeout, "\(String(describing: error))")
      }
      let columns = try await setup.database.dialect.makeIntrospector().introspect(
        setup.database, IntrospectionOptions()
      ).schema.table(ObjectName("busy"))?.columns.map(\.name)
      #expect(columns == ["id"])
      #expect(try await migrator(setup, retries: 0).run(.latest).count == 1)
    }
  }

  @Test(arguments: engines) func itIsTriedAgain(_ engine: MigrationEngine) async throws {
    try await engine.withSetup { setup in
      try await setup.run("CREATE TABLE busy (id INTEGER)")
      try setup.write("alter", up: "ALTER TABLE busy ADD COLUMN n INTEGER;\n")
      let migrator = migrator(setup, retries: 20)
      let run = LockTimeoutRun()
      try await reading(setup) {
        await run.start { try await migrator.run(.latest).count }
        // Long enough for the first attempt to fail, which on MariaDB and MySQL takes a whole second.
        try await Task.sleep(for: .milliseconds(1600))
      }
      #expect(try await run.result() == 1)
    }
  }
}

/// A run that is under way.
private actor LockTimeoutRun {
  private var task: Task<Int, any Error>?
  func start(_ body: @escaping @Sendable () async throws -> Int) { task = Task { try await body() } }
  func result() async throws -> Int? { try await task?.value }
}
