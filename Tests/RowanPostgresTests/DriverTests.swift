import RowanCore
import RowanPostgres
import Testing

@Suite(.postgres)
struct DriverTests {
  @Test func selectsOne() async throws {
    try await ServerAccess.withDriver { driver in
      #expect(try await driver.int("SELECT 1::int8") == 1)
      #expect(try await driver.int("SELECT $1::int4 + 1", [.int(41)]) == 42)
      let statement = Statements.compile("SELECT n::int8 FROM generate_series(1, $1) AS n", [.integer])
      for count in [0, 1, 10, 10_000] {
        let numbers = try await driver.query(statement, [.int(Int64(count))]) { $0.int64() }
        #expect(numbers.count == count)
        #expect(numbers.reduce(0, +) == Int64(count * (count + 1) / 2))
      }
    }
  }

  @Test(arguments: [false, true]) func servesManyTasks(multiplex: Bool) async throws {
    try await ServerAccess.withDriver(multiplex: multiplex) { driver in
      let statement = Statements.compile("SELECT $1::int8", [.bigint], isPointRead: true)
      try await withThrowingTaskGroup(of: Void.self) { group in
        for index in 0..<500 {
          group.addTask {
            let found = try await driver.query(statement, [.int(Int64(index))]) { $0.int64() }
            #expect(found == [Int64(index)])
          }
        }
        try await group.waitForAll()
      }
    }
  }

  @Test func runsATransaction() async throws {
    try await ServerAccess.withDriver { driver in
      let table = Statements.name("t")
      try await driver.execute("CREATE TABLE \(table) (n int8)")
      try await driver.withConnection(Lease(access: .write)) { raw in
        let connection = Connection(raw: raw)
        try await raw.begin(TransactionOptions())
        try await connection.execute("INSERT INTO \(table) VALUES ($1)", [.int(1)])
        try await raw.savepoint(1)
        try await connection.execute("INSERT INTO \(table) VALUES ($1)", [.int(2)])
        try await raw.rollbackToSavepoint(1)
        try await raw.commit()
      }
      #expect(try await driver.query("SELECT n FROM \(table)") { $0.int64() } == [1])
      try await driver.execute("DROP TABLE \(table)")
    }
  }
}
