/// Travels as a `Double`, which holds every `Float`. A number that is no `Float` is a
/// ``DecodeFailure/Reason/outOfRange`` instead of being rounded; NaN reads as NaN.
extension Float: ColumnValue {
  /// ``SQLType/real``.
  @inlinable public static var sqlType: SQLType { .real }
  /// The value as ``SQLValue/double(_:)``.
  @inlinable public var sqlValue: SQLValue { .double(Double(self)) }
  /// Reads the next column; a failure is noted in `row`, and nothing is thrown.
  @inlinable public static func read(_ row: inout RowReader) throws(DecodeFailure) -> Float { row.float() }
}

extension RowReader {
  /// Reads a float; a double or an integer is taken where it converts exactly, and NaN as NaN.
  @inlinable public mutating func float() -> Float {
    let cell = next()
    if cell.tag == .double {
      let double = Double(bitPattern: cell.bits)
      if let exact = Float(exactly: double) { return exact }
      if double.isNaN { return Float(double) }
      outOfRange(cell)
    } else if cell.tag == .int {
      if let exact = Float(exactly: Int64(bitPattern: cell.bits)) { return exact }
      outOfRange(cell)
    } else {
      mismatch(cell)
    }
    return 0
  }
}
