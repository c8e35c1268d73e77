import Foundation
import RowanCore
import Synchronization
import Testing

@testable import RowanSQLite

/// Numbers in the order they came.
private final class Log: Sendable {
  private let list = Mutex<[Int]>([])

  var entries: [Int] { list.withLock { $0 } }

  func add(_ entry: Int) { list.withLock { $0.append(entry) } }
}

@Suite struct DriverConcurrencyTests {
  static func counted(_ change: (inout SQLiteConfiguration) -> Void = { _ in }) async throws -> TestDatabase {
    let db = try await TestDatabase(change)
    try await db.driver.query("CREATE TABLE t (id INTEGER PRIMARY KEY, x INTEGER)")
    try await db.driver.query("INSERT INTO t VALUES (1, 0)")
    return db
  }

  @Test(arguments: [false, true]) func aThousandTasks(inMemory: Bool) async throws {
    let db = try await Self.counted {
      $0.pool.maxConnections = 4
      $0.pool.checkoutTimeout = .seconds(60)
      if inMemory { $0.location = .memory }
    }
    let read = compiled("SELECT x FROM t WHERE id = ?")
    let write = compiled("UPDATE t SET x = x + 1 WHERE id = ?")
    try await withThrowingTaskGroup(of: Void.self) { group in
      for task in 0..<1000 {
        group.addTask {
          if task % 4 == 0 {
            let changed = try await db.driver.run(DriverCall(write, [.int(1)])) { try Answer($0).affected }
            #expect(changed == 1)
          } else if task % 4 == 1 {
            try await db.driver.withConnection(Lease(access: .write)) { connection in
              try await connection.begin(TransactionOptions())
              let before = try await connection.run(DriverCall(read, [.int(1)])) { try Answer($0).first }
              await Task.yield()
              guard case .int(let x)? = before else { return }
              try await connection.query("UPDATE t SET x = ? WHERE id = 1", .int(x + 1))
              try await connection.commit()
            }
          } else {
            let row = try await db.driver.run(DriverCall(read, [.int(1)])) { try Answer($0).rows.count }
            #expect(row == 1)
          }
        }
      }
      try await group.waitForAll()
    }
    #expect(try await db.driver.query("SELECT x FROM t").first == .int(500))
    await db.driver.close(timeout: .seconds(5))
  }

  @Test func writersWaitInOrder() async throws {
    let db = try await Self.counted()
    let order = Log()
    let gate = AsyncStream<Void>.makeStream()
    let holder = Task {
      try await db.driver.withConnection(Lease(access: .write)) { _ in for await _ in gate.stream {} }
    }
    try await Task.sleep(for: .milliseconds(20))
    var waiting: [Task<Void, any Error>] = []
    for task in 0..<20 {
      waiting.append(
        Task {
          try await db.driver.withConnection(Lease(access: .write)) { _ in order.add(task) }
        })
      try await Task.sleep(for: .milliseconds(3))
    }
    gate.continuation.finish()
    try await holder.value
    for task in waiting { try await task.value }
    #expect(order.entries == Array(0..<20))
  }

  @Test func waitingHasADeadlineAndCanBeCancelled() async throws {
    let db = try await Self.counted {
      $0.pool.maxConnections = 1
      $0.pool.checkoutTimeout = .milliseconds(40)
    }
    for access in [RawStatement.Access.read, .write] {
      try await db.driver.withConnection(Lease(access: access)) { _ in
        let statement = access == .read ? "SELECT 1" : "DELETE FROM t WHERE id = 9"
        await expectError(.poolTimeout) { try await db.driver.query(statement) }
        await expectError(.queryTimeout) { try await db.driver.query(statement, timeout: .milliseconds(5)) }
        await expectError(.poolTimeout) {
          try await db.driver.withConnection(Lease(access: access, timeout: .milliseconds(5))) { _ in }
        }
        let task = Task { try await db.driver.query(statement, timeout: .seconds(30)) }
        task.cancel()
        await expectError(.cancelled) { _ = try await task.value }
        let second = Task { try await db.driver.withConnection(Lease(access: access, timeout: .seconds(30))) { _ in } }
        try await Task.sleep(for: .milliseconds(10))
        second.cancel()
        await expectError(.cancelled) { try await second.value }
      }
      // The connection is back and nobody's place was lost.
      try await db.driver.query(access == .read ? "SELECT 1" : "DELETE FROM t WHERE id = 9")
    }
  }

  @Test func aRunningQueryIsCancelledAndTimesOut() async throws {
    let db = try await Self.counted { $0.pool.maxConnections = 2 }
    let slow = compiled(DriverTransactionTests.endless)
    let task = try away { try await db.driver.run(DriverCall(slow, [])) { try Answer($0) } }
    try await Task.sleep(for: .milliseconds(30))
    task.cancel()
    let error = await expectError(.cancelled) { _ = try await task.value }
    #expect(error?.cause is CancellationError)
    await expectError(.queryTimeout) {
      _ = try await db.driver.run(DriverCall(slow, [], timeout: .milliseconds(30))) { try Answer($0) }
    }
    await expectError(.queryTimeout) {
      try await db.driver.withConnection(Lease(access: .read)) { connection in
        _ = try await connection.run(DriverCall(slow, [], timeout: .milliseconds(30))) { try Answer($0) }
      }
    }
    // Neither hits a later query on the same connections.
    for _ in 0..<200 { #expect(try await db.driver.query("SELECT x FROM t").rows.count == 1) }
  }

  @Test func theConfiguredLimitHolds() async throws {
    let db = try await Self.counted { $0.pool.statementTimeout = .milliseconds(30) }
    await expectError(.queryTimeout) { try await db.driver.query(DriverTransactionTests.endless) }
    await expectError(.queryTimeout) {
      try await db.driver.withConnection(Lease(access: .read)) {
        _ = try await $0.query(DriverTransactionTests.endless)
      }
    }
    #expect(try await db.driver.query("SELECT x FROM t", timeout: .seconds(5)).rows.count == 1)
  }

  @Test func cancellingManyQueriesAtRandomBreaksNothing() async throws {
    let db = try await Self.counted { $0.pool.maxConnections = 2 }
    let sum = compiled(
      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000) SELECT sum(i) FROM n")
    await withTaskGroup(of: Void.self) { group in
      for task in 0..<200 {
        group.addTask {
          let query = Task { try await db.driver.run(DriverCall(sum, [])) { try Answer($0).first } }
          try? await Task.sleep(for: .microseconds(task * 37 % 900))
          if task % 2 == 0 { query.cancel() }
          do {
            #expect(try await query.value == .int(200_010_000))
          } catch let error as RowanError {
            #expect(error.code == .cancelled && task % 2 == 0)
          } catch {
            Issue.record(error)
          }
        }
      }
    }
    #expect(try await db.driver.query("SELECT x FROM t").rows.count == 1)
  }

  @Test func aLockHeldElsewhereIsWaitedForAndReported() async throws {
    let db = try await Self.counted { $0.busyTimeout = .milliseconds(60) }
    let other = try await SQLiteDriver(SQLiteConfiguration(path: db.path))
    try await other.withConnection(Lease(access: .write)) { connection in
      try await connection.begin(TransactionOptions())
      let started = ContinuousClock.now
      await expectError(.databaseLocked) { try await db.driver.query("UPDATE t SET x = 1") }
      #expect(ContinuousClock.now - started >= .milliseconds(55))
      await expectError(.databaseLocked) {
        try await db.driver.withConnection(Lease(access: .write)) { try await $0.begin(TransactionOptions()) }
      }
      await expectError(.queryTimeout) {
        try await db.driver.query("UPDATE t SET x = 1", timeout: .milliseconds(10))
      }
      // Readers do not wait.
      #expect(try await db.driver.query("SELECT x FROM t").first == .int(0))
      try await connection.rollback()
    }
    try await db.driver.query("UPDATE t SET x = 1")
  }

  @Test func aLockThatGoesAwayIsTaken() async throws {
    let db = try await Self.counted()
    let other = try await SQLiteDriver(SQLiteConfiguration(path: db.path))
    let gate = AsyncStream<Void>.makeStream()
    let holder = Task {
      try await other.withConnection(Lease(access: .write)) { connection in
        try await connection.begin(TransactionOptions())
        gate.continuation.finish()
        try await Task.sleep(for: .milliseconds(80))
        try await connection.commit()
      }
    }
    for await _ in gate.stream {}
    try await db.driver.query("UPDATE t SET x = 5")
    try await holder.value
    #expect(try await db.driver.query("SELECT x FROM t").first == .int(5))
    let waiting = Task { try await db.driver.query("UPDATE t SET x = 6") }
    _ = try await waiting.value
  }

  @Test func aWaitForALockCanBeCancelled() async throws {
    let db = try await Self.counted()
    let other = try await SQLiteDriver(SQLiteConfiguration(path: db.path))
    try await other.withConnection(Lease(access: .write)) { connection in
      try await connection.begin(TransactionOptions())
      let task = Task { _ = try await db.driver.query("UPDATE t SET x = 1") }
      try await Task.sleep(for: .milliseconds(20))
      task.cancel()
      await expectError(.cancelled) { try await task.value }
    }
  }

  @Test func closingWaitsForWhatRuns() async throws {
    let db = try await Self.counted()
    let gate = AsyncStream<Void>.makeStream()
    let task = Task {
      try await db.driver.withConnection(Lease(access: .write)) { connection in
        try await connection.begin(TransactionOptions())
        try await connection.query("UPDATE t SET x = 9")
        gate.continuation.finish()
        try await Task.sleep(for: .milliseconds(60))
        try await connection.commit()
      }
    }
    for await _ in gate.stream {}
    await db.driver.close(timeout: .seconds(10))
    try await task.value
    await expectError(.databaseClosed) { try await db.driver.query("SELECT 1") }
    await expectError(.databaseClosed) { _ = try await db.driver.stream(DriverCall(compiled("SELECT 1"), [])) }
    let again = try await SQLiteDriver(SQLiteConfiguration(path: db.path))
    #expect(try await again.query("SELECT x FROM t").first == .int(9))
  }

  @Test func closingStopsWhatTakesTooLong() async throws {
    let db = try await Self.counted { $0.pool.maxConnections = 1 }
    let task = try away { try await db.driver.query(DriverTransactionTests.endless) }
    try await Task.sleep(for: .milliseconds(30))
    let waiting = Task { try await db.driver.query("SELECT 1") }
    try await Task.sleep(for: .milliseconds(10))
    await db.driver.close(timeout: .milliseconds(30))
    await expectError(.databaseClosed) { _ = try await task.value }
    await expectError(.databaseClosed) { _ = try await waiting.value }
  }

  @Test(arguments: [false, true]) func aTransactionThatWaitsForItselfIsRefused(inMemory: Bool) async throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("rowan-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    var configuration = SQLiteConfiguration(inMemory ? .memory : .file(folder.appendingPathComponent("t.db").path))
    configuration.pool.checkoutTimeout = .seconds(20)
    let db = try await Database.open(.sqlite(configuration))
    try await db.transaction { _ in
      let started = ContinuousClock.now
      await expectError(.nestedCheckout) { try await db.transaction { _ in } }
      let batch = await #expect(throws: RowanError.self) { try await db.batch { $0.add(SQL("SELECT 1")) } }
      #expect(batch?.message.contains("asked for by a statement of several steps from inside") == true)
      #expect(ContinuousClock.now - started < .seconds(10))
      if inMemory {
        await expectError(.nestedCheckout) { try await db.read { _ in } }
      } else {
        try await db.read { _ in }
      }
    }
    try await db.read { _ in
      if inMemory {
        await expectError(.nestedCheckout) { try await db.transaction { _ in } }
      } else {
        try await db.transaction { _ in }
      }
    }
  }
}
