/// A span of time in months, days and microseconds, kept apart since none has a fixed length in the others.
///
/// Two intervals are equal when all three parts are: a month is not 30 days, nor a day 24 hours.
public struct Interval: Sendable, Hashable, BitwiseCopyable {
  /// Whole months.
  public var months: Int32
  /// Whole days.
  public var days: Int32
  /// Microseconds.
  public var microseconds: Int64

  /// Makes a span of the three parts together.
  @inlinable public init(months: Int32 = 0, days: Int32 = 0, microseconds: Int64 = 0) {
    self.months = months
    self.days = days
    self.microseconds = microseconds
  }

  /// The span the other way; nil when a part has no opposite.
  public var negated: Interval? { Interval().subtracting(self) }

  /// The sum of both spans, part by part; nil when a part does not fit.
  public func adding(_ other: Interval) -> Interval? {
    let (months, months1) = months.addingReportingOverflow(other.months)
    let (days, days1) = days.addingReportingOverflow(other.days)
    let (microseconds, microseconds1) = microseconds.addingReportingOverflow(other.microseconds)
    return months1 || days1 || microseconds1 ? nil : Interval(months: months, days: days, microseconds: microseconds)
  }

  /// The difference of both spans, part by part; nil when a part does not fit.
  public func subtracting(_ other: Interval) -> Interval? {
    let (months, months1) = months.subtractingReportingOverflow(other.months)
    let (days, days1) = days.subtractingReportingOverflow(other.days)
    let (microseconds, microseconds1) = microseconds.subtractingReportingOverflow(other.microseconds)
    return months1 || days1 || microseconds1 ? nil : Interval(months: months, days: days, microseconds: microseconds)
  }
}

extension Interval {
  /// Makes the span of a duration, rounded to the nearest microsecond and halfway to the even one.
  /// - Returns: nil when the microseconds exceed an `Int64`.
  public init?(_ duration: Duration) {
    // `Duration.components` traps outside these bounds.
    guard duration >= .microseconds(Int64.min), duration <= .microseconds(Int64.max) else { return nil }
    let (seconds, attoseconds) = duration.components
    var (fraction, rest) = attoseconds.quotientAndRemainder(dividingBy: 1_000_000_000_000)
    let half: Int64 = 500_000_000_000
    if Int64(rest.magnitude) > half || (Int64(rest.magnitude) == half && fraction % 2 != 0) {
      fraction &+= rest < 0 ? -1 : 1
    }
    // The product alone can pass a bound that the sum keeps.
    let shift = seconds.signum()
    let (scaled, overflow) = (seconds &- shift).multipliedReportingOverflow(by: 1_000_000)
    let (sum, carry) = scaled.addingReportingOverflow(fraction &+ shift &* 1_000_000)
    guard !overflow, !carry else { return nil }
    self.init(microseconds: sum)
  }

  /// The span as a duration; nil when it has months or days, whose lengths vary.
  public var duration: Duration? {
    months == 0 && days == 0 ? .microseconds(microseconds) : nil
  }
}

extension Interval: ColumnValue {
  /// ``SQLType/interval``.
  @inlinable public static var sqlType: SQLType { .interval }
  /// The value as ``SQLValue/interval(_:)``.
  @inlinable public var sqlValue: SQLValue { .interval(self) }
  /// Reads the next column; a failure is noted in `row`, and nothing is thrown.
  @inlinable public static func read(_ row: inout RowReader) throws(DecodeFailure) -> Interval { row.interval() }
}

extension RowReader {
  /// Reads a span of time; after a failure, none.
  @inlinable public mutating func interval() -> Interval {
    guard let cell = cell(.interval) else { return Interval() }
    if let pointer = cell.pointer { return pointer.loadUnaligned(as: Interval.self) }
    mismatch(cell)
    return Interval()
  }
}
