#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

/// Exact to 38 significant digits. A value with more, and one that is not a number, neither encodes nor decodes.
///
/// The default column has 28 digits before the point and 10 after it; PostgreSQL and MySQL round what has more, which
/// ``DecimalText/fits(_:precision:scale:)`` finds out beforehand.
extension Decimal: ColumnValue {
  /// ``SQLType/decimal(precision:scale:)``.
  @inlinable public static var sqlType: SQLType { .decimal(precision: 38, scale: 10) }

  /// The value as ``SQLValue/decimal(_:)``, or ``SQLValue/invalid(_:)``.
  public var sqlValue: SQLValue {
    if isNaN { return .invalid(EncodingFailure(swiftType: "Decimal", reason: "not a number")) }
    // Only a significand this long can have too many digits, and only the text tells trailing zeros from them.
    if significand.magnitude >= Self.tenToThe38th, DecimalText.significantDigits(self) > DecimalText.maximumDigits {
      return .invalid(EncodingFailure(swiftType: "Decimal", reason: "more than 38 significant digits"))
    }
    return .decimal(self)
  }

  /// Reads the next column; a failure is noted in `row`, and nothing is thrown.
  @inlinable public static func read(_ row: inout RowReader) throws(DecodeFailure) -> Decimal { row.decimal() }

  private static let tenToThe38th = Decimal(sign: .plus, exponent: 38, significand: 1)
}

extension RowReader {
  /// Reads an exact decimal; after a failure, 0.
  ///
  /// More than 38 significant digits are ``DecodeFailure/Reason/outOfRange``, and an infinity or what is not a number
  /// is ``DecodeFailure/Reason/invalid(_:)``.
  public mutating func decimal() -> Decimal {
    guard let cell = cell(.decimal) else { return 0 }
    do {
      return try DecimalText.parse(cell.bytes)
    } catch {
      switch error {
      case .outOfRange: outOfRange(cell)
      case .notFinite:
        note(DecodeFailure(column: index &- 1, found: cell.tag, reason: .invalid("not a finite number")))
      case .malformed:
        note(DecodeFailure(column: index &- 1, found: cell.tag, reason: .invalid("not the text of a decimal")))
      }
      return 0
    }
  }
}
