/// The binary form of `numeric`: a header of four 16-bit numbers (digits, weight, sign, display scale), then digits to
/// the base 10 000, the first of which counts 10 000 to the power of the weight.
/// https://github.com/postgres/postgres/blob/REL_15_STABLE/src/backend/utils/adt/numeric.c (numeric_recv, numeric_send)
enum NumericWire {
  static let positive: UInt16 = 0x0000
  static let negative: UInt16 = 0x4000
  static let notANumber: UInt16 = 0xC000
  static let positiveInfinity: UInt16 = 0xD000
  static let negativeInfinity: UInt16 = 0xF000
}

extension WireBuffer {
  /// Appends the number whose text is the ASCII in `text`: sign, digits, point, digits.
  /// - Returns: false when it is no such text, or has more digits than `numeric` holds.
  func append(numeric text: UnsafeRawBufferPointer) -> Bool {
    var start = 0
    var sign = NumericWire.positive
    if text.first == UInt8(ascii: "-") {
      sign = NumericWire.negative
      start = 1
    }
    let point = text[start...].firstIndex(of: UInt8(ascii: ".")) ?? text.count
    let scale = Swift.max(0, text.count &- point &- 1)
    // The limits of numeric: 131072 digits before the point, 16383 after it.
    guard point > start, point &- start <= 131_072, scale <= 16_383 else { return false }
    let groupsBefore = (point &- start &+ 3) / 4
    let header = count
    for value in [0, UInt16(truncatingIfNeeded: groupsBefore &- 1), sign, UInt16(truncatingIfNeeded: scale)] {
      append(value)
    }
    var digits = 0
    var group: UInt16 = 0
    /// The power of ten of the next digit, counted from the point.
    var place = point &- start
    for index in start..<text.count where index != point {
      let digit = text[index] &- 48
      guard digit <= 9 else { return false }
      group = group &* 10 &+ UInt16(digit)
      place &-= 1
      guard place & 3 == 0 else { continue }
      append(group)
      group = 0
      digits &+= 1
    }
    if place & 3 != 0 {
      for _ in 0..<(place & 3) { group = group &* 10 }
      append(group)
      digits &+= 1
    }
    patch(Int32(truncatingIfNeeded: digits << 16 | (groupsBefore &- 1)), at: header)
    return true
  }
}
