import RowanCore
import Testing

@testable import RowanMigrations

/// What a migration changes of its connection is undone however it ends.
@Suite struct ConnectionSettingTests {
  @Test(.enabled(if: MigrationEngine.all.contains { $0.name == "sqlite" }))
  func aRunThatIsCancelledLeavesForeignKeysOn() async throws {
    try await MigrationEngine(name: "sqlite").withSetup { setup in
      let adapter = DatabaseMigrations(setup.database)
      let task = Task {
        try await adapter.withSession { session in
          try await session.transaction(of: ["DROP TABLE a"]) { _ in withUnsafeCurrentTask { $0?.cancel() } }
        }
      }
      _ = await task.result
      let isOn = try await setup.value("SELECT CAST(foreign_keys AS TEXT) FROM pragma_foreign_keys")
      #expect(isOn == "1")
    }
  }
}
