import RowanCore
import RowanPostgres
import Testing

@Suite(.postgres)
struct TransactionTests {
  /// A table of numbers, and one connection.
  private func withTable(
    _ body: @Sendable (String, PostgresDriver, any DriverConnection, Connection) async throws -> Void
  ) async throws {
    try await ServerAccess.withDriver { driver in
      let table = Statements.name("numbers")
      try await driver.execute("CREATE TABLE \(table) (n int8 UNIQUE DEFERRABLE INITIALLY DEFERRED)")
      try await driver.withConnection(Lease(access: .write)) { raw in
        try await body(table, driver, raw, Connection(raw: raw))
      }
      try await driver.execute("DROP TABLE \(table)")
    }
  }

  private func numbers(_ driver: PostgresDriver, _ table: String) async throws -> [Int64] {
    try await driver.query("SELECT n FROM \(table) ORDER BY n") { $0.int64() }
  }

  @Test func commitsAndRollsBack() async throws {
    try await withTable { table, driver, raw, connection in
      try await raw.begin(TransactionOptions())
      try await connection.execute("INSERT INTO \(table) VALUES (1)")
      #expect(try await numbers(driver, table) == [])
      try await raw.commit()
      #expect(try await numbers(driver, table) == [1])
      try await raw.begin(TransactionOptions())
      try await connection.execute("INSERT INTO \(table) VALUES (2)")
      try await raw.rollback()
      #expect(try await numbers(driver, table) == [1])
      // Nothing was sent, so that there is nothing to end.
      try await raw.begin(TransactionOptions())
      try await raw.commit()
      try await raw.begin(TransactionOptions())
      try await raw.rollback()
    }
  }

  @Test func isolationAndAccess() async throws {
    try await withTable { _, _, raw, connection in
      let levels: [(TransactionOptions.Isolation?, String)] = [
        (nil, "read committed"), (.readUncommitted, "read uncommitted"), (.readCommitted, "read committed"),
        (.repeatableRead, "repeatable read"), (.serializable, "serializable"),
      ]
      for (level, name) in levels {
        for access in [RawStatement.Access.read, .write] {
          try await raw.begin(TransactionOptions(isolation: level, access: access))
          let found = try await connection.query(
            "SELECT current_setting('transaction_isolation'), current_setting('transaction_read_only')"
          ) { ($0.string(), $0.string()) }
          #expect(found.first?.0 == name && found.first?.1 == (access == .read ? "on" : "off"))
          try await raw.commit()
        }
      }
    }
  }

  @Test func savepoints() async throws {
    try await withTable { table, driver, raw, connection in
      try await raw.begin(TransactionOptions())
      try await raw.savepoint(1)
      try await connection.execute("INSERT INTO \(table) VALUES (1)")
      try await raw.savepoint(2)
      try await connection.execute("INSERT INTO \(table) VALUES (2)")
      try await raw.rollbackToSavepoint(2)
      try await connection.execute("INSERT INTO \(table) VALUES (3)")
      try await raw.savepoint(2)
      try await connection.execute("INSERT INTO \(table) VALUES (4)")
      try await raw.releaseSavepoint(2)
      try await raw.savepoint(2)
      try await raw.releaseSavepoint(2)
      try await raw.savepoint(2)
      try await raw.rollbackToSavepoint(2)
      try await raw.releaseSavepoint(1)
      try await raw.savepoint(1)
      let error = try await rowanError { try await connection.execute("SELECT 1 / 0") }
      #expect(error.code == .valueOutOfRange)
      #expect(try await rowanError { try await connection.execute("SELECT 1") }.code == .transactionAborted)
      #expect(try await rowanError { try await raw.savepoint(2) }.code == .transactionAborted)
      try await raw.rollbackToSavepoint(1)
      try await connection.execute("INSERT INTO \(table) VALUES (5)")
      try await raw.commit()
      #expect(try await numbers(driver, table) == [1, 3, 4, 5])
    }
  }

  @Test func failures() async throws {
    try await withTable { table, driver, raw, connection in
      try await raw.begin(TransactionOptions())
      try await connection.execute("INSERT INTO \(table) VALUES (1)")
      #expect(try await rowanError { try await connection.execute("SELECT no_such") }.code == .unknownColumn)
      #expect(try await rowanError { try await connection.execute("SELECT 1") }.code == .transactionAborted)
      #expect(try await rowanError { try await raw.commit() }.code == .transactionAborted)
      try await raw.rollback()
      #expect(try await numbers(driver, table) == [])

      // A deferred constraint speaks up at COMMIT, which ends the transaction all the same.
      try await raw.begin(TransactionOptions())
      try await connection.execute("INSERT INTO \(table) VALUES (1), (1)")
      #expect(try await rowanError { try await raw.commit() }.code == .uniqueViolation)
      try await raw.rollback()
      try await raw.begin(TransactionOptions())
      try await connection.execute("INSERT INTO \(table) VALUES (7)")
      try await raw.commit()
      #expect(try await numbers(driver, table) == [7])
    }
  }

  @Test func serializationFailure() async throws {
    try await withTable { table, driver, raw, connection in
      try await connection.execute("INSERT INTO \(table) VALUES (1)")
      try await raw.begin(TransactionOptions(isolation: .repeatableRead))
      _ = try await connection.int("SELECT count(*) FROM \(table)")
      try await driver.execute("UPDATE \(table) SET n = n + 1")
      let error = try await rowanError { try await connection.execute("UPDATE \(table) SET n = n + 1") }
      #expect(error.code == .serializationFailure && error.server?.sqlState == "40001")
      try await raw.rollback()
    }
  }

  @Test func failingBegin() async throws {
    try await ServerAccess.withDriver { driver in
      try await driver.withConnection(Lease(access: .write)) { raw in
        let connection = Connection(raw: raw)
        // Inside a transaction of one's own, the setting is refused before the statement is looked at.
        try await connection.execute("BEGIN")
        try await connection.execute("SELECT 1")
        try await raw.begin(TransactionOptions(isolation: .serializable))
        let error = try await rowanError { try await connection.execute("SELECT no_such") }
        #expect(error.server?.sqlState == "25001")
        #expect(error.sql == nil)
        try await raw.rollback()
      }
      #expect(try await driver.int("SELECT 1::int8") == 1)
    }
  }

  @Test func leftOpen() async throws {
    try await ServerAccess.withDriver(pool: PoolOptions(maxConnections: 1, lanes: 1)) { driver in
      let table = Statements.name("left")
      try await driver.execute("CREATE TABLE \(table) (n int8)")
      try await driver.withConnection(Lease(access: .write)) { raw in
        try await raw.begin(TransactionOptions())
        try await Connection(raw: raw).execute("INSERT INTO \(table) VALUES (1)")
      }
      _ = try await driver.withConnection(Lease(access: .write)) { raw in
        try await Connection(raw: raw).execute("SET application_name = 'changed'")
      }
      #expect(try await driver.int("SELECT count(*) FROM \(table)") == 0)
      #expect(try await driver.query("SHOW application_name") { $0.string() } == ["rowan"])
      try await driver.execute("DROP TABLE \(table)")
    }
  }

  @Test func tasksThatAreCancelled() async throws {
    try await ServerAccess.withDriver(pool: PoolOptions(maxConnections: 1, lanes: 1)) { driver in
      let table = Statements.name("cancelled")
      try await driver.execute("CREATE TABLE \(table) (n int8)")
      for delay in [0, 1, 5, 20, 60] {
        let task = Task {
          try await driver.withConnection(Lease(access: .write)) { raw in
            do {
              try await raw.begin(TransactionOptions())
              try await Connection(raw: raw).execute("INSERT INTO \(table) VALUES (1)")
              try await Connection(raw: raw).execute("SELECT pg_sleep(0.05)")
              try await raw.commit()
            } catch {
              try await raw.rollback()
              throw error
            }
          }
        }
        try await Task.sleep(for: .milliseconds(delay))
        task.cancel()
        let outcome = await task.result
        if case .failure(let error) = outcome { #expect((error as? RowanError)?.code == .cancelled) }
        #expect(
          try await driver.int(
            "SELECT count(*) FROM pg_stat_activity WHERE state LIKE 'idle in transaction%' AND pid = pg_backend_pid()")
            == 0)
        #expect(try await driver.int("SELECT 1::int8") == 1)
      }
      try await driver.execute("DROP TABLE \(table)")
    }
  }

  @Test func runsOnItsLane() async throws {
    try await ServerAccess.withDriver { driver in
      let lanes = driver.lanes
      let onLane = try await Task { @MainActor in
        try await driver.withConnection(Lease(access: .read)) { raw in
          var places = [Lane.current != nil]
          _ = try await Connection(raw: raw).int("SELECT 1::int8")
          places.append(Lane.current.map(lanes.contains) ?? false)
          return places
        }
      }.value
      #expect(onLane == [true, true])
    }
  }
}
