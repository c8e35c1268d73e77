/// A time of day, exact to the microsecond, without date or zone.
public struct TimeOfDay: Sendable, Hashable {
  /// Microseconds since midnight.
  public var microseconds: Int64

  /// Makes the time `microseconds` after midnight.
  @inlinable public init(microseconds: Int64) { self.microseconds = microseconds }
}
