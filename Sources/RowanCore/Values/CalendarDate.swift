/// A calendar date in the proleptic Gregorian calendar, without time or zone.
public struct CalendarDate: Sendable, Hashable {
  /// Days since 1970-01-01.
  public var days: Int32

  /// Makes the date `days` after 1970-01-01.
  @inlinable public init(days: Int32) { self.days = days }
}
