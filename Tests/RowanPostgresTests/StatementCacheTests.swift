import RowanCore
import RowanPostgres
import Testing

@Suite(.postgres)
struct StatementCacheTests {
  private static let oneConnection = PoolOptions(maxConnections: 1, lanes: 1)

  private func prepared(_ driver: PostgresDriver) async throws -> Int64 {
    try await driver.run(
      DriverCall(
        Statements.compile("SELECT count(*) FROM pg_prepared_statements WHERE name LIKE 'rowan%'", isReusable: false),
        [])
    ) { rows in
      try Statements.readAll(rows) { $0.int64() }.first ?? -1
    }
  }

  @Test func preparesOnce() async throws {
    try await ServerAccess.withDriver(pool: Self.oneConnection) { driver in
      let statement = Statements.compile("SELECT $1::int8", [.bigint])
      for number in 0..<10 {
        let found = try await driver.query(statement, [.int(Int64(number))]) { $0.int64() }
        #expect(found == [Int64(number)])
      }
      #expect(try await prepared(driver) == 1)
      try await driver.execute("SELECT 1")
      #expect(try await prepared(driver) == 1)
      // A statement that failed to prepare leaves nothing behind.
      let broken = Statements.compile("SELECT no_such")
      for _ in 0..<3 {
        #expect(try await rowanError { try await driver.query(broken) { _ in } }.code == .unknownColumn)
      }
      #expect(try await prepared(driver) == 1)
      // One that failed to run is prepared all the same.
      let failing = Statements.compile("SELECT 1 / $1::int4", [.integer])
      for _ in 0..<3 {
        #expect(try await rowanError { try await driver.query(failing, [.int(0)]) { _ in } }.code == .valueOutOfRange)
      }
      #expect(try await prepared(driver) == 2)
      #expect(try await driver.query(failing, [.int(1)]) { $0.int64() } == [1])
    }
  }

  @Test(arguments: [false, true]) func survivesChangedTables(multiplex: Bool) async throws {
    let pool = PoolOptions(maxConnections: multiplex ? 2 : 1, lanes: 1)
    try await ServerAccess.withDriver(pool: pool, multiplex: multiplex) { driver in
      let table = Statements.name("shape")
      try await driver.execute("CREATE TABLE \(table) (id int8 PRIMARY KEY, a int4)")
      try await driver.execute("INSERT INTO \(table) VALUES (1, 2)")
      let statement = Statements.compile("SELECT * FROM \(table) WHERE id = $1", [.bigint], isPointRead: multiplex)
      func read() async throws -> [[String]] {
        try await driver.run(DriverCall(statement, [.int(1)])) { rows in
          var found: [[String]] = []
          while try rows.next() { found.append(rows.columnNames + [rows.wireType(1) ?? ""]) }
          return found
        }
      }
      // The shared connection is opened when it is first asked for.
      for _ in 0..<100 { #expect(try await read() == [["id", "a", "integer"]]) }
      try await driver.execute("ALTER TABLE \(table) ADD COLUMN b text")
      #expect(try await read() == [["id", "a", "b", "integer"]])
      #expect(try await read() == [["id", "a", "b", "integer"]])
      try await driver.execute("ALTER TABLE \(table) ALTER COLUMN a TYPE text")
      #expect(try await read() == [["id", "a", "b", "text"]])
      try await driver.execute("DROP TABLE \(table)")
      #expect(try await rowanError { try await read() }.code == .unknownTable)
      try await driver.execute("CREATE TABLE \(table) (id int8 PRIMARY KEY, c bool)")
      try await driver.execute("INSERT INTO \(table) VALUES (1, true)")
      #expect(try await read() == [["id", "c", "boolean"]])
      try await driver.execute("DROP TABLE \(table)")
    }
  }

  @Test func changedTablesInsideATransaction() async throws {
    try await ServerAccess.withDriver(pool: Self.oneConnection) { driver in
      let table = Statements.name("shape")
      try await driver.execute("CREATE TABLE \(table) (id int8)")
      let statement = Statements.compile("SELECT * FROM \(table)")
      _ = try await driver.query(statement) { _ in }
      try await driver.withConnection(Lease(access: .write)) { raw in
        let connection = Connection(raw: raw)
        try await raw.begin(TransactionOptions())
        try await connection.execute("ALTER TABLE \(table) ADD COLUMN b text")
        try await raw.savepoint(1)
        let error = try await rowanError { _ = try await connection.query(statement) { _ in } }
        #expect(error.code == .schemaChanged)
        try await raw.rollbackToSavepoint(1)
        #expect(try await connection.query(statement) { _ in }.isEmpty)
        try await raw.commit()
      }
      try await driver.execute("DROP TABLE \(table)")
    }
  }

  @Test func statementsThatVanished() async throws {
    try await ServerAccess.withDriver(pool: Self.oneConnection) { driver in
      let statement = Statements.compile("SELECT $1::int8", [.bigint])
      for text in ["DEALLOCATE ALL", "DISCARD ALL"] {
        #expect(try await driver.query(statement, [.int(1)]) { $0.int64() } == [1])
        try await driver.execute(text)
        #expect(try await driver.query(statement, [.int(2)]) { $0.int64() } == [2])
      }
      // Behind the driver's back.
      let name = try await driver.query(
        "SELECT name FROM pg_prepared_statements WHERE statement = 'SELECT $1::int8' AND name LIKE 'rowan%'"
      ) { $0.string() }
      try await driver.execute("DO $$ BEGIN EXECUTE 'DEALLOCATE \(try #require(name.first))'; END $$")
      #expect(try await driver.query(statement, [.int(3)]) { $0.int64() } == [3])
    }
  }

  @Test func makesRoom() async throws {
    var pool = Self.oneConnection
    pool.statementCacheCapacity = 8
    try await ServerAccess.withDriver(pool: pool) { driver in
      let statements = (0..<100).map { Statements.compile("SELECT \($0)::int8 + $1", [.bigint]) }
      for round in 0..<2 {
        for (index, statement) in statements.enumerated() {
          let found = try await driver.query(statement, [.int(Int64(round))]) { $0.int64() }
          #expect(found == [Int64(index + round)])
        }
      }
      #expect(try await prepared(driver) <= 8 + 16)
      // The one in use stays.
      for statement in statements.prefix(50) {
        _ = try await driver.query(statements[99], [.int(0)]) { $0.int64() }
        _ = try await driver.query(statement, [.int(0)]) { $0.int64() }
      }
      try await driver.withConnection(Lease(access: .write)) { raw in
        try await raw.begin(TransactionOptions())
        for statement in statements {
          _ = try await Connection(raw: raw).query(statement, [.int(0)]) { $0.int64() }
        }
        try await raw.commit()
      }
      _ = try await driver.query(statements[0], [.int(0)]) { $0.int64() }
      #expect(try await prepared(driver) <= 8 + 16)
    }
  }

  @Test func behindAPooler() async throws {
    var configuration = try ServerAccess.configuration(pool: Self.oneConnection, multiplex: true)
    configuration.pooler = .transaction
    try await ServerAccess.withDriver(configuration) { driver in
      let statement = Statements.compile("SELECT $1::int8", [.bigint], isPointRead: true)
      for number in 0..<5 {
        let found = try await driver.query(statement, [.int(Int64(number))]) { $0.int64() }
        #expect(found == [Int64(number)])
      }
      #expect(try await prepared(driver) == 0)
      #expect(
        try await driver.withConnection(Lease(access: .write)) { raw in
          try await raw.begin(TransactionOptions())
          let changed = try await raw.runBatch([DriverCall(statement, [.int(1)]), DriverCall(statement, [.int(2)])])
          try await raw.commit()
          return changed
        } == [0, 0])
    }
    configuration.settings = ["search_path": "public"]
    let broken = configuration
    #expect(try await rowanError { try await PostgresDriver.open(broken) }.code == .invalidConfiguration)
  }
}
