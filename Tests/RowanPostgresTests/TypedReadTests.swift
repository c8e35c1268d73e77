import Rowan
import RowanPostgres
import Testing

/// Which typed queries travel over the connection that tasks share, and which over one of their own.
@Suite(.postgres)
struct TypedReadTests {
  /// A transaction that keeps the only connection that is not shared for the length of `body`.
  private func holding(_ db: Database, _ body: () async throws -> Void) async throws {
    let held = Counter(), done = Counter()
    let holder = Task {
      try await db.transaction { _ in
        held.add()
        try await done.wait(for: 1)
      }
    }
    try await held.wait(for: 1)
    let result: Result<Void, any Error>
    do {
      result = .success(try await body())
    } catch {
      result = .failure(error)
    }
    done.add()
    try await holder.value
    try result.get()
  }

  /// What the query finds once the shared connection takes it: one that is not open yet, or is kept waiting by a busy
  /// machine, takes nothing for a while.
  private func shared<Row: Sendable>(_ query: some Fetchable<Row>, _ db: Database) async throws -> Row? {
    var found: Row?
    try await until {
      do {
        found = try await query.fetchFirst(db)
        return true
      } catch let error as RowanError where error.code == .poolTimeout {
        return false
      }
    }
    return found
  }

  private static let pool = PoolOptions(maxConnections: 2, checkoutTimeout: .milliseconds(200), lanes: 1)

  /// Finds are answered while nothing is left but the shared connection; what is no read by a key is not.
  @Test func findsShareAConnection() async throws {
    try await TypedDatabase.with(Self.pool, multiplex: true) { typed in
      let db = typed.db
      try await Crate.insert([.init(label: "a"), .init(label: "b", weight: 2)]).run(db)
      try await holding(db) {
        async let first = shared(Crate.find(1), db)
        async let second = shared(Crate.find(2).where { $0.weight > 1 }, db)
        async let label = shared(Crate.where { $0.id == 2 }.select { $0.label }, db)
        let found = try await (first?.label, second?.label, label)
        #expect(found == ("a", "b", "b"))
        for query in [
          Crate.where { $0.label == "a" }, Crate.find([1]), Crate.find(1).locked(),
          Crate.find(1).where { _ in SQL("true").condition },
        ] {
          let error = try await rowanError { try await query.fetchAll(db) }
          #expect(error.code == .poolTimeout)
        }
        let text = SQL("SELECT * FROM crates WHERE id = 1").as(Crate.self)
        let error = try await rowanError { try await text.fetchAll(db) }
        #expect(error.code == .poolTimeout)
      }
    }
  }

  /// What has a limit of its own has to be cancelled when it is over, which would hit the neighbours.
  @Test func aLimitOfItsOwnTakesAConnectionOfItsOwn() async throws {
    try await TypedDatabase.with(Self.pool, multiplex: true) { typed in
      let db = typed.db
      try await Crate.insert(.init(label: "a")).run(db)
      try await holding(db) {
        let before = try await shared(Crate.find(1), db)
        #expect(before != nil)
        let hurried = db.withTimeout(.milliseconds(50))
        let error = try await rowanError { try await Crate.find(1).fetchFirst(hurried) }
        #expect(error.code == .queryTimeout)
        let after = try await shared(Crate.find(1), db)
        #expect(after != nil)
      }
      #expect(try await Crate.find(1).fetchFirst(db.withTimeout(.seconds(60))) != nil)
    }
    try await ServerAccess.withDriver(pool: PoolOptions(maxConnections: 2, lanes: 1), multiplex: true) { driver in
      let shared = try await driver.openShared()
      let backend = Statements.compile("SELECT pg_backend_pid()::int8", isPointRead: true)
      #expect(try await driver.query(backend) { $0.int64() } == [shared])
      #expect(try await driver.query(backend, timeout: .seconds(60)) { $0.int64() } != [shared])
    }
  }

  /// So many queries are on their way over the shared connection, and not one more.
  @Test(arguments: [1, 4, 64]) func theDepthOfTheSharedConnection(depth: Int) async throws {
    var configuration = try ServerAccess.configuration(pool: PoolOptions(maxConnections: 2, lanes: 1), multiplex: true)
    configuration.multiplexDepth = depth
    try await ServerAccess.withDriver(configuration) { driver in
      let shared = try await driver.openShared()
      let backend = Statements.compile("SELECT pg_backend_pid()::int8", isPointRead: true)
      for round in 0..<3 {
        // On the lane, where no answer can come in between. Another connection does not know the statement, and so
        // starts nothing.
        let task = Task(executorPreference: driver.lanes.lanes[0]) {
          var started: [any StartedCall] = []
          while started.count <= depth, let call = try driver.start(DriverCall(backend, [])) { started.append(call) }
          var found: [Int64] = []
          for call in started {
            try await call.answer()
            _ = try call.read { rows in found += try Statements.readAll(rows) { $0.int64() } }
          }
          return found
        }
        #expect(try await task.value == Array(repeating: shared, count: depth), "round \(round)")
      }
    }
  }

  /// Those that find no room take a connection of their own.
  @Test func moreThanTheSharedConnectionTakes() async throws {
    var configuration = try ServerAccess.configuration(pool: PoolOptions(maxConnections: 2, lanes: 1), multiplex: true)
    configuration.multiplexDepth = 1
    try await ServerAccess.withDriver(configuration) { driver in
      let shared = try await driver.openShared()
      let backend = Statements.compile("SELECT pg_backend_pid()::int8", isPointRead: true)
      let task = Task(executorPreference: driver.lanes.lanes[0]) {
        let first = try #require(try driver.start(DriverCall(backend, [])))
        // Nothing has been waited for since, so that the first is still on its way.
        let second = try await driver.query(backend) { $0.int64() }
        try await first.answer()
        var found: [Int64] = []
        _ = try first.read { rows in found = try Statements.readAll(rows) { $0.int64() } }
        return (found, second)
      }
      let (first, second) = try await task.value
      #expect(first == [shared])
      #expect(second.count == 1 && second != [shared])
    }
  }
}
