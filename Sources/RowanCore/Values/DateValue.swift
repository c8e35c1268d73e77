#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

extension Timestamp {
  /// The instant of the system clock.
  public static func now() -> Timestamp { Timestamp(Date()) }

  /// Makes the instant nearest to `date`; halfway, the one with the even number of microseconds.
  ///
  /// A date before the first timestamp or after the last becomes that one, and one that is not a number 1970-01-01;
  /// ``init(checking:)`` refuses them.
  public init(_ date: Date) {
    let interval = date.timeIntervalSinceReferenceDate
    self =
      Timestamp(checking: date)
      ?? Timestamp(microseconds: interval.isNaN ? 0 : interval < 0 ? .min : .max)
  }

  /// Makes the instant nearest to `date`, or nil when none is within half a microsecond.
  public init?(checking date: Date) {
    let interval = date.timeIntervalSinceReferenceDate
    let whole = interval.rounded(.down)
    guard let seconds = Int64(exactly: whole) else { return nil }
    // A date is a whole number of 2^-k seconds, so `interval - whole` is exact; the product is not, and its error
    // decides where it seems to lie halfway.
    let fraction = interval - whole
    let product = fraction * 1e6
    var rounded = product.rounded(.toNearestOrEven)
    let error = (-product).addingProduct(fraction, 1e6)
    if (product - rounded).magnitude == 0.5, error != 0 { rounded = product.rounded(error > 0 ? .up : .down) }
    guard let microseconds = Int64(exactly: rounded) else { return nil }
    let (sinceEpoch, carry) = seconds.addingReportingOverflow(Self.referenceSeconds)
    // Seconds before 1970 count from their ends, since the start of the first is below `Int64.min`.
    let shift: Int64 = sinceEpoch < 0 ? 1 : 0
    let (scaled, overflow) = (sinceEpoch &+ shift).multipliedReportingOverflow(by: 1_000_000)
    let (sum, carry2) = scaled.addingReportingOverflow(microseconds &- shift &* 1_000_000)
    guard !carry, !overflow, !carry2 else { return nil }
    self.microseconds = sum
  }

  /// The nearest `Date`, which is less exact than a microsecond after the 23rd century.
  public var date: Date {
    let (seconds, rest) = microseconds.quotientAndRemainder(dividingBy: 1_000_000)
    return Date(timeIntervalSinceReferenceDate: Double(seconds &- Self.referenceSeconds) + Double(rest) / 1e6)
  }

  /// Seconds from 1970-01-01, where timestamps start, to 2001-01-01, where dates do.
  private static let referenceSeconds: Int64 = 978_307_200
}

/// Rounds to the nearest microsecond on the way to the database, so that what is read back can differ from what was
/// written by less than a microsecond; ``Timestamp`` is the exact type. A date no timestamp can hold fails to encode.
extension Date: ColumnValue {
  /// ``SQLType/timestamp``.
  @inlinable public static var sqlType: SQLType { .timestamp }
  /// The value as ``SQLValue/timestamp(_:)``, or ``SQLValue/invalid(_:)``.
  public var sqlValue: SQLValue {
    if let timestamp = Timestamp(checking: self) { return .timestamp(timestamp) }
    return .invalid(EncodingFailure(swiftType: "Date", reason: "outside the range of a timestamp"))
  }
  /// Reads the next column; a failure is noted in `row`, and nothing is thrown.
  @inlinable public static func read(_ row: inout RowReader) throws(DecodeFailure) -> Date { row.timestamp().date }
}
