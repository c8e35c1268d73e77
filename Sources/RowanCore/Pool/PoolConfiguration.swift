/// The limits of a pool. Times are durations in nanoseconds on the caller's clock, zero meaning none where noted.
public struct PoolConfiguration: Sendable, Hashable {
  /// Which idle connection is lent next.
  public enum Reuse: Sendable, Hashable {
    /// The one used last: its caches are warm, and surplus connections become old enough to be closed.
    case lastUsed
    /// The one that rested longest: all connections are used evenly.
    case longestIdle
  }

  /// Connections kept open even if idle.
  public var minimum: Int
  /// Connections open at once, including those being opened or quarantined.
  public var maximum: Int
  /// Which idle connection is lent next.
  public var reuse: Reuse
  /// How long a surplus connection may be idle before it is closed; zero: for ever.
  public var idleTimeout: UInt64
  /// The age after which a connection is closed instead of reused; zero: never.
  public var maximumAge: UInt64
  /// The pause after a first failed attempt to open; it doubles with every further failure in a row.
  public var backoff: UInt64
  /// The limit of that pause.
  public var maximumBackoff: UInt64

  /// Creates a configuration; out-of-range limits are moved to the nearest sensible ones.
  public init(
    minimum: Int = 0, maximum: Int = 8, reuse: Reuse = .lastUsed, idleTimeout: Duration = .zero,
    maximumAge: Duration = .zero, backoff: Duration = .milliseconds(50), maximumBackoff: Duration = .seconds(2)
  ) {
    self.maximum = max(1, maximum)
    self.minimum = min(max(0, minimum), self.maximum)
    self.reuse = reuse
    self.idleTimeout = idleTimeout.saturatingNanoseconds
    self.maximumAge = maximumAge.saturatingNanoseconds
    self.backoff = max(1, backoff.saturatingNanoseconds)
    self.maximumBackoff = max(self.backoff, maximumBackoff.saturatingNanoseconds)
  }
}
