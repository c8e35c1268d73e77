#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Memory for the values that cells of one row point to.
final class CellStore {
  private var blocks: [UnsafeMutableRawPointer] = []

  deinit { reset() }

  /// Frees what the row before pointed to.
  func reset() {
    for block in blocks { block.deallocate() }
    blocks.removeAll(keepingCapacity: true)
  }

  /// `value` as a driver would have read it.
  func cell(_ value: SQLValue, aux: UInt16) throws(CodecFailure) -> Cell {
    switch value {
    case .null: return Cell(tag: .null, aux: aux)
    case .bool(let bool): return Cell(tag: .int, bits: bool ? 1 : 0, aux: aux)
    case .int(let number): return Cell(tag: .int, bits: UInt64(bitPattern: number), aux: aux)
    case .uint(let number):
      return Cell(tag: number > UInt64(Int64.max) ? .uint : .int, bits: number, aux: aux)
    case .double(let number): return Cell(tag: .double, bits: number.bitPattern, aux: aux)
    case .text(let text): return try present(copy(text, .text, aux))
    case .json(let text): return try present(copy(text, .json, aux))
    case .bytes(let bytes): return try present(bytes.withUnsafeBytes { copy($0, .bytes, aux) })
    case .uuid(let uuid): return try present(withUnsafeBytes(of: uuid.uuid) { copy($0, .uuid, aux) })
    case .timestamp(let instant): return Cell(tag: .timestamp, bits: UInt64(bitPattern: instant.microseconds), aux: aux)
    case .date(let date): return Cell(tag: .date, bits: UInt64(bitPattern: Int64(date.days)), aux: aux)
    case .time(let time): return Cell(tag: .time, bits: UInt64(bitPattern: time.microseconds), aux: aux)
    case .interval(let interval):
      var cell = try present(withUnsafeBytes(of: interval) { copy($0, .interval, aux) })
      cell.length = 1
      return cell
    case .decimal(let decimal): return try present(copy(DecimalText.format(decimal), .decimal, aux))
    case .array(let list): return try array(list, aux)
    case .invalid(let failure): throw CodecFailure(failure.reason)
    }
  }

  private func array(_ list: SQLArray, _ aux: UInt16) throws(CodecFailure) -> Cell {
    let count = list.values.count
    let block = take(count * MemoryLayout<Cell>.stride)
    let cells = block.bindMemory(to: Cell.self, capacity: count)
    for index in 0..<count {
      (cells + index).initialize(to: try cell(list.values[index], aux: UInt16(truncatingIfNeeded: index)))
    }
    return .pointing(.array, to: block, count: count, aux: aux)
  }

  private func present(_ cell: Cell?) throws(CodecFailure) -> Cell {
    if let cell { return cell }
    throw CodecFailure("it is longer than 4 GiB")
  }

  private func copy(_ text: String, _ tag: CellTag, _ aux: UInt16) -> Cell? {
    var text = text
    return text.withUTF8 { copy(UnsafeRawBufferPointer($0), tag, aux) }
  }

  private func copy(_ bytes: UnsafeRawBufferPointer, _ tag: CellTag, _ aux: UInt16) -> Cell? {
    guard bytes.count <= Int(UInt32.max) else { return nil }
    let block = take(bytes.count)
    if let start = bytes.baseAddress { block.copyMemory(from: start, byteCount: bytes.count) }
    return .pointing(tag, to: block, count: bytes.count, aux: aux)
  }

  private func take(_ count: Int) -> UnsafeMutableRawPointer {
    let block = UnsafeMutableRawPointer.allocate(byteCount: Swift.max(1, count), alignment: 16)
    blocks.append(block)
    return block
  }
}

extension Cell {
  /// The value of a stored form, which is no array.
  func storedValue() throws(CodecFailure) -> SQLValue {
    switch tag {
    case .null: return .null
    case .int: return .int(Int64(bitPattern: bits))
    case .uint: return .uint(bits)
    case .double: return .double(Double(bitPattern: bits))
    case .text: return .text(String(decoding: bytes, as: UTF8.self))
    case .json: return .json(String(decoding: bytes, as: UTF8.self))
    case .bytes: return .bytes([UInt8](bytes))
    case .uuid:
      if let pointer { return .uuid(UUID(uuid: pointer.loadUnaligned(as: uuid_t.self))) }
    case .timestamp:
      if flags == 0 { return .timestamp(Timestamp(microseconds: Int64(bitPattern: bits))) }
    case .date:
      if flags == 0, let days = Int32(exactly: Int64(bitPattern: bits)) { return .date(CalendarDate(days: days)) }
    case .time: return .time(TimeOfDay(microseconds: Int64(bitPattern: bits)))
    case .interval:
      if let pointer { return .interval(pointer.loadUnaligned(as: Interval.self)) }
    case .decimal:
      if let decimal = try? DecimalText.parse(bytes) { return .decimal(decimal) }
    case .array, .dialectRaw, .missing: break
    }
    throw CodecFailure("a cell of the form '\(tag)' is nothing a codec has written")
  }
}
