internal import CMariaDB
internal import RowanCore

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// Reads rows of the binary protocol where they are, into cells: no buffers are bound, nothing is copied, and nothing
/// can be truncated.
class MySQLRowReading: RowSource {
  let plan: MySQLResultPlan
  private var arena = MySQLArena()
  /// Year, month and day of the last date, and the day it is: neighbouring rows tend to share it.
  private var lastDate: UInt32 = 0
  private var lastDay: Int64 = 0

  init(_ plan: MySQLResultPlan) {
    self.plan = plan
    super.init(cells: plan.cells, columnCount: plan.count)
  }

  final override var columnNames: [String] { plan.names }

  final override func wireType(_ column: Int) -> String? {
    plan.typeNames.indices.contains(column) ? plan.typeNames[column] : nil
  }

  /// Fills the cells from the row at `row`.
  final func fill(_ row: UnsafeRawPointer, _ length: Int) throws {
    let count = plan.count
    guard length >= plan.headerLength, row.load(as: UInt8.self) == 0 else { throw malformed() }
    if arena.isUsed { arena.reset() }
    let nulls = row + 1
    let end = row + length
    var at = row + plan.headerLength
    let kinds = plan.kinds
    let cells = plan.cells
    for index in 0..<count {
      let bit = index &+ 2
      let aux = UInt16(truncatingIfNeeded: index)
      if (nulls + (bit &>> 3)).load(as: UInt8.self) & (1 &<< UInt8(truncatingIfNeeded: bit & 7)) != 0 {
        cells[index] = Cell(tag: .null, aux: aux)
        continue
      }
      switch kinds[index] {
      case .int64: cells[index] = Cell(tag: .int, bits: try take(&at, end), aux: aux)
      case .int32: cells[index] = integer(Int64(try take(&at, end) as Int32), aux)
      case .text: cells[index] = try pointing(.text, &at, end, aux)
      case .int8: cells[index] = integer(Int64(try take(&at, end) as Int8), aux)
      case .datetime: cells[index] = try datetime(&at, end, aux)
      case .double: cells[index] = Cell(tag: .double, bits: try take(&at, end), aux: aux)
      case .decimal: cells[index] = try pointing(.decimal, &at, end, aux)
      case .json: cells[index] = try pointing(.json, &at, end, aux)
      case .bytes: cells[index] = try pointing(.bytes, &at, end, aux)
      case .uint8: cells[index] = integer(Int64(try take(&at, end) as UInt8), aux)
      case .int16: cells[index] = integer(Int64(try take(&at, end) as Int16), aux)
      case .uint16: cells[index] = integer(Int64(try take(&at, end) as UInt16), aux)
      case .uint32: cells[index] = integer(Int64(try take(&at, end) as UInt32), aux)
      case .uint64: cells[index] = unsigned(try take(&at, end), aux)
      case .float:
        let value = Float(bitPattern: try take(&at, end))
        cells[index] = Cell(tag: .double, bits: Double(value).bitPattern, aux: aux)
      case .date: cells[index] = try date(&at, end, aux)
      case .null: cells[index] = Cell(tag: .null, aux: aux)
      case let kind: cells[index] = try rare(kind, &at, end, aux)
      }
    }
    if at != end { throw malformed() }
  }

  @inline(__always)
  private func take<Value: FixedWidthInteger>(
    _ at: inout UnsafeRawPointer, _ end: UnsafeRawPointer
  ) throws -> Value {
    guard end - at >= MemoryLayout<Value>.size else { throw malformed() }
    let value = at.loadUnaligned(as: Value.self)
    at += MemoryLayout<Value>.size
    return Value(littleEndian: value)
  }

  @inline(__always)
  private func integer(_ value: Int64, _ aux: UInt16) -> Cell {
    Cell(tag: .int, bits: UInt64(bitPattern: value), aux: aux)
  }

  private func unsigned(_ value: UInt64, _ aux: UInt16) -> Cell {
    Cell(tag: value > UInt64(Int64.max) ? .uint : .int, bits: value, aux: aux)
  }

  /// Reads a length and steps over so many bytes.
  @inline(__always)
  private func take(
    _ at: inout UnsafeRawPointer, _ end: UnsafeRawPointer
  ) throws -> UnsafeRawBufferPointer {
    guard at < end else { throw malformed() }
    var length = Int(at.load(as: UInt8.self))
    at += 1
    if length > 250 { length = try longLength(length, &at, end) }
    guard end - at >= length else { throw malformed() }
    let start = at
    at += length
    return UnsafeRawBufferPointer(start: start, count: length)
  }

  /// https://mariadb.com/kb/en/protocol-data-types/#length-encoded-integers
  private func longLength(_ first: Int, _ at: inout UnsafeRawPointer, _ end: UnsafeRawPointer) throws -> Int {
    switch first {
    case 252: return Int(try take(&at, end) as UInt16)
    case 253:
      guard end - at >= 3 else { throw malformed() }
      let low = Int(at.loadUnaligned(as: UInt16.self).littleEndian)
      let high = Int((at + 2).load(as: UInt8.self))
      at += 3
      return high << 16 | low
    case 254:
      // A row's own length is four bytes, so a longer value is a damaged one.
      let length = try take(&at, end) as UInt64
      guard length <= UInt64(UInt32.max) else { throw malformed() }
      return Int(length)
    default: throw malformed()
    }
  }

  @inline(__always)
  private func pointing(
    _ tag: CellTag, _ at: inout UnsafeRawPointer, _ end: UnsafeRawPointer, _ aux: UInt16
  ) throws -> Cell {
    let bytes: UnsafeRawBufferPointer = try take(&at, end)
    return .pointing(tag, to: bytes.baseAddress, count: bytes.count, aux: aux)
  }

  private func datetime(_ at: inout UnsafeRawPointer, _ end: UnsafeRawPointer, _ aux: UInt16) throws -> Cell {
    let bytes: UnsafeRawBufferPointer = try take(&at, end)
    guard let day = try day(bytes) else { return zeroDate(.timestamp, aux) }
    var microseconds = day &* 86_400_000_000
    if bytes.count >= 7 {
      microseconds &+=
        Int64(bytes[4]) &* 3_600_000_000 &+ Int64(bytes[5]) &* 60_000_000
        &+ Int64(bytes[6]) &* 1_000_000
    }
    if bytes.count >= 11 {
      microseconds &+= Int64(bytes.loadUnaligned(fromByteOffset: 7, as: UInt32.self).littleEndian)
    }
    return Cell(tag: .timestamp, bits: UInt64(bitPattern: microseconds), aux: aux)
  }

  private func date(_ at: inout UnsafeRawPointer, _ end: UnsafeRawPointer, _ aux: UInt16) throws -> Cell {
    let bytes: UnsafeRawBufferPointer = try take(&at, end)
    guard let day = try day(bytes) else { return zeroDate(.date, aux) }
    return Cell(tag: .date, bits: UInt64(bitPattern: day), aux: aux)
  }

  /// Days since 1970; nil for a date such as 0000-00-00 or 2026-11-00.
  private func day(_ bytes: UnsafeRawBufferPointer) throws -> Int64? {
    guard bytes.count >= 4 else {
      if bytes.isEmpty { return nil }
      throw malformed()
    }
    let packed = bytes.loadUnaligned(as: UInt32.self)
    if packed == lastDate, packed != 0 { return lastDay }
    let year = Int(bytes.loadUnaligned(as: UInt16.self).littleEndian)
    guard let days = CivilCalendar.days(year: year, month: Int(bytes[2]), day: Int(bytes[3])) else { return nil }
    lastDate = packed
    lastDay = Int64(days)
    return lastDay
  }

  private func zeroDate(_ tag: CellTag, _ aux: UInt16) -> Cell {
    Cell(tag: tag, flags: CellFlags.zeroDate, aux: aux)
  }

  private func time(_ bytes: UnsafeRawBufferPointer) throws -> Int64 {
    guard bytes.count >= 8 else {
      if bytes.isEmpty { return 0 }
      throw malformed()
    }
    let days = Int64(bytes.loadUnaligned(fromByteOffset: 1, as: UInt32.self).littleEndian)
    let seconds = Int64(bytes[5]) &* 3600 &+ Int64(bytes[6]) &* 60 &+ Int64(bytes[7])
    var microseconds = days &* 86_400_000_000 &+ seconds &* 1_000_000
    if bytes.count >= 12 {
      microseconds &+= Int64(bytes.loadUnaligned(fromByteOffset: 8, as: UInt32.self).littleEndian)
    }
    return bytes[0] == 0 ? microseconds : 0 &- microseconds
  }

  private func rare(
    _ kind: MySQLColumnKind, _ at: inout UnsafeRawPointer, _ end: UnsafeRawPointer, _ aux: UInt16
  ) throws -> Cell {
    let isUnsigned = plan.typeNames[Int(aux)].hasSuffix("unsigned")
    if kind == .integerDecimal8 { return decimal(try take(&at, end), isUnsigned: isUnsigned, aux) }
    if kind == .integerDecimal4 {
      let value: Int32 = try take(&at, end)
      return decimal(isUnsigned ? Int64(UInt32(bitPattern: value)) : Int64(value), isUnsigned: isUnsigned, aux)
    }
    let bytes: UnsafeRawBufferPointer = try take(&at, end)
    let text = Cell.pointing(.text, to: bytes.baseAddress, count: bytes.count, aux: aux)
    switch kind {
    case .uuid:
      return .pointing(bytes.count == 16 ? .uuid : .bytes, to: bytes.baseAddress, count: bytes.count, aux: aux)
    case .uuidText:
      guard let uuid = UUID(uuidString: String(decoding: bytes, as: UTF8.self)) else { return text }
      return .pointing(.uuid, to: withUnsafeBytes(of: uuid.uuid) { arena.copy($0) }, count: 16, aux: aux)
    case .intervalText:
      guard let interval = Interval(utf8: bytes) else { return text }
      return self.interval(interval, aux)
    case .time:
      let microseconds = try time(bytes)
      // TIME reaches 838 hours, which is a span and no time of day.
      if 0..<86_400_000_000 ~= microseconds {
        return Cell(tag: .time, bits: UInt64(bitPattern: microseconds), aux: aux)
      }
      return interval(Interval(microseconds: microseconds), aux)
    case .timeSpan: return interval(Interval(microseconds: try time(bytes)), aux)
    case .bits:
      guard bytes.count <= 8 else { throw malformed() }
      return unsigned(bytes.reduce(0) { $0 << 8 | UInt64($1) }, aux)
    case .decimalInteger:
      let digits = String(decoding: bytes, as: UTF8.self)
      if let value = Int64(digits) { return integer(value, aux) }
      if let value = UInt64(digits) { return unsigned(value, aux) }
      return .pointing(.decimal, to: bytes.baseAddress, count: bytes.count, aux: aux)
    case .decimalDouble:
      guard let value = Double(String(decoding: bytes, as: UTF8.self)) else { throw malformed() }
      return Cell(tag: .double, bits: value.bitPattern, aux: aux)
    default: throw malformed()
    }
  }

  private func interval(_ interval: Interval, _ aux: UInt16) -> Cell {
    .pointing(.interval, to: withUnsafeBytes(of: interval) { arena.copy($0) }, count: 1, aux: aux)
  }

  private func decimal(_ value: Int64, isUnsigned: Bool, _ aux: UInt16) -> Cell {
    var digits = isUnsigned ? UInt64(bitPattern: value).description : value.description
    return digits.withUTF8 {
      .pointing(.decimal, to: arena.copy(UnsafeRawBufferPointer($0)), count: $0.count, aux: aux)
    }
  }

  @inline(never) private func malformed() -> RowanError {
    RowanError(
      .serverError, "a row of the server is not in the form of the protocol",
      hint: "see whether a proxy stands in between, and whether libmariadb is of version 3")
  }
}

/// The rows of a result that was stored in full.
final class MySQLStoredRows: MySQLRowReading {
  private var node: UnsafeMutablePointer<MYSQL_ROWS>?

  /// Reads from the first stored row of `statement` on.
  init(_ plan: MySQLResultPlan, _ statement: UnsafeMutablePointer<MYSQL_STMT>) {
    // The library keeps each row's packet as it came, in a list that its cursor walks.
    // https://mariadb.com/kb/en/mysql_stmt_row_tell/
    node = plan.count == 0 ? nil : mysql_stmt_row_tell(statement)
    super.init(plan)
  }

  override func next() throws -> Bool {
    guard let node else { return false }
    guard let data = node.pointee.data else { return false }
    self.node = node.pointee.next
    try fill(UnsafeRawPointer(data), Int(clamping: node.pointee.length))
    return true
  }

  /// Ends the rows: their memory is about to go.
  func end() { node = nil }
}
