import RowanCore
import RowanPostgres
import Testing

@Suite(.postgres)
struct CancellationTests {
  /// What the backends of this process still run.
  private func running(_ driver: PostgresDriver, _ marker: String) async throws -> Int64 {
    try await driver.int(
      "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND query LIKE $1 AND pid <> pg_backend_pid()",
      [.text("%\(marker)%")])
  }

  private func waitUntilNothingRuns(_ driver: PostgresDriver, _ marker: String) async throws {
    try await until { try await running(driver, marker) == 0 }
  }

  /// The numbers of the backends that serve connections of `name`.
  private func backends(_ driver: PostgresDriver, _ name: String) async throws -> [Int64] {
    try await driver.query(
      "SELECT pid::int8 FROM pg_stat_activity WHERE application_name = $1 ORDER BY pid", [.text(name)]
    ) { $0.int64() }
  }

  @Test func cancelReachesTheServer() async throws {
    let marker = Statements.name("marker")
    var configuration = try ServerAccess.configuration(pool: PoolOptions(maxConnections: 2, lanes: 1))
    configuration.applicationName = marker
    try await ServerAccess.withDriver(configuration) { driver in
      var open: [Int64] = []
      for round in 0..<5 {
        let started = ContinuousClock.now
        let task = Task { try await driver.execute("SELECT pg_sleep(60) /* \(marker) */") }
        try await until { try await running(driver, marker) > 0 }
        if open.isEmpty { open = try await backends(driver, marker) }
        task.cancel()
        let error = try await rowanError { try await task.value }
        #expect(error.code == .cancelled && error.cause is CancellationError, "round \(round)")
        try await waitUntilNothingRuns(driver, marker)
        // Not because it had slept enough.
        #expect(started.duration(to: .now) < .seconds(55))
      }
      // Nothing strays into the next statements, and the connections were kept: that which ran, and that which asked.
      for _ in 0..<50 {
        let found = try await driver.int("SELECT 1::int8")
        #expect(found == 1)
      }
      #expect(open.count == 2)
      #expect(try await backends(driver, marker) == open)
    }
  }

  @Test func cancelledBeforeAndWhileQueued() async throws {
    try await ServerAccess.withDriver(pool: PoolOptions(maxConnections: 1, lanes: 1)) { driver in
      let held = Counter()
      let done = Counter()
      let holder = Task {
        try await driver.withConnection(Lease(access: .read)) { _ in
          held.add()
          try await done.wait(for: 1)
        }
      }
      try await held.wait(for: 1)
      let queued = Task { try await driver.execute("SELECT 1") }
      try await Task.sleep(for: .milliseconds(20))
      queued.cancel()
      #expect(try await rowanError { try await queued.value }.code == .cancelled)
      done.add()
      let early = Task {
        while !Task.isCancelled { await Task.yield() }
        return try await driver.execute("SELECT 1")
      }
      early.cancel()
      #expect(try await rowanError { try await early.value }.code == .cancelled)
      try await holder.value
      #expect(try await driver.int("SELECT 1::int8") == 1)
    }
  }

  @Test func timeouts() async throws {
    try await ServerAccess.withDriver(pool: PoolOptions(maxConnections: 2, lanes: 1)) { driver in
      let marker = Statements.name("marker")
      for _ in 0..<3 {
        let started = ContinuousClock.now
        let error = try await rowanError {
          try await driver.execute("SELECT pg_sleep(60) /* \(marker) */", timeout: .milliseconds(50))
        }
        #expect(error.code == .queryTimeout)
        #expect(started.duration(to: .now) >= .milliseconds(50))
        try await waitUntilNothingRuns(driver, marker)
      }
      try await driver.withConnection(Lease(access: .write)) { raw in
        let connection = Connection(raw: raw)
        try await raw.begin(TransactionOptions())
        try await connection.execute("SELECT 1")
        try await raw.savepoint(1)
        let error = try await rowanError {
          try await connection.execute("SELECT pg_sleep(60) /* \(marker) */", timeout: .milliseconds(30))
        }
        #expect(error.code == .queryTimeout)
        // The transaction goes on from its savepoint.
        try await raw.rollbackToSavepoint(1)
        #expect(try await connection.int("SELECT 2::int8") == 2)
        #expect(
          try await rowanError {
            try await connection.execute("SELECT pg_sleep(60) /* \(marker) */", timeout: .milliseconds(30))
          }.code == .queryTimeout)
        #expect(try await rowanError { try await connection.execute("SELECT 1") }.code == .transactionAborted)
        try await raw.rollback()
        #expect(try await connection.int("SELECT 3::int8") == 3)
      }
    }
  }

  @Test func limitOfTheSession() async throws {
    var pool = PoolOptions(maxConnections: 2, lanes: 1)
    pool.statementTimeout = .milliseconds(60)
    try await ServerAccess.withDriver(pool: pool, multiplex: true) { driver in
      #expect(try await driver.query("SHOW statement_timeout") { $0.string() } == ["60ms"])
      let error = try await rowanError { try await driver.execute("SELECT pg_sleep(60)") }
      #expect(error.code == .queryTimeout && error.server?.sqlState == "57014")
      // A limit of its own may be longer than the session's, in and outside a transaction.
      try await driver.execute("SELECT pg_sleep(0.2)", timeout: .seconds(20))
      try await driver.withConnection(Lease(access: .write)) { raw in
        let connection = Connection(raw: raw)
        try await raw.begin(TransactionOptions())
        try await connection.execute("SELECT pg_sleep(0.2)", timeout: .seconds(20))
        #expect(try await connection.query("SHOW statement_timeout") { $0.string() } == ["60ms"])
        try await raw.rollback()
      }
      let slow = Statements.compile("SELECT pg_sleep(60)", isPointRead: true)
      for _ in 0..<20 { _ = try? await driver.query(slow) { _ in } }
      #expect(try await driver.int("SELECT 1::int8") == 1)
    }
  }

  @Test func checkoutTimeout() async throws {
    var pool = PoolOptions(maxConnections: 1, lanes: 1)
    pool.checkoutTimeout = .milliseconds(50)
    try await ServerAccess.withDriver(pool: pool) { driver in
      try await driver.withConnection(Lease(access: .read)) { _ in
        var error = try await rowanError { try await driver.execute("SELECT 1") }
        #expect(error.code == .poolTimeout && error.message.contains("1 of 1"))
        error = try await rowanError { try await driver.execute("SELECT 1", timeout: .milliseconds(10)) }
        #expect(error.code == .queryTimeout)
      }
      #expect(try await driver.int("SELECT 1::int8") == 1)
    }
  }

  @Test func sharedQueriesAreDetached() async throws {
    try await ServerAccess.withDriver(pool: PoolOptions(maxConnections: 2, lanes: 1), multiplex: true) { driver in
      let quick = Statements.compile("SELECT $1::int8", [.bigint], isPointRead: true)
      let slow = Statements.compile("SELECT $1::int8 FROM pg_sleep(2)", [.bigint], isPointRead: true)
      // Until the shared connection is open, queries take the ordinary one.
      for _ in 0..<30 {
        _ = try await driver.query(quick, [.int(1)]) { $0.int64() }
        try await Task.sleep(for: .milliseconds(5))
      }
      let first = Task { try await driver.query(slow, [.int(1)]) { $0.int64() } }
      let second = Task { try await driver.query(slow, [.int(2)]) { $0.int64() } }
      // Before the connection takes no more.
      try await Task.sleep(for: .milliseconds(5))
      let behind = Task { try await driver.query(quick, [.int(3)]) { $0.int64() } }
      try await Task.sleep(for: .milliseconds(60))
      first.cancel()
      let started = ContinuousClock.now
      #expect(try await rowanError { try await first.value }.code == .cancelled)
      #expect(started.duration(to: .now) < .milliseconds(1500))
      // Their neighbours are answered all the same.
      #expect(try await second.value == [2])
      #expect(try await behind.value == [3])
    }
  }

  @Test func sharedFailuresAreTheirOwn() async throws {
    try await ServerAccess.withDriver(pool: PoolOptions(maxConnections: 4, lanes: 2), multiplex: true) { driver in
      let statement = Statements.compile("SELECT 100 / $1::int8", [.bigint], isPointRead: true)
      let unknown = Statements.compile("SELECT no_such + $1::int8", [.bigint], isPointRead: true)
      try await withThrowingTaskGroup(of: Void.self) { group in
        for index in 0..<600 {
          group.addTask {
            switch index % 3 {
            case 0:
              let found = try await driver.query(statement, [.int(5)]) { $0.int64() }
              #expect(found == [20])
            case 1:
              let error = try await rowanError { _ = try await driver.query(statement, [.int(0)]) { $0.int64() } }
              #expect(error.code == .valueOutOfRange)
            default:
              let error = try await rowanError { _ = try await driver.query(unknown, [.int(1)]) { $0.int64() } }
              #expect(error.code == .unknownColumn)
            }
          }
        }
        try await group.waitForAll()
      }
    }
  }
}
