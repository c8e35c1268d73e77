import RowanCore
import Testing

@testable import RowanSQLite

@Suite struct StatementCacheTests {
  @Test func manyStatementsThroughASmallCache() async throws {
    let db = try await TestDatabase {
      $0.pool.statementCacheCapacity = 4
      $0.pool.maxConnections = 1
    }
    let statements = (0..<20).map { compiled("SELECT \($0) + ?") }
    for round in 0..<5 {
      for (index, statement) in statements.enumerated() {
        let found = try await db.driver.run(DriverCall(statement, [.int(Int64(round))])) { try Answer($0).first }
        #expect(found == .int(Int64(index + round)))
      }
    }
  }

  @Test(arguments: [0, 20_000, -3, Int.max, Int.min]) func anyIDIsServed(id: Int) async throws {
    let db = try await TestDatabase { $0.pool.maxConnections = 1 }
    func make(_ sql: String) -> Compiled { Compiled(id: id, sql: sql, binds: [], bindTypes: [], access: .read) }
    let (one, two) = (make("SELECT 1"), make("SELECT 2"))
    for _ in 0..<3 {
      #expect(try await db.driver.run(DriverCall(one, [])) { try Answer($0).first } == .int(1))
      // Another statement under the same id, as from another database handle.
      #expect(try await db.driver.run(DriverCall(two, [])) { try Answer($0).first } == .int(2))
    }
  }

  @Test(arguments: [false, true]) func statementsSurviveDDL(inTransaction: Bool) async throws {
    let db = try await TestDatabase()
    try await db.driver.query("CREATE TABLE t (a INTEGER, at TIMESTAMP_INT)")
    try await db.driver.query("INSERT INTO t VALUES (1, 2)")
    let all = compiled("SELECT * FROM t", .read)
    let typed = compiled("SELECT a FROM t", results: [.bigint])
    try await db.driver.withConnection(Lease(access: .write)) { connection in
      if inTransaction { try await connection.begin(TransactionOptions()) }
      #expect(try await connection.run(DriverCall(all, [])) { try Answer($0).rows } == [[.int(1), .timestamp(2)]])
      #expect(try await connection.run(DriverCall(typed, [])) { try Answer($0).rows } == [[.int(1)]])
      try await connection.query("ALTER TABLE t ADD COLUMN id UUID_BLOB")
      try await connection.query("ALTER TABLE t ADD COLUMN d DATE_INT DEFAULT 3")
      #expect(
        try await connection.run(DriverCall(all, [])) { try Answer($0).rows } == [
          [.int(1), .timestamp(2), .null, .date(3)]
        ])
      #expect(try await connection.run(DriverCall(typed, [])) { try Answer($0).rows } == [[.int(1)]])
      try await connection.query("DROP TABLE t")
      try await connection.query("CREATE TABLE t (at DATE_INT)")
      try await connection.query("INSERT INTO t VALUES (5)")
      #expect(try await connection.run(DriverCall(all, [])) { try Answer($0).rows } == [[.date(5)]])
      let error = await expectError(.unknownColumn) { try await connection.run(DriverCall(typed, [])) { _ in } }
      #expect(error?.columns == ["a"])
      if inTransaction { try await connection.commit() }
    }
    // A reader notices as well.
    #expect(try await db.driver.run(DriverCall(all, [])) { try Answer($0).rows } == [[.date(5)]])
    try await db.driver.query("DROP TABLE t")
    await expectError(.unknownTable) { try await db.driver.run(DriverCall(all, [])) { _ in } }
  }

  @Test func aStatementThatIsNotReusableRunsOnce() async throws {
    let db = try await TestDatabase()
    for _ in 0..<3 {
      try await db.driver.run(DriverCall(compiled("CREATE TABLE t (x)", reusable: false), [])) { _ in }
      try await db.driver.run(DriverCall(compiled("DROP TABLE t", reusable: false), [])) { _ in }
    }
  }

  /// https://sqlite.org/c3ref/c_dbconfig_defensive.html#sqlitedbconfigenableqpsg
  @Test func aPatternDoesNotPrepareTheStatementAnew() async throws {
    let db = try await TestDatabase { $0.pool.maxConnections = 1 }
    try await db.driver.query("CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT)")
    try await db.driver.query("CREATE INDEX by_name ON t (name COLLATE NOCASE)")
    let like = compiled("SELECT id FROM t WHERE name LIKE ?")
    var prepares: [Int32] = []
    for pattern in ["a%", "b%", "%c"] {
      prepares.append(
        try await db.driver.run(DriverCall(like, [.text(pattern)])) { source in
          (source as? SQLiteStatement)?.timesPreparedAnew ?? -1
        })
    }
    #expect(prepares == [0, 0, 0])
  }
}
