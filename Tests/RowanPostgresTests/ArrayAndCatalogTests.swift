import Foundation
import RowanCore
import RowanPostgres
import Testing

@Suite(.postgres)
struct ArrayAndCatalogTests {
  private func roundTrip<T: ArrayElement & Equatable>(
    _ type: SQLType, _ column: String, _ values: [[T]], sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    try await ServerAccess.withDriver { driver in
      let statement = Statements.compile("SELECT $1::\(column)[]", [.array(type)], results: [.array(type)])
      for value in values {
        let list = SQLArray(element: type, values: ContiguousArray(value.map(\.sqlValue)))
        let found = try await driver.query(statement, [.array(list)]) { try T.readArray(&$0) }
        #expect(found == [value], sourceLocation: sourceLocation)
      }
    }
  }

  @Test func arraysOfEveryElement() async throws {
    try await roundTrip(.boolean, "boolean", [[], [true, false]])
    try await roundTrip(.smallint, "smallint", [[Int16.min, 0, .max]])
    try await roundTrip(.integer, "integer", [[Int32.min, 0, .max]])
    try await roundTrip(.bigint, "bigint", [[], [Int64.min, 0, .max], Array(0..<10_000)])
    try await roundTrip(.unsignedBigint, "numeric", [[UInt64.max, 0]])
    try await roundTrip(.real, "real", [[Float(0.5), -1]])
    try await roundTrip(.double, "double precision", [[0.1, -0.5]])
    try await roundTrip(.text, "text", [["", "a,b", "{x}", "\"", "\\", "NULL", "ü"]])
    try await roundTrip(.varchar(10), "varchar", [["a", "b"]])
    try await roundTrip(.uuid, "uuid", [[UUID(), UUID()]])
    try await roundTrip(.timestamp, "timestamptz", [[Timestamp(microseconds: 1), Timestamp(microseconds: -1)]])
    try await roundTrip(.date, "date", [[CalendarDate(days: 5)]])
    try await roundTrip(.time, "time", [[TimeOfDay(microseconds: 5)]])
    try await roundTrip(.interval, "interval", [[Interval(months: 1, days: 2, microseconds: 3)]])
    try await roundTrip(.decimal(precision: 10, scale: 2), "numeric", [[Decimal(1) / 4, -3]])
  }

  @Test func absentElements() async throws {
    try await ServerAccess.withDriver { driver in
      let list = SQLArray(element: .integer, values: [.int(1), .null, .int(3)])
      let found = try await driver.query("SELECT $1", [.array(list)], [.array(.integer)]) { try [Int32?].read(&$0) }
      #expect(found == [[1, nil, 3]])
      let bytes = try await driver.run(
        DriverCall(
          Statements.compile("SELECT ARRAY['\\x00ff'::bytea, NULL], '[2:3]={7,8}'::int4[], '{{1,2},{3,4}}'::int4[]"), []
        )
      ) { rows in
        _ = try rows.next()
        let cells = rows.cells[0].pointer?.assumingMemoryBound(to: Cell.self)
        return (
          cells.map { [UInt8]($0[0].bytes) }, cells?[1].tag, rows.cells[1].length, rows.cells[2].tag, rows.wireType(2)
        )
      }
      #expect(bytes.0 == [0, 255] && bytes.1 == .null)
      #expect(bytes.2 == 2)
      #expect(bytes.3 == .dialectRaw && bytes.4 == "integer[]")
    }
  }

  @Test func anyOfAnArray() async throws {
    try await ServerAccess.withDriver { driver in
      let statement = Statements.compile(
        "SELECT count(*) FROM generate_series(1, 1000) AS n WHERE n = ANY($1)", [.array(.integer)])
      for count in [0, 1, 100] {
        let list = SQLArray(element: .integer, values: ContiguousArray((0..<count).map { .int(Int64($0) + 1) }))
        let found = try await driver.query(statement, [.array(list)]) { $0.int64() }
        #expect(found == [Int64(count)])
      }
    }
  }

  @Test func typesOfTheDatabase() async throws {
    try await ServerAccess.withDriver { driver in
      let mood = Statements.name("mood")
      let positive = Statements.name("positive")
      let tags = Statements.name("tags")
      try await driver.execute("CREATE TYPE \(mood) AS ENUM ('sad', 'so \"so\"', 'happy, very')")
      try await driver.execute("CREATE DOMAIN \(positive) AS int8 CHECK (VALUE > 0)")
      try await driver.execute("CREATE DOMAIN \(tags) AS text[]")
      let statement = Statements.compile(
        "SELECT $1::\(mood), $2::\(mood)[], $3::\(positive), ARRAY[5::\(positive)], $4::\(tags)",
        [.custom(mood), .array(.custom(mood)), .custom(positive), .array(.text)])
      let list = SQLArray(element: .custom(mood), values: [.text("so \"so\""), .null, .text("happy, very")])
      for _ in 0..<2 {
        let found = try await driver.query(
          statement, [.text("sad"), .array(list), .int(7), .array(SQLArray(element: .text, values: [.text("a")]))]
        ) {
          (
            $0.string(), try [String?].read(&$0), $0.int64(), try [Int64].read(&$0), try [String].read(&$0)
          )
        }
        #expect(found.first?.0 == "sad")
        #expect(found.first?.1 == ["so \"so\"", nil, "happy, very"])
        #expect(found.first?.2 == 7 && found.first?.3 == [5] && found.first?.4 == ["a"])
      }
      let error = try await rowanError {
        _ = try await driver.query("SELECT $1::\(mood)", [.text("secret")], [.custom(mood)]) { $0.string() }
      }
      #expect(error.code == .valueOutOfRange)
      #expect(!error.description.contains("secret"))
      // A type that arrives in its own form can be sent back in it.
      let raw = try await driver.run(DriverCall(Statements.compile("SELECT '10.1.2.3/8'::inet"), [])) { rows in
        _ = try rows.next()
        return (rows.cells[0].tag, [UInt8](rows.cells[0].bytes), rows.wireType(0))
      }
      #expect(raw.0 == .dialectRaw && raw.2 == "inet")
      let text = try await driver.query("SELECT $1::inet::text", [.bytes(raw.1)], [.custom("inet")]) { $0.string() }
      #expect(text == ["10.1.2.3/8"])
      try await driver.execute("DROP TYPE \(mood)")
    }
  }

  @Test func typesOfTheDatabaseOverASharedConnection() async throws {
    try await ServerAccess.withDriver(multiplex: true) { driver in
      let mood = Statements.name("mood")
      try await driver.execute("CREATE TYPE \(mood) AS ENUM ('sad', 'happy')")
      let statement = Statements.compile("SELECT $1::\(mood)", [.custom(mood)], isPointRead: true)
      for _ in 0..<50 {
        let found = try await driver.query(statement, [.text("happy")]) { $0.string() }
        #expect(found == ["happy"])
        try await Task.sleep(for: .milliseconds(2))
      }
      try await driver.execute("DROP TYPE \(mood)")
    }
  }

  @Test func columnsOfTheCatalogue() async throws {
    try await ServerAccess.withDriver { driver in
      let found = try await driver.query(
        """
        SELECT oid, relname, relkind, relnatts, reltuples, oid::regclass FROM pg_class WHERE relname = 'pg_type'
        """
      ) { ($0.int64(), $0.string(), $0.string(), $0.int64(), $0.double(), $0.int64()) }
      #expect(found.first?.0 == 1247 && found.first?.1 == "pg_type" && found.first?.2 == "r" && found.first?.5 == 1247)
      let keys = try await driver.query("SELECT indkey FROM pg_index WHERE indexrelid = 'pg_type_oid_index'::regclass")
      {
        try [Int16].read(&$0)
      }
      #expect(keys == [[1]])
      #expect(try await driver.query("SELECT pg_sleep(0)") { $0.string() } == [""])
    }
  }
}
