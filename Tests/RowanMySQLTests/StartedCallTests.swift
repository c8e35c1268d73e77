import Synchronization
import Testing

@testable import RowanCore
@testable import RowanMySQL

/// Statements of a task on a lane: sent before they are waited for, by the task or by whoever gives a connection back.
@Suite(.enabled(if: TestDatabase.isRequired), .timeLimit(.minutes(3)))
struct StartedCallTests {
  /// A driver with one lane, and how many statements it has started rather than run.
  private final class Subject: Sendable {
    let driver: MySQLDriver
    let lane: any TaskExecutor
    private let starts = Atomic<Int>(0)

    init(_ driver: MySQLDriver) throws {
      self.driver = driver
      lane = try #require(driver.preferredExecutor)
    }

    var started: Int { starts.load(ordering: .relaxed) }

    /// Every row, as the core asks for them.
    func query(_ compiled: Compiled, _ values: SQLValue...) async throws -> [[Seen]] {
      let call = DriverCall(compiled, ContiguousArray(values))
      var found: [[Seen]]?
      if driver.canStart, let started = try driver.start(call) {
        starts.wrappingAdd(1, ordering: .relaxed)
        try await started.answer()
        if try started.read({ found = try $0.all() }) { return found ?? [] }
      }
      return try await driver.run(call) { try $0.all() }
    }

    /// A task on the lane.
    func task<R: Sendable>(_ body: @escaping @Sendable () async throws -> R) -> Task<R, any Error> {
      Task(executorPreference: lane) { try await body() }
    }
  }

  /// Runs `body` on the lane of a driver whose connections all know `known`, and looks afterwards whether every
  /// connection can be had again.
  private func onLane(
    connections: Int = 1, checkoutTimeout: Duration = .seconds(30), knowing known: [Compiled] = [],
    _ body: @Sendable (Subject) async throws -> Void
  ) async throws {
    let pool = PoolOptions(maxConnections: connections, checkoutTimeout: checkoutTimeout, lanes: 1)
    try await TestDatabase.withDriver(pool: pool) { driver in
      let subject = try Subject(driver)
      try await withTaskExecutorPreference(subject.lane) {
        try await prepare([Self.one] + known, on: connections, driver)
        let before = subject.started
        #expect(try await subject.query(Self.one) == [[.int(1)]])
        #expect(subject.started == before + 1)
        try await body(subject)
        try await prepare([Self.one], on: connections, driver)
        let after = subject.started
        #expect(try await subject.query(Self.one) == [[.int(1)]])
        #expect(subject.started == after + 1, "what happened has left no connection at hand")
      }
    }
  }

  private static let one = Statements.compiled("SELECT 1", access: .read)
  private static let sleep = Statements.compiled("SELECT SLEEP(?)", types: [.double], access: .read)

  /// Has every connection of the pool prepare statements, holding all at once.
  private func prepare(_ statements: [Compiled], on count: Int, _ driver: MySQLDriver) async throws {
    guard count > 0 else { return }
    try await driver.withConnection(Lease(access: .read)) { connection in
      for statement in statements {
        let values = statement.bindTypes.map { _ in SQLValue.int(0) }
        _ = try? await connection.run(DriverCall(statement, ContiguousArray(values))) { try $0.all() }
      }
      try await prepare(statements, on: count - 1, driver)
    }
  }

  @Test func aTableThatChangesUnderAStatement() async throws {
    let table = TestDatabase.name("started")
    let read = Statements.compiled("SELECT * FROM \(table) WHERE id = ?", types: [.bigint], access: .read)
    let write = Statements.compiled("INSERT INTO \(table) (id) VALUES (?)", types: [.bigint])
    try await onLane { subject in
      try await subject.driver.run("CREATE TABLE \(table) (id BIGINT PRIMARY KEY, n INT)")
      for id in 7...8 { #expect(try await subject.query(write, .int(Int64(id))).isEmpty) }
      for _ in 0..<3 { #expect(try await subject.query(read, .int(7)) == [[.int(7), .null]]) }
      try await subject.driver.run("ALTER TABLE \(table) ADD COLUMN m INT NOT NULL DEFAULT 3, MODIFY n BIGINT")
      for _ in 0..<3 { #expect(try await subject.query(read, .int(7)) == [[.int(7), .null, .int(3)]]) }
      for id in 9...10 { #expect(try await subject.query(write, .int(Int64(id))).isEmpty) }
      #expect(try await subject.driver.run("SELECT COUNT(*) FROM \(table)") == [[.int(4)]])
      try await subject.driver.run("DROP TABLE \(table)")
      let gone = await #expect(throws: RowanError.self) { _ = try await subject.query(read, .int(7)) }
      #expect(gone?.code == .unknownTable)
    }
  }

  @Test func errorsAreTheirOwn() async throws {
    let table = TestDatabase.name("started")
    let write = Statements.compiled("INSERT INTO \(table) VALUES (?)", types: [.bigint])
    try await onLane { subject in
      try await subject.driver.run("CREATE TABLE \(table) (id BIGINT PRIMARY KEY)")
      #expect(try await subject.query(write, .int(1)).isEmpty)
      for _ in 0..<3 {
        let twice = await #expect(throws: RowanError.self) { _ = try await subject.query(write, .int(1)) }
        #expect(twice?.code == .uniqueViolation)
        #expect(twice?.sql == write.sql)
        let call = DriverCall(Self.one, [])
        let started = try #require(try subject.driver.start(call))
        try await started.answer()
        // What the reader throws gives the connection back too.
        #expect(throws: Odd.self) { _ = try started.read { _ in throw Odd() } }
        let many = DriverCall(write, [.invalid(EncodingFailure(swiftType: "T", reason: "no"))])
        #expect(throws: RowanError.self) { _ = try subject.driver.start(many) }
      }
      try await subject.driver.run("DROP TABLE \(table)")
    }
  }

  private struct Odd: Error {}

  @Test func thoseThatFindNoConnectionAreServedInTheirOrder() async throws {
    let echo = Statements.compiled("SELECT ?", types: [.bigint], access: .read)
    try await onLane(knowing: [echo]) { subject in
      let order = Mutex<[Int64]>([])
      let waiting = try await subject.driver.withConnection(Lease(access: .read)) { _ in
        let before = subject.started
        let waiting = (0..<20).map { number in
          subject.task {
            let rows = try await subject.query(echo, .int(Int64(number)))
            #expect(rows == [[.int(Int64(number))]])
            order.withLock { $0.append(Int64(number)) }
          }
        }
        try await Task.sleep(for: .milliseconds(100))
        #expect(subject.started == before + 20)
        #expect(order.withLock { $0.isEmpty })
        return waiting
      }
      for task in waiting { try await task.value }
      #expect(order.withLock { $0 } == Array(0..<20))
    }
  }

  /// Whoever waits for a whole connection has its turn, however many statements come meanwhile.
  @Test func aTransactionAmongManyStatements() async throws {
    try await onLane { subject in
      let isDone = Atomic<Bool>(false)
      let crowd = (0..<8).map { _ in
        subject.task {
          while !isDone.load(ordering: .relaxed) {
            let rows = try await subject.query(Self.one)
            #expect(rows == [[.int(1)]])
          }
        }
      }
      for _ in 0..<20 {
        try await subject.driver.withConnection(Lease(access: .write)) { connection in
          try await connection.begin(TransactionOptions())
          _ = try await connection.run(DriverCall(Self.one, [])) { try $0.all() }
          try await connection.commit()
        }
      }
      isDone.store(true, ordering: .relaxed)
      for task in crowd { try await task.value }
    }
  }

  @Test func cancellation() async throws {
    try await onLane(knowing: [Self.sleep]) { subject in
      let running = subject.task { try await subject.query(Self.sleep, .double(2)) }
      let queued = subject.task { try await subject.query(Self.one) }
      let other = subject.task { try await subject.query(Self.one) }
      try await Task.sleep(for: .milliseconds(100))
      let start = ContinuousClock.now
      queued.cancel()
      #expect(await code(queued) == .cancelled)
      running.cancel()
      #expect(await code(running) == .cancelled)
      #expect(try await other.value == [[.int(1)]])
      #expect(start.duration(to: .now) < .milliseconds(1500))
      let late = subject.task {
        withUnsafeCurrentTask { $0?.cancel() }
        return try await subject.query(Self.one)
      }
      #expect(await code(late) == .cancelled)
    }
  }

  @Test func waitingHasALimit() async throws {
    try await onLane(checkoutTimeout: .milliseconds(150)) { subject in
      try await subject.driver.withConnection(Lease(access: .write)) { _ in
        let queued = subject.task { try await subject.query(Self.one) }
        #expect(await code(queued) == .poolTimeout)
        let driver = ObjectIdentifier(subject.driver)
        let mark = TransactionMark(driver: driver, access: .write, site: CallSite("File.swift", 7))
        let nested = subject.task {
          try await TransactionMark.$stack.withValue(mark) { try await subject.query(Self.one) }
        }
        #expect(await code(nested) == .nestedCheckout)
      }
    }
  }

  /// The session under a statement is ended, while others wait for its connection.
  @Test func aSessionThatIsEnded() async throws {
    try await onLane(knowing: [Self.sleep]) { subject in
      let id = try await subject.driver.run("SELECT CONNECTION_ID()")
      guard case .int(let session)? = id.first?.first else { return }
      let running = subject.task { try await subject.query(Self.sleep, .double(20)) }
      let waiting = (0..<5).map { _ in subject.task { try await subject.query(Self.one) } }
      try await Task.sleep(for: .milliseconds(100))
      try await TestDatabase.withDriver { other in _ = try await other.run("KILL CONNECTION \(session)") }
      #expect(await code(running) == .connectionLost)
      for task in waiting { #expect(try await task.value == [[.int(1)]]) }
    }
  }

  /// A task that was handed the connection, and is cancelled before it runs, gives it back to the pool: the statements
  /// that wait are served all the same.
  @Test func aWaiterThatIsCancelledWithTheConnectionInHand() async throws {
    try await onLane { subject in
      let lane = subject.lane
      for _ in 0..<20 {
        let (waiter, queued) = try await subject.driver.withConnection(Lease(access: .read)) { _ in
          let waiter = Task(executorPreference: lane) {
            try await subject.driver.withConnection(Lease(access: .read)) { _ in }
          }
          await Task.yield()
          try await Task.sleep(for: .milliseconds(2))
          let queued = subject.task { try await subject.query(Self.one) }
          try await Task.sleep(for: .milliseconds(2))
          waiter.cancel()
          return (waiter, queued)
        }
        #expect(try await queued.value == [[.int(1)]])
        _ = try? await waiter.value
      }
    }
  }

  /// Statements that came first go first, though a transaction has come meanwhile.
  @Test func theOrderOfArrivalHolds() async throws {
    try await onLane(knowing: [Self.sleep]) { subject in
      let order = Mutex<[String]>([])
      let (queued, lease) = try await subject.driver.withConnection(Lease(access: .read)) { _ in
        let queued = (0..<5).map { _ in
          subject.task {
            _ = try await subject.query(Self.one)
            order.withLock { $0.append("statement") }
          }
        }
        try await Task.sleep(for: .milliseconds(50))
        let lease = subject.task {
          try await subject.driver.withConnection(Lease(access: .read)) { _ in
            order.withLock { $0.append("lease") }
          }
        }
        try await Task.sleep(for: .milliseconds(50))
        return (queued, lease)
      }
      for task in queued { try await task.value }
      try await lease.value
      #expect(order.withLock { $0 } == Array(repeating: "statement", count: 5) + ["lease"])
    }
  }

  /// A statement that fails among its rows is closed before the next one is sent on its connection.
  @Test func aFailureAmongRows() async throws {
    let table = TestDatabase.name("started")
    let fails = Statements.compiled(
      "SELECT a.id, (SELECT b.id FROM \(table) b WHERE b.x = a.x AND b.id < ?) FROM \(table) a ORDER BY a.id",
      types: [.bigint], access: .read)
    let write = Statements.compiled("INSERT INTO \(table)_blobs VALUES (?, ?)", types: [.bigint, .bytes])
    let size = 8 << 20
    try await onLane { subject in
      let driver = subject.driver
      try await driver.run("CREATE TABLE \(table) (id BIGINT PRIMARY KEY, x INT)")
      try await driver.run("INSERT INTO \(table) VALUES (1, 1), (2, 2), (3, 3), (4, 3), (5, 3)")
      try await driver.run("CREATE TABLE \(table)_blobs (id BIGINT PRIMARY KEY, data LONGBLOB)")
      let blob = SQLValue.bytes([UInt8](repeating: 7, count: size))
      #expect(try await subject.query(write, .int(-1), blob).isEmpty)
      for turn in 0..<5 {
        // Only what is prepared is sent ahead, and whoever has failed is not prepared any more.
        #expect(try await subject.query(fails, .int(4)).count == 5)
        let failing = subject.task { try await subject.query(fails, .int(9)) }
        let writing = subject.task { try await subject.query(write, .int(Int64(turn)), blob) }
        #expect(await code(failing) != nil)
        #expect(try await writing.value.isEmpty)
      }
      let sums = try await driver.run(
        "SELECT COUNT(*), SUM(LENGTH(data) = \(size)), COUNT(DISTINCT MD5(data)) FROM \(table)_blobs",
        results: [.bigint, .bigint, .bigint])
      #expect(sums == [[.int(6), .int(6), .int(1)]])
      try await driver.run("DROP TABLE \(table), \(table)_blobs")
    }
  }

  /// An actor's tasks do not come back to the lane after a wait, wherever they started.
  @Test func anActorOnTheLane() async throws {
    let db = try await Database.open(.mysql(TestDatabase.url(), pool: PoolOptions(maxConnections: 2, lanes: 1)))
    let repository = Repository(db)
    let lane = try #require(db.lane)
    try await withThrowingTaskGroup(of: Int.self) { group in
      for index in 0..<16 {
        // Tasks of no lane keep the actor busy where its others do not run.
        group.addTask(executorPreference: index % 2 == 0 ? lane : nil) {
          var sum = 0
          for _ in 0..<50 { sum += try await repository.one().isOnLane ? 1 : 0 }
          return sum
        }
      }
      // Wherever a connection is used, there its lane is.
      for try await sum in group { #expect(sum == 50) }
    }
    await db.close()
  }

  private actor Repository {
    let db: Database
    init(_ db: Database) { self.db = db }

    func one() async throws -> Place { try await SQL("SELECT 1").as(Place.self).fetchOne(db) }
  }

  /// Where a value was read.
  private struct Place: ColumnValue {
    static var sqlType: SQLType { .bigint }
    var sqlValue: SQLValue { .int(1) }
    let isOnLane: Bool

    static func read(_ row: inout RowReader) throws(DecodeFailure) -> Place {
      _ = try Int.read(&row)
      return Place(isOnLane: Lane.current != nil)
    }
  }

  @Test func aProcedureWithManyResults() async throws {
    let procedure = TestDatabase.name("started")
    let call = Statements.compiled("CALL \(procedure)(?)", types: [.bigint])
    try await onLane { subject in
      try await subject.driver.run(
        "CREATE PROCEDURE \(procedure)(n INT) BEGIN IF n > 0 THEN SELECT 1; SELECT 2; ELSE DO 0; END IF; END")
      for _ in 0..<2 { #expect(try await subject.query(call, .int(0)).isEmpty) }
      for _ in 0..<3 { #expect(try await subject.query(call, .int(1)) == [[.int(1)]]) }
      for _ in 0..<2 { #expect(try await subject.query(call, .int(0)).isEmpty) }
      try await subject.driver.run("DROP PROCEDURE \(procedure)")
    }
  }

  @Test func closing() async throws {
    let pool = PoolOptions(maxConnections: 1, lanes: 1)
    let driver = try await MySQLDriver.open(TestDatabase.configuration(pool: pool))
    let subject = try Subject(driver)
    for _ in 0..<2 {
      let first = subject.task { try await subject.query(Self.one) }
      #expect(try await first.value == [[.int(1)]])
    }
    let mayEnd = Atomic<Bool>(false)
    let held = subject.task {
      try await driver.withConnection(Lease(access: .read)) { _ in
        while !mayEnd.load(ordering: .relaxed) { try await Task.sleep(for: .milliseconds(5)) }
      }
    }
    try await Task.sleep(for: .milliseconds(100))
    let queued = subject.task { try await subject.query(Self.one) }
    try await Task.sleep(for: .milliseconds(100))
    let closing = Task { await driver.close(timeout: .seconds(20)) }
    #expect(await code(queued) == .databaseClosed)
    mayEnd.store(true, ordering: .relaxed)
    await closing.value
    try await held.value
    #expect(!driver.canStart)
  }

  /// Many tasks, few connections, cancellations and errors in between: every answer is the question's own.
  @Test func aCrowd() async throws {
    let echo = Statements.compiled("SELECT ?", types: [.bigint], access: .read)
    let fails = Statements.compiled("SELECT (SELECT ? UNION ALL SELECT 1)", types: [.bigint], access: .read)
    try await onLane(connections: 3, knowing: [echo, fails, Self.sleep]) { subject in
      let crowd = (0..<24).map { worker in
        subject.task {
          for turn in 0..<60 {
            let number = Int64(worker * 1000 + turn)
            #expect(try await subject.query(echo, .int(number)) == [[.int(number)]])
            if turn % 10 == worker % 10 {
              #expect(await code(subject.task { try await subject.query(fails, .int(number)) }) != nil)
            }
            if turn % 20 == worker % 20 {
              let slow = subject.task { try await subject.query(Self.sleep, .double(0.02)) }
              try await Task.sleep(for: .milliseconds(Int64(worker)))
              slow.cancel()
              _ = try? await slow.value
            }
          }
        }
      }
      for task in crowd { try await task.value }
      // On a busy machine many connections are replaced, and theirs go the long way.
      #expect(subject.started > 100)
    }
  }

  private func code<R: Sendable>(_ task: Task<R, any Error>) async -> RowanError.Code? {
    do {
      _ = try await task.value
      return nil
    } catch {
      return (error as? RowanError)?.code
    }
  }
}
