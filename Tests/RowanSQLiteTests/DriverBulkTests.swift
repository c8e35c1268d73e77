import RowanCore
import Testing

@testable import RowanSQLite

@Suite struct DriverBulkTests {
  static func table() async throws -> TestDatabase {
    let db = try await TestDatabase()
    try await db.driver.query("CREATE TABLE t (id INTEGER PRIMARY KEY, x TEXT)")
    return db
  }

  static let insert = compiled("INSERT INTO t (id, x) VALUES (?, ?)", .write)

  static func values(_ ids: some Sequence<Int>) -> ContiguousArray<SQLValue> {
    ContiguousArray(ids.flatMap { [SQLValue.int(Int64($0)), .text("row \($0), which is longer than a small string")] })
  }

  @Test func manyRowsAreOneTransaction() async throws {
    let db = try await Self.table()
    try await db.driver.withConnection(Lease(access: .write)) { (connection: any DriverConnection) async throws in
      #expect(try await connection.runMany(Self.insert, values: Self.values(1...1000), rows: 1000) == 1000)
      #expect(try await connection.runMany(Self.insert, values: [], rows: 0) == 0)
      await expectError(.uniqueViolation) {
        _ = try await connection.runMany(Self.insert, values: Self.values([2000, 2001, 7, 2002]), rows: 4)
      }
      await expectError(.internalError) {
        _ = try await connection.runMany(Self.insert, values: Self.values([2000]), rows: 4)
      }
    }
    #expect(try await db.driver.query("SELECT count(*), max(x) FROM t").rows.first?.first == .int(1000))
  }

  @Test func withinATransactionOnlyTheFailingRowsAreUndone() async throws {
    let db = try await Self.table()
    try await db.driver.withConnection(Lease(access: .write)) { (connection: any DriverConnection) async throws in
      try await connection.begin(TransactionOptions())
      _ = try await connection.runMany(Self.insert, values: Self.values(1...3), rows: 3)
      await expectError(.uniqueViolation) {
        _ = try await connection.runMany(Self.insert, values: Self.values([10, 11, 1]), rows: 3)
      }
      _ = try await connection.runMany(Self.insert, values: Self.values(4...5), rows: 2)
      try await connection.commit()
    }
    #expect(try await db.driver.query("SELECT group_concat(id) FROM t").first == .text("1,2,3,4,5"))
  }

  @Test func aBatchStopsAtItsFirstFailure() async throws {
    let db = try await Self.table()
    try await db.driver.withConnection(Lease(access: .write)) { (connection: any DriverConnection) async throws in
      let calls = [[1, 2], [3]].map { ids in
        DriverCall(
          compiled("INSERT INTO t VALUES \(ids.map { "(\($0), ?)" }.joined(separator: ","))", .write),
          ContiguousArray(ids.map { _ in .text("x") }))
      }
      #expect(
        try await connection.runBatch(calls + [DriverCall(compiled("DELETE FROM t WHERE id = 1"), [])]) == [2, 1, 1])
      await expectError(.unknownTable) {
        _ = try await connection.runBatch([
          DriverCall(compiled("DELETE FROM t WHERE id = 2"), []), DriverCall(compiled("DELETE FROM nowhere"), []),
          DriverCall(compiled("DELETE FROM t WHERE id = 3"), []),
        ])
      }
    }
    #expect(try await db.driver.query("SELECT group_concat(id) FROM t").first == .text("3"))
  }

  @Test func changesAndKeysAreThoseOfTheStatement() async throws {
    let db = try await Self.table()
    try await db.driver.withConnection(Lease(access: .write)) { (connection: any DriverConnection) async throws in
      let many = try await connection.query("INSERT INTO t (x) VALUES ('a'), ('b'), ('c')")
      #expect(many.affected == 3)
      #expect(many.lastInsertID == 3)
      let none = try await connection.query("UPDATE t SET x = 'z' WHERE id = 99")
      #expect(none.affected == 0)
      #expect(none.lastInsertID == nil)
      let ddl = try await connection.query("CREATE TABLE u (k TEXT PRIMARY KEY) WITHOUT ROWID")
      #expect(ddl.affected == 0)
      #expect(ddl.lastInsertID == nil)
      let keyed = try await connection.query("INSERT INTO u VALUES ('k')")
      #expect(keyed.affected == 1)
      #expect(keyed.lastInsertID == nil)
      let ignored = try await connection.query("INSERT OR IGNORE INTO t (id, x) VALUES (1, 'q')")
      #expect(ignored.affected == 0)
      #expect(ignored.lastInsertID == nil)
      let upsert = try await connection.query(
        "INSERT INTO t (id, x) VALUES (1, 'q') ON CONFLICT (id) DO UPDATE SET x = excluded.x")
      #expect(upsert.affected == 1)
      #expect(upsert.lastInsertID == nil)
      // What the application itself asks SQLite for is still there.
      #expect(try await connection.query("SELECT last_insert_rowid()").first == .int(3))
      try await connection.query("INSERT INTO t (id, x) VALUES (last_insert_rowid() + 10, 'w')")
      #expect(try await connection.query("SELECT max(id) FROM t").first == .int(13))
    }
    let returned = try await db.driver.query("DELETE FROM t WHERE id > 1 RETURNING id")
    #expect(returned.rows.count == 3)
    #expect(returned.affected == 3)
  }

  /// A consumer that stops early must not undo or hide what the statement did.
  @Test func aWriteRunsToItsEndWhateverIsRead() async throws {
    struct Refusal: Error {}
    let db = try await Self.table()
    let call = DriverCall(compiled("INSERT INTO t (x) VALUES ('a'), ('b') RETURNING id", .write), [])
    try await db.driver.run(call) { _ in }
    #expect(try await db.driver.run(call) { try $0.next() } == true)
    await #expect(throws: Refusal.self) { try await db.driver.run(call) { _ in throw Refusal() } }
    #expect(try await db.driver.query("SELECT count(*) FROM t").first == .int(6))
  }
}
