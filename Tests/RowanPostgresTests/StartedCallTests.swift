import RowanCore
import RowanPostgres
import Synchronization
import Testing

/// Queries of a task on a lane, which are sent before they are waited for, on the shared connection and on one of the
/// pool.
@Suite(.postgres) struct StartedCallTests {
  /// A driver with one lane, and how many statements it has started rather than run.
  private final class Subject: Sendable {
    let driver: PostgresDriver
    let multiplexed: Bool
    private let starts = Atomic<Int>(0)

    init(_ driver: PostgresDriver, multiplexed: Bool) {
      self.driver = driver
      self.multiplexed = multiplexed
    }

    var started: Int { starts.load(ordering: .relaxed) }

    func statement(_ sql: String, _ types: [SQLType?] = []) -> Compiled {
      Statements.compile(sql, types, isPointRead: multiplexed)
    }

    /// The first column of every row, as the core asks for it.
    func query(_ compiled: Compiled, _ values: [SQLValue] = []) async throws -> [Int64] {
      let call = DriverCall(compiled, ContiguousArray(values))
      var found: [Int64]?
      let read = { (rows: RowSource) in
        var numbers: [Int64] = []
        while try rows.next() {
          var reader = RowReader(cells: rows.cells, count: rows.columnCount)
          numbers.append(reader.int64())
          if let failure = reader.failure { throw failure }
        }
        found = numbers
      }
      if driver.canStart, let started = try driver.start(call) {
        starts.wrappingAdd(1, ordering: .relaxed)
        try await started.answer()
        if try started.read(read) { return found ?? [] }
      }
      return try await driver.query(compiled, values) { $0.int64() }
    }
  }

  private func onLane(multiplexed: Bool, _ body: @Sendable (Subject) async throws -> Void) async throws {
    let pool = PoolOptions(maxConnections: multiplexed ? 2 : 1, lanes: 1)
    try await ServerAccess.withDriver(pool: pool, multiplex: multiplexed) { driver in
      let subject = Subject(driver, multiplexed: multiplexed)
      try await withTaskExecutorPreference(driver.lanes.lanes[0]) {
        let one = subject.statement("SELECT 1::int8")
        // Until the shared connection is open, and a connection of the pool knows the statement.
        for _ in 0..<30 where subject.started < 3 {
          #expect(try await subject.query(one) == [1])
          try await Task.sleep(for: .milliseconds(5))
        }
        #expect(subject.started >= 3)
        try await body(subject)
        let before = subject.started
        for _ in 0..<100 where subject.started == before {
          #expect(try await subject.query(one) == [1])
          try await Task.sleep(for: .milliseconds(20))
        }
        #expect(subject.started > before, "what happened has left no connection at hand")
      }
    }
  }

  @Test(arguments: [true, false]) func aTableThatChangesUnderAStatement(_ multiplexed: Bool) async throws {
    let table = "started_\(UInt32.random(in: 0 ... .max))"
    try await onLane(multiplexed: multiplexed) { subject in
      let driver = subject.driver
      func run(_ sql: String) async throws { try await driver.execute(sql) }
      try await run("CREATE TABLE \(table) (id bigint PRIMARY KEY, n integer)")
      try await run("INSERT INTO \(table) VALUES (7, 1)")
      let read = subject.statement("SELECT * FROM \(table) WHERE id = $1", [.bigint])
      for _ in 0..<3 { #expect(try await subject.query(read, [.int(7)]) == [7]) }
      try await run("ALTER TABLE \(table) ALTER COLUMN n TYPE bigint")
      for _ in 0..<3 { #expect(try await subject.query(read, [.int(7)]) == [7]) }
      try await run("DROP TABLE \(table)")
      let gone = await #expect(throws: RowanError.self) { _ = try await subject.query(read, [.int(7)]) }
      #expect(gone?.code == .unknownTable)
    }
  }

  @Test(arguments: [true, false]) func errorsAreTheirOwn(_ multiplexed: Bool) async throws {
    try await onLane(multiplexed: multiplexed) { subject in
      let inverse = subject.statement("SELECT 6 / $1::int8", [.bigint])
      let null = subject.statement("SELECT NULL::int8 WHERE $1::int8 > 0", [.bigint])
      for _ in 0..<5 {
        let found = try await subject.query(inverse, [.int(3)])
        #expect(found == [2])
        let error = await #expect(throws: RowanError.self) { _ = try await subject.query(inverse, [.int(0)]) }
        #expect(error?.code == .valueOutOfRange)
        #expect(error?.sql == "SELECT 6 / $1::int8")
        // A row that cannot be read gives its connection back too.
        await #expect(throws: DecodeFailure.self) { _ = try await subject.query(null, [.int(1)]) }
      }
    }
  }

  @Test(arguments: [true, false]) func cancellation(_ multiplexed: Bool) async throws {
    try await onLane(multiplexed: multiplexed) { subject in
      let sleep = subject.statement("SELECT 1::int8 FROM pg_sleep($1::float8)", [.double])
      for _ in 0..<2 { #expect(try await subject.query(sleep, [.double(0)]) == [1]) }
      let task = Task(executorPreference: subject.driver.lanes.lanes[0]) {
        try await subject.query(sleep, [.double(1)])
      }
      try await Task.sleep(for: .milliseconds(100))
      let start = ContinuousClock.now
      task.cancel()
      #expect(try await rowanError { _ = try await task.value }.code == .cancelled)
      #expect(start.duration(to: .now) < .milliseconds(900))
      let late = Task(executorPreference: subject.driver.lanes.lanes[0]) {
        withUnsafeCurrentTask { $0?.cancel() }
        return try await subject.query(sleep, [.double(0)])
      }
      #expect(try await rowanError { _ = try await late.value }.code == .cancelled)
    }
  }

  @Test(arguments: [true, false]) func aSessionThatIsEnded(_ multiplexed: Bool) async throws {
    try await onLane(multiplexed: multiplexed) { subject in
      let backend = subject.statement("SELECT pg_backend_pid()::int8")
      for _ in 0..<2 { _ = try await subject.query(backend) }
      let end = subject.statement(
        "SELECT 1::int8 FROM pg_terminate_backend(pg_backend_pid()) WHERE $1::int8 > 0", [.bigint])
      #expect(try await subject.query(end, [.int(0)]).isEmpty)
      #expect(try await rowanError { _ = try await subject.query(end, [.int(1)]) }.code == .connectionLost)
    }
  }

  /// Types that are not built in are looked up before their values are read.
  @Test(arguments: [true, false]) func aTypeOfTheDatabase(_ multiplexed: Bool) async throws {
    let type = "started_\(UInt32.random(in: 0 ... .max))"
    try await onLane(multiplexed: multiplexed) { subject in
      let driver = subject.driver
      func run(_ sql: String) async throws { try await driver.execute(sql) }
      try await run("CREATE DOMAIN \(type) AS int8")
      try await run("CREATE TYPE \(type)_mood AS ENUM ('sad')")
      let read = subject.statement("SELECT $1::\(type), 'sad'::\(type)_mood", [.bigint])
      for _ in 0..<3 { #expect(try await subject.query(read, [.int(4)]) == [4]) }
      try await run("DROP TYPE \(type)_mood")
      try await run("DROP DOMAIN \(type)")
    }
  }

  /// On the lane's thread, but by a task that would not come back to it.
  @Test func aTaskThatDoesNotPreferTheLane() async throws {
    try await onLane(multiplexed: false) { subject in
      let one = subject.statement("SELECT 1::int8")
      let task = Task.immediate { () async throws -> ([Int64], canStart: Bool) in
        let canStart = subject.driver.canStart
        return (try await subject.query(one), canStart)
      }
      let (found, canStart) = try await task.value
      #expect(found == [1])
      #expect(!canStart)
    }
  }
}
