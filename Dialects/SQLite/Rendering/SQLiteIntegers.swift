import RowanCore

/// Integers that are calculated and stored. SQLite goes on with a floating-point number where a 64-bit integer
/// overflows, and stores it in an integer column, as it does a number that the column's type has no room for. So what an
/// assignment calculates passes through a function that the driver registers, which refuses it.
/// https://sqlite.org/lang_expr.html#operators_and_parse_affecting_attributes
extension SQLitePrinter {
  /// What `column` holds, where `value` is an integer that somebody calculates for it.
  func checkedRange(of value: Expr, for column: ColumnSchema) -> ClosedRange<Int64>? {
    guard case .node(let node) = value else { return nil }
    switch node.kind {
    case .parameter, .constant, .context, .excluded, .raw: return nil
    default: return SQLitePrinter.range(of: column.type)
    }
  }

  /// `rowan_integer(value)`, or `rowan_integer(value, lowest, highest)` for types of less than 64 bits.
  func checked(_ value: Expr, for column: ColumnSchema, within range: ClosedRange<Int64>) throws {
    emit("rowan_integer(")
    try expr(value, hint: column.type)
    if range != Int64.min...Int64.max { emit(", \(range.lowerBound), \(range.upperBound)") }
    emit(")")
  }

  /// What a column of a type holds; nil for what is no integer.
  private static func range(of type: SQLType) -> ClosedRange<Int64>? {
    switch type {
    case .smallint: Int64(Int16.min)...Int64(Int16.max)
    case .integer: Int64(Int32.min)...Int64(Int32.max)
    case .bigint: Int64.min...Int64.max
    case .unsignedTinyint: 0...Int64(UInt8.max)
    case .unsignedSmallint: 0...Int64(UInt16.max)
    case .unsignedInteger: 0...Int64(UInt32.max)
    case .unsignedBigint: 0...Int64.max
    default: nil
    }
  }
}
