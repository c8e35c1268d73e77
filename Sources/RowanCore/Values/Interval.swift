/// A span of time in months, days and microseconds, kept apart since none has a fixed length in the others.
public struct Interval: Sendable, Hashable {
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
}
