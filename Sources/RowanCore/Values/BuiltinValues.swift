extension Int64: ColumnValue {
  /// ``SQLType/bigint``.
  @inlinable public static var sqlType: SQLType { .bigint }
  /// The value as ``SQLValue/int(_:)``.
  @inlinable public var sqlValue: SQLValue { .int(self) }
  /// Reads the next column; a failure is noted in `row`, and nothing is thrown.
  @inlinable public static func read(_ row: inout RowReader) throws(DecodeFailure) -> Int64 { row.int64() }
}

extension Int: ColumnValue {
  /// ``SQLType/bigint``.
  @inlinable public static var sqlType: SQLType { .bigint }
  /// The value as ``SQLValue/int(_:)``.
  @inlinable public var sqlValue: SQLValue { .int(Int64(self)) }
  /// Reads the next column; a failure is noted in `row`, and nothing is thrown.
  @inlinable public static func read(_ row: inout RowReader) throws(DecodeFailure) -> Int { row.integer(Int.self) }
}

extension Double: ColumnValue {
  /// ``SQLType/double``.
  @inlinable public static var sqlType: SQLType { .double }
  /// The value as ``SQLValue/double(_:)``.
  @inlinable public var sqlValue: SQLValue { .double(self) }
  /// Reads the next column; a failure is noted in `row`, and nothing is thrown.
  @inlinable public static func read(_ row: inout RowReader) throws(DecodeFailure) -> Double { row.double() }
}

extension Bool: ColumnValue {
  /// ``SQLType/boolean``.
  @inlinable public static var sqlType: SQLType { .boolean }
  /// The value as ``SQLValue/bool(_:)``.
  @inlinable public var sqlValue: SQLValue { .bool(self) }
  /// Reads the next column; a failure is noted in `row`, and nothing is thrown.
  @inlinable public static func read(_ row: inout RowReader) throws(DecodeFailure) -> Bool { row.bool() }
}

extension String: ColumnValue {
  /// ``SQLType/text``.
  @inlinable public static var sqlType: SQLType { .text }
  /// The value as ``SQLValue/text(_:)``.
  @inlinable public var sqlValue: SQLValue { .text(self) }
  /// Reads the next column; a failure is noted in `row`, and nothing is thrown.
  @inlinable public static func read(_ row: inout RowReader) throws(DecodeFailure) -> String { row.string() }
}

extension Optional: ColumnValue where Wrapped: ColumnValue {
  /// An optional is its own nullable form, so that optionals never nest.
  public typealias Nullable = Wrapped?
  /// The wrapped type's.
  @inlinable public static var sqlType: SQLType { Wrapped.sqlType }
  /// Always true.
  @inlinable public static var isNullable: Bool { true }
  /// The wrapped value's form, or ``SQLValue/null``.
  @inlinable public var sqlValue: SQLValue {
    switch self {
    case .some(let value): value.sqlValue
    case .none: .null
    }
  }
  /// Reads the next column; `NULL` is nil.
  @inlinable public static func read(_ row: inout RowReader) throws(DecodeFailure) -> Wrapped? {
    if row.nextIsNull {
      row.index &+= 1
      return nil
    }
    return try Wrapped.read(&row)
  }
}
