/// A column type, named without reference to any engine.
///
/// Each dialect maps a type to its own (`Dialect.columnType(_:)`) and its introspector maps it back.
public indirect enum SQLType: Hashable, Sendable {
  /// True or false.
  case boolean
  /// A signed 16-bit integer.
  case smallint
  /// A signed 32-bit integer.
  case integer
  /// A signed 64-bit integer.
  case bigint
  /// An unsigned 8-bit integer.
  case unsignedTinyint
  /// An unsigned 16-bit integer.
  case unsignedSmallint
  /// An unsigned 32-bit integer.
  case unsignedInteger
  /// An unsigned 64-bit integer, as far as the engine can hold it.
  case unsignedBigint
  /// An IEEE 754 single-precision number.
  case real
  /// An IEEE 754 double-precision number.
  case double
  /// An exact decimal with `precision` digits in all, `scale` of them after the point.
  case decimal(precision: Int, scale: Int)
  /// Text padded to a fixed number of characters.
  case char(Int)
  /// Text of at most so many characters.
  case varchar(Int)
  /// Text of any length.
  case text
  /// Bytes of any length.
  case bytes
  /// A 128-bit universally unique identifier.
  case uuid
  /// An instant, in microseconds, UTC.
  case timestamp
  /// A calendar date without a time zone.
  case date
  /// A time of day in microseconds, without a time zone.
  case time
  /// A span of months, days and microseconds.
  case interval
  /// A JSON document.
  case json
  /// A list of one element type; native where the engine has arrays, JSON elsewhere.
  case array(SQLType)
  /// A type of one engine, written as that engine spells it.
  case custom(String)
}
