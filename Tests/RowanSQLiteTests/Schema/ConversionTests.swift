import Foundation
import RowanCore
import Testing

@testable import RowanSQLite

@Suite("SQLite: values of a column whose type changes", .serialized)
struct ConversionTests {
  /// A value of a type, as a literal, and what it becomes; nil where it must not be converted.
  struct Case: Sendable, CustomTestStringConvertible {
    var from: SQLType
    var value: String
    var to: SQLType
    var result: String?

    init(_ from: SQLType, _ value: String, _ to: SQLType, _ result: String?) {
      self.from = from
      self.value = value
      self.to = to
      self.result = result
    }

    var testDescription: String { "\(value): \(from) -> \(to)" }
  }

  static let decimal = SQLType.decimal(precision: 10, scale: 2)
  static let uuid = "X'00112233445566778899aabbccddeeff'"
  static let allBytes = "X'ff00017f8081feff00102030405060ab'"

  static let cases: [Case] = [
    Case(.smallint, "7", .bigint, "integer 7"), Case(.bigint, "32767", .smallint, "integer 32767"),
    Case(.bigint, "32768", .smallint, nil), Case(.bigint, "-32769", .smallint, nil),
    Case(.bigint, "'abc'", .integer, nil), Case(.integer, "-1", .unsignedInteger, nil),
    Case(.unsignedInteger, "4294967295", .bigint, "integer 4294967295"),
    Case(.bigint, "-9223372036854775808", .text, "text '-9223372036854775808'"),
    Case(.bigint, "9223372036854775807", .decimal(precision: 19, scale: 0), "text '9223372036854775807'"),
    Case(.bigint, "12345678901", decimal, nil), Case(.integer, "12345678", decimal, "text '12345678'"),
    Case(.integer, "-12345678", decimal, "text '-12345678'"), Case(.integer, "0", decimal, "text '0'"),
    Case(.bigint, "9007199254740992", .double, "real 9.00719925474099199994e+15"),
    Case(.bigint, "9007199254740993", .double, nil), Case(.integer, "16777217", .real, nil),
    Case(.integer, "1", .boolean, "integer 1"), Case(.integer, "2", .boolean, nil),
    Case(.boolean, "1", .integer, "integer 1"), Case(.boolean, "1", .text, "text 'true'"),
    Case(.boolean, "0", .json, "text 'false'"), Case(.integer, "12", .json, "text '12'"),
    Case(.double, "2.0", .integer, "integer 2"), Case(.double, "2.5", .integer, nil),
    Case(.double, "1e300", .bigint, nil), Case(.double, "9.3e18", .bigint, nil),
    Case(.double, "0.1", .text, "text '0.1'"), Case(.double, "0.1", decimal, "text '0.1'"),
    Case(.double, "0.125", decimal, nil), Case(.double, "1e300", decimal, nil),
    Case(.double, "0.30000000000000004", .text, "text '0.30000000000000004'"),
    Case(.double, "1e300", .real, nil), Case(.double, "1.5", .real, "real 1.5"),
    Case(.real, "1.5", .double, "real 1.5"), Case(.double, "100.0", .decimal(precision: 3, scale: 0), "text '100'"),
    Case(decimal, "'12.5'", .decimal(precision: 3, scale: 1), "text '12.5'"),
    Case(decimal, "'12.55'", .decimal(precision: 3, scale: 1), nil),
    Case(decimal, "'-123'", .decimal(precision: 3, scale: 1), nil),
    Case(decimal, "'0.05'", .decimal(precision: 2, scale: 2), "text '0.05'"),
    Case(decimal, "'-7'", .smallint, "integer -7"), Case(decimal, "'7.5'", .smallint, nil),
    Case(decimal, "'99999'", .smallint, nil), Case(decimal, "'1.25'", .double, "real 1.25"),
    Case(decimal, "'1.25'", .varchar(4), "text '1.25'"), Case(decimal, "'1.25'", .varchar(3), nil),
    Case(.text, "'42'", .integer, "integer 42"), Case(.text, "'-42'", .bigint, "integer -42"),
    Case(.text, "'42x'", .integer, nil), Case(.text, "''", .integer, nil), Case(.text, "'x'", .integer, nil),
    Case(.text, "'4.2'", .integer, nil), Case(.text, "'99999999999999999999'", .bigint, nil),
    Case(.text, "'1.5e3'", .double, "real 1500.0"), Case(.text, "'one'", .double, nil),
    Case(.text, "'1.5x'", .double, nil), Case(.text, "'-1.50'", decimal, "text '-1.50'"),
    Case(.text, "'1.2.3'", decimal, nil), Case(.text, "'.'", decimal, nil), Case(.text, "'+-1'", decimal, nil),
    Case(.text, "'1.234'", decimal, nil), Case(.text, "'TRUE'", .boolean, "integer 1"),
    Case(.text, "'0'", .boolean, "integer 0"), Case(.text, "'yes'", .boolean, nil),
    Case(.text, "'{\"a\":1}'", .json, "text '{\"a\":1}'"), Case(.text, "'{'", .json, nil),
    Case(.text, "'äöü'", .varchar(3), "text 'äöü'"), Case(.text, "'äöüx'", .varchar(3), nil),
    Case(.varchar(5), "'abcde'", .char(5), "text 'abcde'"), Case(.char(2), "'ab'", .text, "text 'ab'"),
    Case(.text, "'ab'", .bytes, "blob X'6162'"), Case(.bytes, "X'6162'", .text, nil),
    Case(.uuid, uuid, .text, "text '00112233-4455-6677-8899-aabbccddeeff'"),
    Case(.text, "'00112233-4455-6677-8899-AABBCCDDEEFF'", .uuid, "blob \(uuid.uppercased())"),
    Case(.text, "'ff00017f-8081-feff-0010-2030405060ab'", .uuid, "blob \(allBytes.uppercased())"),
    Case(.text, "'00112233'", .uuid, nil), Case(.uuid, uuid, .bytes, "blob \(uuid.uppercased())"),
    Case(.bytes, uuid, .uuid, "blob \(uuid.uppercased())"), Case(.bytes, "X'00'", .uuid, nil),
    Case(.date, "-1", .text, "text '1969-12-31'"), Case(.text, "'1969-12-31'", .date, "integer -1"),
    Case(.text, "'2023-02-30'", .date, nil), Case(.text, "'now'", .date, nil),
    Case(.date, "2", .timestamp, "integer 172800000000"), Case(.timestamp, "172800000000", .date, "integer 2"),
    Case(.timestamp, "-86400000000", .date, "integer -1"), Case(.timestamp, "1", .date, nil),
    Case(.timestamp, "-1", .text, "text '1969-12-31T23:59:59.999999Z'"),
    Case(.text, "'1969-12-31T23:59:59.999999Z'", .timestamp, "integer -1"),
    Case(.text, "'1970-01-01 00:00:01Z'", .timestamp, "integer 1000000"),
    Case(.text, "'1970-01-01 00:00:01.5Z'", .timestamp, "integer 1500000"),
    Case(.text, "'1970-01-01 00:00:01'", .timestamp, nil), Case(.text, "'1970-13-01 00:00:01Z'", .timestamp, nil),
    Case(.text, "'1970-01-01 00:00:01.1234567Z'", .timestamp, nil),
    Case(.time, "86399999999", .text, "text '23:59:59.999999'"),
    Case(.text, "'23:59:59.999999'", .time, "integer 86399999999"),
    Case(.text, "'10:00:00'", .time, "integer 36000000000"), Case(.text, "'24:00:00'", .time, nil),
    Case(.interval, "'P1D'", .text, "text 'P1D'"), Case(.text, "'P1D'", .interval, nil),
    Case(.array(.bigint), "'[1]'", .json, "text '[1]'"), Case(.json, "'[1]'", .array(.bigint), "text '[1]'"),
    Case(.json, "'{}'", .array(.bigint), nil), Case(.json, "'[]'", .text, "text '[]'"),
    Case(.uuid, uuid, .integer, nil), Case(.timestamp, "5", .bigint, nil), Case(.bigint, "5", .date, nil),
    Case(.custom("NUMERIC"), "1.5", .double, "real 1.5"), Case(.bytes, "X'00'", .integer, nil),
  ]

  @Test(arguments: cases) func value(_ example: Case) async throws {
    let before = try emitter.normalize(schema(table("t", column("c", example.from))))
    let after = try emitter.normalize(schema(table("t", column("c", example.to))))
    let statements = try steps(before, after)
    try await withMemory { database in
      try await database.create(before)
      // Every type has NULL, which goes through unharmed.
      try await database.run("INSERT INTO t (c) VALUES (NULL), (\(example.value))")
      let everything = try await database.everything("t")
      guard let result = example.result else {
        let error = await failure { try await database.migrate(statements) }
        #expect(error?.code == .checkViolation)
        #expect(try await database.everything("t") == everything)
        return
      }
      try await database.migrate(statements)
      #expect(
        try await database.rows("SELECT typeof(c) || ' ' || quote(c) FROM t ORDER BY id") == [["null NULL"], [result]])
    }
  }

  /// What this library writes as text in a conversion, it reads as the same value.
  @Test func textsAreThoseOfTheLibrary() async throws {
    let instants = [0, -1, 1_700_000_000_123_456, -62_135_596_800_000_000].map { Timestamp(microseconds: $0) }
    try await withMemory { database in
      for instant in instants {
        let form = try #require(TextForm.format("(\(instant.microseconds))", .timestamp))
        #expect(try await database.text("SELECT \(form.value)") == instant.description)
      }
      for days: Int32 in [0, -719_162, 20_000] {
        let form = try #require(TextForm.format("(\(days))", .date))
        #expect(try await database.text("SELECT \(form.value)") == CalendarDate(days: days).description)
      }
      for time in [0, 1, 45_296_789_012] {
        let form = try #require(TextForm.format("(\(time))", .time))
        #expect(try await database.text("SELECT \(form.value)") == TimeOfDay(microseconds: Int64(time)).description)
      }
    }
  }
}
