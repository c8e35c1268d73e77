import Foundation
import Synchronization
import Testing

@testable import RowanCore
@testable import RowanMySQL

/// Many tasks over few connections.
@Suite(.enabled(if: TestDatabase.isRequired), .timeLimit(.minutes(3)))
struct PoolTests {
  @Test func aThousandTasksOnFourConnections() async throws {
    try await TestDatabase.withDriver(pool: PoolOptions(maxConnections: 4, checkoutTimeout: .seconds(60))) { driver in
      let select = Statements.compiled("SELECT ?, CONNECTION_ID()", types: [.bigint], access: .read)
      let connections = try await withThrowingTaskGroup(of: [Seen].self) { group in
        for index in 0..<1000 {
          group.addTask {
            let rows = try await driver.run(DriverCall(select, [.int(Int64(index))])) { try $0.all() }
            #expect(rows.first?.first == .int(Int64(index)))
            return rows.first.map { [$0[1]] } ?? []
          }
        }
        return try await group.reduce(into: [[Seen]]()) { all, one in if !all.contains(one) { all.append(one) } }
      }
      #expect(connections.count <= 4)
    }
  }

  @Test func waitingHasALimit() async throws {
    let pool = PoolOptions(maxConnections: 1, checkoutTimeout: .milliseconds(150))
    try await TestDatabase.withDriver(pool: pool) { driver in
      try await driver.withConnection(Lease(access: .write)) { _ in
        let error = await Task.detached { await driver.failure("SELECT 1") }.value
        #expect(error?.code == .poolTimeout)
        #expect(error?.message.contains("1 of 1") == true)
        let short = await #expect(throws: RowanError.self) {
          try await driver.withConnection(Lease(access: .read, timeout: .milliseconds(20))) { _ in }
        }
        #expect(short?.code == .poolTimeout)
      }
    }
  }

  @Test func theWaitCountsForAStatementsTimeout() async throws {
    try await TestDatabase.withDriver(pool: PoolOptions(maxConnections: 1)) { driver in
      try await driver.withConnection(Lease(access: .write)) { _ in
        let start = ContinuousClock.now
        let error = await #expect(throws: RowanError.self) {
          try await driver.run(Statements.call("SELECT 1", timeout: .milliseconds(100))) { try $0.all() }
        }
        #expect(error?.code == .queryTimeout)
        // Not the pool's own patience.
        #expect(ContinuousClock.now - start < .seconds(8))
      }
    }
  }

  @Test func aCheckoutFromInsideATransactionIsNamed() async throws {
    let pool = PoolOptions(maxConnections: 1, checkoutTimeout: .milliseconds(100))
    try await TestDatabase.withDriver(pool: pool) { driver in
      let mark = TransactionMark(driver: ObjectIdentifier(driver), access: .write, site: CallSite("File.swift", 7))
      try await driver.withConnection(Lease(access: .write)) { _ in
        await TransactionMark.$stack.withValue(mark) {
          let error = await driver.failure("SELECT 1")
          #expect(error?.code == .nestedCheckout)
          #expect(error?.message.contains("File.swift:7") == true)
          let lease = Lease(access: .write, site: CallSite("Inner.swift", 9))
          let both = await #expect(throws: RowanError.self) { try await driver.withConnection(lease) { _ in } }
          #expect(both?.code == .nestedCheckout)
          #expect(both?.message.contains("asked for at Inner.swift:9 from inside") == true)
          #expect(both?.message.contains("opened at File.swift:7") == true)
        }
      }
    }
  }

  @Test func closingLetsStreamsEnd() async throws {
    let driver = try await MySQLDriver.open(TestDatabase.configuration())
    let stream = try await driver.stream(Statements.call("SELECT seq FROM seq_1_to_50000", access: .read))
    let first = try await stream.nextBatch(limit: 10) { try $0.all().count }
    #expect(first == 10)
    let closing = Task { await driver.close(timeout: .seconds(20)) }
    try await Task.sleep(for: .milliseconds(100))
    var rest = 0
    while let count = try await stream.nextBatch(limit: 1000, { try $0.all().count }) { rest += count }
    #expect(rest == 49_990)
    await closing.value
  }

  @Test func closingDoesNotWaitForBodiesThatWaitForSomethingElse() async throws {
    let driver = try await MySQLDriver.open(TestDatabase.configuration())
    let body = Task {
      try await driver.withConnection(Lease(access: .read)) { _ in try await Task.sleep(for: .seconds(60)) }
    }
    try await Task.sleep(for: .milliseconds(200))
    let start = ContinuousClock.now
    await driver.close(timeout: .milliseconds(100))
    #expect(ContinuousClock.now - start < .seconds(20))
    body.cancel()
    _ = try? await body.value
  }

  @Test func closingEndsTheConnectionThatNobodyUsed() async throws {
    try await VictimServer.with { server in
      let driver = try await MySQLDriver.open(server.configuration())
      await driver.close(timeout: .seconds(5))
      let other = try await MySQLDriver.open(server.configuration(pool: PoolOptions(maxConnections: 1)))
      var open: [[Seen]] = []
      for _ in 0..<200 where open != [[.int(1)]] {
        open = try await other.run("SELECT COUNT(*) FROM information_schema.processlist WHERE user = 'rowan'")
        if open != [[.int(1)]] { try await Task.sleep(for: .milliseconds(10)) }
      }
      #expect(open == [[.int(1)]])
      await other.close(timeout: .seconds(5))
      withExtendedLifetime(driver) {}
    }
  }

  @Test func closingWaitsForWhatRuns() async throws {
    let driver = try await MySQLDriver.open(TestDatabase.configuration())
    let task = Task { try await driver.run("SELECT SLEEP(0.3)") }
    try await Task.sleep(for: .milliseconds(100))
    await driver.close(timeout: .seconds(5))
    let rows = try await task.value
    #expect(rows == [[.int(0)]])
    let error = await driver.failure("SELECT 1")
    #expect(error?.code == .databaseClosed)
    let lease = await #expect(throws: RowanError.self) {
      try await driver.withConnection(Lease(access: .read)) { _ in }
    }
    #expect(lease?.code == .databaseClosed)
    let stream = await #expect(throws: RowanError.self) { try await driver.stream(Statements.call("SELECT 1")) }
    #expect(stream?.code == .databaseClosed)
    await driver.close(timeout: .seconds(5))
  }

  @Test func closingEndsWhatTakesTooLong() async throws {
    let driver = try await MySQLDriver.open(TestDatabase.configuration())
    let task = Task { try await driver.run("SELECT SLEEP(30)") }
    try await Task.sleep(for: .milliseconds(100))
    let start = ContinuousClock.now
    await driver.close(timeout: .milliseconds(200))
    let error = await #expect(throws: RowanError.self) { try await task.value }
    #expect(error?.code == .connectionLost || error?.code == .databaseClosed)
    #expect(ContinuousClock.now - start < .seconds(25))
  }

  @Test func closingFailsTheWaiting() async throws {
    let driver = try await MySQLDriver.open(TestDatabase.configuration(pool: PoolOptions(maxConnections: 1)))
    let holder = Task { try await driver.run("SELECT SLEEP(10)") }
    try await Task.sleep(for: .milliseconds(300))
    let waiter = Task { await driver.failure("SELECT 1") }
    try await Task.sleep(for: .milliseconds(300))
    await driver.close(timeout: .seconds(20))
    #expect(await waiter.value?.code == .databaseClosed)
    _ = try await holder.value
  }

  @Test func bodiesRunOnTheConnectionsLane() async throws {
    try await TestDatabase.withDriver { driver in
      try await driver.withConnection(Lease(access: .read)) { connection in
        let lane = try #require(Lane.current)
        for _ in 0..<10 { try await connection.run("SELECT 1") }
        #expect(lane.isCurrent)
        try await connection.run(Statements.call("SELECT 1")) { _ in
          if !lane.isCurrent { Issue.record("rows are read off the lane") }
        }
      }
    }
  }

  /// Connections used from elsewhere than their lane: slower, and correct.
  @Test @MainActor func connectionsCanBeUsedFromAnActor() async throws {
    let driver = try await MySQLDriver.open(TestDatabase.configuration())
    try await driver.withConnection(Lease(access: .read)) { connection in
      try await Task { @MainActor in
        for value in 0..<20 {
          let rows = try await connection.run("SELECT ?", .int(Int64(value)))
          #expect(rows == [[.int(Int64(value))]])
        }
      }.value
    }
    await driver.close(timeout: .seconds(1))
  }

  @Test func aMinimumIsKeptOpen() async throws {
    let pool = PoolOptions(maxConnections: 4, minConnections: 3)
    try await TestDatabase.withDriver(pool: pool) { driver in
      try await Task.sleep(for: .milliseconds(300))
      let rows = try await driver.run(
        "SELECT COUNT(*) >= 3 FROM information_schema.processlist WHERE USER = 'rowan'")
      #expect(rows == [[.int(1)]])
    }
  }
}
