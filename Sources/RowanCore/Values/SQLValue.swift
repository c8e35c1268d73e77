#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

/// A value on its way to the database, in one of the neutral forms every driver can bind.
public enum SQLValue: Sendable, Hashable {
  /// SQL `NULL`.
  case null
  /// A truth value.
  case bool(Bool)
  /// A signed integer.
  case int(Int64)
  /// An unsigned integer above `Int64.max`; smaller ones travel as ``int(_:)``.
  case uint(UInt64)
  /// A double-precision number.
  case double(Double)
  /// Text, exact, embedded NUL included (engines that cannot hold it refuse it).
  case text(String)
  /// Bytes.
  case bytes([UInt8])
  /// A UUID.
  case uuid(UUID)
  /// An instant.
  case timestamp(Timestamp)
  /// A calendar date.
  case date(CalendarDate)
  /// A time of day.
  case time(TimeOfDay)
  /// A span of months, days and microseconds.
  case interval(Interval)
  /// An exact decimal.
  indirect case decimal(Decimal)
  /// A JSON document, as text.
  case json(String)
  /// A list of values of one type.
  case array(SQLArray)
  /// A value its own type could not encode; sending it throws ``RowanError/Code/encodingFailed``.
  indirect case invalid(EncodingFailure)

  /// Whether this is SQL `NULL`.
  @inlinable public var isNull: Bool { if case .null = self { true } else { false } }

  /// The kind of value without the value: what a parameter's type is inferred from when no column gives it.
  public var kind: Kind {
    switch self {
    case .null: .null
    case .bool: .bool
    case .int: .int
    case .uint: .uint
    case .double: .double
    case .text: .text
    case .bytes: .bytes
    case .uuid: .uuid
    case .timestamp: .timestamp
    case .date: .date
    case .time: .time
    case .interval: .interval
    case .decimal: .decimal
    case .json: .json
    case .array: .array
    case .invalid: .invalid
    }
  }

  /// The kinds of ``SQLValue``.
  public enum Kind: UInt8, Sendable {
    case null, bool, int, uint, double, text, bytes, uuid, timestamp, date, time, interval, decimal, json, array
    case invalid
  }
}

/// A list of values of one element type.
public struct SQLArray: Sendable, Hashable {
  /// The type of every element.
  public var element: SQLType
  /// The elements; `.null` where an element is missing.
  public var values: ContiguousArray<SQLValue>

  /// Makes a list of `values`, all of type `element`.
  public init(element: SQLType, values: ContiguousArray<SQLValue>) {
    self.element = element
    self.values = values
  }
}

/// Why a value could not be turned into an ``SQLValue``. Holds no part of the value.
public struct EncodingFailure: Error, Sendable, Hashable {
  /// The Swift type that failed to encode.
  public var swiftType: String
  /// What was wrong, without the value.
  public var reason: String

  /// The code of the error that sending the value throws.
  public var code: RowanError.Code

  /// Makes a failure of `swiftType`.
  public init(swiftType: String, reason: String, code: RowanError.Code = .encodingFailed) {
    self.swiftType = swiftType
    self.reason = reason
    self.code = code
  }
}
