import RowanCore
import RowanPostgres
import Testing

@Suite(.postgres)
struct StreamAndBatchTests {
  private static let oneConnection = PoolOptions(maxConnections: 1, lanes: 1)

  private func numbers(_ stream: any DriverStream, limit: Int) async throws -> [Int64]? {
    try await stream.nextBatch(limit: limit) { rows in try Statements.readAll(rows) { $0.int64() } }
  }

  @Test(arguments: [0, 1, 9, 10, 11, 100_000]) func streams(count: Int) async throws {
    try await ServerAccess.withDriver(pool: Self.oneConnection) { driver in
      let statement = Statements.compile("SELECT n::int8 FROM generate_series(1, $1) AS n", [.integer])
      let stream = try await driver.stream(DriverCall(statement, [.int(Int64(count))]))
      var sum: Int64 = 0
      var found = 0
      while let batch = try await numbers(stream, limit: count > 100 ? 1000 : 10) {
        sum += batch.reduce(0, +)
        found += batch.count
      }
      #expect(found == count && sum == Int64(count * (count + 1) / 2))
      #expect(try await numbers(stream, limit: 10) == nil)
      await stream.close()
      #expect(try await driver.int("SELECT count(*) FROM pg_cursors WHERE name LIKE 'rowan%'") == 0)
    }
  }

  @Test func closesEarly() async throws {
    try await ServerAccess.withDriver(pool: Self.oneConnection) { driver in
      let statement = Statements.compile("SELECT n::int8 FROM generate_series(1, 1000000) AS n")
      let stream = try await driver.stream(DriverCall(statement, []))
      #expect(try await numbers(stream, limit: 2) == [1, 2])
      await stream.close()
      await stream.close()
      #expect(try await numbers(stream, limit: 2) == nil)
      let unused = try await driver.stream(DriverCall(statement, []))
      await unused.close()
      var dropped: (any DriverStream)? = try await driver.stream(DriverCall(statement, []))
      _ = try await numbers(try #require(dropped), limit: 2)
      dropped = nil
      #expect(try await driver.int("SELECT count(*) FROM pg_cursors WHERE name LIKE 'rowan%'") == 0)
    }
  }

  @Test func failsMidway() async throws {
    try await ServerAccess.withDriver(pool: Self.oneConnection) { driver in
      let statement = Statements.compile("SELECT 10 / (5 - n)::int8 FROM generate_series(1, 10) AS n")
      let stream = try await driver.stream(DriverCall(statement, []))
      #expect(try await numbers(stream, limit: 3) == [2, 3, 5])
      #expect(try await rowanError { try await numbers(stream, limit: 3) }.code == .valueOutOfRange)
      #expect(try await numbers(stream, limit: 3) == nil)
      let unknown = try await driver.stream(DriverCall(Statements.compile("SELECT no_such"), []))
      #expect(try await rowanError { try await numbers(unknown, limit: 3) }.code == .unknownColumn)
      struct Refused: Error {}
      let refused = try await driver.stream(DriverCall(Statements.compile("SELECT 1"), []))
      await #expect(throws: Refused.self) { try await refused.nextBatch(limit: 1) { _ in throw Refused() } }
      await refused.close()
      #expect(try await driver.int("SELECT 1::int8") == 1)
    }
  }

  @Test func streamsInsideATransaction() async throws {
    try await ServerAccess.withDriver(pool: Self.oneConnection) { driver in
      try await driver.withConnection(Lease(access: .write)) { raw in
        try await raw.begin(TransactionOptions())
        let statement = Statements.compile("SELECT n::int8 FROM generate_series(1, 20) AS n")
        let first = try await raw.stream(DriverCall(statement, []))
        let second = try await raw.stream(DriverCall(statement, []))
        #expect(try await numbers(first, limit: 10)?.count == 10)
        #expect(try await numbers(second, limit: 3)?.count == 3)
        #expect(try await Connection(raw: raw).int("SELECT 5::int8") == 5)
        #expect(try await numbers(first, limit: 11)?.count == 10)
        await first.close()
        await second.close()
        #expect(try await Connection(raw: raw).int("SELECT count(*) FROM pg_cursors WHERE name LIKE 'rowan%'") == 0)
        try await raw.commit()
        // Outside a transaction the stream has its own.
        let third = try await raw.stream(DriverCall(statement, []))
        #expect(try await numbers(third, limit: 30)?.count == 20)
        await third.close()
      }
    }
  }

  @Test func streamsWhatNoCursorTakes() async throws {
    try await ServerAccess.withDriver(pool: Self.oneConnection) { driver in
      let table = Statements.name("streamed")
      try await driver.execute("CREATE TABLE \(table) (n int8)")
      let insert = Statements.compile(
        "INSERT INTO \(table) SELECT generate_series(1, 25) RETURNING n", access: .write)
      let stream = try await driver.stream(DriverCall(insert, []))
      #expect(try await numbers(stream, limit: 10)?.count == 10)
      #expect(try await numbers(stream, limit: 10)?.count == 10)
      #expect(try await numbers(stream, limit: 10) == [21, 22, 23, 24, 25])
      #expect(try await numbers(stream, limit: 10) == nil)
      await stream.close()
      #expect(try await driver.int("SELECT count(*) FROM \(table)") == 25)
      let show = try await driver.stream(DriverCall(Statements.compile("SHOW server_version_num"), []))
      #expect(try await show.nextBatch(limit: 5) { try Statements.readAll($0) { $0.string() } }?.count == 1)
      await show.close()
      try await driver.execute("DROP TABLE \(table)")
    }
  }

  @Test func batches() async throws {
    try await ServerAccess.withDriver(pool: Self.oneConnection) { driver in
      let table = Statements.name("batch")
      try await driver.execute("CREATE TABLE \(table) (n int8 PRIMARY KEY, t text)")
      let insert = Statements.compile("INSERT INTO \(table) VALUES ($1, $2)", [.bigint, .text], access: .write)
      let update = Statements.compile("UPDATE \(table) SET t = $1 WHERE n < $2", [.text, .bigint], access: .write)
      let text = String(repeating: "x", count: 1000)
      @Sendable func row(_ number: Int) -> DriverCall { DriverCall(insert, [.int(Int64(number)), .text(text)]) }
      try await driver.withConnection(Lease(access: .write)) { raw in
        try await raw.begin(TransactionOptions())
        // More than the sockets' buffers hold, in both directions.
        let changed = try await raw.runBatch((0..<5000).map(row) + [DriverCall(update, [.text("y"), .int(100)])])
        #expect(changed == Array(repeating: 1, count: 5000) + [100])
        #expect(try await raw.runBatch([]) == [])
        try await raw.savepoint(1)
        let error = try await rowanError { _ = try await raw.runBatch([row(6000), row(7), row(6001)]) }
        #expect(error.code == .uniqueViolation && error.message.contains("statement 2 of 3"))
        try await raw.rollbackToSavepoint(1)
        try await raw.commit()
        #expect(try await Connection(raw: raw).int("SELECT count(*) FROM \(table)") == 5000)
        // Alone, a batch is all or nothing, whoever refuses one of its statements.
        let refused = try await rowanError { _ = try await raw.runBatch([row(6000), row(7), row(6001)]) }
        #expect(refused.code == .uniqueViolation)
        let unsendable = DriverCall(insert, [.text("hush"), .text("x")])
        let encoding = try await rowanError { _ = try await raw.runBatch([row(6000), unsendable, row(6001)]) }
        #expect(encoding.code == .encodingFailed && encoding.message.contains("statement 2 of 3"))
        #expect(!encoding.description.contains("hush"))
        let unknown = DriverCall(Statements.compile("SELECT no_such"), [])
        #expect(try await rowanError { try await raw.runBatch([row(6000), unknown]) }.code == .unknownColumn)
        #expect(try await Connection(raw: raw).int("SELECT count(*) FROM \(table)") == 5000)
        #expect(try await raw.runBatch([row(6000), row(6001)]) == [1, 1])
        let big = try await raw.runBatch(
          (0..<100).map { _ in DriverCall(Statements.compile("SELECT repeat('x', 100000)"), []) })
        #expect(big.count == 100)
      }
      try await driver.execute("DROP TABLE \(table)")
    }
  }

  @Test func deferredFailureOfABatch() async throws {
    try await ServerAccess.withDriver(pool: Self.oneConnection) { driver in
      let table = Statements.name("deferred")
      try await driver.execute("CREATE TABLE \(table) (n int8 UNIQUE DEFERRABLE INITIALLY DEFERRED)")
      let insert = Statements.compile("INSERT INTO \(table) VALUES ($1)", [.bigint], access: .write)
      try await driver.withConnection(Lease(access: .write)) { raw in
        let error = try await rowanError {
          _ = try await raw.runMany(insert, values: [.int(1), .int(1)], rows: 2)
        }
        #expect(error.code == .uniqueViolation)
      }
      #expect(try await driver.int("SELECT count(*) FROM \(table)") == 0)
      try await driver.execute("DROP TABLE \(table)")
    }
  }

  @Test func manyRows() async throws {
    try await ServerAccess.withDriver(pool: Self.oneConnection) { driver in
      let table = Statements.name("many")
      try await driver.execute("CREATE TABLE \(table) (n int8 PRIMARY KEY, t text)")
      let insert = Statements.compile("INSERT INTO \(table) VALUES ($1, $2)", [.bigint, .text], access: .write)
      try await driver.withConnection(Lease(access: .write)) { raw in
        let values = ContiguousArray((0..<3000).flatMap { [SQLValue.int(Int64($0)), .text("row \($0)")] })
        #expect(try await raw.runMany(insert, values: values, rows: 3000) == 3000)
        #expect(try await raw.runMany(insert, values: [], rows: 0) == 0)
        let error = try await rowanError {
          _ = try await raw.runMany(insert, values: [.int(5000), .null, .int(1), .null], rows: 2)
        }
        #expect(error.code == .uniqueViolation && error.message.contains("statement 2 of 2"))
        let uneven = try await rowanError { _ = try await raw.runMany(insert, values: [.int(1)], rows: 2) }
        #expect(uneven.code == .internalError)
      }
      #expect(try await driver.int("SELECT count(*) FROM \(table)") == 3000)
      try await driver.execute("DROP TABLE \(table)")
    }
  }
}
