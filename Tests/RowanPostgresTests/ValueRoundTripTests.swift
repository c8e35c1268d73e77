import Foundation
import RowanCore
import RowanPostgres
import Testing

/// Every kind of value through every column type that takes it; the server's own text says what it understood.
@Suite(.postgres)
struct ValueRoundTripTests {
  /// Stores each value in a column of the type, and reads it back beside the server's text of it.
  private func roundTrip<T: ColumnValue & Equatable>(
    _ type: SQLType, _ column: String, _ values: [(T, String?)], sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    try await ServerAccess.withDriver { driver in
      let table = Statements.name("values")
      try await driver.execute("CREATE TABLE \(table) (c \(column))")
      let insert = Statements.compile(
        "INSERT INTO \(table) VALUES ($1) RETURNING c, c::text", [type], results: [type, .text], access: .write)
      for (value, text) in values {
        let found = try await driver.query(insert, [value.sqlValue]) { (try T.read(&$0), try String?.read(&$0)) }
        #expect(found.first?.0 == value, sourceLocation: sourceLocation)
        #expect(found.first?.1 == text, sourceLocation: sourceLocation)
      }
      let absent = try await driver.query(insert, [.null]) { try T.Nullable.read(&$0).sqlValue.isNull }
      #expect(absent == [true], sourceLocation: sourceLocation)
      try await driver.execute("DROP TABLE \(table)")
    }
  }

  /// The error for a value that a placeholder of the type does not take.
  private func refusal(_ value: SQLValue, as type: SQLType) async throws -> RowanError {
    try await ServerAccess.withDriver { driver in
      try await rowanError { _ = try await driver.query("SELECT $1", [value], [type]) { _ in } }
    }
  }

  @Test func booleans() async throws {
    try await roundTrip(.boolean, "boolean", [(true, "true"), (false, "false")])
  }

  @Test func integers() async throws {
    try await roundTrip(
      .smallint, "smallint", [(Int16.min, "-32768"), (Int16.max, "32767"), (0, "0"), (-1, "-1")])
    try await roundTrip(.integer, "integer", [(Int32.min, "-2147483648"), (Int32.max, "2147483647"), (-1, "-1")])
    try await roundTrip(
      .bigint, "bigint", [(Int64.min, "-9223372036854775808"), (Int64.max, "9223372036854775807"), (-1, "-1")])
  }

  @Test func unsignedIntegers() async throws {
    try await roundTrip(.unsignedTinyint, "smallint", [(UInt8.max, "255"), (0, "0")])
    try await roundTrip(.unsignedSmallint, "integer", [(UInt16.max, "65535"), (0, "0")])
    try await roundTrip(.unsignedInteger, "bigint", [(UInt32.max, "4294967295"), (0, "0")])
    try await roundTrip(
      .unsignedBigint, "numeric(20,0)",
      [
        (UInt64.max, "18446744073709551615"), (UInt64(Int64.max), "9223372036854775807"),
        (10_000, "10000"), (0, "0"),
      ])
  }

  @Test func integersThatDoNotFit() async throws {
    let cases: [(SQLValue, SQLType, String)] = [
      (.int(70_000), .smallint, "smallint"), (.int(-32_769), .smallint, "smallint"),
      (.int(Int64(Int32.max) + 1), .integer, "integer"), (.uint(UInt64.max), .bigint, "bigint"),
      (.int(256), .unsignedTinyint, "unsigned, 8 bits"), (.int(-1), .unsignedTinyint, "unsigned, 8 bits"),
      (.int(-1), .unsignedSmallint, "unsigned, 16 bits"), (.int(-1), .unsignedInteger, "unsigned, 32 bits"),
      (.int(4_294_967_296), .unsignedInteger, "unsigned, 32 bits"), (.int(-1), .unsignedBigint, "unsigned, 64 bits"),
      (.uint(UInt64.max), .integer, "integer"),
    ]
    for (value, type, name) in cases {
      let error = try await refusal(value, as: type)
      #expect(error.code == .valueOutOfRange)
      #expect(error.message.contains("$1") && error.message.contains(name))
    }
  }

  @Test func kindsThatDoNotMatch() async throws {
    let cases: [(SQLValue, SQLType)] = [
      (.text("hush"), .integer), (.int(1), .text), (.int(1), .boolean), (.bool(true), .bigint), (.double(1), .integer),
      (.text("hush"), .uuid), (.text("hush"), .timestamp), (.bytes([1]), .text), (.text("hush"), .bytes),
      (.double(0.5), .decimal(precision: 5, scale: 2)), (.text("hush"), .array(.text)),
      (.date(CalendarDate(days: 1)), .timestamp),
      (.array(SQLArray(element: .text, values: [.text("hush")])), .text),
      (.array(SQLArray(element: .text, values: [.text("hush")])), .array(.integer)),
      (.invalid(EncodingFailure(swiftType: "Thing", reason: "broken")), .text),
      (.array(SQLArray(element: .text, values: [.array(SQLArray(element: .text, values: []))])), .array(.text)),
    ]
    for (value, type) in cases {
      let error = try await refusal(value, as: type)
      #expect(error.code == .encodingFailed, "\(value.kind) as \(type)")
      #expect(!error.description.contains("hush"))
    }
  }

  @Test func floatingPoint() async throws {
    try await roundTrip(
      .double, "double precision",
      [
        (0.1, "0.1"), (-0.0, "-0"), (Double.greatestFiniteMagnitude, "1.7976931348623157e+308"),
        (Double.leastNonzeroMagnitude, "5e-324"), (.infinity, "Infinity"), (-.infinity, "-Infinity"),
      ])
    try await roundTrip(
      .real, "real", [(Float(0.1), "0.1"), (Float.greatestFiniteMagnitude, "3.4028235e+38"), (.infinity, "Infinity")])
    try await ServerAccess.withDriver { driver in
      let found = try await driver.query("SELECT $1, $2", [.double(.nan), .double(.nan)], [.double, .real]) {
        ($0.double(), $0.double())
      }
      #expect(found.first?.0.isNaN == true && found.first?.1.isNaN == true)
      let whole = try await driver.query("SELECT $1, $2", [.int(3), .int(4)], [.double, .real]) {
        ($0.double(), $0.double())
      }
      #expect(whole.first?.0 == 3 && whole.first?.1 == 4)
    }
    #expect(try await refusal(.double(0.1), as: .real).code == .valueOutOfRange)
    #expect(try await refusal(.int(Int64.max), as: .double).code == .valueOutOfRange)
  }

  @Test func decimals() async throws {
    let texts = [
      "0", "1", "-1", "10000", "9999", "12345678901234567890123456789012345678", "-0.00000000000000000001",
      "123456.789", "0.1", "0.0001", "0.00001", "100000000", "99999999.99999999", "1234500000000000000000000",
      "0.00012", "-10000.0001",
    ]
    let values = try texts.map { (try #require(try? DecimalText.parse($0)), Optional($0)) }
    try await roundTrip(.decimal(precision: 38, scale: 10), "numeric", values)
    try await roundTrip(.decimal(precision: 10, scale: 2), "numeric(10,2)", [(Decimal(3) / 2, "1.50")])
  }

  @Test func decimalsThatSwiftCannotHold() async throws {
    try await ServerAccess.withDriver { driver in
      let texts = [
        "NaN", "Infinity", "-Infinity", String(repeating: "9", count: 60),
        "0." + String(repeating: "0", count: 200) + "1",
      ]
      for text in texts {
        let found = try await driver.run(
          DriverCall(Statements.compile("SELECT '\(text)'::numeric"), [])
        ) { rows in
          _ = try rows.next()
          return (rows.cells[0].tag, String(decoding: rows.cells[0].bytes, as: UTF8.self))
        }
        #expect(found == (.decimal, text))
      }
    }
  }

  @Test func text() async throws {
    let texts = [
      "", "a", "Grüße, 世界 🌍", "it's", "\"quoted\"", "back\\slash", "line\nbreak\ttab", "$1", "%_", "NULL",
      "'; DROP TABLE x; --",
      String(repeating: "ü", count: 10_000), "e\u{301}", "\u{10FFFF}",
    ]
    for (type, column) in [(SQLType.text, "text"), (.varchar(20_000), "varchar(20000)")] {
      try await roundTrip(type, column, texts.map { ($0, Optional($0)) })
    }
    try await roundTrip(.char(5), "char(5)", [("abcde", "abcde"), ("ab   ", "ab")])
    let error = try await refusal(.text("a\0b"), as: .text)
    #expect(error.code == .valueOutOfRange && error.message.contains("NUL"))
    #expect(try await refusal(.json("\"a\0b\""), as: .json).code == .valueOutOfRange)
    #expect(try await refusal(.text("a\0b"), as: .custom("mood")).code == .valueOutOfRange)
  }

  @Test func bytes() async throws {
    try await roundTrip(
      .bytes, "bytea",
      [([], "\\x"), ([0], "\\x00"), ([0, 255, 39, 92], "\\x00ff275c"), ([UInt8](repeating: 7, count: 100_000), nil)]
        .map { value, text in (value, text ?? "\\x" + String(repeating: "07", count: 100_000)) })
  }

  @Test func uuids() async throws {
    let value = try #require(UUID(uuidString: "00112233-4455-6677-8899-AABBCCDDEEFF"))
    try await roundTrip(.uuid, "uuid", [(value, "00112233-4455-6677-8899-aabbccddeeff")])
  }

  @Test func timestamps() async throws {
    try await roundTrip(
      .timestamp, "timestamptz",
      [
        (Timestamp(microseconds: 0), "1970-01-01 00:00:00+00"),
        (Timestamp(microseconds: -1), "1969-12-31 23:59:59.999999+00"),
        (Timestamp(microseconds: 946_684_800_000_001), "2000-01-01 00:00:00.000001+00"),
        (Timestamp(microseconds: 253_402_300_799_999_999), "9999-12-31 23:59:59.999999+00"),
        (Timestamp(microseconds: -210_866_803_200_000_000), "4714-11-24 00:00:00+00 BC"),
      ])
    try await roundTrip(
      .timestamp, "timestamp", [(Timestamp(microseconds: 1_000_001), "1970-01-01 00:00:01.000001")])
    for extreme in [Int64.min, Int64.min + 946_684_800_000_000, -210_866_803_200_000_001] {
      #expect(try await refusal(.timestamp(Timestamp(microseconds: extreme)), as: .timestamp).code == .valueOutOfRange)
    }
  }

  @Test func datesAndTimes() async throws {
    try await roundTrip(
      .date, "date",
      [
        (CalendarDate(days: 0), "1970-01-01"), (CalendarDate(days: -1), "1969-12-31"),
        (CalendarDate(days: 10_957), "2000-01-01"), (CalendarDate(days: 2_145_042_905), "5874897-12-31"),
      ])
    try await roundTrip(
      .time, "time",
      [
        (TimeOfDay(microseconds: 0), "00:00:00"), (TimeOfDay(microseconds: 86_399_999_999), "23:59:59.999999"),
      ])
    #expect(try await refusal(.date(CalendarDate(days: .max)), as: .date).code == .valueOutOfRange)
    #expect(try await refusal(.date(CalendarDate(days: .min)), as: .date).code == .valueOutOfRange)
    #expect(try await refusal(.time(TimeOfDay(microseconds: -1)), as: .time).code == .valueOutOfRange)
    #expect(try await refusal(.time(TimeOfDay(microseconds: 86_400_000_001)), as: .time).code == .valueOutOfRange)
  }

  @Test func infiniteTimes() async throws {
    try await ServerAccess.withDriver { driver in
      let flags = try await driver.run(
        DriverCall(
          Statements.compile(
            "SELECT 'infinity'::timestamptz, '-infinity'::timestamp, 'infinity'::date, '-infinity'::date"), [])
      ) { rows in
        _ = try rows.next()
        return (0..<4).map { rows.cells[$0].flags }
      }
      #expect(
        flags == [
          CellFlags.positiveInfinity, CellFlags.negativeInfinity, CellFlags.positiveInfinity,
          CellFlags.negativeInfinity,
        ])
    }
  }

  @Test func intervals() async throws {
    try await roundTrip(
      .interval, "interval",
      [
        (Interval(months: 14, days: -3, microseconds: 4_500_000), "1 year 2 mons -3 days +00:00:04.5"),
        (Interval(), "00:00:00"),
        (Interval(months: -1, days: 1, microseconds: -1), "-1 mons +1 day -00:00:00.000001"),
      ])
    #expect(
      try await refusal(.interval(Interval(months: .max, days: .max, microseconds: .max)), as: .interval).code
        == .valueOutOfRange)
  }

  @Test func json() async throws {
    try await ServerAccess.withDriver { driver in
      let found = try await driver.query(
        "SELECT $1, $2::jsonb::json, '{\"a\" : 1}'::json, $3", [.json("{\"b\": [1, null]}"), .text("[true]"), .null],
        [.json, .json, .json]
      ) { ($0.string(), $0.string(), $0.string(), $0.nextIsNull) }
      #expect(found.first?.0 == "{\"b\": [1, null]}")
      #expect(found.first?.1 == "[true]")
      #expect(found.first?.2 == "{\"a\" : 1}")
      #expect(found.first?.3 == true)
      let error = try await rowanError {
        _ = try await driver.query("SELECT $1", [.json("{secret}")], [.json]) { _ in }
      }
      #expect(error.code == .valueOutOfRange)
      #expect(!error.description.contains("secret"))
    }
  }

  @Test func kindsWithoutADeclaredType() async throws {
    try await ServerAccess.withDriver { driver in
      let values: [(SQLValue, String)] = [
        (.bool(true), "boolean"), (.int(1), "bigint"), (.uint(UInt64.max), "numeric"), (.double(1), "double precision"),
        (.text("x"), "text"), (.bytes([1]), "bytea"), (.uuid(UUID()), "uuid"),
        (.timestamp(Timestamp(microseconds: 1)), "timestamp with time zone"), (.date(CalendarDate(days: 1)), "date"),
        (.time(TimeOfDay(microseconds: 1)), "time without time zone"), (.interval(Interval(days: 1)), "interval"),
        (.decimal(1), "numeric"), (.json("1"), "jsonb"),
        (.array(SQLArray(element: .integer, values: [.int(1)])), "integer[]"),
      ]
      for (value, type) in values {
        let found = try await driver.query("SELECT pg_typeof($1)::text", [value]) { $0.string() }
        #expect(found == [type])
      }
      // One text, prepared once per kind of value.
      let statement = Statements.compile("SELECT pg_typeof($1)::text, $1::text", [nil])
      for _ in 0..<2 {
        for (value, type) in values {
          let found = try await driver.query(statement, [value]) { $0.string() }
          #expect(found == [type])
        }
      }
      #expect(try await driver.query("SELECT $1::int4 IS NULL", [.null]) { $0.bool() } == [true])
    }
  }
}
