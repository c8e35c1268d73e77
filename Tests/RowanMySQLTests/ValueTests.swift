import Foundation
import RowanCore
import Testing

@testable import RowanMySQL

/// Every kind of value, through every column type that holds it, and back unchanged.
@Suite(.enabled(if: TestDatabase.isRequired))
struct ValueTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var column: String
    var type: SQLType
    var value: SQLValue
    var expected: Seen
    var testDescription: String { "\(column) \(value.kind)" }
  }

  static let uuid = UUID(uuid: (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 0))
  static let uuidBytes: [UInt8] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 0]
  static let hostile = "a'b\"c`d\\e\u{0}f\u{1F600}\r\n;-- /* */ \u{202E}é e\u{301}"
  static let long = String(repeating: "0123456789abcdef\u{1F600}", count: 20_000)

  static let cases: [Case] = [
    Case(column: "TINYINT(1)", type: .boolean, value: .bool(true), expected: .int(1)),
    Case(column: "TINYINT(1)", type: .boolean, value: .bool(false), expected: .int(0)),
    Case(column: "TINYINT", type: .smallint, value: .int(-128), expected: .int(-128)),
    Case(column: "TINYINT UNSIGNED", type: .unsignedTinyint, value: .int(255), expected: .int(255)),
    Case(column: "SMALLINT", type: .smallint, value: .int(-32_768), expected: .int(-32_768)),
    Case(column: "SMALLINT UNSIGNED", type: .unsignedSmallint, value: .int(65_535), expected: .int(65_535)),
    Case(column: "MEDIUMINT", type: .integer, value: .int(-8_388_608), expected: .int(-8_388_608)),
    Case(column: "MEDIUMINT UNSIGNED", type: .integer, value: .int(16_777_215), expected: .int(16_777_215)),
    Case(column: "INT", type: .integer, value: .int(-2_147_483_648), expected: .int(-2_147_483_648)),
    Case(column: "INT UNSIGNED", type: .unsignedInteger, value: .int(4_294_967_295), expected: .int(4_294_967_295)),
    Case(column: "BIGINT", type: .bigint, value: .int(.min), expected: .int(.min)),
    Case(column: "BIGINT", type: .bigint, value: .int(.max), expected: .int(.max)),
    Case(column: "BIGINT UNSIGNED", type: .unsignedBigint, value: .uint(.max), expected: .uint(.max)),
    Case(column: "BIGINT UNSIGNED", type: .unsignedBigint, value: .int(.max), expected: .int(.max)),
    Case(
      column: "FLOAT", type: .real, value: .double(0.1 as Float == 0 ? 0 : Double(Float(0.1))),
      expected: .double(Double(Float(0.1)))),
    Case(column: "DOUBLE", type: .double, value: .double(0.1), expected: .double(0.1)),
    Case(
      column: "DOUBLE", type: .double, value: .double(.greatestFiniteMagnitude),
      expected: .double(.greatestFiniteMagnitude)),
    Case(
      column: "DOUBLE", type: .double, value: .double(.leastNormalMagnitude), expected: .double(.leastNormalMagnitude)),
    Case(
      column: "DECIMAL(38,10)", type: .decimal(precision: 38, scale: 10),
      value: .decimal(Decimal(string: "-1234567890123456789012345678.0123456789") ?? 0),
      expected: .decimal("-1234567890123456789012345678.0123456789")),
    Case(
      column: "DECIMAL(10,2)", type: .decimal(precision: 10, scale: 2), value: .decimal(Decimal(string: "1.5") ?? 0),
      expected: .decimal("1.50")),
    Case(column: "VARCHAR(200)", type: .varchar(200), value: .text(hostile), expected: .text(hostile)),
    Case(column: "VARCHAR(200)", type: .varchar(200), value: .text(""), expected: .text("")),
    Case(column: "VARCHAR(200)", type: .varchar(200), value: .text("a  "), expected: .text("a  ")),
    Case(column: "LONGTEXT", type: .text, value: .text(hostile), expected: .text(hostile)),
    Case(column: "LONGTEXT", type: .text, value: .text(long), expected: .text(long)),
    Case(column: "CHAR(10)", type: .char(10), value: .text("abc"), expected: .text("abc")),
    Case(column: "ENUM('x','y')", type: .text, value: .text("y"), expected: .text("y")),
    Case(column: "SET('x','y')", type: .text, value: .text("x,y"), expected: .text("x,y")),
    Case(
      column: "LONGBLOB", type: .bytes, value: .bytes([0, 255, 39, 92, 10]), expected: .bytes([0, 255, 39, 92, 10])),
    Case(column: "LONGBLOB", type: .bytes, value: .bytes([]), expected: .bytes([])),
    Case(
      column: "LONGBLOB", type: .bytes, value: .bytes([UInt8](repeating: 7, count: 100_000)),
      expected: .bytes([UInt8](repeating: 7, count: 100_000))),
    Case(column: "VARBINARY(16)", type: .bytes, value: .bytes([1, 0]), expected: .bytes([1, 0])),
    Case(column: "BINARY(16)", type: .uuid, value: .uuid(uuid), expected: .uuid(uuidBytes)),
    Case(
      column: "DATETIME(6)", type: .timestamp, value: .timestamp(Timestamp(microseconds: 1_700_000_000_123_456)),
      expected: .timestamp(1_700_000_000_123_456, 0)),
    Case(
      column: "DATETIME(6)", type: .timestamp, value: .timestamp(Timestamp(microseconds: -1)),
      expected: .timestamp(-1, 0)),
    Case(
      column: "DATETIME(6)", type: .timestamp, value: .timestamp(Timestamp(microseconds: 253_402_300_799_999_999)),
      expected: .timestamp(253_402_300_799_999_999, 0)),
    Case(
      column: "DATETIME(6)", type: .timestamp, value: .timestamp(Timestamp(microseconds: -62_167_219_200_000_000)),
      expected: .timestamp(-62_167_219_200_000_000, 0)),
    Case(
      column: "DATETIME(6)", type: .timestamp, value: .timestamp(Timestamp(microseconds: 86_400_000_000)),
      expected: .timestamp(86_400_000_000, 0)),
    Case(
      column: "TIMESTAMP(6)", type: .timestamp, value: .timestamp(Timestamp(microseconds: 1_700_000_000_123_456)),
      expected: .timestamp(1_700_000_000_123_456, 0)),
    Case(column: "DATE", type: .date, value: .date(CalendarDate(days: 0)), expected: .date(0, 0)),
    Case(column: "DATE", type: .date, value: .date(CalendarDate(days: 2_932_896)), expected: .date(2_932_896, 0)),
    Case(column: "DATE", type: .date, value: .date(CalendarDate(days: -719_528)), expected: .date(-719_528, 0)),
    Case(column: "TIME(6)", type: .time, value: .time(TimeOfDay(microseconds: 0)), expected: .time(0)),
    Case(
      column: "TIME(6)", type: .time, value: .time(TimeOfDay(microseconds: 86_399_999_999)),
      expected: .time(86_399_999_999)),
    Case(
      column: "VARCHAR(64)", type: .interval,
      value: .interval(Interval(months: -14, days: 3, microseconds: -4_500_000)),
      expected: .interval(Interval(months: -14, days: 3, microseconds: -4_500_000))),
    Case(
      column: "JSON", type: .json, value: .json("{\"a\": [1, \"\u{1F600}\"]}"),
      expected: .json("{\"a\": [1, \"\u{1F600}\"]}")),
    Case(
      column: "JSON", type: .array(.bigint),
      value: .array(SQLArray(element: .bigint, values: [.int(1), .null, .int(.max)])),
      expected: .json("[1,null,9223372036854775807]")),
    Case(
      column: "LONGTEXT", type: .array(.text),
      value: .array(SQLArray(element: .text, values: [.text("a\"b"), .text("")])), expected: .json("[\"a\\\"b\",\"\"]")),
  ]

  @Test(arguments: cases) func roundTrip(_ sample: Case) async throws {
    try await TestDatabase.withDriver { driver in
      try await driver.withTable("id INT PRIMARY KEY, v \(sample.column) NULL") { table in
        let insert = Statements.compiled("INSERT INTO \(table) VALUES (?, ?)", types: [.integer, sample.type])
        for (id, value) in [sample.value, .null, sample.value].enumerated() {
          try await driver.run(DriverCall(insert, [.int(Int64(id)), value])) { _ in }
        }
        let select = Statements.call("SELECT v FROM \(table) ORDER BY id", results: [sample.type], access: .read)
        let rows = try await driver.run(select) { try $0.all() }
        #expect(rows == [[sample.expected], [.null], [sample.expected]])
        // The same rows, as a stream copies them.
        let stream = try await driver.stream(select)
        var streamed: [[Seen]] = []
        while let batch = try await stream.nextBatch(limit: 2, { try $0.all() }) { streamed += batch }
        #expect(streamed == rows)
        // The same values, by execution over arrays.
        try await driver.withConnection(Lease(access: .write)) { connection in
          let values: ContiguousArray<SQLValue> = [.int(10), sample.value, .int(11), .null, .int(12), sample.value]
          let changed = try await connection.runMany(insert, values: values, rows: 3)
          #expect(changed == 3)
        }
        let bulk = Statements.call(
          "SELECT v FROM \(table) WHERE id >= 10 ORDER BY id", results: [sample.type], access: .read)
        #expect(try await driver.run(bulk) { try $0.all() } == rows)
      }
    }
  }

  @Test func refusesWhatMySQLCannotHold() async throws {
    try await TestDatabase.withDriver { driver in
      for value in [
        SQLValue.double(.nan), .double(.infinity), .double(-.infinity),
        .timestamp(Timestamp(microseconds: .max)), .timestamp(Timestamp(microseconds: .min)),
        .timestamp(Timestamp(microseconds: 253_402_300_800_000_000)), .date(CalendarDate(days: 2_932_897)),
        .date(CalendarDate(days: -719_529)), .time(TimeOfDay(microseconds: 86_400_000_000)),
        .time(TimeOfDay(microseconds: -1)), .decimal(.nan),
      ] {
        #expect(await driver.failure("SELECT ?", value)?.code == .valueOutOfRange)
      }
      let decimal = Statements.call(
        "SELECT ?", [.decimal(Decimal(string: "1.234") ?? 0)], types: [.decimal(precision: 10, scale: 2)])
      let error = await #expect(throws: RowanError.self) { try await driver.run(decimal) { try $0.all() } }
      #expect(error?.code == .valueOutOfRange)
      for (value, type) in [
        (SQLValue.double(1.5), SQLType.bigint), (.timestamp(Timestamp(microseconds: 1)), .date),
      ] {
        let error = await #expect(throws: RowanError.self) {
          try await driver.run(Statements.call("SELECT ?", [value], types: [type])) { try $0.all() }
        }
        #expect(error?.code == .valueOutOfRange)
      }
      let invalid = await driver.failure("SELECT ?", .invalid(EncodingFailure(swiftType: "T", reason: "r")))
      #expect(invalid?.code == .encodingFailed)
      // The connection is as good as before.
      let rows = try await driver.run("SELECT 1")
      #expect(rows == [[.int(1)]])
    }
  }

  @Test func refusesValuesThatDoNotFitTheirColumn() async throws {
    try await TestDatabase.withDriver { driver in
      for (column, value) in [
        ("TINYINT", SQLValue.int(128)), ("TINYINT UNSIGNED", .int(-1)), ("SMALLINT", .int(40_000)),
        ("INT", .int(.max)), ("BIGINT", .uint(.max)), ("VARCHAR(3)", .text("abcd")),
        ("VARBINARY(3)", .bytes([1, 2, 3, 4])),
        ("INT", .text("hunter2")), ("DATE", .text("hunter2")), ("DECIMAL(4,2)", .int(1000)), ("FLOAT", .double(1e300)),
        ("ENUM('a')", .text("hunter2")), ("TIMESTAMP(6)", .timestamp(Timestamp(microseconds: -62_167_219_200_000_000))),
      ] {
        try await driver.withTable("v \(column)") { table in
          let error = try #require(await driver.failure("INSERT INTO \(table) (v) VALUES (?)", value))
          #expect(error.code == .valueOutOfRange, "\(column): \(error)")
          #expect(error.columns == ["v"], "\(column): \(error)")
          #expect(!"\(error)".contains("hunter2"))
        }
      }
    }
  }

  @Test func readsWhatOnlyTheServerMakes() async throws {
    try await TestDatabase.withDriver { driver in
      let sql = """
        SELECT TIME'100:00:00', TIME'-00:00:01', YEAR(CURRENT_DATE) > 2000, b'101', SUM(7), AVG(2), CAST(5 AS SIGNED), 1 = 1, \
        TIME'10:00:00', SUM(7), POINT(1, 2) IS NULL, CAST(NULL AS CHAR), SUM(18446744073709551615)
        """
      let types: [SQLType?] = [
        .time, .time, nil, nil, .bigint, .double, .decimal(precision: 10, scale: 0), .boolean, .interval, nil, .boolean,
        .text, .unsignedBigint,
      ]
      let row = try await driver.run(Statements.call(sql, results: types)) { try $0.all() }.first
      #expect(
        row == [
          .interval(Interval(microseconds: 360_000_000_000)), .interval(Interval(microseconds: -1_000_000)), .int(1),
          .bytes([5]), .int(7), .double(2), .decimal("5"), .int(1),
          .interval(Interval(microseconds: 36_000_000_000)), .decimal("7"), .int(0), .null, .uint(.max),
        ])
      try await driver.withTable("b BIT(12), y YEAR, d DATE, t DATETIME(6), u BINARY(16), g UUID, j JSON") { table in
        try await driver.withConnection(Lease(access: .write)) { connection in
          try await connection.run("SET SESSION sql_mode = ''")
          try await connection.run(
            "INSERT INTO \(table) VALUES (b'100000000001', 1999, '0000-00-00', '2026-11-00 01:02:03', "
              + "x'0102030405060708090a0b0c0d0e0f00', '01020304-0506-0708-090a-0b0c0d0e0f00', '[1]')")
        }
        #expect(
          try await driver.run("SELECT b, y, d, t, u, g, j FROM \(table)") == [
            [
              .int(2049), .int(1999), .date(0, CellFlags.zeroDate), .timestamp(0, CellFlags.zeroDate),
              .bytes(ValueTests.uuidBytes), .uuid(ValueTests.uuidBytes), .json("[1]"),
            ]
          ])
        #expect(
          try await driver.run(
            "SELECT g, u FROM \(table) WHERE g = ?", .uuid(ValueTests.uuid), results: [.uuid, .uuid])
            == [[.uuid(ValueTests.uuidBytes), .uuid(ValueTests.uuidBytes)]])
      }
    }
  }

  @Test func namesColumnsAndTypes() async throws {
    try await TestDatabase.withDriver { driver in
      let names = try await driver.run(Statements.call("SELECT 1 AS a, 'x' AS `b c`, CAST(1 AS UNSIGNED) AS d")) {
        ($0.columnNames, (0..<4).map($0.wireType))
      }
      #expect(names.0 == ["a", "b c", "d"])
      #expect(names.1 == ["int", "varchar", "int unsigned", nil])
    }
  }

  @Test func refusesPacketsTheServerWouldNotTake() async throws {
    try await TestDatabase.withDriver { driver in
      let text = String(repeating: "x", count: 20 << 20)
      let error = await driver.failure("SELECT LENGTH(?)", .text(text))
      #expect(error?.code == .valueOutOfRange)
      let rows = try await driver.run("SELECT LENGTH(?)", .text(String(repeating: "x", count: 10 << 20)))
      #expect(rows == [[.int(10 << 20)]])
    }
  }
}
