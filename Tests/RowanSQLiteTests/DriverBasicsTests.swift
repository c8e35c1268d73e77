import RowanCore
import Testing

@testable import RowanSQLite

@Suite struct DriverBasicsTests {
  @Test(arguments: [false, true]) func readsWhatWasWritten(inMemory: Bool) async throws {
    let db = try await TestDatabase { if inMemory { $0.location = .memory } }
    try await db.driver.query("CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT UNIQUE NOT NULL, age INTEGER)")
    let inserted = try await db.driver.query("INSERT INTO users (email, age) VALUES (?, ?)", .text("a@b.c"), .int(7))
    #expect(inserted.affected == 1)
    #expect(inserted.lastInsertID == 1)
    let found = try await db.driver.query("SELECT id, email, age FROM users WHERE id = ?", .int(1))
    #expect(found.rows == [[.int(1), .text("a@b.c"), .int(7)]])
    await db.driver.close(timeout: .seconds(1))
    await expectError(.databaseClosed) { try await db.driver.query("SELECT 1") }
  }

  @Test(arguments: [false, true]) func transactionsCommitAndRollBack(inMemory: Bool) async throws {
    let db = try await TestDatabase { if inMemory { $0.location = .memory } }
    try await db.driver.query("CREATE TABLE t (x INTEGER)")
    try await db.driver.withConnection(Lease(access: .write)) { connection in
      try await connection.begin(TransactionOptions())
      try await connection.query("INSERT INTO t VALUES (?)", .int(1))
      try await connection.savepoint(1)
      try await connection.query("INSERT INTO t VALUES (?)", .int(2))
      try await connection.rollbackToSavepoint(1)
      try await connection.savepoint(1)
      try await connection.query("INSERT INTO t VALUES (?)", .int(3))
      try await connection.releaseSavepoint(1)
      try await connection.commit()
      try await connection.begin(TransactionOptions())
      try await connection.query("INSERT INTO t VALUES (?)", .int(4))
      try await connection.rollback()
      try await connection.begin(TransactionOptions())
      try await connection.query("INSERT INTO t VALUES (?)", .int(5))
    }
    #expect(try await db.driver.query("SELECT x FROM t ORDER BY x").rows == [[.int(1)], [.int(3)]])
    #expect(try await db.driver.query("INSERT INTO t VALUES (9) RETURNING x").rows == [[.int(9)]])
  }

  @Test func aReadTransactionKeepsItsSnapshotAndRefusesToWrite() async throws {
    let db = try await TestDatabase()
    try await db.driver.query("CREATE TABLE t (x INTEGER)")
    try await db.driver.withConnection(Lease(access: .read)) { connection in
      try await connection.begin(TransactionOptions(isolation: .readCommitted, access: .read))
      #expect(try await connection.query("SELECT count(*) FROM t").first == .int(0))
      try await db.driver.query("INSERT INTO t VALUES (1)")
      #expect(try await connection.query("SELECT count(*) FROM t").first == .int(0))
      await expectError(.readOnlyTransaction) { try await connection.query("INSERT INTO t VALUES (2)") }
      try await connection.commit()
      #expect(try await connection.query("SELECT count(*) FROM t").first == .int(1))
    }
  }
}
