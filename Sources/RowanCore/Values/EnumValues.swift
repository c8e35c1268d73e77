/// What a `RawRepresentable` type needs to be stored as its raw value:
/// ```swift
/// enum Status: String, ColumnValue { case draft, published }
/// ```
/// A raw value that makes no value of the type throws a ``DecodeFailure`` that names the type and not the value.
extension RawRepresentable where Self: ColumnValue, RawValue: ColumnValue {
  /// The type of the raw value.
  @inlinable public static var sqlType: SQLType { RawValue.sqlType }
  /// The raw value.
  @inlinable public var sqlValue: SQLValue { rawValue.sqlValue }
  /// Reads the raw value.
  @inlinable public static func read(_ row: inout RowReader) throws(DecodeFailure) -> Self {
    let raw = try RawValue.read(&row)
    if let value = Self(rawValue: raw) { return value }
    throw row.invalid("no \(String(describing: Self.self)) has this raw value")
  }
}
