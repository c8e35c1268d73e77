import RowanCore
import RowanPostgres
import Testing

@Suite(.postgres)
struct LoadTests {
  @Test(arguments: [false, true]) func aThousandTasks(multiplex: Bool) async throws {
    try await ServerAccess.withDriver(pool: PoolOptions(maxConnections: 4, lanes: 2), multiplex: multiplex) { driver in
      let read = Statements.compile("SELECT $1::int8", [.bigint], isPointRead: true)
      let rows = Statements.compile("SELECT n::int8 FROM generate_series(1, $1) AS n", [.integer])
      try await withThrowingTaskGroup(of: Void.self) { group in
        for index in 0..<1000 {
          group.addTask {
            let number = Int64(index)
            switch index % 10 {
            case 0:
              let found = try await driver.query(rows, [.int(100)]) { $0.int64() }
              #expect(found.count == 100)
            case 1:
              let sum = try await driver.withConnection(Lease(access: .write)) { raw in
                try await raw.begin(TransactionOptions())
                let first = try await Connection(raw: raw).query(read, [.int(number)]) { $0.int64() }
                let second = try await Connection(raw: raw).query(read, [.int(1)]) { $0.int64() }
                try await raw.commit()
                return (first + second).reduce(0, +)
              }
              #expect(sum == number + 1)
            default:
              let found = try await driver.query(read, [.int(number)]) { $0.int64() }
              #expect(found == [number])
            }
          }
        }
        try await group.waitForAll()
      }
    }
  }

  @Test func tasksThatComeAndGo() async throws {
    try await ServerAccess.withDriver(pool: PoolOptions(maxConnections: 4, lanes: 2), multiplex: true) { driver in
      let read = Statements.compile("SELECT $1::int8", [.bigint], isPointRead: true)
      let slow = Statements.compile("SELECT $1::int8 FROM pg_sleep(0.01)", [.bigint])
      await withTaskGroup(of: Void.self) { group in
        for index in 0..<400 {
          group.addTask {
            let task = Task {
              try await driver.query(index % 2 == 0 ? read : slow, [.int(Int64(index))]) { $0.int64() }
            }
            if index % 3 == 0 {
              try? await Task.sleep(for: .milliseconds(index % 17))
              task.cancel()
            }
            switch await task.result {
            case .success(let found): #expect(found == [Int64(index)])
            case .failure(let error): #expect((error as? RowanError)?.code == .cancelled)
            }
          }
        }
      }
      let one = try await driver.int("SELECT 1::int8")
      #expect(one == 1)
    }
  }

  @Test func closesWhileQueriesRun() async throws {
    let driver = try await PostgresDriver.open(ServerAccess.configuration(multiplex: true))
    let marker = Statements.name("marker")
    let slow = Task { try await driver.int("SELECT 7::int8 FROM pg_sleep(2) /* \(marker) */") }
    let started = Counter()
    let transaction = Task {
      try await driver.withConnection(Lease(access: .write)) { raw in
        started.add()
        try await raw.begin(TransactionOptions())
        try await Task.sleep(for: .milliseconds(200))
        let value = try await Connection(raw: raw).int("SELECT 8::int8")
        try await raw.commit()
        return value
      }
    }
    try await started.wait(for: 1)
    let running = "SELECT count(*) FROM pg_stat_activity WHERE query LIKE $1 AND pid <> pg_backend_pid()"
    let other = try await PostgresDriver.open(ServerAccess.configuration(multiplex: false))
    try await until { try await other.int(running, [.text("%\(marker)%")]) > 0 }
    await other.close(timeout: .seconds(60))
    await driver.close(timeout: .seconds(60))
    // What was running has finished; new work is refused.
    #expect(try await slow.value == 7)
    #expect(try await transaction.value == 8)
    #expect(try await rowanError { try await driver.execute("SELECT 1") }.code == .databaseClosed)
    #expect(
      try await rowanError { try await driver.withConnection(Lease(access: .read)) { _ in } }.code == .databaseClosed)
    await driver.close(timeout: .seconds(1))
  }

  @Test func closesByForce() async throws {
    let driver = try await PostgresDriver.open(ServerAccess.configuration(multiplex: true))
    let statement = Statements.compile("SELECT 1 FROM pg_sleep(30)", isPointRead: true)
    let tasks = (0..<4).map { index in
      Task {
        if index == 0 {
          try await driver.withConnection(Lease(access: .write)) { raw in
            try await raw.begin(TransactionOptions())
            _ = try await Connection(raw: raw).query(statement) { $0.int64() }
          }
        } else {
          _ = try await driver.query(statement) { $0.int64() }
        }
      }
    }
    try await Task.sleep(for: .milliseconds(300))
    let started = ContinuousClock.now
    await driver.close(timeout: .milliseconds(100))
    #expect(started.duration(to: .now) < .seconds(25))
    for task in tasks {
      let error = try await rowanError { try await task.value }
      #expect(error.code == .databaseClosed)
    }
  }
}
