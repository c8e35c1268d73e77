import Foundation
import RowanCore
import Testing

@testable import RowanMySQL

/// Prepared statements over their life, and what a session keeps.
@Suite(.enabled(if: TestDatabase.isRequired))
struct StatementTests {
  @Test func theCacheIsBounded() async throws {
    try await TestDatabase.withDriver(pool: PoolOptions(maxConnections: 1, statementCacheCapacity: 3)) { driver in
      let all = (0..<10).map { Statements.compiled("SELECT \($0)", access: .read) }
      for round in 0..<3 {
        for (index, compiled) in all.enumerated() {
          let rows = try await driver.run(DriverCall(compiled, [])) { try $0.all() }
          #expect(rows == [[.int(Int64(index))]], "round \(round)")
        }
      }
      let count = try await driver.run("SHOW SESSION STATUS LIKE 'Com_stmt_close'")
      #expect(count.first?.last != .text("0"))
    }
  }

  @Test func statementsAreReused() async throws {
    try await TestDatabase.withDriver(pool: PoolOptions(maxConnections: 1)) { driver in
      let status = Statements.compiled("SHOW SESSION STATUS LIKE 'Com_stmt_prepare'", access: .read)
      let query = Statements.compiled("SELECT ?", types: [nil], access: .read)
      _ = try await driver.run(DriverCall(query, [.int(0)])) { try $0.all() }
      let before = try await driver.run(DriverCall(status, [])) { try $0.all() }
      for value: SQLValue in [.int(1), .text("a"), .null, .double(1.5), .bytes([1])] {
        _ = try await driver.run(DriverCall(query, [value])) { try $0.all() }
      }
      let after = try await driver.run(DriverCall(status, [])) { try $0.all() }
      #expect(before == after)
    }
  }

  @Test func statementsSurviveOtherSessionsDDL() async throws {
    try await TestDatabase.withDriver { driver in
      try await driver.withTable("id INT PRIMARY KEY, v INT") { table in
        try await driver.run("INSERT INTO \(table) VALUES (1, 2)")
        let select = Statements.compiled("SELECT * FROM \(table)", access: .read)
        let insert = Statements.compiled("INSERT INTO \(table) (id, v) VALUES (?, ?)", types: [nil, nil])
        try await driver.withConnection(Lease(access: .write)) { connection in
          #expect(try await connection.run(DriverCall(select, [])) { try $0.all() } == [[.int(1), .int(2)]])
          try await connection.run(DriverCall(insert, [.int(2), .int(3)])) { _ in }
          try await driver.run("ALTER TABLE \(table) MODIFY v VARCHAR(10)")
          #expect(try await connection.run(DriverCall(select, [])) { try $0.all() }.first == [.int(1), .text("2")])
          try await driver.run("ALTER TABLE \(table) ADD w INT")
          #expect(
            try await connection.run(DriverCall(select, [])) { try $0.all() }.first == [.int(1), .text("2"), .null])
          try await driver.run("ALTER TABLE \(table) DROP v, ADD v INT FIRST")
          #expect(try await connection.run(DriverCall(select, [])) { try $0.all() }.first == [.null, .int(1), .null])
          try await connection.run(DriverCall(insert, [.int(3), .int(4)])) { _ in }
          #expect(try await connection.run("SELECT COUNT(*) FROM \(table)") == [[.int(3)]])
        }
      }
    }
  }

  @Test func columnsThatWereRenamedOrReplaced() async throws {
    try await TestDatabase.withDriver(pool: PoolOptions(maxConnections: 1)) { driver in
      let table = TestDatabase.name("renamed")
      try await driver.run("CREATE TABLE \(table) (a INT, b INT)")
      try await driver.run("INSERT INTO \(table) VALUES (1, 2)")
      let call = Statements.call("SELECT * FROM \(table)", access: .read)
      let before = try await driver.run(call) { rows in (rows.columnNames, try rows.all()) }
      #expect(before.0 == ["a", "b"])
      try await driver.run("ALTER TABLE \(table) CHANGE a c INT AFTER b")
      let after = try await driver.run(call) { rows in (rows.columnNames, try rows.all()) }
      #expect(after.0 == ["b", "c"])
      #expect(after.1 == [[.int(2), .int(1)]])
      try await driver.run("DROP TABLE \(table)")
    }
  }

  @Test func lockedTablesAreGivenBack() async throws {
    try await TestDatabase.withDriver(pool: PoolOptions(maxConnections: 1)) { driver in
      let tables = [TestDatabase.name("locked"), TestDatabase.name("free")]
      for table in tables { try await driver.run("CREATE TABLE \(table) (a INT)") }
      try await driver.run("LOCK TABLES \(tables[0]) WRITE")
      let rows = try await driver.run("SELECT COUNT(*) FROM \(tables[1])")
      #expect(rows == [[.int(0)]])
      for table in tables { try await driver.run("DROP TABLE \(table)") }
    }
  }

  @Test func oneOffsAreNotKept() async throws {
    try await TestDatabase.withDriver(pool: PoolOptions(maxConnections: 1)) { driver in
      for _ in 0..<3 {
        _ = try await driver.run(Statements.call("SELECT 1", isReusable: false)) { try $0.all() }
        _ = try await driver.run(Statements.call("SELECT ?", [.int(1)], isReusable: false)) { try $0.all() }
        _ = try? await driver.run(Statements.call("SELECT * FROM no_such_table", isReusable: false)) { try $0.all() }
      }
      let rows = try await driver.run(
        "SELECT VARIABLE_VALUE FROM information_schema.session_status WHERE VARIABLE_NAME IN "
          + "('COM_STMT_PREPARE', 'COM_STMT_CLOSE') ORDER BY VARIABLE_NAME")
      // Everything was closed but the statement that asks.
      let numbers = rows.flatMap { $0 }.compactMap { if case .text(let text) = $0 { Int(text) } else { nil } }
      #expect(numbers.count == 2)
      #expect(numbers.first.map { $0 >= 6 } == true)
    }
  }

  @Test func proceduresGiveTheirFirstResult() async throws {
    try await TestDatabase.withDriver(pool: PoolOptions(maxConnections: 1)) { driver in
      let name = TestDatabase.name("p")
      try await driver.run(
        Statements.call("CREATE PROCEDURE \(name)(n INT) BEGIN SELECT n; SELECT n + 1, 'x'; END", isReusable: false)
      ) { _ in }
      let call = Statements.compiled("CALL \(name)(?)", types: [nil])
      for value in 0..<3 {
        let rows = try await driver.run(DriverCall(call, [.int(Int64(value))])) { try $0.all() }
        #expect(rows == [[.int(Int64(value))]])
        let one = try await driver.run("SELECT 1")
        #expect(one == [[.int(1)]])
      }
      try await driver.run("DROP PROCEDURE \(name)")
    }
  }

  @Test func sessionsAreSetUp() async throws {
    let pool = PoolOptions(maxConnections: 1, statementTimeout: .milliseconds(2500))
    try await TestDatabase.withDriver(pool: pool) { driver in
      let row = try await driver.run(
        "SELECT @@time_zone, @@collation_connection, @@autocommit, @@max_statement_time, @@local_infile IS NULL, "
          + "FIND_IN_SET('STRICT_ALL_TABLES', @@sql_mode) > 0, @@lc_messages")
      #expect(
        row == [[.text("+00:00"), .text("utf8mb4_bin"), .int(1), .double(2.5), .int(0), .int(1), .text("en_US")]])
      #expect(driver.dialect.name == "mysql")
    }
  }

  /// What a statement changes in its session ends with the lease.
  @Test func changedSessionsAreNotLentAgain() async throws {
    try await TestDatabase.withDriver(pool: PoolOptions(maxConnections: 1)) { driver in
      let first = try await driver.run("SELECT CONNECTION_ID()")
      try await driver.withTable("v INT") { table in
        try await driver.run("INSERT INTO \(table) VALUES (?)", .int(1))
        try await driver.withConnection(Lease(access: .write)) { connection in
          try await connection.begin(TransactionOptions(isolation: .serializable))
          try await connection.savepoint(1)
          try await connection.run("UPDATE \(table) SET v = 2")
          try await connection.rollbackToSavepoint(1)
          try await connection.commit()
        }
      }
      let same = try await driver.run("SELECT CONNECTION_ID()")
      #expect(first == same)
      try await driver.run("SET SESSION time_zone = '+05:00'")
      let zone = try await driver.run("SELECT @@time_zone")
      #expect(zone == [[.text("+00:00")]])
      let other = try await driver.run("SELECT CONNECTION_ID()")
      #expect(first != other)
    }
  }

  @Test func countsRowsFoundAndKeysMade() async throws {
    try await TestDatabase.withDriver { driver in
      try await driver.withTable("id BIGINT PRIMARY KEY AUTO_INCREMENT, v INT") { table in
        func counts(_ sql: String) async throws -> (Int, Int64?) {
          try await driver.run(Statements.call(sql)) { ($0.affectedRows, $0.lastInsertID) }
        }
        let inserted = try await counts("INSERT INTO \(table) (v) VALUES (1), (2), (3)")
        #expect(inserted == (3, 1))
        // Found, though two of them stay as they are.
        let updated = try await counts("UPDATE \(table) SET v = 1")
        #expect(updated == (3, nil))
        let deleted = try await counts("DELETE FROM \(table) WHERE id > 1")
        #expect(deleted == (2, nil))
        let zero = try await counts("INSERT INTO \(table) (id, v) VALUES (0, 9)")
        #expect(zero.0 == 1)
        let rows = try await driver.run("INSERT INTO \(table) (v) VALUES (7), (8) RETURNING v")
        #expect(rows == [[.int(7)], [.int(8)]])
        let ids = try await driver.run("SELECT id FROM \(table) ORDER BY id LIMIT 1")
        #expect(ids == [[.int(0)]])
      }
    }
  }
}
