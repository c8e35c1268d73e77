extension Int8: ColumnValue {
  /// ``SQLType/smallint``.
  @inlinable public static var sqlType: SQLType { .smallint }
  /// The value as ``SQLValue/int(_:)``.
  @inlinable public var sqlValue: SQLValue { .int(Int64(self)) }
  /// Reads the next column; a failure is noted in `row`, and nothing is thrown.
  @inlinable public static func read(_ row: inout RowReader) throws(DecodeFailure) -> Int8 { row.integer(Int8.self) }
}

extension Int16: ColumnValue {
  /// ``SQLType/smallint``.
  @inlinable public static var sqlType: SQLType { .smallint }
  /// The value as ``SQLValue/int(_:)``.
  @inlinable public var sqlValue: SQLValue { .int(Int64(self)) }
  /// Reads the next column; a failure is noted in `row`, and nothing is thrown.
  @inlinable public static func read(_ row: inout RowReader) throws(DecodeFailure) -> Int16 { row.integer(Int16.self) }
}

extension Int32: ColumnValue {
  /// ``SQLType/integer``.
  @inlinable public static var sqlType: SQLType { .integer }
  /// The value as ``SQLValue/int(_:)``.
  @inlinable public var sqlValue: SQLValue { .int(Int64(self)) }
  /// Reads the next column; a failure is noted in `row`, and nothing is thrown.
  @inlinable public static func read(_ row: inout RowReader) throws(DecodeFailure) -> Int32 { row.integer(Int32.self) }
}

extension UInt8: ColumnValue {
  /// ``SQLType/unsignedTinyint``.
  @inlinable public static var sqlType: SQLType { .unsignedTinyint }
  /// The value as ``SQLValue/int(_:)``.
  @inlinable public var sqlValue: SQLValue { .int(Int64(self)) }
  /// Reads the next column; a failure is noted in `row`, and nothing is thrown.
  @inlinable public static func read(_ row: inout RowReader) throws(DecodeFailure) -> UInt8 { row.integer(UInt8.self) }
}

extension UInt16: ColumnValue {
  /// ``SQLType/unsignedSmallint``.
  @inlinable public static var sqlType: SQLType { .unsignedSmallint }
  /// The value as ``SQLValue/int(_:)``.
  @inlinable public var sqlValue: SQLValue { .int(Int64(self)) }
  /// Reads the next column; a failure is noted in `row`, and nothing is thrown.
  @inlinable public static func read(_ row: inout RowReader) throws(DecodeFailure) -> UInt16 {
    row.integer(UInt16.self)
  }
}

extension UInt32: ColumnValue {
  /// ``SQLType/unsignedInteger``.
  @inlinable public static var sqlType: SQLType { .unsignedInteger }
  /// The value as ``SQLValue/int(_:)``.
  @inlinable public var sqlValue: SQLValue { .int(Int64(self)) }
  /// Reads the next column; a failure is noted in `row`, and nothing is thrown.
  @inlinable public static func read(_ row: inout RowReader) throws(DecodeFailure) -> UInt32 {
    row.integer(UInt32.self)
  }
}

/// A value above `Int64.max` travels as ``SQLValue/uint(_:)``; engines without such integers refuse it.
extension UInt64: ColumnValue {
  /// ``SQLType/unsignedBigint``.
  @inlinable public static var sqlType: SQLType { .unsignedBigint }
  /// The value as ``SQLValue/int(_:)``, or above `Int64.max` as ``SQLValue/uint(_:)``.
  @inlinable public var sqlValue: SQLValue {
    if let signed = Int64(exactly: self) { .int(signed) } else { .uint(self) }
  }
  /// Reads the next column; a failure is noted in `row`, and nothing is thrown.
  @inlinable public static func read(_ row: inout RowReader) throws(DecodeFailure) -> UInt64 {
    row.integer(UInt64.self)
  }
}

/// A value above `Int64.max` travels as ``SQLValue/uint(_:)``; engines without such integers refuse it.
extension UInt: ColumnValue {
  /// ``SQLType/unsignedBigint``.
  @inlinable public static var sqlType: SQLType { .unsignedBigint }
  /// The value as ``SQLValue/int(_:)``, or above `Int64.max` as ``SQLValue/uint(_:)``.
  @inlinable public var sqlValue: SQLValue {
    if let signed = Int64(exactly: self) { .int(signed) } else { .uint(UInt64(self)) }
  }
  /// Reads the next column; a failure is noted in `row`, and nothing is thrown.
  @inlinable public static func read(_ row: inout RowReader) throws(DecodeFailure) -> UInt { row.integer(UInt.self) }
}
