extension Int8: ColumnValue {
  @inlinable public static var sqlType: SQLType { .smallint }
  @inlinable public var sqlValue: SQLValue { .int(Int64(self)) }
  @inlinable public static func read(_ row: inout RowReader) throws(DecodeFailure) -> Int8 { row.integer(Int8.self) }
}

extension Int16: ColumnValue {
  @inlinable public static var sqlType: SQLType { .smallint }
  @inlinable public var sqlValue: SQLValue { .int(Int64(self)) }
  @inlinable public static func read(_ row: inout RowReader) throws(DecodeFailure) -> Int16 { row.integer(Int16.self) }
}

extension Int32: ColumnValue {
  @inlinable public static var sqlType: SQLType { .integer }
  @inlinable public var sqlValue: SQLValue { .int(Int64(self)) }
  @inlinable public static func read(_ row: inout RowReader) throws(DecodeFailure) -> Int32 { row.integer(Int32.self) }
}

extension UInt8: ColumnValue {
  @inlinable public static var sqlType: SQLType { .unsignedTinyint }
  @inlinable public var sqlValue: SQLValue { .int(Int64(self)) }
  @inlinable public static func read(_ row: inout RowReader) throws(DecodeFailure) -> UInt8 { row.integer(UInt8.self) }
}

extension UInt16: ColumnValue {
  @inlinable public static var sqlType: SQLType { .unsignedSmallint }
  @inlinable public var sqlValue: SQLValue { .int(Int64(self)) }
  @inlinable public static func read(_ row: inout RowReader) throws(DecodeFailure) -> UInt16 { row.integer(UInt16.self) }
}

extension UInt32: ColumnValue {
  @inlinable public static var sqlType: SQLType { .unsignedInteger }
  @inlinable public var sqlValue: SQLValue { .int(Int64(self)) }
  @inlinable public static func read(_ row: inout RowReader) throws(DecodeFailure) -> UInt32 { row.integer(UInt32.self) }
}

/// A value above `Int64.max` travels as ``SQLValue/uint(_:)``; engines without such integers refuse it.
extension UInt64: ColumnValue {
  @inlinable public static var sqlType: SQLType { .unsignedBigint }
  @inlinable public var sqlValue: SQLValue {
    if let signed = Int64(exactly: self) { .int(signed) } else { .uint(self) }
  }
  @inlinable public static func read(_ row: inout RowReader) throws(DecodeFailure) -> UInt64 { row.integer(UInt64.self) }
}

/// A value above `Int64.max` travels as ``SQLValue/uint(_:)``; engines without such integers refuse it.
extension UInt: ColumnValue {
  @inlinable public static var sqlType: SQLType { .unsignedBigint }
  @inlinable public var sqlValue: SQLValue {
    if let signed = Int64(exactly: self) { .int(signed) } else { .uint(UInt64(self)) }
  }
  @inlinable public static func read(_ row: inout RowReader) throws(DecodeFailure) -> UInt { row.integer(UInt.self) }
}
