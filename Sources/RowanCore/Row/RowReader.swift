/// Reads one row by position.
///
/// Built-in types never throw here: the first failure is remembered and the caller checks ``failure`` once a row, which
/// costs two thirds of a throwing read per column.
@frozen public struct RowReader {
  @usableFromInline var cells: UnsafePointer<Cell>
  @usableFromInline var count: Int
  /// The index of the next column.
  public var index: Int
  /// The first failure of this row.
  public var failure: DecodeFailure?

  /// Reads the row whose cells are at `cells`.
  @inlinable public init(cells: UnsafePointer<Cell>, count: Int) {
    self.cells = cells
    self.count = count
    index = 0
    failure = nil
  }

  /// Goes back to the first column.
  @inlinable public mutating func rewind() { index = 0 }

  /// The next column, which becomes the current one.
  @inlinable public mutating func next() -> Cell {
    let at = index
    index = at &+ 1
    guard at < count else { return Cell(tag: .missing, aux: UInt16(truncatingIfNeeded: at)) }
    return cells[at]
  }

  /// Whether the next column is `NULL`; reads nothing.
  @inlinable public var nextIsNull: Bool { index < count && cells[index].tag == .null }

  /// Whether the `columns` next columns are all `NULL`, as on the empty side of an outer join.
  @inlinable public func nextAreNull(_ columns: Int) -> Bool {
    var at = index
    let end = index &+ columns
    guard end <= count else { return false }
    while at < end {
      guard cells[at].tag == .null else { return false }
      at &+= 1
    }
    return true
  }

  /// Notes that `cell`, just read, is not what was wanted. Only the first failure is kept.
  @inline(never) @usableFromInline
  mutating func mismatch(_ cell: Cell) {
    let reason: DecodeFailure.Reason =
      switch cell.tag {
      case .null: .unexpectedNull
      case .missing: .missingColumn
      default: .typeMismatch
      }
    note(DecodeFailure(column: index - 1, found: cell.tag, reason: reason))
  }

  /// Notes that the column just read does not fit the Swift type.
  @inline(never) public mutating func outOfRange(_ cell: Cell) {
    note(DecodeFailure(column: index - 1, found: cell.tag, reason: .outOfRange))
  }

  /// Notes a failure of the column just read.
  public mutating func note(_ new: DecodeFailure) {
    if failure == nil { failure = new }
  }

  /// The failure to throw when a type's own rule refuses the column just read.
  public func invalid(_ reason: String) -> DecodeFailure {
    let column = Swift.max(0, index - 1)
    return failure
      ?? DecodeFailure(column: column, found: column < count ? cells[column].tag : .missing, reason: .invalid(reason))
  }

  /// Reads a signed integer.
  @inlinable public mutating func int64() -> Int64 {
    let cell = next()
    if cell.tag == .int { return Int64(bitPattern: cell.bits) }
    if cell.tag == .uint { outOfRange(cell) } else { mismatch(cell) }
    return 0
  }

  /// Reads an integer into any width, noting what does not fit.
  @inlinable public mutating func integer<I: FixedWidthInteger>(_: I.Type) -> I {
    let cell = next()
    if cell.tag == .int {
      if let exact = I(exactly: Int64(bitPattern: cell.bits)) { return exact }
      outOfRange(cell)
    } else if cell.tag == .uint {
      if let exact = I(exactly: cell.bits) { return exact }
      outOfRange(cell)
    } else {
      mismatch(cell)
    }
    return 0
  }

  /// Reads a double; an integer is taken where it converts exactly.
  @inlinable public mutating func double() -> Double {
    let cell = next()
    if cell.tag == .double { return Double(bitPattern: cell.bits) }
    if cell.tag == .int {
      if let exact = Double(exactly: Int64(bitPattern: cell.bits)) { return exact }
      outOfRange(cell)
    } else {
      mismatch(cell)
    }
    return 0
  }

  /// Reads text.
  @inlinable public mutating func string() -> String {
    let cell = next()
    guard cell.tag == .text || cell.tag == .json else {
      mismatch(cell)
      return ""
    }
    let bytes = cell.bytes
    let text = String(decoding: bytes, as: UTF8.self)
    if UTF8Check.isASCII(bytes) || UTF8Check.isExact(text, bytes) { return text }
    broken(cell)
    return ""
  }

  /// Notes that `cell`, just read, is no text: repaired, it would be written back as something else.
  @inline(never) @usableFromInline
  mutating func broken(_ cell: Cell) {
    note(DecodeFailure(column: index - 1, found: cell.tag, reason: .invalid("its bytes are no UTF-8")))
  }

  /// Reads bytes.
  @inlinable public mutating func byteArray() -> [UInt8] {
    let cell = next()
    guard cell.tag == .bytes else {
      mismatch(cell)
      return []
    }
    return [UInt8](cell.bytes)
  }

  /// Reads a truth value.
  @inlinable public mutating func bool() -> Bool {
    let cell = next()
    if cell.tag == .int {
      if cell.bits == 0 { return false }
      if cell.bits == 1 { return true }
      outOfRange(cell)
    } else {
      mismatch(cell)
    }
    return false
  }

  /// Reads a cell that must carry `tag`, or notes the mismatch and returns nil.
  @inlinable public mutating func cell(_ tag: CellTag) -> Cell? {
    let cell = next()
    if cell.tag == tag { return cell }
    mismatch(cell)
    return nil
  }
}
