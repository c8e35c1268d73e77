import RowanCore
import Synchronization
import Testing

@testable import RowanMySQL

/// What the server refuses is named by constraint, table and column, and never by value.
@Suite(.enabled(if: TestDatabase.isRequired))
struct ErrorTests {
  @Test func constraintsAreNamedWithoutValues() async throws {
    try await TestDatabase.withDriver { driver in
      try await driver.withTable("id BIGINT PRIMARY KEY") { parent in
        let columns = """
          id BIGINT PRIMARY KEY, email VARCHAR(100) NOT NULL, age INT, parent BIGINT, CONSTRAINT `uq it's` UNIQUE (email),
          CONSTRAINT ck_age CHECK (age >= 0), CONSTRAINT fk_parent FOREIGN KEY (parent) REFERENCES \(parent) (id)
          """
        try await driver.withTable(columns) { table in
          let insert = "INSERT INTO \(table) (id, email, age, parent) VALUES (?, ?, ?, ?)"
          let secret = "hunter2' for key 'nothing"
          try await driver.run("INSERT INTO \(parent) VALUES (1)")
          try await driver.run(insert, .int(1), .text(secret), .int(1), .int(1))

          let unique = try #require(await driver.failure(insert, .int(2), .text(secret), .int(1), .int(1)))
          #expect(unique.code == .uniqueViolation)
          #expect(unique.constraint == "uq it's")
          #expect(unique.server?.sqlState == "23000")
          #expect(unique.server?.number == 1062)
          #expect(unique.sql == insert)
          let primary = try #require(await driver.failure(insert, .int(1), .text("x"), .int(1), .int(1)))
          #expect(primary.constraint == "PRIMARY")

          let foreign = try #require(await driver.failure(insert, .int(3), .text("y"), .int(1), .int(77)))
          #expect(foreign.code == .foreignKeyViolation)
          #expect(foreign.constraint == "fk_parent")
          #expect(foreign.table == table)
          #expect(foreign.columns == ["parent"])
          let referred = try #require(await driver.failure("DELETE FROM \(parent) WHERE id = ?", .int(1)))
          #expect(referred.code == .foreignKeyViolation)
          #expect(referred.constraint == "fk_parent")
          #expect(referred.table == table)

          let null = try #require(await driver.failure(insert, .int(4), .null, .int(1), .int(1)))
          #expect(null.code == .notNullViolation)
          #expect(null.columns == ["email"])
          let missing = try #require(await driver.failure("INSERT INTO \(table) (id) VALUES (?)", .int(5)))
          #expect(missing.code == .notNullViolation)
          #expect(missing.columns == ["email"])

          let check = try #require(await driver.failure(insert, .int(6), .text("z"), .int(-987_654_321), .int(1)))
          #expect(check.code == .checkViolation)
          #expect(check.constraint == "ck_age")
          #expect(check.table == table)
          for error in [unique, primary, foreign, referred, null, missing, check] {
            #expect(!"\(error)".contains("hunter2"))
            #expect(!"\(error)".contains("987654321"))
          }
        }
      }
    }
  }

  @Test(arguments: [
    ("SELEC 'hunter2'", RowanError.Code.syntaxError), ("SELECT * FROM no_such_table", .unknownTable),
    ("DROP TABLE no_such_table", .unknownTable), ("SELECT no_such_column FROM (SELECT 1 AS a) AS t", .unknownColumn),
    ("SELECT 1; SELECT 2", .syntaxError), ("", .emptyStatement), ("SELECT 18446744073709551615 + 1", .valueOutOfRange),
    ("SELECT no_such_function(1)", .serverError), ("CREATE TABLE no_such_database.t (a INT)", .unknownDatabase),
    ("SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'it is ''hunter2'''", .serverError),
  ])
  func codes(_ sql: String, _ code: RowanError.Code) async throws {
    try await TestDatabase.withDriver { driver in
      let error = try #require(await driver.failure(sql))
      #expect(error.code == code, "\(error)")
      #expect(!error.message.contains("hunter2"))
      #expect(error.sql == sql)
      // Nothing sticks to the connection.
      let rows = try await driver.run("SELECT 1")
      #expect(rows == [[.int(1)]])
    }
  }

  @Test func namesOfWhatIsMissing() async throws {
    try await TestDatabase.withDriver { driver in
      let table = try #require(await driver.failure("SELECT * FROM no_such_table"))
      #expect(table.table == "no_such_table")
      let column = try #require(await driver.failure("SELECT t.no_such_column FROM (SELECT 1 AS a) AS t"))
      #expect(column.columns == ["no_such_column"])
    }
  }

  @Test func aReadOnlyTransactionCannotWrite() async throws {
    try await TestDatabase.withDriver { driver in
      try await driver.withTable("id INT") { table in
        try await driver.withConnection(Lease(access: .read)) { connection in
          try await connection.begin(TransactionOptions(access: .read))
          let error = await #expect(throws: RowanError.self) {
            try await connection.run("INSERT INTO \(table) VALUES (1)")
          }
          #expect(error?.code == .readOnlyTransaction)
          try await connection.rollback()
        }
      }
    }
  }

  private final class Arrivals: Sendable {
    let count = Mutex(0)
  }

  /// Two transactions that wait for each other: one is ended by the server, and accepts nothing afterwards.
  @Test func deadlock() async throws {
    try await TestDatabase.withDriver { driver in
      try await driver.withTable("id INT PRIMARY KEY, v INT") { table in
        try await driver.run("INSERT INTO \(table) VALUES (1, 0), (2, 0)")
        let locked = Arrivals()
        let codes = await withTaskGroup(of: [RowanError.Code].self) { group in
          for (first, second) in [(1, 2), (2, 1)] {
            group.addTask {
              do {
                return try await driver.withConnection(Lease(access: .write)) { connection in
                  try await connection.begin(TransactionOptions())
                  var codes: [RowanError.Code] = []
                  for id in [first, second] {
                    do {
                      try await connection.run("UPDATE \(table) SET v = v + 1 WHERE id = ?", .int(Int64(id)))
                      // Until both have what the other wants; not for ever, where one has failed.
                      locked.count.withLock { $0 += 1 }
                      for _ in 0..<6000 where locked.count.withLock({ $0 }) < 2 {
                        try await Task.sleep(for: .milliseconds(5))
                      }
                    } catch let error as RowanError {
                      codes.append(error.code)
                      do { try await connection.run("SELECT 1") } catch let late as RowanError {
                        codes.append(late.code)
                      }
                      do { try await connection.commit() } catch let late as RowanError { codes.append(late.code) }
                    }
                  }
                  if codes.isEmpty { try await connection.commit() } else { try await connection.rollback() }
                  return codes
                }
              } catch {
                return [.internalError]
              }
            }
          }
          return await group.reduce(into: []) { $0 += $1 }
        }
        #expect(codes.first == .deadlock)
        #expect(codes.dropFirst().allSatisfy { $0 == .transactionAborted })
        let rows = try await driver.run("SELECT SUM(v) FROM \(table)", results: [.bigint])
        #expect(rows == [[.int(2)]])
      }
    }
  }

  @Test func lockTimeoutLeavesTheTransactionOpen() async throws {
    try await TestDatabase.withDriver { driver in
      try await driver.withTable("id INT PRIMARY KEY, v INT") { table in
        try await driver.run("INSERT INTO \(table) VALUES (1, 0), (2, 0)")
        try await driver.withConnection(Lease(access: .write)) { holder in
          try await holder.begin(TransactionOptions())
          try await holder.run("UPDATE \(table) SET v = 1 WHERE id = 1")
          try await driver.withConnection(Lease(access: .write)) { waiter in
            try await waiter.begin(TransactionOptions())
            try await waiter.run("UPDATE \(table) SET v = 2 WHERE id = 2")
            let error = await #expect(throws: RowanError.self) {
              try await waiter.run("SELECT v FROM \(table) WHERE id = 1 FOR UPDATE NOWAIT")
            }
            #expect(error?.code == .lockTimeout)
            try await waiter.commit()
          }
          try await holder.rollback()
        }
        let rows = try await driver.run("SELECT v FROM \(table) ORDER BY id")
        #expect(rows == [[.int(0)], [.int(2)]])
      }
    }
  }

  @Test func namesAreFoundInTheTextsOfErrors() {
    func report(_ number: Int, _ text: String) -> MySQLReport {
      MySQLFailure(number: number, state: "HY000", text: text).report()
    }
    let eight = report(1062, "Duplicate entry 'a-b' for key 'users.uq_email'")
    #expect(eight.constraint == "uq_email")
    #expect(eight.table == "users")
    #expect(report(3819, "Check constraint 'ck_age' is violated.").constraint == "ck_age")
    #expect(report(4025, "CONSTRAINT `t.age` failed for `d`.`t`").constraint == "age")
    #expect(report(1364, "Field 'email' doesn't have a default value").columns == ["email"])
    let doubled = report(1452, "… fails (`d`.`a``b`, CONSTRAINT `c``d` FOREIGN KEY (`x`, `y`) REFERENCES `z` (`q`))")
    #expect(doubled.table == "a`b")
    #expect(doubled.constraint == "c`d")
    #expect(doubled.columns == ["x", "y"])
    #expect(
      report(1366, "Incorrect integer value: 'x for column `q`' for column `d`.`t`.`c` at row 1").columns == ["c"])
    #expect(report(9999, "bad 'secret ' quote' here").message == "bad '…' here")
    #expect(report(1290, "… running with the --read-only option …").code == .readOnlyDatabase)
    #expect(report(1290, "… running with the --secure-file-priv option …").code == .serverError)
    #expect(report(1114, "The table 't' is full").code == .diskFull)
    #expect(report(2013, "Lost connection").code == .connectionLost)
  }
}
