internal import RowanCore

extension CellArena {
  /// The exact decimal text of a binary `numeric`, straight from its digits.
  func numeric(_ bytes: UnsafeRawPointer, _ length: Int, _ aux: UInt16) throws(DecodingProblem) -> Cell {
    let number = try NumericHeader(bytes, length)
    switch number.sign {
    case NumericWire.positive, NumericWire.negative: break
    case NumericWire.notANumber: return special("NaN", aux)
    case NumericWire.positiveInfinity: return special("Infinity", aux)
    case NumericWire.negativeInfinity: return special("-Infinity", aux)
    default: throw .malformed
    }
    let whole = Swift.max(0, number.weight &+ 1)
    let text = allocate(whole &* 4 &+ number.scale &+ 8).assumingMemoryBound(to: UInt8.self)
    var count = 0
    if number.sign == NumericWire.negative {
      text[0] = UInt8(ascii: "-")
      count = 1
    }
    if whole == 0 {
      text[count] = UInt8(ascii: "0")
      count &+= 1
    }
    for group in 0..<whole {
      let digit = number.digit(group)
      guard digit < 10_000 else { throw .malformed }
      if group > 0 || digit >= 1000 { count = put(digit / 1000, text, count) }
      if group > 0 || digit >= 100 { count = put(digit / 100 % 10, text, count) }
      if group > 0 || digit >= 10 { count = put(digit / 10 % 10, text, count) }
      count = put(digit % 10, text, count)
    }
    if number.scale > 0 {
      text[count] = UInt8(ascii: ".")
      count &+= 1
      var left = number.scale
      var group = number.weight &+ 1
      while left > 0 {
        let digit = number.digit(group)
        guard digit < 10_000 else { throw .malformed }
        var divisor: UInt16 = 1000
        while divisor > 0, left > 0 {
          count = put(digit / divisor % 10, text, count)
          divisor /= 10
          left &-= 1
        }
        group &+= 1
      }
    }
    return .pointing(.decimal, to: text, count: count, aux: aux)
  }

  /// A `numeric` without a fraction as an integer; any other as a decimal, which an integer's reader then refuses.
  func numericInteger(
    _ bytes: UnsafeRawPointer, _ length: Int, _ aux: UInt16
  ) throws(DecodingProblem) -> Cell {
    let number = try NumericHeader(bytes, length)
    let isNegative = number.sign == NumericWire.negative
    guard isNegative || number.sign == NumericWire.positive, number.count <= number.weight &+ 1 || number.count == 0
    else { return try numeric(bytes, length, aux) }
    var magnitude: UInt64 = 0
    for group in 0..<Swift.max(0, number.weight &+ 1) {
      let digit = number.digit(group)
      guard digit < 10_000 else { throw .malformed }
      let (product, overflow) = magnitude.multipliedReportingOverflow(by: 10_000)
      let (sum, carry) = product.addingReportingOverflow(UInt64(digit))
      guard !overflow, !carry else { return try numeric(bytes, length, aux) }
      magnitude = sum
    }
    if isNegative {
      guard magnitude <= Int64.min.magnitude else { return try numeric(bytes, length, aux) }
      return Cell(tag: .int, bits: 0 &- magnitude, aux: aux)
    }
    return Cell(tag: magnitude > UInt64(Int64.max) ? .uint : .int, bits: magnitude, aux: aux)
  }

  @inline(__always)
  private func put(_ digit: UInt16, _ text: UnsafeMutablePointer<UInt8>, _ count: Int) -> Int {
    text[count] = UInt8(truncatingIfNeeded: digit) &+ 48
    return count &+ 1
  }

  private func special(_ text: StaticString, _ aux: UInt16) -> Cell {
    .pointing(.decimal, to: UnsafeRawPointer(text.utf8Start), count: text.utf8CodeUnitCount, aux: aux)
  }
}

/// The head of a binary `numeric`.
private struct NumericHeader {
  let count: Int
  let weight: Int
  let sign: UInt16
  let scale: Int
  private let digits: UnsafeRawPointer

  init(_ bytes: UnsafeRawPointer, _ length: Int) throws(DecodingProblem) {
    guard length >= 8 else { throw .malformed }
    count = Int(bytes.bigEndian(UInt16.self))
    weight = Int(bytes.bigEndian(Int16.self, at: 2))
    sign = bytes.bigEndian(UInt16.self, at: 4)
    scale = Int(bytes.bigEndian(UInt16.self, at: 6))
    digits = bytes + 8
    guard length == 8 &+ count &* 2 else { throw .malformed }
  }

  /// The digit at `index`, zero where none is stored.
  @inline(__always)
  func digit(_ index: Int) -> UInt16 {
    index >= 0 && index < count ? digits.bigEndian(UInt16.self, at: index &* 2) : 0
  }
}
