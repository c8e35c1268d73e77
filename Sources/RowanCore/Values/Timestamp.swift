/// An instant, exact to the microsecond.
///
/// `Date` is a `Double` whose spacing passes one microsecond in the 23rd century and whose sub-microsecond noise no
/// engine stores; `Timestamp` reads back equal to what was written.
public struct Timestamp: Sendable, Hashable {
  /// Microseconds since 1970-01-01 00:00:00 UTC.
  public var microseconds: Int64

  /// Makes the instant `microseconds` after 1970-01-01 00:00:00 UTC.
  @inlinable public init(microseconds: Int64) { self.microseconds = microseconds }
}
