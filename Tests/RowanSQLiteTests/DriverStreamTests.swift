import RowanCore
import Testing

@testable import RowanSQLite

@Suite struct DriverStreamTests {
  static let numbers =
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?) SELECT i FROM n"

  private func count(_ stream: any DriverStream, limit: Int) async throws -> (batches: Int, sum: Int64) {
    var result = (batches: 0, sum: Int64(0))
    while let values = try await stream.nextBatch(limit: limit, { source in try Self.integers(source) }) {
      result.batches += 1
      result.sum += values.reduce(0, +)
    }
    return result
  }

  private static func integers(_ source: RowSource) throws -> [Int64] {
    var values: [Int64] = []
    while try source.next() { values.append(Int64(bitPattern: source.cells[0].bits)) }
    return values
  }

  @Test(arguments: [1, 7, 1000, 100_000]) func allRowsInBatches(limit: Int) async throws {
    let db = try await TestDatabase { $0.pool.maxConnections = 1 }
    let rows = 10_000
    let stream = try await db.driver.stream(DriverCall(compiled(Self.numbers), [.int(Int64(rows))]))
    let (batches, sum) = try await count(stream, limit: limit)
    #expect(batches == (rows + limit - 1) / limit)
    #expect(sum == 50_005_000)
    #expect(try await stream.nextBatch(limit: 1) { _ in } == nil)
    // The connection is back.
    #expect(try await db.driver.query("SELECT 1").first == .int(1))
  }

  @Test func anEarlyEndGivesTheConnectionBack() async throws {
    let db = try await TestDatabase { $0.pool.maxConnections = 1 }
    let call = DriverCall(compiled(Self.numbers), [.int(1_000_000_000)])
    let stream = try await db.driver.stream(call)
    #expect(try await stream.nextBatch(limit: 3) { try Self.integers($0) } == [1, 2, 3])
    await stream.close()
    await stream.close()
    #expect(try await stream.nextBatch(limit: 1) { _ in } == nil)
    do {
      // Not closed at all, only let go of.
      let dropped = try await db.driver.stream(call)
      _ = try await dropped.nextBatch(limit: 3) { try Self.integers($0) }
    }
    #expect(try await db.driver.query("SELECT 1").first == .int(1))
  }

  @Test func whatTheReaderLeavesOfABatchIsPassedOver() async throws {
    let db = try await TestDatabase()
    let stream = try await db.driver.stream(DriverCall(compiled(Self.numbers), [.int(6)]))
    for expected in [1, 4] {
      let first = try await stream.nextBatch(limit: 3) { source in
        _ = try source.next()
        return Int64(bitPattern: source.cells[0].bits)
      }
      #expect(first == Int64(expected))
    }
    #expect(try await stream.nextBatch(limit: 3) { _ in } == nil)
  }

  @Test func anErrorMidwayEndsTheStream() async throws {
    let db = try await TestDatabase { $0.pool.maxConnections = 1 }
    try await db.driver.query("CREATE TABLE t (id INTEGER PRIMARY KEY, j TEXT)")
    try await db.driver.query("INSERT INTO t VALUES (1, '{}'), (2, '{}'), (3, 'no json')")
    let sql = "SELECT json_extract(j, '$.a') FROM t ORDER BY id"
    let stream = try await db.driver.stream(DriverCall(compiled(sql), []))
    #expect(try await stream.nextBatch(limit: 2) { try Answer($0).rows } == [[.null], [.null]])
    await expectError(.serverError) { _ = try await stream.nextBatch(limit: 2) { try Answer($0).rows } }
    #expect(try await stream.nextBatch(limit: 2) { _ in } == nil)
    struct Refusal: Error {}
    let second = try await db.driver.stream(DriverCall(compiled(Self.numbers), [.int(9)]))
    await #expect(throws: Refusal.self) { _ = try await second.nextBatch(limit: 2) { _ in throw Refusal() } }
    #expect(try await db.driver.query("SELECT 1").first == .int(1))
  }

  @Test func aStreamKeepsItsSnapshot() async throws {
    let db = try await TestDatabase()
    try await db.driver.query("CREATE TABLE t (x INTEGER)")
    try await db.driver.query("INSERT INTO t VALUES (1), (2), (3)")
    let stream = try await db.driver.stream(DriverCall(compiled("SELECT x FROM t"), []))
    #expect(try await stream.nextBatch(limit: 1) { try Self.integers($0) } == [1])
    try await db.driver.query("DELETE FROM t")
    #expect(try await stream.nextBatch(limit: 9) { try Self.integers($0) } == [2, 3])
    await stream.close()
  }

  /// The same statement, other statements and a savepoint, all between two batches.
  @Test func aTransactionGoesOnBesideItsStream() async throws {
    let db = try await TestDatabase()
    try await db.driver.query("CREATE TABLE t (id INTEGER PRIMARY KEY, x INTEGER)")
    try await db.driver.query("INSERT INTO t VALUES (1, 1), (2, 2), (3, 3)")
    let read = compiled("SELECT id FROM t WHERE id > ? ORDER BY id")
    try await db.driver.withConnection(Lease(access: .write)) { connection in
      try await connection.begin(TransactionOptions())
      let stream = try await connection.stream(DriverCall(read, [.int(0)]))
      var seen: [Int64] = []
      while let ids = try await stream.nextBatch(limit: 1, { try Self.integers($0) }) {
        seen += ids
        try await connection.savepoint(1)
        try await connection.query("UPDATE t SET x = x * 10 WHERE id = ?", .int(ids[0]))
        try await connection.releaseSavepoint(1)
        let rest = try await connection.run(DriverCall(read, [.int(ids[0])])) { try Self.integers($0) }
        #expect(rest.count == 3 - Int(ids[0]))
      }
      #expect(seen == [1, 2, 3])
      let open = try await connection.stream(DriverCall(read, [.int(0)]))
      _ = try await open.nextBatch(limit: 1) { _ in }
      try await connection.commit()
      await open.close()
      try await connection.query("DROP TABLE t")
    }
  }

  @Test func aStreamThatOutlivesItsLoanIsRefused() async throws {
    let db = try await TestDatabase()
    let stream = try await db.driver.withConnection(Lease(access: .read)) { connection in
      let stream = try await connection.stream(DriverCall(compiled(Self.numbers), [.int(100)]))
      _ = try await stream.nextBatch(limit: 1) { _ in }
      return stream
    }
    await expectError(.transactionClosed) { _ = try await stream.nextBatch(limit: 1) { _ in } }
    await stream.close()
    #expect(try await db.driver.query("SELECT 1").first == .int(1))
  }

  @Test func aCancelledTaskReadsNoMore() async throws {
    let db = try await TestDatabase { $0.pool.maxConnections = 1 }
    let task = try away {
      let stream = try await db.driver.stream(DriverCall(compiled(Self.numbers), [.int(1_000_000_000)]))
      var rows = 0
      while let count = try await stream.nextBatch(limit: 1000, { try Self.integers($0).count }) { rows += count }
      return rows
    }
    try await Task.sleep(for: .milliseconds(30))
    task.cancel()
    await expectError(.cancelled) { _ = try await task.value }
    #expect(try await db.driver.query("SELECT 1").first == .int(1))
  }

  @Test func aWritingStreamMakesAllItsChanges() async throws {
    let db = try await TestDatabase()
    try await db.driver.query("CREATE TABLE t (x INTEGER)")
    let call = DriverCall(compiled("INSERT INTO t VALUES (1), (2), (3) RETURNING x", .write), [])
    let stream = try await db.driver.stream(call)
    #expect(try await stream.nextBatch(limit: 1) { try Self.integers($0) } == [1])
    await stream.close()
    #expect(try await db.driver.query("SELECT count(*) FROM t").first == .int(3))
  }
}
