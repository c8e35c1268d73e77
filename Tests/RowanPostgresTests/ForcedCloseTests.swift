import RowanCore
import RowanPostgres
import Testing

/// Closing while somebody holds on.
@Suite(.postgres) struct ForcedCloseTests {
  @Test func bodiesThatWaitForSomethingElse() async throws {
    let driver = try await PostgresDriver.open(ServerAccess.configuration())
    let started = Counter()
    let body = Task {
      try await driver.withConnection(Lease(access: .read)) { _ in
        started.add()
        try await Task.sleep(for: .seconds(60))
      }
    }
    try await started.wait(for: 1)
    let start = ContinuousClock.now
    await driver.close(timeout: .milliseconds(100))
    #expect(start.duration(to: .now) < .seconds(20))
    body.cancel()
    _ = await body.result
  }

  @Test func streamsThatNobodyReads() async throws {
    let driver = try await PostgresDriver.open(ServerAccess.configuration())
    let stream = try await driver.stream(
      DriverCall(Statements.compile("SELECT generate_series(1, 1000)::int8 AS n"), []))
    let first = try await stream.nextBatch(limit: 10) { rows in try Statements.readAll(rows) { $0.int64() } }
    #expect(first?.count == 10)
    await driver.close(timeout: .milliseconds(100))
    let error = try await rowanError { _ = try await stream.nextBatch(limit: 10) { _ in 1 } }
    #expect(error.code == .databaseClosed)
    await stream.close()
  }

  /// The server may have carried it out, so that it is not reported as rolled back.
  @Test func commitsOnTheirWay() async throws {
    let name = Statements.name("slow_commit")
    let other = try await PostgresDriver.open(ServerAccess.configuration())
    try await other.execute("CREATE TABLE \(name) (n int8)")
    try await other.execute(
      "CREATE FUNCTION \(name)() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(30); RETURN NULL; END $$"
    )
    try await other.execute(
      """
      CREATE CONSTRAINT TRIGGER slow AFTER INSERT ON \(name) DEFERRABLE INITIALLY DEFERRED
      FOR EACH ROW EXECUTE FUNCTION \(name)()
      """)
    var configuration = try ServerAccess.configuration()
    configuration.applicationName = name
    let driver = try await PostgresDriver.open(configuration)
    let task = Task {
      try await driver.withConnection(Lease(access: .write)) { raw in
        try await raw.begin(TransactionOptions())
        try await Connection(raw: raw).execute("INSERT INTO \(name) VALUES (1)")
        do {
          try await raw.commit()
        } catch {
          try await raw.rollback()
          throw error
        }
      }
    }
    try await until {
      try await other.int(
        "SELECT count(*) FROM pg_stat_activity WHERE application_name = $1 AND query = 'COMMIT' AND state = 'active'",
        [.text(name)]) > 0
    }
    await driver.close(timeout: .milliseconds(100))
    #expect(try await rowanError { try await task.value }.code == .commitUnknown)
    try await other.execute("DROP TABLE \(name)")
    try await other.execute("DROP FUNCTION \(name)()")
    await other.close(timeout: .seconds(10))
  }
}
