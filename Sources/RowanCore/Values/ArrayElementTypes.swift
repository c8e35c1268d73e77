#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

extension Bool: ArrayElement {}
extension Int8: ArrayElement {}
extension Int16: ArrayElement {}
extension Int32: ArrayElement {}
extension Int64: ArrayElement {}
extension Int: ArrayElement {}
extension UInt16: ArrayElement {}
extension UInt32: ArrayElement {}
extension UInt64: ArrayElement {}
extension UInt: ArrayElement {}
extension Float: ArrayElement {}
extension Double: ArrayElement {}
extension Decimal: ArrayElement {}
extension String: ArrayElement {}
extension Data: ArrayElement {}
extension UUID: ArrayElement {}
extension Timestamp: ArrayElement {}
extension Date: ArrayElement {}
extension CalendarDate: ArrayElement {}
extension TimeOfDay: ArrayElement {}
extension Interval: ArrayElement {}
extension JSON: ArrayElement {}
extension ID: ArrayElement {}

/// Elements may be missing: `[Int?]` reads and writes `NULL`s within the array.
extension Optional: ArrayElement where Wrapped: ArrayElement {}

/// `[[UInt8]]` is a list of bytes. Other arrays do not nest: no two engines agree on what they hold.
extension Array: ArrayElement where Element == UInt8 {}

/// `[UInt8]` is bytes and not a list of numbers.
extension UInt8: ArrayElement {
  /// ``SQLType/bytes``.
  @inlinable public static var arrayType: SQLType { .bytes }
  /// The bytes as ``SQLValue/bytes(_:)``.
  @inlinable public static func arrayValue(_ elements: [UInt8]) -> SQLValue { .bytes(elements) }
  /// Reads the next column; a failure is noted in `row`, and nothing is thrown.
  @inlinable public static func readArray(_ row: inout RowReader) throws(DecodeFailure) -> [UInt8] { row.byteArray() }
}
