/// A decimal of any length, for the arithmetic that SQLite's own numbers would turn into doubles.
struct ExactDecimal {
  /// The digits as an integer, the lowest first, without zeros at the high end; none for zero.
  private(set) var digits: [UInt8]
  /// How many of the digits are after the point. May exceed their number.
  private(set) var scale: Int
  private(set) var isNegative: Bool

  static let zero = ExactDecimal(digits: [], scale: 0, isNegative: false)

  private init(digits: [UInt8], scale: Int, isNegative: Bool) {
    self.digits = digits
    self.scale = scale
    self.isNegative = isNegative
    while self.digits.last == 0 { self.digits.removeLast() }
    if self.digits.isEmpty { self.isNegative = false }
  }

  init(_ integer: Int64) {
    var digits: [UInt8] = []
    var rest = integer.magnitude
    while rest > 0 {
      digits.append(UInt8(truncatingIfNeeded: rest % 10))
      rest /= 10
    }
    self.init(digits: digits, scale: 0, isNegative: integer < 0)
  }

  /// Reads sign, digits and point; nil for other text.
  init?(_ text: UnsafeRawBufferPointer) {
    guard let parts = DecimalParts(text) else { return nil }
    var digits: [UInt8] = []
    digits.reserveCapacity(parts.whole.count + parts.fraction.count)
    for byte in parts.fraction.reversed() { digits.append(byte &- 48) }
    for byte in parts.whole.reversed() { digits.append(byte &- 48) }
    self.init(digits: digits, scale: parts.fraction.count, isNegative: parts.isNegative)
  }

  var isZero: Bool { digits.isEmpty }

  var negated: ExactDecimal { ExactDecimal(digits: digits, scale: scale, isNegative: !isNegative) }

  var magnitude: ExactDecimal { ExactDecimal(digits: digits, scale: scale, isNegative: false) }

  /// The shortest text: no zeros at either end that say nothing.
  var text: String {
    if digits.isEmpty { return "0" }
    let trailing = min(scale, digits.prefix { $0 == 0 }.count)
    var bytes: [UInt8] = isNegative ? [UInt8(ascii: "-")] : []
    for place in stride(from: max(digits.count - 1, scale), through: trailing, by: -1) {
      if place == scale - 1 { bytes.append(UInt8(ascii: ".")) }
      bytes.append(48 &+ (place < digits.count ? digits[place] : 0))
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  static func + (left: ExactDecimal, right: ExactDecimal) -> ExactDecimal {
    let scale = max(left.scale, right.scale)
    let (a, b) = (left.shifted(to: scale), right.shifted(to: scale))
    if left.isNegative == right.isNegative {
      return ExactDecimal(digits: sum(a, b), scale: scale, isNegative: left.isNegative)
    }
    if isLess(a, b) { return ExactDecimal(digits: difference(b, a), scale: scale, isNegative: right.isNegative) }
    return ExactDecimal(digits: difference(a, b), scale: scale, isNegative: left.isNegative)
  }

  static func - (left: ExactDecimal, right: ExactDecimal) -> ExactDecimal { left + right.negated }

  static func * (left: ExactDecimal, right: ExactDecimal) -> ExactDecimal {
    var columns = [UInt64](repeating: 0, count: left.digits.count + right.digits.count + 1)
    for (i, a) in left.digits.enumerated() where a != 0 {
      for (j, b) in right.digits.enumerated() { columns[i + j] &+= UInt64(a) &* UInt64(b) }
    }
    var digits: [UInt8] = []
    digits.reserveCapacity(columns.count)
    var carry: UInt64 = 0
    for column in columns {
      carry &+= column
      digits.append(UInt8(truncatingIfNeeded: carry % 10))
      carry /= 10
    }
    return ExactDecimal(
      digits: digits, scale: left.scale + right.scale, isNegative: left.isNegative != right.isNegative)
  }

  /// The quotient to the scale of the operands, at least ``quotientScale`` digits after the point but no more than 38
  /// digits in all, halves away from zero; nil when the divisor is zero.
  static func / (left: ExactDecimal, right: ExactDecimal) -> ExactDecimal? {
    if right.isZero { return nil }
    let whole = max(0, (left.digits.count - left.scale) - (right.digits.count - right.scale) + 1)
    let scale = max(0, min(max(quotientScale, left.scale, right.scale), maximumDigits - whole))
    // One digit more than wanted decides the rounding: the division is cut off, and a half needs no more.
    let shift = scale + 1 + right.scale - left.scale
    let dividend = left.digits.isEmpty ? [] : [UInt8](repeating: 0, count: max(0, shift)) + left.digits
    let divisor = [UInt8](repeating: 0, count: max(0, -shift)) + right.digits
    let quotient = ExactDecimal(
      digits: divided(dividend, by: divisor).quotient, scale: scale + 1,
      isNegative: left.isNegative != right.isNegative)
    return quotient.rounded(to: scale)
  }

  /// What a division towards zero leaves, with the sign of the dividend; nil when the divisor is zero.
  static func % (left: ExactDecimal, right: ExactDecimal) -> ExactDecimal? {
    if right.isZero { return nil }
    let scale = max(left.scale, right.scale)
    let rest = divided(left.shifted(to: scale), by: right.shifted(to: scale)).rest
    return ExactDecimal(digits: rest, scale: scale, isNegative: left.isNegative)
  }

  /// The nearest decimal with `places` digits after the point, halves away from zero; a negative number rounds to
  /// tens, hundreds and so on.
  func rounded(to places: Int) -> ExactDecimal {
    let drop = scale - places
    if drop <= 0 { return self }
    let up = drop <= digits.count && digits[drop - 1] >= 5
    var kept = Array(digits.dropFirst(drop))
    if up { kept = Self.sum(kept, [1]) }
    if places < 0 { kept.insert(contentsOf: repeatElement(0, count: kept.isEmpty ? 0 : -places), at: 0) }
    return ExactDecimal(digits: kept, scale: max(0, places), isNegative: isNegative)
  }

  /// Digits after the point that a quotient has at least, as far as 38 digits allow.
  static let quotientScale = 20
  /// What `Decimal` reads back.
  private static let maximumDigits = 38

  private func shifted(to scale: Int) -> [UInt8] {
    digits.isEmpty || scale == self.scale ? digits : [UInt8](repeating: 0, count: scale - self.scale) + digits
  }

  private static func isLess(_ a: [UInt8], _ b: [UInt8]) -> Bool {
    if a.count != b.count { return a.count < b.count }
    for index in a.indices.reversed() where a[index] != b[index] { return a[index] < b[index] }
    return false
  }

  private static func sum(_ a: [UInt8], _ b: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(max(a.count, b.count) + 1)
    var carry: UInt8 = 0
    for index in 0..<max(a.count, b.count) {
      let total = (index < a.count ? a[index] : 0) &+ (index < b.count ? b[index] : 0) &+ carry
      carry = total >= 10 ? 1 : 0
      result.append(total >= 10 ? total &- 10 : total)
    }
    if carry > 0 { result.append(1) }
    return result
  }

  /// `a - b`, where `a` is not less.
  private static func difference(_ a: [UInt8], _ b: [UInt8]) -> [UInt8] {
    var result = a
    var borrow: UInt8 = 0
    for index in result.indices {
      let taken = (index < b.count ? b[index] : 0) &+ borrow
      borrow = result[index] < taken ? 1 : 0
      result[index] = borrow == 1 ? result[index] &+ 10 &- taken : result[index] &- taken
    }
    while result.last == 0 { result.removeLast() }
    return result
  }

  private static func divided(_ a: [UInt8], by b: [UInt8]) -> (quotient: [UInt8], rest: [UInt8]) {
    var quotient = [UInt8](repeating: 0, count: a.count)
    var rest: [UInt8] = []
    for index in a.indices.reversed() {
      if !(rest.isEmpty && a[index] == 0) { rest.insert(a[index], at: 0) }
      while !isLess(rest, b) {
        rest = difference(rest, b)
        quotient[index] &+= 1
      }
    }
    return (quotient, rest)
  }
}
