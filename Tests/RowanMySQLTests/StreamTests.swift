import Foundation
import RowanCore
import Testing

@testable import RowanMySQL

/// Rows that stay on the wire until they are asked for.
@Suite(.enabled(if: TestDatabase.isRequired), .timeLimit(.minutes(2)))
struct StreamTests {
  static let numbers = "SELECT seq, REPEAT('x', 50), NULL FROM seq_1_to_200000"

  private func connectionID(_ driver: MySQLDriver) async throws -> [[Seen]] {
    try await driver.run("SELECT CONNECTION_ID()")
  }

  /// The session ends while the rest of a stream that nobody wants is read: the next statement has a connection of its
  /// own.
  @Test func aSessionThatEndsWhileItsRestIsRead() async throws {
    try await TestDatabase.withDriver(pool: PoolOptions(maxConnections: 1)) { driver in
      for _ in 0..<5 {
        let rows = Statements.call(
          "SELECT CONNECTION_ID(), REPEAT('x', 100000) FROM seq_1_to_500", results: [.bigint, .text], access: .read)
        let stream = try await driver.stream(rows)
        let first = try await stream.nextBatch(limit: 1) { try $0.all().first?.first }
        guard case .int(let session)? = first ?? nil else { throw TestDatabase.Missing(name: "a session") }
        try await TestDatabase.withDriver { other in _ = try await other.run("KILL CONNECTION \(session)") }
        await stream.close()
        #expect(try await driver.run("SELECT 1") == [[.int(1)]])
      }
    }
  }

  @Test func aLargeResultInBatches() async throws {
    try await TestDatabase.withDriver(pool: PoolOptions(maxConnections: 1)) { driver in
      let first = try await connectionID(driver)
      let stream = try await driver.stream(Statements.call(Self.numbers, access: .read))
      var count = 0
      var sum: Int64 = 0
      while let batch = try await stream.nextBatch(
        limit: 1000,
        { rows in
          var count = 0
          var sum: Int64 = 0
          while try rows.next() {
            count += 1
            sum += Int64(bitPattern: rows.cells[0].bits)
          }
          return (count, sum)
        })
      {
        #expect(batch.0 <= 1000)
        count += batch.0
        sum += batch.1
      }
      #expect(count == 200_000)
      #expect(sum == 20_000_100_000)
      let after = try await stream.nextBatch(limit: 1) { _ in 1 }
      #expect(after == nil)
      await stream.close()
      // The only connection is free again, and is the same.
      let second = try await connectionID(driver)
      #expect(first == second)
    }
  }

  @Test func aShortRestIsReadWhenAStreamIsClosed() async throws {
    try await TestDatabase.withDriver(pool: PoolOptions(maxConnections: 1)) { driver in
      let first = try await connectionID(driver)
      let stream = try await driver.stream(Statements.call("SELECT seq FROM seq_1_to_500", access: .read))
      let count = try await stream.nextBatch(limit: 10) { try $0.all().count }
      #expect(count == 10)
      await stream.close()
      await stream.close()
      let second = try await connectionID(driver)
      #expect(first == second)
    }
  }

  @Test func aLongRestIsEndedByTheServer() async throws {
    try await TestDatabase.withDriver(pool: PoolOptions(maxConnections: 1)) { driver in
      let stream = try await driver.stream(
        Statements.call("SELECT a.seq, REPEAT('x', 1000) FROM seq_1_to_1000000 a, seq_1_to_1000000 b", access: .read))
      let count = try await stream.nextBatch(limit: 10) { try $0.all().count }
      #expect(count == 10)
      let start = ContinuousClock.now
      await stream.close()
      let rows = try await driver.run("SELECT 1")
      #expect(rows == [[.int(1)]])
      #expect(ContinuousClock.now - start < .seconds(5))
    }
  }

  @Test func anErrorMidwayIsThrownAndTheConnectionKept() async throws {
    try await TestDatabase.withDriver(pool: PoolOptions(maxConnections: 1)) { driver in
      let first = try await connectionID(driver)
      let stream = try await driver.stream(
        Statements.call("SELECT seq, (SELECT 1 UNION SELECT IF(seq > 5000, 2, 1)) FROM seq_1_to_10000", access: .read))
      var count = 0
      let error = await #expect(throws: RowanError.self) {
        while let batch = try await stream.nextBatch(limit: 100, { try $0.all().count }) { count += batch }
      }
      #expect(error?.code == .serverError)
      #expect(count > 0 && count <= 5000)
      await stream.close()
      let second = try await connectionID(driver)
      #expect(first == second)
    }
  }

  @Test func anErrorOfTheReaderLeavesTheStreamUsable() async throws {
    struct Refused: Error {}
    try await TestDatabase.withDriver(pool: PoolOptions(maxConnections: 1)) { driver in
      let stream = try await driver.stream(Statements.call(Self.numbers, access: .read))
      await #expect(throws: Refused.self) { try await stream.nextBatch(limit: 10) { _ in throw Refused() } }
      await stream.close()
      let rows = try await driver.run("SELECT 1")
      #expect(rows == [[.int(1)]])
    }
  }

  @Test func aStreamInsideALeaseKeepsItsConnectionBusy() async throws {
    try await TestDatabase.withDriver(pool: PoolOptions(maxConnections: 1)) { driver in
      try await driver.withConnection(Lease(access: .read)) { connection in
        try await connection.begin(TransactionOptions(access: .read))
        let stream = try await connection.stream(Statements.call(Self.numbers, access: .read))
        let some = try await stream.nextBatch(limit: 5) { try $0.all().count }
        #expect(some == 5)
        let error = await #expect(throws: RowanError.self) { try await connection.run("SELECT 1") }
        #expect(error?.code == .unsupported)
        await stream.close()
        let rows = try await connection.run("SELECT 1")
        #expect(rows == [[.int(1)]])
        try await connection.commit()
        // Left open: the lease clears it away.
        _ = try await connection.stream(Statements.call(Self.numbers, access: .read))
      }
      let rows = try await driver.run("SELECT 2")
      #expect(rows == [[.int(2)]])
    }
  }

  @Test func cancellingEndsAStream() async throws {
    try await TestDatabase.withDriver(pool: PoolOptions(maxConnections: 1)) { driver in
      let task = Task {
        let stream = try await driver.stream(
          Statements.call("SELECT seq, SLEEP(0.05) FROM seq_1_to_1000", access: .read))
        while try await stream.nextBatch(limit: 1000, { try $0.all().count }) != nil {}
      }
      try await Task.sleep(for: .milliseconds(200))
      task.cancel()
      let error = await #expect(throws: RowanError.self) { try await task.value }
      #expect(error?.code == .cancelled)
      let rows = try await driver.run("SELECT 1")
      #expect(rows == [[.int(1)]])
    }
  }

  @Test func aStreamWithoutRows() async throws {
    try await TestDatabase.withDriver(pool: PoolOptions(maxConnections: 1)) { driver in
      let stream = try await driver.stream(Statements.call("SELECT 1 WHERE 1 = 0", access: .read))
      let none = try await stream.nextBatch(limit: 10) { _ in 1 }
      #expect(none == nil)
      let write = try await driver.stream(Statements.call("DO 1"))
      let nothing = try await write.nextBatch(limit: 10) { _ in 1 }
      #expect(nothing == nil)
      let rows = try await driver.run("SELECT 1")
      #expect(rows == [[.int(1)]])
    }
  }
}
