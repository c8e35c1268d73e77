/// The text of a decimal, taken apart in place: sign, digits before the point and digits after it, without the zeros
/// that say nothing.
struct DecimalParts {
  var isNegative = false
  let whole: Slice<UnsafeRawBufferPointer>
  let fraction: Slice<UnsafeRawBufferPointer>

  /// Reads an optional sign, digits, and optionally a point and digits; nil for other text.
  init?(_ text: UnsafeRawBufferPointer) {
    var rest = text[...]
    if let first = rest.first, first == UInt8(ascii: "-") || first == UInt8(ascii: "+") {
      isNegative = first == UInt8(ascii: "-")
      rest = rest.dropFirst()
    }
    let point = rest.firstIndex(of: UInt8(ascii: ".")) ?? rest.endIndex
    let whole = rest[..<point]
    var fraction = rest[point...].dropFirst()
    guard !whole.isEmpty, point == rest.endIndex || !fraction.isEmpty,
      whole.allSatisfy({ 48...57 ~= $0 }), fraction.allSatisfy({ 48...57 ~= $0 })
    else { return nil }
    while fraction.last == 48 { fraction = fraction.dropLast() }
    self.whole = whole.drop { $0 == 48 }
    self.fraction = fraction
    if self.whole.isEmpty, fraction.isEmpty { isNegative = false }
  }

  /// Below zero where `left` is less, above where `right` is.
  static func compare(_ left: DecimalParts, _ right: DecimalParts) -> Int32 {
    if left.isNegative != right.isNegative { return left.isNegative ? -1 : 1 }
    let order = magnitudes(left, right)
    return left.isNegative ? -order : order
  }

  private static func magnitudes(_ left: DecimalParts, _ right: DecimalParts) -> Int32 {
    if left.whole.count != right.whole.count { return left.whole.count < right.whole.count ? -1 : 1 }
    let whole = bytes(left.whole, right.whole)
    return whole != 0 ? whole : bytes(left.fraction, right.fraction)
  }

  /// Byte by byte; the beginning of a longer one is less than it.
  static func bytes(_ left: Slice<UnsafeRawBufferPointer>, _ right: Slice<UnsafeRawBufferPointer>) -> Int32 {
    for (a, b) in zip(left, right) where a != b { return a < b ? -1 : 1 }
    return left.count == right.count ? 0 : left.count < right.count ? -1 : 1
  }
}
