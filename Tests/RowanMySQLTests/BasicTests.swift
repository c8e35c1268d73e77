import RowanCore
import Testing

@testable import RowanMySQL

@Suite(.enabled(if: TestDatabase.isRequired))
struct BasicTests {
  @Test func runsStatementsAndTransactions() async throws {
    try await TestDatabase.withDriver { driver in
      #expect(try await driver.run("SELECT 1, 'a', NULL, 2.50") == [[.int(1), .text("a"), .null, .decimal("2.50")]])
      try await driver.withTable("id BIGINT PRIMARY KEY AUTO_INCREMENT, name VARCHAR(20)") { table in
        let inserted = try await driver.run(
          Statements.call("INSERT INTO \(table) (name) VALUES (?)", [.text("one")])
        ) { ($0.affectedRows, $0.lastInsertID) }
        #expect(inserted.0 == 1)
        #expect(inserted.1 == 1)
        try await driver.withConnection(Lease(access: .write)) { connection in
          try await connection.begin(TransactionOptions())
          try await connection.run("INSERT INTO \(table) (name) VALUES (?)", .text("two"))
          try await connection.rollback()
          try await connection.begin(TransactionOptions(isolation: .readCommitted))
          try await connection.run("INSERT INTO \(table) (name) VALUES (?)", .text("three"))
          try await connection.commit()
        }
        #expect(
          try await driver.run("SELECT name FROM \(table) ORDER BY id") == [[.text("one")], [.text("three")]])
      }
    }
  }
}
