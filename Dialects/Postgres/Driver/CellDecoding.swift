internal import RowanCore

/// Why bytes from the server cannot become a cell.
enum DecodingProblem: Error {
  /// The bytes are not of the form the type has.
  case malformed
  /// The value has no neutral form.
  case unrepresentable(StaticString)
}

extension UnsafeRawPointer {
  @inline(__always)
  func bigEndian<I: FixedWidthInteger>(_: I.Type, at offset: Int = 0) -> I {
    I(bigEndian: loadUnaligned(fromByteOffset: offset, as: I.self))
  }
}

extension CellArena {
  /// Reads one value. `length` is the number of bytes at `bytes`.
  @inline(__always)
  func cell(
    _ form: ColumnForm, _ bytes: UnsafeRawPointer, _ length: Int, aux: UInt16
  ) throws(DecodingProblem) -> Cell {
    switch form.kind {
    case .int8:
      guard length == 8 else { throw .malformed }
      return Cell(tag: .int, bits: bytes.bigEndian(UInt64.self), aux: aux)
    case .int4:
      guard length == 4 else { throw .malformed }
      return Cell(tag: .int, bits: UInt64(bitPattern: Int64(bytes.bigEndian(Int32.self))), aux: aux)
    case .text: return .pointing(.text, to: bytes, count: length, aux: aux)
    case .timestamp:
      guard length == 8 else { throw .malformed }
      return try timestamp(bytes.bigEndian(Int64.self), aux)
    case .bool:
      guard length == 1 else { throw .malformed }
      return Cell(tag: .int, bits: bytes.load(as: UInt8.self) == 0 ? 0 : 1, aux: aux)
    case .float8:
      guard length == 8 else { throw .malformed }
      return Cell(tag: .double, bits: bytes.bigEndian(UInt64.self), aux: aux)
    default: return try rareCell(form, bytes, length, aux)
    }
  }

  @inline(never)
  private func rareCell(
    _ form: ColumnForm, _ bytes: UnsafeRawPointer, _ length: Int, _ aux: UInt16
  ) throws(DecodingProblem) -> Cell {
    switch form.kind {
    case .int2:
      guard length == 2 else { throw .malformed }
      return Cell(tag: .int, bits: UInt64(bitPattern: Int64(bytes.bigEndian(Int16.self))), aux: aux)
    case .oid:
      guard length == 4 else { throw .malformed }
      return Cell(tag: .int, bits: UInt64(bytes.bigEndian(UInt32.self)), aux: aux)
    case .xid8:
      guard length == 8 else { throw .malformed }
      let number = bytes.bigEndian(UInt64.self)
      return Cell(tag: number > UInt64(Int64.max) ? .uint : .int, bits: number, aux: aux)
    case .float4:
      guard length == 4 else { throw .malformed }
      return Cell(tag: .double, bits: Double(Float(bitPattern: bytes.bigEndian(UInt32.self))).bitPattern, aux: aux)
    case .uuid:
      guard length == 16 else { throw .malformed }
      return .pointing(.uuid, to: bytes, count: 16, aux: aux)
    case .bytes: return .pointing(.bytes, to: bytes, count: length, aux: aux)
    case .json: return .pointing(.json, to: bytes, count: length, aux: aux)
    case .jsonb:
      // The first byte is the version of the form.
      guard length > 0, bytes.load(as: UInt8.self) == 1 else { throw .malformed }
      return .pointing(.json, to: bytes + 1, count: length &- 1, aux: aux)
    case .date:
      guard length == 4 else { throw .malformed }
      return date(bytes.bigEndian(Int32.self), aux)
    case .time:
      guard length == 8 else { throw .malformed }
      return Cell(tag: .time, bits: bytes.bigEndian(UInt64.self), aux: aux)
    case .interval:
      guard length == 16 else { throw .malformed }
      return interval(bytes, aux)
    case .numeric: return try numeric(bytes, length, aux)
    case .numericInteger: return try numericInteger(bytes, length, aux)
    case .array: return try array(form.element, bytes, length, aux)
    default: return .pointing(.dialectRaw, to: bytes, count: length, aux: aux)
    }
  }

  /// `infinity` and `-infinity` are the extremes of the server's count.
  private func timestamp(_ number: Int64, _ aux: UInt16) throws(DecodingProblem) -> Cell {
    let (shifted, overflow) = number.addingReportingOverflow(PostgresEpoch.microseconds)
    if number == .max || number == .min {
      return Cell(
        tag: .timestamp, bits: UInt64(bitPattern: number),
        flags: number == .max ? CellFlags.positiveInfinity : CellFlags.negativeInfinity, aux: aux)
    }
    if overflow { throw .unrepresentable("a timestamp after the year 294246") }
    return Cell(tag: .timestamp, bits: UInt64(bitPattern: shifted), aux: aux)
  }

  private func date(_ number: Int32, _ aux: UInt16) -> Cell {
    if number == .max || number == .min {
      return Cell(
        tag: .date, bits: UInt64(bitPattern: Int64(number)),
        flags: number == .max ? CellFlags.positiveInfinity : CellFlags.negativeInfinity, aux: aux)
    }
    return Cell(tag: .date, bits: UInt64(bitPattern: Int64(number) &+ PostgresEpoch.days), aux: aux)
  }

  private func interval(_ bytes: UnsafeRawPointer, _ aux: UInt16) -> Cell {
    let value = Interval(
      months: bytes.bigEndian(Int32.self, at: 12), days: bytes.bigEndian(Int32.self, at: 8),
      microseconds: bytes.bigEndian(Int64.self))
    var flags: UInt8 = 0
    if value.months == .max, value.days == .max, value.microseconds == .max { flags = CellFlags.positiveInfinity }
    if value.months == .min, value.days == .min, value.microseconds == .min { flags = CellFlags.negativeInfinity }
    let place = allocate(MemoryLayout<Interval>.size)
    place.storeBytes(of: value, as: Interval.self)
    var cell = Cell.pointing(.interval, to: place, count: MemoryLayout<Interval>.size, aux: aux)
    cell.flags = flags
    return cell
  }
}
