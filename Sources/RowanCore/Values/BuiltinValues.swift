extension Int64: ColumnValue {
  @inlinable public static var sqlType: SQLType { .bigint }
  @inlinable public var sqlValue: SQLValue { .int(self) }
  @inlinable public static func read(_ row: inout RowReader) throws(DecodeFailure) -> Int64 { row.int64() }
}

extension Int: ColumnValue {
  @inlinable public static var sqlType: SQLType { .bigint }
  @inlinable public var sqlValue: SQLValue { .int(Int64(self)) }
  @inlinable public static func read(_ row: inout RowReader) throws(DecodeFailure) -> Int { row.integer(Int.self) }
}

extension Double: ColumnValue {
  @inlinable public static var sqlType: SQLType { .double }
  @inlinable public var sqlValue: SQLValue { .double(self) }
  @inlinable public static func read(_ row: inout RowReader) throws(DecodeFailure) -> Double { row.double() }
}

extension Bool: ColumnValue {
  @inlinable public static var sqlType: SQLType { .boolean }
  @inlinable public var sqlValue: SQLValue { .bool(self) }
  @inlinable public static func read(_ row: inout RowReader) throws(DecodeFailure) -> Bool { row.bool() }
}

extension String: ColumnValue {
  @inlinable public static var sqlType: SQLType { .text }
  @inlinable public var sqlValue: SQLValue { .text(self) }
  @inlinable public static func read(_ row: inout RowReader) throws(DecodeFailure) -> String { row.string() }
}

extension Optional: ColumnValue where Wrapped: ColumnValue {
  /// An optional is its own nullable form, so that optionals never nest.
  public typealias Nullable = Wrapped?
  @inlinable public static var sqlType: SQLType { Wrapped.sqlType }
  @inlinable public static var isNullable: Bool { true }
  @inlinable public var sqlValue: SQLValue {
    switch self {
    case .some(let value): value.sqlValue
    case .none: .null
    }
  }
  @inlinable public static func read(_ row: inout RowReader) throws(DecodeFailure) -> Wrapped? {
    if row.nextIsNull {
      row.index &+= 1
      return nil
    }
    return try Wrapped.read(&row)
  }
}
