import Foundation
import RowanCore

/// The values of columns made by chance: one for each row, none twice.
enum PairValues {
  static let rows = 4

  /// Types of every kind.
  static let types: [SQLType] = [
    .boolean, .smallint, .integer, .bigint, .unsignedTinyint, .unsignedSmallint, .unsignedInteger, .unsignedBigint,
    .real, .double, .decimal(precision: 10, scale: 2), .char(3), .varchar(20), .varchar(60), .text, .bytes, .uuid,
    .timestamp, .date, .time, .interval, .json, .array(.bigint),
  ]

  static func isText(_ type: SQLType) -> Bool {
    switch type {
    case .char, .varchar, .text: true
    default: false
    }
  }

  static func isInteger(_ type: SQLType) -> Bool {
    switch type {
    case .smallint, .integer, .bigint, .unsignedTinyint, .unsignedSmallint, .unsignedInteger, .unsignedBigint: true
    default: false
    }
  }

  static func isNumber(_ type: SQLType) -> Bool {
    if case .decimal = type { return true }
    return isInteger(type) || type == .real || type == .double
  }

  /// Whether every engine has keys over it as it is.
  static func isIndexable(_ type: SQLType) -> Bool {
    switch type {
    case .char, .varchar, .decimal, .uuid, .timestamp, .date, .time: true
    default: isInteger(type)
    }
  }

  /// A type that holds every value of `type`, on every engine.
  static func wider(_ type: SQLType) -> [SQLType] {
    switch type {
    case .smallint: [.integer, .bigint]
    case .integer: [.bigint]
    case .unsignedTinyint: [.unsignedSmallint, .unsignedInteger]
    case .unsignedSmallint: [.unsignedInteger, .unsignedBigint]
    case .unsignedInteger: [.unsignedBigint]
    case .real: [.double]
    case .decimal(10, 2): [.decimal(precision: 14, scale: 4), .decimal(precision: 12, scale: 2)]
    case .varchar(20): [.varchar(60), .text]
    case .varchar(60): [.text]
    case .date: [.timestamp]
    default: []
    }
  }

  /// A type of another kind that holds every value of `type`.
  static func other(_ type: SQLType) -> [SQLType] {
    switch type {
    case .smallint, .integer: [.decimal(precision: 14, scale: 4), .text, .double]
    case .bigint: [.text]
    default: []
    }
  }

  /// A type that holds the values of the rows, and not every value of `type`.
  static func narrower(_ type: SQLType) -> [SQLType] {
    switch type {
    case .bigint: [.integer, .smallint]
    case .integer: [.smallint]
    case .unsignedInteger: [.unsignedSmallint]
    case .decimal(10, 2): [.decimal(precision: 6, scale: 2)]
    case .varchar(60): [.varchar(20)]
    case .text: [.varchar(60)]
    default: []
    }
  }

  /// The value of row `row`, from 1; 9 is that of a default.
  static func value(_ type: SQLType, _ row: Int) -> SQLValue {
    switch type {
    case .boolean: .bool(row.isMultiple(of: 2))
    case .real, .double: .double(Double(row) + 0.5)
    case .decimal: .decimal(Decimal(string: "\(row).25") ?? 0)
    case .char: .text("c\(row)x")
    case .varchar, .text: .text("it's é \\ \(row)")
    case .bytes: .bytes([0, 255, UInt8(clamping: row)])
    case .uuid: .uuid(UUID(uuid: (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 255, UInt8(clamping: row))))
    case .timestamp: .timestamp(Timestamp(microseconds: 1_700_000_000_123_456 + Int64(row) * 1_000_000))
    case .date: .date(CalendarDate(days: 20_000 + Int32(row)))
    case .time: .time(TimeOfDay(microseconds: 36_000_000_001 + Int64(row) * 1_000_000))
    case .interval: .interval(Interval(months: 14, days: -3, microseconds: Int64(row)))
    case .json: .json("{\"a\": [\(row), \"it's\"]}")
    case .array: .array(SQLArray(element: .bigint, values: [.int(Int64(row)), .null]))
    default: .int(Int64(row))
    }
  }

  /// A value of the column as text, exactly.
  static func text(_ column: String, _ type: SQLType, _ dialect: any Dialect) throws -> String {
    let name = try dialect.quote(column)
    switch (dialect.name, type) {
    case ("postgres", _): return "\(name)::text"
    case (_, .bytes), (_, .uuid): return "hex(\(name))"
    case ("mysql", _): return "CAST(\(name) AS CHAR)"
    default: return "CAST(\(name) AS TEXT)"
    }
  }

  /// Whether two texts are of one value, of columns of these types.
  static func isSame(_ one: String?, _ from: SQLType, _ other: String?, _ to: SQLType, _ dialect: String) -> Bool {
    guard let one, let other, from != to else { return one == other }
    if isNumber(from), isNumber(to) { return Double(one) == Double(other) }
    // SQLite keeps an instant as a number, and a date as another.
    if from == .date {
      return dialect == "sqlite" ? Int64(other) == Int64(one).map { $0 * 86_400_000_000 } : other.hasPrefix(one)
    }
    return one == other
  }
}
