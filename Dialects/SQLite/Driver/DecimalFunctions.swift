internal import CSQLite
internal import RowanCore

/// The collation and the functions by which decimals, stored as text, compare and calculate exactly. Registered on
/// every connection; another program that uses an index or a constraint under the collation needs it too.
///
/// `NULL` gives `NULL`, and so does a division by zero, as SQLite's own `/` has it. Integers are taken for decimals;
/// floating-point numbers are refused, since most are no decimal the user ever wrote.
enum DecimalFunctions {
  /// Begins the messages of errors these functions raise; what follows holds no values.
  static let errorPrefix = "rowan: "

  static func install(on db: OpaquePointer) throws {
    let collation = sqlite3_create_collation_v2(
      db, SQLitePrinter.decimalCollation, SQLITE_UTF8, nil,
      { _, leftCount, left, rightCount, right in
        let left = UnsafeRawBufferPointer(start: left, count: Int(leftCount))
        let right = UnsafeRawBufferPointer(start: right, count: Int(rightCount))
        return DecimalFunctions.compare(left, right)
      }, nil)
    try OwnFunction.check(collation)
    try OwnFunction.add("rowan_decimal_add", 2, db) { DecimalFunctions.binary($0, $2) { $0 + $1 } }
    try OwnFunction.add("rowan_decimal_sub", 2, db) { DecimalFunctions.binary($0, $2) { $0 - $1 } }
    try OwnFunction.add("rowan_decimal_mul", 2, db) { DecimalFunctions.binary($0, $2) { $0 * $1 } }
    try OwnFunction.add("rowan_decimal_div", 2, db) { DecimalFunctions.binary($0, $2) { $0 / $1 } }
    try OwnFunction.add("rowan_decimal_rem", 2, db) { DecimalFunctions.binary($0, $2) { $0 % $1 } }
    try OwnFunction.add("rowan_decimal_neg", 1, db) { DecimalFunctions.unary($0, $2) { $0.negated } }
    try OwnFunction.add("rowan_decimal_abs", 1, db) { DecimalFunctions.unary($0, $2) { $0.magnitude } }
    try OwnFunction.add("rowan_decimal_round", 1, db) { DecimalFunctions.unary($0, $2) { $0.rounded(to: 0) } }
    try OwnFunction.add("rowan_decimal_round", 2, db) { context, _, values in
      guard let values else { return }
      if sqlite3_value_type(values[1]) == SQLITE_NULL { return sqlite3_result_null(context) }
      let places = Int(
        max(-DecimalFunctions.maximumDigits, min(DecimalFunctions.maximumDigits, sqlite3_value_int64(values[1]))))
      DecimalFunctions.unary(context, values) { $0.rounded(to: places) }
    }
    try aggregate("rowan_decimal_sum", db) {
      DecimalTotal.finish($0, isLast: true) { $0.sum }
    } value: {
      DecimalTotal.finish($0, isLast: false) { $0.sum }
    }
    try aggregate("rowan_decimal_avg", db) {
      DecimalTotal.finish($0, isLast: true) { $0.average }
    } value: {
      DecimalTotal.finish($0, isLast: false) { $0.average }
    }
  }

  /// Numbers by value; text that is no decimal comes after them, byte by byte, so that the order is total.
  static func compare(_ left: UnsafeRawBufferPointer, _ right: UnsafeRawBufferPointer) -> Int32 {
    switch (DecimalParts(left), DecimalParts(right)) {
    case (let a?, let b?): DecimalParts.compare(a, b)
    case (_?, nil): -1
    case (nil, _?): 1
    case (nil, nil): DecimalParts.bytes(left[...], right[...])
    }
  }

  /// More digits are refused: multiplying or dividing them would take the machine for minutes.
  static let maximumDigits: Int64 = 10_000

  /// The decimal in a value; nil for `NULL`, and after an error, which is raised.
  static func read(_ value: OpaquePointer?, _ context: OpaquePointer?) -> ExactDecimal? {
    switch sqlite3_value_type(value) {
    case SQLITE_NULL: return nil
    case SQLITE_INTEGER: return ExactDecimal(sqlite3_value_int64(value))
    case SQLITE_TEXT:
      let text = sqlite3_value_text(value)
      let bytes = UnsafeRawBufferPointer(start: text, count: Int(sqlite3_value_bytes(value)))
      if bytes.count > maximumDigits {
        fail(context, "a decimal has more than \(maximumDigits) digits")
      } else if let decimal = ExactDecimal(bytes) {
        return decimal
      } else {
        fail(context, "decimal arithmetic found a text that is no decimal")
      }
    case SQLITE_FLOAT: fail(context, "decimal arithmetic found a floating-point number")
    default: fail(context, "decimal arithmetic found a blob")
    }
    return nil
  }

  static func result(_ context: OpaquePointer?, _ decimal: ExactDecimal?) {
    guard let decimal else { return sqlite3_result_null(context) }
    var text = decimal.text
    text.withUTF8 { bytes in
      bytes.withMemoryRebound(to: CChar.self) { bytes in
        sqlite3_result_text64(
          context, bytes.baseAddress, UInt64(bytes.count), rowan_sqlite_transient(), UInt8(SQLITE_UTF8))
      }
    }
  }

  private static func fail(_ context: OpaquePointer?, _ message: String) {
    sqlite3_result_error(context, errorPrefix + message, -1)
  }

  private static func unary(
    _ context: OpaquePointer?, _ values: UnsafeMutablePointer<OpaquePointer?>?,
    _ compute: (ExactDecimal) -> ExactDecimal
  ) {
    guard let values, let value = read(values[0], context) else { return }
    result(context, compute(value))
  }

  private static func binary(
    _ context: OpaquePointer?, _ values: UnsafeMutablePointer<OpaquePointer?>?,
    _ compute: (ExactDecimal, ExactDecimal) -> ExactDecimal?
  ) {
    guard let values, let left = read(values[0], context), let right = read(values[1], context) else { return }
    result(context, compute(left, right))
  }

  private static func aggregate(
    _ name: String, _ db: OpaquePointer, _ final: @convention(c) (OpaquePointer?) -> Void,
    value: @convention(c) (OpaquePointer?) -> Void
  ) throws {
    try OwnFunction.check(
      sqlite3_create_window_function(
        db, name, 1, OwnFunction.traits, nil, { DecimalTotal.add($0, $2, 1) }, final, value,
        { DecimalTotal.add($0, $2, -1) }, nil))
  }
}
