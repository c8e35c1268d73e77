/// One column of the current row, in a form that no longer depends on the engine.
///
/// A driver fills a buffer of these for each row; what ``bits`` and ``length`` mean depends on ``tag``. Pointers in
/// `bits` are valid until the next row.
@frozen public struct Cell {
  /// The value itself, or a pointer to it.
  public var bits: UInt64
  /// The number of bytes or elements behind a pointer.
  public var length: UInt32
  /// What the cell holds.
  public var tag: CellTag
  /// Facts about the value; see ``CellFlags``.
  public var flags: UInt8
  /// The column's index in the row.
  public var aux: UInt16

  /// Makes a cell.
  @inlinable public init(tag: CellTag, bits: UInt64 = 0, length: UInt32 = 0, flags: UInt8 = 0, aux: UInt16 = 0) {
    self.bits = bits
    self.length = length
    self.tag = tag
    self.flags = flags
    self.aux = aux
  }

  /// The pointer in ``bits``.
  @inlinable public var pointer: UnsafeRawPointer? { UnsafeRawPointer(bitPattern: UInt(truncatingIfNeeded: bits)) }

  /// The bytes behind the pointer, ``length`` of them.
  @inlinable public var bytes: UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(start: pointer, count: pointer == nil ? 0 : Int(length))
  }

  /// A cell that points to `count` bytes at `pointer`.
  @inlinable public static func pointing(
    _ tag: CellTag, to pointer: UnsafeRawPointer?, count: Int, aux: UInt16
  ) -> Cell {
    Cell(
      tag: tag, bits: UInt64(UInt(bitPattern: pointer)), length: UInt32(truncatingIfNeeded: count), aux: aux)
  }
}

/// What a ``Cell`` holds.
@frozen public enum CellTag: UInt8, Sendable {
  /// SQL `NULL`.
  case null
  /// `bits` is an `Int64`; truth values are 0 and 1.
  case int
  /// `bits` is a `UInt64` above `Int64.max`.
  case uint
  /// `bits` is a `Double`.
  case double
  /// A pointer to `length` bytes of UTF-8.
  case text
  /// A pointer to `length` bytes.
  case bytes
  /// A pointer to 16 bytes.
  case uuid
  /// `bits` is an `Int64`: microseconds since 1970 UTC.
  case timestamp
  /// `bits` is an `Int64`: days since 1970.
  case date
  /// `bits` is an `Int64`: microseconds since midnight.
  case time
  /// A pointer to an ``Interval``.
  case interval
  /// A pointer to `length` bytes of ASCII: sign, digits and point, or `NaN`, `Infinity`, `-Infinity`.
  case decimal
  /// A pointer to `length` bytes of JSON text.
  case json
  /// A pointer to `length` ``Cell``s, each an element.
  case array
  /// A pointer to `length` bytes of a type only the dialect knows.
  case dialectRaw
  /// The row has no such column.
  case missing
}

/// Bits of ``Cell/flags``.
public enum CellFlags {
  /// The timestamp or date is later than any other.
  public static let positiveInfinity: UInt8 = 1
  /// The timestamp or date is earlier than any other.
  public static let negativeInfinity: UInt8 = 2
  /// The engine holds a value that is no date, such as `0000-00-00`.
  public static let zeroDate: UInt8 = 4
}
