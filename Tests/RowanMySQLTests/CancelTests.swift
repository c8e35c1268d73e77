import Foundation
import RowanCore
import Testing

@testable import RowanMySQL

/// Leaving statements before their end.
@Suite(.enabled(if: TestDatabase.isRequired), .timeLimit(.minutes(3)))
struct CancelTests {
  private func running(_ driver: MySQLDriver, _ marker: String) async throws -> Bool {
    let rows = try await driver.run(
      "SELECT COUNT(*) FROM information_schema.processlist WHERE INFO LIKE ? AND ID <> CONNECTION_ID()",
      .text("%\(marker)%"))
    return rows != [[.int(0)]]
  }

  private func waitUntil(_ condition: () async throws -> Bool) async throws {
    for _ in 0..<1500 {
      if try await condition() { return }
      try await Task.sleep(for: .milliseconds(20))
    }
    Issue.record("nothing happened within half a minute")
  }

  @Test func cancellingReachesTheServer() async throws {
    try await TestDatabase.withDriver { driver in
      let marker = TestDatabase.name("marker")
      let task = Task { try await driver.run("SELECT SLEEP(30) /* \(marker) */") }
      try await waitUntil { try await running(driver, marker) }
      let start = ContinuousClock.now
      task.cancel()
      let error = await #expect(throws: RowanError.self) { try await task.value }
      #expect(error?.code == .cancelled)
      #expect(error?.cause is CancellationError)
      // Not because it had slept enough.
      #expect(ContinuousClock.now - start < .seconds(25))
      try await waitUntil { try await !running(driver, marker) }
    }
  }

  /// A cancel that arrives late must not hit the statement of the next borrower.
  @Test func theNextStatementIsNeverHit() async throws {
    try await TestDatabase.withDriver(pool: PoolOptions(maxConnections: 1)) { driver in
      for round in 0..<60 {
        let task = Task { try await driver.run("SELECT SLEEP(0.01)") }
        try await Task.sleep(for: .microseconds(round * 300))
        task.cancel()
        _ = try? await task.value
        let rows = try await driver.run("SELECT SLEEP(0.002), 7")
        #expect(rows == [[.int(0), .int(7)]])
      }
    }
  }

  @Test func cancellingAWaiterSendsNothing() async throws {
    try await TestDatabase.withDriver(pool: PoolOptions(maxConnections: 1)) { driver in
      try await driver.withTable("id INT") { table in
        try await driver.withConnection(Lease(access: .write)) { connection in
          try await connection.run("SELECT 1")
          let task = Task.detached { try await driver.run("INSERT INTO \(table) VALUES (1)") }
          try await Task.sleep(for: .milliseconds(50))
          task.cancel()
          let error = await #expect(throws: RowanError.self) { try await task.value }
          #expect(error?.code == .cancelled)
        }
        let rows = try await driver.run("SELECT COUNT(*) FROM \(table)")
        #expect(rows == [[.int(0)]])
      }
    }
  }

  @Test func aCancelledTaskSendsNothing() async throws {
    try await TestDatabase.withDriver { driver in
      let error = await Task {
        withUnsafeCurrentTask { $0?.cancel() }
        return await driver.failure("DO 1")
      }.value
      #expect(error?.code == .cancelled)
    }
  }

  @Test func statementsTimeOut() async throws {
    try await TestDatabase.withDriver(pool: PoolOptions(maxConnections: 1)) { driver in
      let start = ContinuousClock.now
      let error = await #expect(throws: RowanError.self) {
        try await driver.run(Statements.call("SELECT SLEEP(30)", timeout: .milliseconds(100))) { try $0.all() }
      }
      #expect(error?.code == .queryTimeout)
      #expect(ContinuousClock.now - start < .seconds(20))
      let rows = try await driver.run("SELECT 1")
      #expect(rows == [[.int(1)]])
    }
  }

  @Test func theServerEndsWhatHasNoTimeoutOfItsOwn() async throws {
    let pool = PoolOptions(maxConnections: 1, statementTimeout: .milliseconds(200))
    try await TestDatabase.withDriver(pool: pool) { driver in
      let before = try await driver.run("SELECT CONNECTION_ID()")
      let error = await driver.failure("SELECT SLEEP(5)")
      #expect(error?.code == .queryTimeout)
      #expect(error?.server?.number == 1969)
      // One that may run longer does, and the next one may not again.
      let slow = try await driver.run(Statements.call("SELECT SLEEP(0.5)", timeout: .seconds(5))) { try $0.all() }
      #expect(slow == [[.int(0)]])
      let limit = try await driver.run("SELECT @@max_statement_time")
      #expect(limit == [[.double(0.2)]])
      let after = try await driver.run("SELECT CONNECTION_ID()")
      #expect(before == after)
    }
  }

  @Test func aTransactionIsRolledBackAfterACancel() async throws {
    try await TestDatabase.withDriver(pool: PoolOptions(maxConnections: 1)) { driver in
      try await driver.withTable("id INT PRIMARY KEY") { table in
        let task = Task {
          try await driver.withConnection(Lease(access: .write)) { connection in
            try await connection.begin(TransactionOptions())
            do {
              try await connection.run("INSERT INTO \(table) VALUES (1)")
              try await connection.run("SELECT SLEEP(30)")
              try await connection.commit()
            } catch {
              try await connection.rollback()
              throw error
            }
          }
        }
        try await Task.sleep(for: .milliseconds(200))
        task.cancel()
        let error = await #expect(throws: RowanError.self) { try await task.value }
        #expect(error?.code == .cancelled)
        let rows = try await driver.run("SELECT COUNT(*) FROM \(table)")
        #expect(rows == [[.int(0)]])
        let open = try await driver.run(
          "SELECT COUNT(*) FROM information_schema.innodb_trx WHERE trx_mysql_thread_id = CONNECTION_ID()")
        #expect(open == [[.int(0)]])
      }
    }
  }

  /// Cancels at every moment of a transaction, and finds all of it or nothing, and no connection inside one.
  @Test func cancellingAtAnyMomentLeavesNoTransactionOpen() async throws {
    try await TestDatabase.withDriver(pool: PoolOptions(maxConnections: 2)) { driver in
      try await driver.withTable("round INT, id INT") { table in
        for round in 0..<80 {
          let task = Task {
            try await driver.withConnection(Lease(access: .write)) { connection in
              try await connection.begin(TransactionOptions(isolation: .repeatableRead))
              do {
                for id in 0..<2 {
                  try await connection.run("INSERT INTO \(table) VALUES (?, ?)", .int(Int64(round)), .int(Int64(id)))
                }
                try await connection.savepoint(1)
                try await connection.releaseSavepoint(1)
                try await connection.commit()
              } catch {
                try await connection.rollback()
                throw error
              }
            }
          }
          try await Task.sleep(for: .microseconds(round * 40))
          task.cancel()
          let isCommitted = (try? await task.value) != nil
          let count = try await driver.run("SELECT COUNT(*) FROM \(table) WHERE round = ?", .int(Int64(round)))
          if isCommitted {
            #expect(count == [[.int(2)]])
          } else {
            #expect(count == [[.int(0)]] || count == [[.int(2)]])
          }
          let inside = try await driver.run("SELECT @@in_transaction")
          #expect(inside == [[.int(0)]])
        }
      }
    }
  }

  @Test func aLeaseThatForgetsItsTransactionIsRolledBack() async throws {
    struct Gone: Error {}
    try await TestDatabase.withDriver(pool: PoolOptions(maxConnections: 1)) { driver in
      try await driver.withTable("id INT PRIMARY KEY") { table in
        for raw in [false, true] {
          await #expect(throws: Gone.self) {
            try await driver.withConnection(Lease(access: .write)) { connection in
              if raw {
                try await connection.run("START TRANSACTION")
              } else {
                try await connection.begin(TransactionOptions())
              }
              try await connection.run("INSERT INTO \(table) VALUES (1)")
              throw Gone()
            }
          }
          let rows = try await driver.run("SELECT COUNT(*), @@in_transaction FROM \(table)")
          #expect(rows == [[.int(0), .int(0)]])
        }
      }
    }
  }
}
