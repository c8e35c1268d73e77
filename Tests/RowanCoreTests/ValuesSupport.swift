import RowanCore
import Testing

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Keeps the memory that cells point to, as a driver's row arena does.
final class CellArena {
  private var blocks: [UnsafeMutableRawPointer] = []

  deinit { for block in blocks { block.deallocate() } }

  func bytes(_ bytes: some Collection<UInt8>) -> UnsafeRawPointer {
    let block = UnsafeMutableRawPointer.allocate(byteCount: max(1, bytes.count), alignment: 16)
    for (index, byte) in bytes.enumerated() { block.storeBytes(of: byte, toByteOffset: index, as: UInt8.self) }
    blocks.append(block)
    return UnsafeRawPointer(block)
  }

  func pointing(_ tag: CellTag, _ bytes: some Collection<UInt8>) -> Cell {
    .pointing(tag, to: self.bytes(bytes), count: bytes.count, aux: 0)
  }

  func cells(_ cells: [Cell]) -> Cell {
    let stride = MemoryLayout<Cell>.stride
    let block = UnsafeMutableRawPointer.allocate(byteCount: max(1, cells.count) * stride, alignment: 16)
    blocks.append(block)
    for (index, cell) in cells.enumerated() { block.storeBytes(of: cell, toByteOffset: index * stride, as: Cell.self) }
    return .pointing(.array, to: block, count: cells.count, aux: 0)
  }

  /// The cell that a driver makes of a value read back.
  func cell(_ value: SQLValue) -> Cell {
    switch value {
    case .null: Cell(tag: .null)
    case .bool(let value): Cell(tag: .int, bits: value ? 1 : 0)
    case .int(let value): Cell(tag: .int, bits: UInt64(bitPattern: value))
    case .uint(let value): Cell(tag: .uint, bits: value)
    case .double(let value): Cell(tag: .double, bits: value.bitPattern)
    case .text(let value): pointing(.text, Array(value.utf8))
    case .bytes(let value): pointing(.bytes, value)
    case .uuid(let value): pointing(.uuid, withUnsafeBytes(of: value.uuid) { Array($0) })
    case .timestamp(let value): Cell(tag: .timestamp, bits: UInt64(bitPattern: value.microseconds))
    case .date(let value): Cell(tag: .date, bits: UInt64(bitPattern: Int64(value.days)))
    case .time(let value): Cell(tag: .time, bits: UInt64(bitPattern: value.microseconds))
    case .interval(let value): pointing(.interval, withUnsafeBytes(of: value) { Array($0) })
    case .decimal(let value): pointing(.decimal, Array(DecimalText.format(value).utf8))
    case .json(let value): pointing(.json, Array(value.utf8))
    case .array(let value): cells(value.values.map { cell($0) })
    case .invalid: Cell(tag: .missing)
    }
  }
}

/// Reads a value from column 1 of a row of three.
func read<Value: ColumnValue>(_: Value.Type, _ cell: Cell) -> Result<Value, DecodeFailure> {
  let row = [Cell(tag: .int, bits: 7), cell, Cell(tag: .int, bits: 8)]
  return row.withUnsafeBufferPointer { buffer in
    guard let base = buffer.baseAddress else {
      return .failure(DecodeFailure(column: 0, found: .missing, reason: .missingColumn))
    }
    var reader = RowReader(cells: base, count: buffer.count)
    #expect(reader.int64() == 7)
    do throws(DecodeFailure) {
      let value = try Value.read(&reader)
      if let failure = reader.failure { return .failure(failure) }
      // The next column is the one after, whatever the type read.
      #expect(reader.int64() == 8)
      return .success(value)
    } catch {
      return .failure(error)
    }
  }
}

/// Reads a value from text of the given form.
func read<Value: ColumnValue>(_ type: Value.Type, _ tag: CellTag, _ text: String) -> Result<Value, DecodeFailure> {
  let arena = CellArena()
  let result = read(type, arena.pointing(tag, Array(text.utf8)))
  withExtendedLifetime(arena) {}
  return result
}

/// Writes a value and reads it back.
func roundTrip<Value: ColumnValue>(_ value: Value) -> Result<Value, DecodeFailure> {
  let arena = CellArena()
  let result = read(Value.self, arena.cell(value.sqlValue))
  withExtendedLifetime(arena) {}
  return result
}

/// Writes an array as JSON, as engines without arrays store it, and reads it back.
func roundTripJSON<Element: ArrayElement>(_ value: [Element]) -> Result<[Element], DecodeFailure> {
  guard case .array(let array) = value.sqlValue else {
    return .failure(DecodeFailure(column: -1, found: .missing, reason: .invalid("not an array")))
  }
  return read([Element].self, .json, ArrayJSON.text(array))
}

/// The reason for which a value does not encode.
func encodingFailure(_ value: some ColumnValue) -> String? {
  if case .invalid(let failure) = value.sqlValue { failure.reason } else { nil }
}

extension Result where Failure == DecodeFailure {
  /// The failure's reason, where it is one of column 1.
  var reason: DecodeFailure.Reason? {
    guard case .failure(let failure) = self, failure.column == 1 else { return nil }
    return failure.reason
  }

  var value: Success? { try? get() }
}

/// A generator whose sequence a seed decides: https://prng.di.unimi.it/splitmix64.c
struct SplitMix64: RandomNumberGenerator {
  var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// A number of any magnitude, small ones as likely as large ones.
  mutating func spread() -> Int64 { Int64(bitPattern: next()) >> Int64.random(in: 0...63, using: &self) }
}
