import Foundation
import RowanCore
import Testing

@testable import RowanSQLite

@Suite struct DecimalFunctionTests {
  private func value(_ expression: String, _ values: SQLValue...) async throws -> Found? {
    let db = try await TestDatabase { $0.location = .memory }
    let call = DriverCall(compiled("SELECT \(expression)"), ContiguousArray(values))
    return try await db.driver.run(call) { try Answer($0).first }
  }

  @Test(arguments: [
    ("rowan_decimal_add('0.1', '0.2')", "0.3"),
    ("rowan_decimal_add('99999999999999999999999999999999999999', '1')", "100000000000000000000000000000000000000"),
    ("rowan_decimal_add('-1.50', '1.5')", "0"),
    ("rowan_decimal_sub('1', '0.0000000001')", "0.9999999999"),
    ("rowan_decimal_sub('0.05', '1')", "-0.95"),
    ("rowan_decimal_mul('-0.01', '0.01')", "-0.0001"),
    ("rowan_decimal_mul('12345678901234567890.123456789', '1000')", "12345678901234567890123.456789"),
    ("rowan_decimal_mul(3, '1.10')", "3.3"),
    ("rowan_decimal_div('1', '3')", "0.33333333333333333333"),
    ("rowan_decimal_div('-2', '3')", "-0.66666666666666666667"),
    ("rowan_decimal_div('10', '4')", "2.5"),
    ("rowan_decimal_div('0', '4')", "0"),
    ("rowan_decimal_div('1', '0.0001')", "10000"),
    ("rowan_decimal_div('100000000000000000000', '3')", "33333333333333333333.33333333333333333"),
    ("rowan_decimal_rem('7.5', '2')", "1.5"),
    ("rowan_decimal_rem('-7.5', '2')", "-1.5"),
    ("rowan_decimal_rem('7.5', '0.7')", "0.5"),
    ("rowan_decimal_neg('0.0')", "0"),
    ("rowan_decimal_neg('-3.10')", "3.1"),
    ("rowan_decimal_abs('-0.5')", "0.5"),
    ("rowan_decimal_round('2.5', 0)", "3"),
    ("rowan_decimal_round('-2.5')", "-3"),
    ("rowan_decimal_round('2.45', 1)", "2.5"),
    ("rowan_decimal_round('0.004', 2)", "0"),
    ("rowan_decimal_round('0.005', 2)", "0.01"),
    ("rowan_decimal_round('1250', -2)", "1300"),
    ("rowan_decimal_round('49', -2)", "0"),
    ("rowan_decimal_round('1.5', 10)", "1.5"),
    ("rowan_decimal_add('+007.00', '-0')", "7"),
  ]) func results(expression: String, expected: String) async throws {
    #expect(try await value(expression) == .text(expected))
  }

  @Test(arguments: [
    "rowan_decimal_add(NULL, '1')", "rowan_decimal_mul('1', NULL)", "rowan_decimal_div('1', '0.00')",
    "rowan_decimal_rem('1', '0')", "rowan_decimal_round('1', NULL)", "rowan_decimal_sum(x) FROM (SELECT NULL AS x)",
    "rowan_decimal_avg(x) FROM (SELECT 1 AS x) WHERE x = 2",
  ]) func nulls(expression: String) async throws {
    #expect(try await value(expression) == .null)
  }

  @Test(arguments: ["'1e5'", "''", "'.'", "'1.'", "'.5'", "'1 '", "'--1'", "1.5", "x'31'"]) func whatIsNoDecimal(
    argument: String
  ) async throws {
    let error = await expectError(.valueOutOfRange) { _ = try await value("rowan_decimal_add('1', \(argument))") }
    #expect(error?.message.contains("decimal") == true)
  }

  @Test func orderAndIndexesGoByTheNumber() async throws {
    let db = try await TestDatabase()
    try await db.driver.query("CREATE TABLE t (d DECIMAL_TEXT(38,10) COLLATE ROWAN_DECIMAL UNIQUE)")
    let sorted = [
      "-100", "-9.5", "-0.001", "0", "0.05", "0.5", "9.5", "10", "12345678901234567890.1", "100000000000000000000",
    ]
    for text in sorted.shuffled() { try await db.driver.query("INSERT INTO t VALUES (?)", .text(text)) }
    #expect(
      try await db.driver.query("SELECT d FROM t ORDER BY d", results: [.text]).rows == sorted.map { [.text($0)] })
    #expect(
      try await db.driver.query("SELECT min(d), max(d) FROM t", results: [.text, .text]).rows
        == [[.text("-100"), .text("100000000000000000000")]])
    #expect(try await db.driver.query("SELECT d FROM t WHERE d = ?", .text("+10.00")).rows.count == 1)
    #expect(try await db.driver.query("SELECT count(*) FROM t WHERE d < ?", .text("0")).first == .int(3))
    #expect(try await db.driver.query("SELECT count(*) FROM t WHERE d BETWEEN '0' AND '9.50'").first == .int(4))
    await expectError(.uniqueViolation) { try await db.driver.query("INSERT INTO t VALUES ('10.0')") }
    // Another connection of the same database has the collation too, and an index on a function works.
    try await db.driver.query("CREATE INDEX doubled ON t (rowan_decimal_mul(d, '2'))")
    #expect(try await db.driver.query("SELECT d FROM t WHERE rowan_decimal_mul(d, '2') = '20'").rows.count == 1)
  }

  @Test func sumsAndWindows() async throws {
    let db = try await TestDatabase()
    try await db.driver.query("CREATE TABLE t (id INTEGER PRIMARY KEY, g INTEGER, d DECIMAL_TEXT(38,10))")
    try await db.driver.query(
      "INSERT INTO t VALUES (1, 1, '0.1'), (2, 1, '0.2'), (3, 2, '12345678901234567890.0000000001'), (4, 2, NULL), (5, 3, NULL)"
    )
    #expect(
      try await db.driver.query("SELECT rowan_decimal_sum(d), rowan_decimal_avg(d) FROM t GROUP BY g ORDER BY g").rows
        == [
          [.text("0.3"), .text("0.15")],
          [.text("12345678901234567890.0000000001"), .text("12345678901234567890.0000000001")], [.null, .null],
        ])
    #expect(
      try await db.driver.query(
        "SELECT rowan_decimal_sum(d) OVER (ORDER BY id ROWS 1 PRECEDING) FROM t ORDER BY id"
      ).rows
        == [
          [.text("0.1")], [.text("0.3")], [.text("12345678901234567890.2000000001")],
          [.text("12345678901234567890.0000000001")], [.null],
        ])
  }

  /// Against Foundation's decimals, which are exact where the result has no more than 38 digits.
  @Test func arithmeticAgreesWithFoundation() throws {
    var generator = SystemRandomNumberGenerator()
    func random() -> Decimal {
      let significand = Decimal(UInt64.random(in: 0...999_999_999_999_999, using: &generator))
      return Decimal(
        sign: Bool.random(using: &generator) ? .plus : .minus, exponent: Int.random(in: -12...3, using: &generator),
        significand: significand)
    }
    func exact(_ decimal: Decimal) throws -> ExactDecimal {
      var text = DecimalText.format(decimal)
      let exact = text.withUTF8 { ExactDecimal(UnsafeRawBufferPointer($0)) }
      return try #require(exact)
    }
    for _ in 0..<2000 {
      let (a, b) = (random(), random())
      let (x, y) = (try exact(a), try exact(b))
      #expect((x + y).text == DecimalText.format(a + b))
      #expect((x - y).text == DecimalText.format(a - b))
      #expect((x * y).text == DecimalText.format(a * b))
      var left = DecimalText.format(a), right = DecimalText.format(b)
      let order = left.withUTF8 { left in
        right.withUTF8 { DecimalFunctions.compare(UnsafeRawBufferPointer(left), UnsafeRawBufferPointer($0)) }
      }
      #expect(order.signum() == (a < b ? -1 : a > b ? 1 : 0))
      if let rest = x % y, let quotient = x / y {
        // What is cut off is less than the divisor.
        #expect((rest.magnitude - y.magnitude).isNegative)
        let error = (quotient * y - x).magnitude
        let allowed = y.magnitude * (try exact(Decimal(sign: .plus, exponent: -11, significand: 1)))
        #expect(!(allowed - error).isNegative)
      }
    }
  }
}
