/// A decimal taken apart: its significant digits, without zeros on either side, and a power of ten.
struct DecimalDigits {
  var isNegative = false
  /// The values 0...9 of the digits; none for zero.
  var significant: [UInt8] = []
  /// The power of ten that the digits, as an integer, are multiplied by.
  var exponent = 0

  /// Takes apart an optional sign, digits, and optionally a point and more digits.
  static func parse(_ bytes: UnsafeRawBufferPointer) -> Result<DecimalDigits, DecimalText.Failure> {
    var result = DecimalDigits()
    var rest = bytes[...]
    if let first = rest.first, first == UInt8(ascii: "-") || first == UInt8(ascii: "+") {
      result.isNegative = first == UInt8(ascii: "-")
      rest = rest.dropFirst()
    }
    if rest.elementsEqual("NaN".utf8) || rest.elementsEqual("Infinity".utf8) { return .failure(.notFinite) }
    // Zeros wait until a digit follows, so that text with millions of them costs no memory.
    var zeros = 0
    var pointAt: Int?
    var seen = 0
    for byte in rest {
      if byte == UInt8(ascii: ".") {
        guard pointAt == nil, seen > 0 else { return .failure(.malformed) }
        pointAt = seen
        continue
      }
      guard 48...57 ~= byte else { return .failure(.malformed) }
      seen &+= 1
      if byte == 48 {
        zeros &+= 1
        continue
      }
      if !result.significant.isEmpty {
        // One digit too many is enough to tell that the value is out of range.
        let room = Swift.max(0, DecimalText.maximumDigits &+ 2 &- result.significant.count)
        result.significant.append(contentsOf: repeatElement(0, count: Swift.min(zeros, room)))
      }
      zeros = 0
      if result.significant.count < DecimalText.maximumDigits &+ 2 { result.significant.append(byte &- 48) }
    }
    guard seen > 0, pointAt != seen else { return .failure(.malformed) }
    if result.significant.isEmpty { return .success(DecimalDigits()) }
    result.exponent = zeros &- (seen &- (pointAt ?? seen))
    return .success(result)
  }
}

extension DecimalDigits: CustomStringConvertible {
  /// The digits in full, without an exponent.
  var description: String {
    if significant.isEmpty { return "0" }
    let whole = significant.count &+ exponent
    let capacity = significant.count &+ Int(exponent.magnitude) &+ 3
    return ISOWriter.text(capacity: capacity) { writer in
      if isNegative { writer.write("-") }
      if whole <= 0 {
        writer.write("0")
        writer.write(".")
        for _ in whole..<0 { writer.write("0") }
      }
      for (index, digit) in significant.enumerated() {
        if index == whole, index > 0 { writer.write(".") }
        writer.write(digit &+ 48)
      }
      if exponent > 0 {
        for _ in 0..<exponent { writer.write("0") }
      }
    }
  }
}
