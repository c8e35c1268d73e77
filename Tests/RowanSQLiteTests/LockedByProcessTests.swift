import RowanCore
import Testing

@testable import RowanSQLite

/// A file that another process writes to: `fault-runner`, in the middle of a transaction. Within one process, two
/// drivers share what SQLite knows of the locks on a file.
@Suite(.serialized) struct LockedByProcessTests {
  static let change = "UPDATE t SET x = 10"

  @Test func aWriteWaitsUntilTheLockIsReleased() async throws {
    let db = try await DriverConcurrencyTests.counted { $0.busyTimeout = .seconds(60) }
    let holder = try await LockHolder.start(db.path, Self.change)
    let write = Task { try await db.driver.query("UPDATE t SET x = x * 2 + 1 WHERE id = 1").affected }
    let transaction = Task {
      try await db.driver.withConnection(Lease(access: .write)) { connection in
        try await connection.begin(TransactionOptions())
        try await connection.query("INSERT INTO t VALUES (2, 0)")
        try await connection.commit()
      }
    }
    try await Task.sleep(for: .milliseconds(100))
    // Readers do not wait, and see nothing of either.
    #expect(try await db.driver.query("SELECT id, x FROM t").rows == [[.int(1), .int(0)]])
    try await holder.release()
    #expect(try await write.value == 1)
    try await transaction.value
    // The other process's change came first.
    let rows = try await db.driver.query("SELECT id, x FROM t ORDER BY id").rows
    #expect(rows == [[.int(1), .int(21)], [.int(2), .int(0)]])
  }

  @Test func aLockThatStaysIsReportedAfterTheTimeout() async throws {
    let db = try await DriverConcurrencyTests.counted { $0.busyTimeout = .milliseconds(60) }
    let holder = try await LockHolder.start(db.path, Self.change)
    let started = ContinuousClock.now
    let error = await expectError(.databaseLocked) { try await db.driver.query("UPDATE t SET x = 1") }
    #expect(ContinuousClock.now - started >= .milliseconds(55))
    // SQLITE_BUSY
    #expect(error?.server?.number == 5)
    await expectError(.databaseLocked) {
      try await db.driver.withConnection(Lease(access: .write)) { try await $0.begin(TransactionOptions()) }
    }
    await expectError(.queryTimeout) { try await db.driver.query("UPDATE t SET x = 1", timeout: .milliseconds(10)) }
    // The system takes the locks of whoever dies, and what was not committed is gone.
    await holder.kill()
    #expect(try await db.driver.query("UPDATE t SET x = x + 1").affected == 1)
    #expect(try await db.driver.query("SELECT x FROM t").first == .int(1))
  }

  @Test func waitingCanBeCancelled() async throws {
    let db = try await DriverConcurrencyTests.counted { $0.busyTimeout = .seconds(60) }
    let holder = try await LockHolder.start(db.path, Self.change)
    let write = Task { try await db.driver.query("UPDATE t SET x = 1").affected }
    try await Task.sleep(for: .milliseconds(30))
    write.cancel()
    let error = await expectError(.cancelled) { _ = try await write.value }
    #expect(error?.cause is CancellationError)
    let transaction = Task {
      try await db.driver.withConnection(Lease(access: .write)) { try await $0.begin(TransactionOptions()) }
    }
    try await Task.sleep(for: .milliseconds(30))
    transaction.cancel()
    await expectError(.cancelled) { try await transaction.value }
    try await holder.release()
    // Neither has changed anything, and the writer is free.
    #expect(try await db.driver.query("UPDATE t SET x = x + 1").affected == 1)
    #expect(try await db.driver.query("SELECT x FROM t").first == .int(11))
  }
}
