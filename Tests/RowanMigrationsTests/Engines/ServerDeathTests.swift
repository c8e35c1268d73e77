import RowanCore
import Testing

@testable import RowanMigrations

/// The server is killed in the middle of a migration.
@Suite(.serialized) struct ServerDeathTests {
  private static var servers: [MigrationEngine] { MigrationEngine.all.filter { $0.name != "sqlite" } }

  private static func setup(_ server: VictimServer, _ directory: MigrationDirectory? = nil) async throws
    -> MigrationSetup
  {
    let database = try await MigrationEngine.open(server.url)
    let new = try MigrationDirectory(storage: InMemoryMigrationStorage(), dialect: database.dialect.name)
    return MigrationSetup(url: server.url, database: database, directory: directory ?? new)
  }

  private static func options(_ progress: (@Sendable (MigrationProgressEvent) -> Void)? = nil) -> MigrationOptions {
    MigrationOptions(
      policy: MigrationPolicy(requiresReview: false), drift: .ignore, lease: .seconds(2), progress: progress)
  }

  /// Runs until the server is gone, and starts it again.
  private static func runAndKill(_ setup: MigrationSetup, _ server: VictimServer, after pause: Duration) async throws {
    let (starts, continuation) = AsyncStream.makeStream(of: Void.self)
    let migrator = try setup.migrator(options { event in if case .started = event { continuation.yield() } })
    let run = Task { try await migrator.run(.latest) }
    for await _ in starts { break }
    try await Task.sleep(for: pause)
    try await server.kill()
    _ = await run.result
    await setup.database.close()
    try await server.start()
  }

  @Test(arguments: servers, [0, 30, 120])
  func aGeneratedMigrationGoesOn(_ engine: MigrationEngine, _ pause: Int) async throws {
    try await VictimServer.with(engine) { server in
      let first = try await Self.setup(server)
      try first.generate("start", FaultTests.schema)
      try await Self.runAndKill(first, server, after: .milliseconds(pause))
      let second = try await Self.setup(server, first.directory)
      try await second.migrator(Self.options()).run(.latest)
      #expect(try await second.drift().differences == [])
      #expect(try await second.migrator().status().map(\.verdict) == [.applied])
      await second.database.close()
    }
  }

  @Test(arguments: servers)
  func aStatementUnderWayIsTakenBackOrExplained(_ engine: MigrationEngine) async throws {
    try await VictimServer.with(engine) { server in
      let first = try await Self.setup(server)
      let sleep = engine.name == "mysql" ? "DO SLEEP(30)" : "SELECT pg_sleep(30)"
      let up =
        "CREATE TABLE one (id integer);\nINSERT INTO one VALUES (1);\n\(sleep);\nCREATE TABLE two (id integer);\n"
      try first.write("slow", up: up, down: "DROP TABLE two;\nDROP TABLE one;\n")
      // Long enough to be asleep.
      try await Self.runAndKill(first, server, after: .seconds(1))
      let second = try await Self.setup(server, first.directory)
      let migrator = try second.migrator(Self.options())
      if second.dialect.capabilities.transactionalDDL {
        #expect(try await migrator.status().map(\.verdict) == [.pending])
        #expect(try await second.introspect().tables.isEmpty)
      } else {
        let error = await #expect(throws: RowanError.self) { try await migrator.run(.latest) }
        #expect(error?.code == .migrationStatementUnknown)
        #expect(error?.message.contains("slow/up.sql:3") == true, "\(error?.message ?? "")")
        try await migrator.repair(.applied(3))
        try await migrator.run(.latest)
        #expect(try await migrator.status().map(\.verdict) == [.applied])
        #expect(try await second.value("SELECT CAST(count(*) AS CHAR) FROM one") == "1")
        #expect(try await second.introspect().tables.map(\.name.name) == ["one", "two"])
      }
      await second.database.close()
    }
  }
}
