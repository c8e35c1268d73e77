#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

extension UUID: ColumnValue {
  /// ``SQLType/uuid``.
  @inlinable public static var sqlType: SQLType { .uuid }
  /// The value as ``SQLValue/uuid(_:)``.
  @inlinable public var sqlValue: SQLValue { .uuid(self) }
  /// Reads the next column; a failure is noted in `row`, and nothing is thrown.
  @inlinable public static func read(_ row: inout RowReader) throws(DecodeFailure) -> UUID { row.uuid() }
}

extension RowReader {
  /// Reads a UUID; after a failure, the UUID of all zeros.
  @inlinable public mutating func uuid() -> UUID {
    guard let cell = cell(.uuid) else { return UUID.zero }
    guard let pointer = cell.pointer else {
      mismatch(cell)
      return UUID.zero
    }
    return UUID(uuid: pointer.loadUnaligned(as: uuid_t.self))
  }
}

extension UUID {
  /// The placeholder after a failure.
  @usableFromInline static var zero: UUID { UUID(uuid: (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)) }
}
