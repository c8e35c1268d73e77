import RowanCore
import RowanPostgres
import Testing

/// Connections whose server goes away.
@Suite(.postgres, .serialized)
struct LostConnectionTests {
  /// Ends the sessions of other backends, as an administrator would.
  private func terminateOthers(_ driver: PostgresDriver, _ condition: String = "true") async throws {
    _ = try await driver.query(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND \(condition)"
    ) { $0.bool() }
  }

  @Test func killedWhileWorking() async throws {
    try await VictimServer.with { victim in
      let driver = try await PostgresDriver.open(victim.configuration(pool: PoolOptions(maxConnections: 4, lanes: 1)))
      try await driver.execute("CREATE TABLE kept (n int8)")
      let running = Task { try await driver.execute("SELECT pg_sleep(60)") }
      let open = Counter()
      let killed = Counter()
      let transaction = Task {
        try await driver.withConnection(Lease(access: .write)) { raw in
          let connection = Connection(raw: raw)
          try await raw.begin(TransactionOptions())
          try await connection.execute("INSERT INTO kept VALUES (1)")
          open.add()
          try await killed.wait(for: 1)
          let error = try await rowanError { try await connection.execute("INSERT INTO kept VALUES (2)") }
          #expect(error.code == .connectionLost)
          #expect(try await rowanError { try await raw.commit() }.code != .internalError)
          try await raw.rollback()
        }
      }
      try await open.wait(for: 1)
      #expect(try await driver.int("SELECT 1::int8") == 1)
      try await victim.kill()
      #expect(try await rowanError { try await running.value }.code == .connectionLost)
      killed.add()
      try await transaction.value
      // Idle connections have noticed as well: the next error is that of connecting anew.
      let refused = try await rowanError { try await driver.execute("SELECT 1") }
      #expect(refused.code == .connectionRefused || refused.code == .connectionLost)
      try await victim.start()
      #expect(try await eventually(driver) == 0)
      await driver.close(timeout: .seconds(5))
    }
  }

  /// The rows of the table, once the server is back.
  private func eventually(_ driver: PostgresDriver) async throws -> Int64 {
    for _ in 0..<50 {
      if let count = try? await driver.int("SELECT count(*) FROM kept") { return count }
      try await Task.sleep(for: .milliseconds(100))
    }
    return try await driver.int("SELECT count(*) FROM kept")
  }

  @Test func terminatedWhileIdle() async throws {
    try await VictimServer.with { victim in
      let driver = try await PostgresDriver.open(
        victim.configuration(pool: PoolOptions(maxConnections: 4, lanes: 1), multiplex: true))
      let other = try await PostgresDriver.open(victim.configuration(pool: PoolOptions(maxConnections: 1, lanes: 1)))
      let read = Statements.compile("SELECT $1::int8", [.bigint], isPointRead: true)
      for _ in 0..<3 {
        for _ in 0..<20 {
          let found = try await driver.query(read, [.int(5)]) { $0.int64() }
          #expect(found == [5])
          try await Task.sleep(for: .milliseconds(1))
        }
        try await terminateOthers(other)
        try await Task.sleep(for: .milliseconds(100))
        // Nobody notices: the dead connections are replaced before they are used.
        #expect(try await driver.query(read, [.int(6)]) { $0.int64() } == [6])
        #expect(try await driver.int("SELECT 7::int8") == 7)
      }
      await other.close(timeout: .seconds(5))
      await driver.close(timeout: .seconds(5))
    }
  }

  @Test func terminatedWhileWorking() async throws {
    try await VictimServer.with { victim in
      let driver = try await PostgresDriver.open(
        victim.configuration(pool: PoolOptions(maxConnections: 3, lanes: 1), multiplex: true))
      let other = try await PostgresDriver.open(victim.configuration(pool: PoolOptions(maxConnections: 1, lanes: 1)))
      let read = Statements.compile("SELECT $1::int8 FROM pg_sleep(2)", [.bigint], isPointRead: true)
      let quick = Statements.compile("SELECT $1::int8", [.bigint], isPointRead: true)
      for _ in 0..<20 {
        _ = try await driver.query(quick, [.int(1)]) { $0.int64() }
        try await Task.sleep(for: .milliseconds(2))
      }
      let tasks = (0..<5).map { index in Task { try await driver.query(read, [.int(Int64(index))]) { $0.int64() } } }
      let sleeping =
        "SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%pg_sleep(2)%' AND state = 'active' AND pid <> pg_backend_pid()"
      try await until { try await other.int(sleeping) > 0 }
      try await terminateOthers(other)
      for task in tasks {
        let error = try await rowanError { try await task.value }
        #expect(error.code == .connectionLost)
      }
      try await Task.sleep(for: .milliseconds(100))
      #expect(try await driver.query(quick, [.int(8)]) { $0.int64() } == [8])
      let stream = try await driver.stream(DriverCall(Statements.compile("SELECT generate_series(1, 100)::int8"), []))
      _ = try await stream.nextBatch(limit: 10) { _ in true }
      try await terminateOthers(other)
      #expect(try await rowanError { try await stream.nextBatch(limit: 10) { _ in true } }.code == .connectionLost)
      await stream.close()
      #expect(try await driver.int("SELECT 9::int8") == 9)
      await other.close(timeout: .seconds(5))
      await driver.close(timeout: .seconds(5))
    }
  }

  @Test(arguments: [false, true]) func killedWhileReading(multiplex: Bool) async throws {
    try await VictimServer.with { victim in
      let driver = try await PostgresDriver.open(
        victim.configuration(
          pool: PoolOptions(maxConnections: 4, checkoutTimeout: .seconds(3), lanes: 1), multiplex: multiplex))
      let many = Statements.compile("SELECT generate_series(1, 1000000)::int8 AS n")
      let stream = try await driver.stream(DriverCall(many, []))
      let first = try await stream.nextBatch(limit: 10) { rows in try Statements.readAll(rows) { $0.int64() } }
      #expect(first?.count == 10)
      // Reads that share a connection, of which some are under way at any time.
      let read = Statements.compile("SELECT $1::int8", [.bigint], isPointRead: true)
      let started = Counter()
      let readers = (0..<20).map { index in
        Task {
          while true {
            let found = try await driver.query(read, [.int(Int64(index))]) { $0.int64() }
            #expect(found == [Int64(index)])
            started.add()
          }
        }
      }
      try await started.wait(for: 100)
      try await victim.kill()
      let lost: [RowanError.Code] = [.connectionLost, .connectionRefused]
      for reader in readers { #expect(lost.contains(try await rowanError { try await reader.value }.code)) }
      let error = try await rowanError { _ = try await stream.nextBatch(limit: 10) { _ in 1 } }
      #expect(error.code == .connectionLost)
      await stream.close()
      try await victim.start()
      try await until { (try? await driver.int("SELECT 1::int8")) == 1 }
      let again = try await driver.query(read, [.int(7)]) { $0.int64() }
      #expect(again == [7])
      await driver.close(timeout: .seconds(5))
    }
  }

  @Test func lostWhileCommitting() async throws {
    try await VictimServer.with { victim in
      let driver = try await PostgresDriver.open(victim.configuration(pool: PoolOptions(maxConnections: 2, lanes: 1)))
      // A deferred trigger makes COMMIT take its time.
      try await driver.execute("CREATE TABLE slow (n int8)")
      try await driver.execute(
        "CREATE FUNCTION slow_commit() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(60); RETURN NULL; END $$"
      )
      try await driver.execute(
        """
        CREATE CONSTRAINT TRIGGER slow AFTER INSERT ON slow DEFERRABLE INITIALLY DEFERRED
        FOR EACH ROW EXECUTE FUNCTION slow_commit()
        """)
      let task = Task {
        try await driver.withConnection(Lease(access: .write)) { raw in
          try await raw.begin(TransactionOptions())
          try await Connection(raw: raw).execute("INSERT INTO slow VALUES (1)")
          do {
            try await raw.commit()
          } catch {
            try await raw.rollback()
            throw error
          }
        }
      }
      try await until {
        try await driver.int("SELECT count(*) FROM pg_stat_activity WHERE query = 'COMMIT' AND state = 'active'") > 0
      }
      try await victim.kill()
      #expect(try await rowanError { try await task.value }.code == .commitUnknown)
      await driver.close(timeout: .seconds(5))
    }
  }
}
