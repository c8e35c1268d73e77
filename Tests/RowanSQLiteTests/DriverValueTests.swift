import Foundation
import RowanCore
import Testing

@testable import RowanSQLite

@Suite struct DriverValueTests {
  /// SQLite stores any bytes as text. https://www.sqlite.org/invalidutf.html
  @Test func bytesThatAreNoTextAreNotRepaired() async throws {
    let db = try await Database.open(.sqlite(SQLiteConfiguration(.memory)))
    let error = await #expect(throws: RowanError.self) {
      try await SQL("SELECT CAST(x'61ff62' AS TEXT) AS word").as(String.self).fetchOne(db)
    }
    #expect(error?.code == .decodingFailed)
    #expect(error?.message.contains("UTF-8") == true)
    await db.close()
  }

  static let uuid = UUID(uuidString: "00112233-4455-6677-8899-AABBCCDDEEFF") ?? UUID()
  static let uuidBytes: [UInt8] = [0, 17, 34, 51, 68, 85, 102, 119, 136, 153, 170, 187, 204, 221, 238, 255]

  static let kinds: [(SQLType, SQLValue, Found)] = [
    (.boolean, .bool(true), .int(1)),
    (.boolean, .bool(false), .int(0)),
    (.smallint, .int(-32_768), .int(-32_768)),
    (.bigint, .int(.min), .int(.min)),
    (.bigint, .int(.max), .int(.max)),
    (.unsignedBigint, .uint(UInt64(Int64.max)), .int(.max)),
    (.double, .double(0.1), .double((0.1).bitPattern)),
    (.double, .double(1e300), .double((1e300).bitPattern)),
    (.double, .double(.leastNonzeroMagnitude), .double(Double.leastNonzeroMagnitude.bitPattern)),
    (.double, .double(9_007_199_254_740_992), .double((9_007_199_254_740_992.0).bitPattern)),
    (.double, .double(.infinity), .double(Double.infinity.bitPattern)),
    (.double, .double(-.infinity), .double((-Double.infinity).bitPattern)),
    (.double, .double(3), .double((3.0).bitPattern)),
    (.text, .text(""), .text("")),
    (.text, .text("12"), .text("12")),
    (.text, .text("1e3"), .text("1e3")),
    (.varchar(20), .text("a\u{0}b\u{0}"), .text("a\u{0}b\u{0}")),
    (.char(3), .text("x  "), .text("x  ")),
    (.bytes, .bytes([]), .bytes([])),
    (.bytes, .bytes([0, 255, 0]), .bytes([0, 255, 0])),
    (.bytes, .bytes(uuidBytes), .bytes(uuidBytes)),
    (.uuid, .uuid(uuid), .uuid(uuidBytes)),
    (.timestamp, .timestamp(Timestamp(microseconds: -1)), .timestamp(-1)),
    (.timestamp, .timestamp(Timestamp(microseconds: .max)), .timestamp(.max)),
    (.date, .date(CalendarDate(days: .min)), .date(Int64(Int32.min))),
    (.time, .time(TimeOfDay(microseconds: 86_399_999_999)), .time(86_399_999_999)),
    (
      .interval, .interval(Interval(months: .min, days: 3, microseconds: .min)),
      .interval(Interval(months: .min, days: 3, microseconds: .min))
    ),
    (.json, .json("1.0"), .json("1.0")),
    (.json, .json(#"{"a":[1,"x"]}"#), .json(#"{"a":[1,"x"]}"#)),
    (
      .decimal(precision: 38, scale: 10), .decimal(Decimal(string: "12345678901234567890.123456789") ?? 0),
      .decimal("12345678901234567890.123456789")
    ),
    (.decimal(precision: 38, scale: 10), .decimal(-100), .decimal("-100")),
    (
      .array(.bigint), .array(SQLArray(element: .bigint, values: [.int(.min), .null, .int(.max)])),
      .json("[-9223372036854775808,null,9223372036854775807]")
    ),
    (.array(.text), .array(SQLArray(element: .text, values: [.text("a\"\u{0}")])), .json(#"["a\"\u0000"]"#)),
    (.text, .null, .null),
  ]

  /// Each kind comes back equal, both where the statement knows the type and where only the column's declaration does.
  @Test(arguments: kinds.indices) func roundTrip(index: Int) async throws {
    let (type, value, expected) = Self.kinds[index]
    let db = try await TestDatabase()
    try await db.driver.query("CREATE TABLE t (v \(try db.driver.dialect.columnType(type)))")
    try await db.driver.query("INSERT INTO t VALUES (?)", value)
    #expect(try await db.driver.query("SELECT v FROM t", results: [type]).rows == [[expected]])
    #expect(try await db.driver.query("SELECT v FROM t").rows == [[expected]])
    if expected != .null {
      #expect(try await db.driver.query("SELECT count(*) FROM t WHERE v = ?", value).first == .int(1))
    }
  }

  @Test(arguments: [
    "'; DROP TABLE t; --", "\"", "\\", "%_", "\u{FEFF}", "\u{202E}x", "e\u{301}", "👩‍👩‍👧‍👦", "\u{10FFFF}", "?1", ":a",
    String(repeating: "é", count: 100_000), String(repeating: "x", count: 3_000_000),
  ]) func hostileText(text: String) async throws {
    let db = try await TestDatabase()
    try await db.driver.query("CREATE TABLE t (v TEXT)")
    try await db.driver.query("INSERT INTO t VALUES (?)", .text(text))
    #expect(try await db.driver.query("SELECT v FROM t").rows == [[.text(text)]])
    #expect(try await db.driver.query("SELECT count(*) FROM t WHERE v = ?", .text(text)).first == .int(1))
  }

  @Test func whatSQLiteCannotStoreIsRefused() async throws {
    let db = try await TestDatabase()
    try await db.driver.query("CREATE TABLE t (v)")
    await expectError(.valueOutOfRange) { try await db.driver.query("INSERT INTO t VALUES (?)", .double(.nan)) }
    await expectError(.valueOutOfRange) {
      try await db.driver.query("INSERT INTO t VALUES (?)", .uint(UInt64(Int64.max) + 1))
    }
    await expectError(.valueOutOfRange) { try await db.driver.query("INSERT INTO t VALUES (?)", .decimal(.nan)) }
    let failure = EncodingFailure(swiftType: "X", reason: "no")
    await expectError(.encodingFailed) { try await db.driver.query("INSERT INTO t VALUES (?)", .invalid(failure)) }
    await expectError(.encodingFailed) {
      try await db.driver.query(
        "INSERT INTO t VALUES (?)", .array(SQLArray(element: .text, values: [.text("a"), .invalid(failure)])))
    }
    #expect(try await db.driver.query("SELECT count(*) FROM t").first == .int(0))
  }

  /// A REAL column stores a whole number as an integer, and an integer has no negative zero. The two are equal.
  /// https://sqlite.org/datatype3.html#storage_classes_and_datatypes
  @Test func negativeZeroReadsBackEqual() async throws {
    let db = try await TestDatabase()
    try await db.driver.query("CREATE TABLE t (v DOUBLE)")
    try await db.driver.query("INSERT INTO t VALUES (?)", .double(-0.0))
    guard case .double(let bits)? = try await db.driver.query("SELECT v FROM t").first else {
      Issue.record("a double was expected")
      return
    }
    #expect(Double(bitPattern: bits) == 0)
  }

  @Test func valuesAreNeverCoerced() async throws {
    let db = try await TestDatabase()
    try await db.driver.query("CREATE TABLE t (n INTEGER, at TIMESTAMP_INT, id UUID_BLOB, d DECIMAL_TEXT(10,2))")
    try await db.driver.query("INSERT INTO t VALUES ('seven', 'noon', 'no uuid', 1.5)")
    let row = try await db.driver.query("SELECT * FROM t", results: [.bigint, .timestamp, .uuid, .text]).rows
    #expect(row == [[.text("seven"), .text("noon"), .text("no uuid"), .text("1.5")]])
    let call = DriverCall(compiled("SELECT n FROM t", results: [.bigint]), [])
    let wire = try await db.driver.run(call) { source in
      _ = try source.next()
      return source.wireType(0)
    }
    #expect(wire == "INTEGER, holding TEXT")
  }

  @Test func anIntegerIsAnExactDecimalAndADoubleIsNone() async throws {
    let db = try await TestDatabase()
    let decimal = SQLType.decimal(precision: 10, scale: 2)
    #expect(
      try await db.driver.query(
        "SELECT 7, -9223372036854775808, 1.5, NULL", results: [decimal, decimal, decimal, decimal]
      )
      .rows == [[.decimal("7"), .decimal("-9223372036854775808"), .double((1.5).bitPattern), .null]])
  }

  @Test func typedReadersReadWhatWasBound() async throws {
    let db = try await TestDatabase()
    try await db.driver.query(
      "CREATE TABLE t (b BOOLEAN, u UUID_BLOB, a TIMESTAMP_INT, i DURATION_TEXT, d DECIMAL_TEXT(9,2), l ARRAY_TEXT)")
    let now = Timestamp(microseconds: 1_763_719_200_123_456)
    try await db.driver.query(
      "INSERT INTO t VALUES (?, ?, ?, ?, ?, ?)", .bool(true), .uuid(Self.uuid), .timestamp(now),
      .interval(Interval(months: 1)), .decimal(1.25), [1.5, 2].sqlValue)
    let call = DriverCall(
      compiled(
        "SELECT b, u, a, i, d, l FROM t",
        results: [.boolean, .uuid, .timestamp, .interval, .decimal(precision: 9, scale: 2), .array(.double)]), [])
    try await db.driver.run(call) { (source: RowSource) throws in
      #expect(try source.next() == true)
      var row = RowReader(cells: source.cells, count: source.columnCount)
      #expect(try Bool.read(&row) == true)
      #expect(try UUID.read(&row) == Self.uuid)
      #expect(try Timestamp.read(&row) == now)
      #expect(try Interval.read(&row) == Interval(months: 1))
      #expect(try Decimal.read(&row) == 1.25)
      #expect(try [Double].read(&row) == [1.5, 2])
      #expect(row.failure == nil)
      #expect(source.columnNames == ["b", "u", "a", "i", "d", "l"])
    }
  }

  @Test func aCountOfValuesThatDoesNotMatchIsRefused() async throws {
    let db = try await TestDatabase()
    await expectError(.internalError) {
      try await db.driver.run(DriverCall(compiled("SELECT ?, ?"), [.int(1)])) { _ in }
    }
  }
}
