internal import CSQLite
internal import RowanCore

/// The function that stands around what is calculated for an integer column: `rowan_integer(value)`, or
/// `rowan_integer(value, lowest, highest)`. It gives the value back, or fails where there is no integer of that range.
enum IntegerFunction {
  static func install(on db: OpaquePointer) throws {
    for count: Int32 in [1, 3] {
      try OwnFunction.add("rowan_integer", count, db) { IntegerFunction.check($0, $1, $2) }
    }
  }

  private static func check(
    _ context: OpaquePointer?, _ count: Int32, _ values: UnsafeMutablePointer<OpaquePointer?>?
  ) {
    guard let values else { return }
    switch sqlite3_value_type(values[0]) {
    case SQLITE_INTEGER:
      let number = sqlite3_value_int64(values[0])
      if count == 3, number < sqlite3_value_int64(values[1]) || number > sqlite3_value_int64(values[2]) {
        return sqlite3_result_error(context, message, -1)
      }
      sqlite3_result_int64(context, number)
    case SQLITE_FLOAT:
      // Where the integers end, the engine goes on with a floating-point number. A whole one in the range in which they
      // are exact is what SQL by hand gave, and is stored as an integer.
      guard let number = Int64(exactly: sqlite3_value_double(values[0])), number.magnitude < 1 << 53,
        count == 1 || (sqlite3_value_int64(values[1])...sqlite3_value_int64(values[2])).contains(number)
      else { return sqlite3_result_error(context, message, -1) }
      sqlite3_result_int64(context, number)
    default: sqlite3_result_value(context, values[0])
    }
  }

  /// The text of the error, which holds no values.
  static let message = "rowan: integer out of range"
}
