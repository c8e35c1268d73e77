import RowanCore
import RowanPostgres
import Testing

/// A point read that waits for a lock, on the connection it shares with others.
@Suite(.postgres)
struct BlockedReadTests {
  /// The first number of every row, as the core asks for it: sent before it is waited for, where that can be.
  private static func numbers(_ driver: PostgresDriver, _ compiled: Compiled) async throws -> [Int64] {
    if driver.canStart, let started = try driver.start(DriverCall(compiled, [])) {
      try await started.answer()
      var found: [Int64] = []
      if try started.read({ rows in found = try Statements.readAll(rows) { $0.int64() } }) { return found }
    }
    return try await driver.query(compiled) { $0.int64() }
  }

  @Test(arguments: [false, true]) func othersTakeOtherConnections(onLane: Bool) async throws {
    let pool = PoolOptions(maxConnections: 3, lanes: 1)
    try await ServerAccess.withDriver(pool: pool, multiplex: true) { driver in
      let lane: (any TaskExecutor)? = onLane ? driver.lanes.lanes[0] : nil
      let table = Statements.name("blocked")
      try await driver.execute("CREATE TABLE \(table) (id int8 PRIMARY KEY)")
      try await driver.execute("INSERT INTO \(table) VALUES (7)")
      let shared = try await driver.openShared()
      let read = Statements.compile("SELECT id FROM \(table) WHERE id = $1", [.bigint], isPointRead: true)
      let backend = Statements.compile("SELECT pg_backend_pid()::int8", isPointRead: true)
      #expect(try await driver.query(read, [.int(7)]) { $0.int64() } == [7])
      #expect(try await Self.numbers(driver, backend) == [shared])
      try await ServerAccess.withDriver(pool: PoolOptions(maxConnections: 2, lanes: 1)) { other in
        let blocked = try await other.withConnection(Lease(access: .write)) { raw in
          try await raw.begin(TransactionOptions())
          try await Connection(raw: raw).execute("LOCK TABLE \(table) IN ACCESS EXCLUSIVE MODE")
          let blocked = Task { try await driver.query(read, [.int(7)]) { $0.int64() } }
          try await until {
            try await other.int(
              "SELECT count(*) FROM pg_stat_activity WHERE pid = $1 AND wait_event_type = 'Lock'", [.int(shared)]) > 0
          }
          // Those that come before the connection is found stuck wait with it.
          let isFree = Counter()
          var early: [Task<[Int64], any Error>] = []
          let limit = ContinuousClock.now.advanced(by: .seconds(60))
          while isFree.count == 0, ContinuousClock.now < limit {
            early.append(
              Task(executorPreference: lane) {
                let found = try await Self.numbers(driver, backend)
                if found != [shared] { isFree.add() }
                return found
              })
            try await Task.sleep(for: .milliseconds(50))
          }
          let answered = Counter()
          let readers = (0..<20).map { _ in
            Task(executorPreference: lane) {
              let found = try await Self.numbers(driver, backend)
              answered.add()
              return found
            }
          }
          try await answered.wait(for: readers.count)
          for reader in readers { #expect(try await reader.value != [shared]) }
          try await raw.commit()
          for task in early { _ = try await task.value }
          return blocked
        }
        #expect(try await blocked.value == [7])
      }
      // Once the answer is there, the connection is shared again.
      try await until { try await Self.numbers(driver, backend) == [shared] }
      try await driver.execute("DROP TABLE \(table)")
    }
  }
}
