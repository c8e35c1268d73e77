#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

// `[UInt8]` is bytes through `UInt8`'s conformance to `ArrayElement`.

extension Data: ColumnValue {
  /// ``SQLType/bytes``.
  @inlinable public static var sqlType: SQLType { .bytes }
  /// The value as ``SQLValue/bytes(_:)``.
  @inlinable public var sqlValue: SQLValue { .bytes([UInt8](self)) }
  /// Reads the next column; a failure is noted in `row`, and nothing is thrown.
  @inlinable public static func read(_ row: inout RowReader) throws(DecodeFailure) -> Data {
    guard let cell = row.cell(.bytes) else { return Data() }
    return Data(cell.bytes)
  }
}
