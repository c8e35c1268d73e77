internal import CMariaDB
internal import RowanCore

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// The engine's forms of single values, or the reason there is none.
enum MySQLForm {
  /// The engine has neither NaN nor infinities.
  /// https://mariadb.com/kb/en/double/
  static func number(_ value: Double, _ type: SQLType?, _ sql: String) throws -> Double {
    if value.isFinite {
      // An integer column would round it, and not say so.
      guard let type, type.isInteger, value != value.rounded() else { return value }
      throw RowanError(
        .valueOutOfRange, "a floating-point number with a fraction does not fit an integer column",
        hint: "round it first", sql: sql)
    }
    throw RowanError(
      .valueOutOfRange, "a floating-point number is NaN or infinite, and MySQL has no form for that",
      hint: "use NULL, or check the number first", sql: sql)
  }

  /// DATETIME holds the years 0 to 9999.
  /// https://mariadb.com/kb/en/datetime/
  static func time(_ value: Timestamp, _ type: SQLType?, _ sql: String) throws -> MYSQL_TIME {
    var days = value.microseconds / 86_400_000_000
    var rest = value.microseconds % 86_400_000_000
    if rest < 0 {
      rest += 86_400_000_000
      days -= 1
    }
    // A DATE column would cut the time off, and only note so.
    if type == .date, rest != 0 {
      throw RowanError(
        .valueOutOfRange, "an instant with a time of day does not fit a date column", hint: "use a CalendarDate",
        sql: sql)
    }
    var time = try date(days, sql)
    split(rest, into: &time)
    time.time_type = MYSQL_TIMESTAMP_DATETIME
    return time
  }

  /// DATE holds the years 0 to 9999.
  static func time(_ value: CalendarDate, _ sql: String) throws -> MYSQL_TIME {
    var time = try date(Int64(value.days), sql)
    time.time_type = MYSQL_TIMESTAMP_DATE
    return time
  }

  static func time(_ value: TimeOfDay, _ sql: String) throws -> MYSQL_TIME {
    guard value.isValid else {
      throw RowanError(.valueOutOfRange, "a time is not within a day", hint: "use an Interval for a span", sql: sql)
    }
    var time = MYSQL_TIME()
    split(value.microseconds, into: &time)
    time.time_type = MYSQL_TIMESTAMP_TIME
    return time
  }

  /// A column rounds what has more digits after the point than it, and only notes so.
  static func decimal(_ value: Decimal, _ type: SQLType?, _ sql: String) throws -> String {
    if value.isNaN {
      throw RowanError(.valueOutOfRange, "a decimal is not a number", hint: "use NULL", sql: sql)
    }
    if case .decimal(let precision, let scale)? = type,
      !DecimalText.fits(value, precision: precision, scale: scale)
    {
      throw RowanError(
        .valueOutOfRange, "a decimal does not fit into \(precision) digits with \(scale) after the point",
        hint: "round it, or widen the column", sql: sql)
    }
    return DecimalText.format(value)
  }

  /// Arrays are JSON text.
  static func json(_ array: SQLArray, _ sql: String) throws -> String {
    for value in array.values { if case .invalid(let failure) = value { throw invalid(failure, sql) } }
    return ArrayJSON.text(array)
  }

  static func invalid(_ failure: EncodingFailure, _ sql: String) -> RowanError {
    RowanError(
      .encodingFailed, "a \(failure.swiftType) could not be encoded: \(failure.reason)",
      hint: "mend the value, or the type's sqlValue", sql: sql, cause: failure)
  }

  private static func date(_ days: Int64, _ sql: String) throws -> MYSQL_TIME {
    // 0000-01-01 and 9999-12-31.
    guard days >= -719_528, days <= 2_932_896 else {
      throw RowanError(
        .valueOutOfRange, "a date is before the year 0 or after the year 9999, and MySQL has no form for that",
        hint: "check the date first", sql: sql)
    }
    let (year, month, day) = CivilCalendar.date(days: Int32(truncatingIfNeeded: days))
    var time = MYSQL_TIME()
    time.year = UInt32(truncatingIfNeeded: year)
    time.month = UInt32(truncatingIfNeeded: month)
    time.day = UInt32(truncatingIfNeeded: day)
    return time
  }

  private static func split(_ microseconds: Int64, into time: inout MYSQL_TIME) {
    let seconds = microseconds / 1_000_000
    time.second_part = UInt(truncatingIfNeeded: microseconds % 1_000_000)
    time.hour = UInt32(truncatingIfNeeded: seconds / 3600)
    time.minute = UInt32(truncatingIfNeeded: seconds / 60 % 60)
    time.second = UInt32(truncatingIfNeeded: seconds % 60)
  }
}

extension SQLType {
  fileprivate var isInteger: Bool {
    switch self {
    case .boolean, .smallint, .integer, .bigint, .unsignedTinyint, .unsignedSmallint, .unsignedInteger,
      .unsignedBigint:
      true
    default: false
    }
  }
}
