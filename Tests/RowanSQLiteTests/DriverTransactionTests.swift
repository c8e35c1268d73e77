import Foundation
import RowanCore
import Testing

@testable import RowanSQLite

@Suite struct DriverTransactionTests {
  /// Counts to ten thousand million: only a cancellation or a deadline ends it.
  static let endless = """
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10000000000) SELECT count(*) FROM n
    """

  @Test func anInterruptedWriteAbortsTheTransaction() async throws {
    let db = try await TestDatabase()
    try await db.driver.query("CREATE TABLE t (x INTEGER)")
    try await db.driver.withConnection(Lease(access: .write)) { connection in
      try await connection.begin(TransactionOptions())
      try await connection.query("INSERT INTO t VALUES (1)")
      await expectError(.queryTimeout) {
        try await connection.query("INSERT INTO t \(Self.endless)", timeout: .milliseconds(20))
      }
      // SQLite has rolled back; what follows must not run in autocommit mode.
      await expectError(.transactionAborted) { try await connection.query("INSERT INTO t VALUES (2)") }
      await expectError(.transactionAborted) { try await connection.commit() }
      try await connection.rollback()
    }
    #expect(try await db.driver.query("SELECT count(*) FROM t").first == .int(0))
  }

  @Test func aFailingStatementLeavesTheTransactionOpen() async throws {
    let db = try await TestDatabase()
    try await db.driver.query("CREATE TABLE t (x INTEGER PRIMARY KEY)")
    try await db.driver.withConnection(Lease(access: .write)) { connection in
      try await connection.begin(TransactionOptions())
      try await connection.query("INSERT INTO t VALUES (1)")
      await expectError(.uniqueViolation) { try await connection.query("INSERT INTO t VALUES (2), (1)") }
      try await connection.query("INSERT INTO t VALUES (3)")
      try await connection.commit()
    }
    #expect(try await db.driver.query("SELECT x FROM t ORDER BY x").rows == [[.int(1)], [.int(3)]])
  }

  @Test func aCommitThatFailsCanBeRolledBack() async throws {
    let db = try await TestDatabase()
    try await db.driver.query("CREATE TABLE p (id INTEGER PRIMARY KEY)")
    try await db.driver.query("CREATE TABLE c (p INTEGER REFERENCES p (id) DEFERRABLE INITIALLY DEFERRED)")
    try await db.driver.withConnection(Lease(access: .write)) { connection in
      try await connection.begin(TransactionOptions())
      try await connection.query("INSERT INTO c VALUES (7)")
      await expectError(.foreignKeyViolation) { try await connection.commit() }
      try await connection.rollback()
      try await connection.begin(TransactionOptions())
      try await connection.query("INSERT INTO c VALUES (7)")
      try await connection.query("INSERT INTO p VALUES (7)")
      try await connection.commit()
    }
    #expect(try await db.driver.query("SELECT count(*) FROM c").first == .int(1))
  }

  @Test(arguments: [false, true]) func aTransactionThatWasLeftOpenIsRolledBack(fails: Bool) async throws {
    struct Failure: Error {}
    let db = try await TestDatabase()
    try await db.driver.query("CREATE TABLE t (x INTEGER)")
    try? await db.driver.withConnection(Lease(access: .write)) { connection in
      try await connection.begin(TransactionOptions())
      try await connection.query("INSERT INTO t VALUES (1)")
      let stream = try await connection.stream(DriverCall(compiled("SELECT x FROM t"), []))
      _ = try await stream.nextBatch(limit: 1) { try Answer($0).rows.count }
      if fails { throw Failure() }
    }
    #expect(try await db.driver.query("SELECT count(*) FROM t").first == .int(0))
    try await db.driver.query("INSERT INTO t VALUES (2)")
  }

  @Test func aCancelledTransactionIsUndone() async throws {
    let db = try await TestDatabase()
    try await db.driver.query("CREATE TABLE t (x INTEGER)")
    let task = try away {
      try await db.driver.withConnection(Lease(access: .write)) { connection in
        try await connection.begin(TransactionOptions())
        try await connection.query("INSERT INTO t VALUES (1)")
        try await connection.query(Self.endless)
        try await connection.commit()
      }
    }
    try await Task.sleep(for: .milliseconds(50))
    task.cancel()
    await expectError(.cancelled) { try await task.value }
    try await db.driver.query("INSERT INTO t VALUES (2)")
    #expect(try await db.driver.query("SELECT x FROM t").rows == [[.int(2)]])
  }

  @Test func aRollbackReachesTheDatabaseFromACancelledTask() async throws {
    let db = try await TestDatabase()
    try await db.driver.query("CREATE TABLE t (x INTEGER)")
    let task = Task {
      try await db.driver.withConnection(Lease(access: .write)) { connection in
        try await connection.begin(TransactionOptions())
        try await connection.query("INSERT INTO t VALUES (1)")
        withUnsafeCurrentTask { $0?.cancel() }
        try await connection.rollback()
        await expectError(.cancelled) { try await connection.begin(TransactionOptions()) }
      }
    }
    try await task.value
    try await db.driver.query("INSERT INTO t VALUES (2)")
    #expect(try await db.driver.query("SELECT x FROM t").rows == [[.int(2)]])
  }

  @Test func savepointsNest() async throws {
    let db = try await TestDatabase()
    try await db.driver.query("CREATE TABLE t (x INTEGER)")
    try await db.driver.withConnection(Lease(access: .write)) { connection in
      try await connection.begin(TransactionOptions())
      for depth in 1...5 {
        try await connection.savepoint(depth)
        try await connection.query("INSERT INTO t VALUES (?)", .int(Int64(depth)))
      }
      try await connection.rollbackToSavepoint(5)
      try await connection.releaseSavepoint(4)
      try await connection.rollbackToSavepoint(3)
      try await connection.releaseSavepoint(2)
      try await connection.releaseSavepoint(1)
      try await connection.commit()
    }
    #expect(try await db.driver.query("SELECT x FROM t ORDER BY x").rows == [[.int(1)], [.int(2)]])
  }

  @Test func aReadingLeaseOfTheOnlyConnectionRefusesToWrite() async throws {
    let db = try await TestDatabase { $0.location = .memory }
    try await db.driver.query("CREATE TABLE t (x INTEGER)")
    try await db.driver.withConnection(Lease(access: .read)) { connection in
      await expectError(.readOnlyTransaction) { try await connection.begin(TransactionOptions()) }
      try await connection.begin(TransactionOptions(access: .read))
      await expectError(.readOnlyTransaction) { try await connection.query("INSERT INTO t VALUES (1)") }
      try await connection.commit()
    }
    try await db.driver.query("INSERT INTO t VALUES (1)")
  }

  @Test func settingsDoNotOutliveTheirLoan() async throws {
    for inMemory in [false, true] {
      let db = try await TestDatabase { if inMemory { $0.location = .memory } }
      try await db.driver.query("CREATE TABLE t (x INTEGER)")
      try await db.driver.withConnection(Lease(access: .write)) { connection in
        try await connection.query("PRAGMA foreign_keys = OFF")
        #expect(try await connection.query("PRAGMA foreign_keys").first == .int(0))
      }
      #expect(try await db.driver.query("PRAGMA foreign_keys", access: .write).first == .int(1))
      #expect(try await db.driver.query("SELECT count(*) FROM t").first == .int(0))
      await expectError(.unsupported) { try await db.driver.query("COMMIT") }
    }
  }
}
