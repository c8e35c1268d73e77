#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

/// The text of exact decimals: sign, digits and point, with neither exponent, grouping nor locale.
///
/// Neither direction passes through a floating-point number.
public enum DecimalText {
  /// The most significant digits a value may have.
  public static let maximumDigits = 38

  /// Why text is no decimal.
  public enum Failure: Error, Sendable, Hashable {
    /// Not an optional sign, digits, and optionally a point and more digits.
    case malformed
    /// `NaN`, `Infinity` or `-Infinity`.
    case notFinite
    /// More than 38 significant digits, or an exponent that `Decimal` does not have (outside -128...127).
    case outOfRange
  }

  /// The text of `decimal`; equal values have the same, so `1.50` is `1.5` and `-0` is `0`.
  ///
  /// The text of a decimal that is not a number is `NaN`.
  public static func format(_ decimal: Decimal) -> String {
    if decimal.isNaN { return "NaN" }
    // Foundation writes the digits in full, without an exponent.
    let text = decimal.description
    guard case .success(let digits) = text.withRawUTF8({ DecimalDigits.parse($0) }) else { return text }
    return digits.description
  }

  /// The number of significant digits: none counts for zeros on either side of them.
  public static func significantDigits(_ decimal: Decimal) -> Int {
    guard case .success(let digits) = decimal.description.withRawUTF8({ DecimalDigits.parse($0) }) else { return 0 }
    return digits.significant.count
  }

  /// Whether a column `decimal(precision, scale)` holds the value exactly; engines round what it does not.
  public static func fits(_ decimal: Decimal, precision: Int, scale: Int) -> Bool {
    guard case .success(let digits) = decimal.description.withRawUTF8({ DecimalDigits.parse($0) }) else { return false }
    if digits.significant.isEmpty { return true }
    return -digits.exponent <= scale && digits.significant.count &+ digits.exponent <= precision &- scale
  }

  /// The decimal whose text is `text`.
  /// - Throws: ``Failure``, which says why it is none. Trailing zeros after the point are not part of a value.
  public static func parse(_ text: String) throws(Failure) -> Decimal {
    try decimal(of: text.withRawUTF8 { DecimalDigits.parse($0) }.get())
  }

  /// The decimal whose text is the ASCII in `bytes`.
  /// - Throws: ``Failure``, which says why it is none. Trailing zeros after the point are not part of a value.
  public static func parse(_ bytes: UnsafeRawBufferPointer) throws(Failure) -> Decimal {
    try decimal(of: DecimalDigits.parse(bytes).get())
  }

  private static func decimal(of digits: DecimalDigits) throws(Failure) -> Decimal {
    guard digits.significant.count <= maximumDigits, -128...127 ~= digits.exponent else { throw .outOfRange }
    var high: UInt64 = 0
    var low: UInt64 = 0
    let split = digits.significant.count &- 19
    for (index, digit) in digits.significant.enumerated() {
      if index < split { high = high &* 10 &+ UInt64(digit) } else { low = low &* 10 &+ UInt64(digit) }
    }
    let significand = high == 0 ? Decimal(low) : Decimal(high) * Decimal(tenToThe19th) + Decimal(low)
    let sign: FloatingPointSign = digits.isNegative ? .minus : .plus
    let decimal = Decimal(sign: sign, exponent: digits.exponent, significand: significand)
    if decimal.isNaN { throw .outOfRange }
    return decimal
  }

  private static let tenToThe19th: UInt64 = 10_000_000_000_000_000_000
}
