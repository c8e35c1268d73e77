import RowanCore
import RowanMySQL
import Testing

@testable import RowanTesting

/// Streams that are left early inside a transaction.
@Suite(.enabled(if: TestDatabase.isRequired), .timeLimit(.minutes(4)))
struct StreamTransactionTests {
  private func open() async throws -> Database {
    try await Database.open(.mysql(TestDatabase.configuration(pool: PoolOptions(maxConnections: 2))))
  }

  /// The rows nobody wants are read to their end, and on the way the server rolls the transaction back: a deadlock. What
  /// the transaction says of itself in the end is what has become of its rows.
  @Test(arguments: 1...6)
  func aDeadlockInTheRestOfAStream(_ turn: Int) async throws {
    let db = try await open(), other = try await open()
    let table = TestDatabase.name("stream_deadlock"), log = table + "_log"
    try await SQL("CREATE TABLE \(identifier: table) (id BIGINT PRIMARY KEY, data LONGTEXT)").run(db)
    try await SQL("CREATE TABLE \(identifier: log) (id BIGINT PRIMARY KEY)").run(db)
    try await SQL("INSERT INTO \(identifier: table) SELECT seq, REPEAT('x', 100000) FROM seq_1_to_300").run(db)
    let lock = { @Sendable (id: Int, transaction: Transaction) in
      let row = SQL("SELECT id FROM \(identifier: table) WHERE id = \(id) FOR UPDATE").as(Int.self, access: .write)
      _ = try await row.fetchOne(transaction)
    }
    let isHeld = Latch(), isRead = Latch()
    // The larger transaction survives.
    let rival = Task {
      try await other.transaction { transaction in
        try await SQL("INSERT INTO \(identifier: log) SELECT seq FROM seq_1000_to_6000").run(transaction)
        try await lock(300, transaction)
        isHeld.open()
        await isRead.wait()
        try await lock(1, transaction)
      }
    }
    await isHeld.wait()
    let error: RowanError?
    do {
      try await db.transaction { transaction in
        try await SQL("INSERT INTO \(identifier: log) VALUES (1)").run(transaction)
        let rows = SQL("SELECT data FROM \(identifier: table) ORDER BY id FOR UPDATE").as(String.self, access: .write)
        for try await text in rows.stream(transaction, batchSize: 1) {
          #expect(text.utf8.count == 100_000)
          isRead.open()
          try await Task.sleep(for: .milliseconds(300))
          break
        }
      }
      error = nil
    } catch let thrown as RowanError {
      error = thrown
    }
    try await rival.value
    let written = try await SQL("SELECT COUNT(*) FROM \(identifier: log) WHERE id = 1").as(Int.self).fetchOne(db)
    #expect(written == (error == nil ? 1 : 0), "\(String(describing: error))")
    #expect(
      error == nil || error?.code == .transactionAborted || error?.code == .deadlock, "\(String(describing: error))")
    try await SQL("DROP TABLE \(identifier: table), \(identifier: log)").run(db)
    await db.close()
    await other.close()
  }
}
