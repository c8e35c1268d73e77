/// Why a connection could not be had from a pool.
public enum PoolError: Error, Sendable {
  /// The deadline passed while all connections were in use: `holders` of `capacity` were lent out.
  case timedOut(waited: Duration, holders: Int, capacity: Int)
  /// The pool is closed, or closing.
  case closed
  /// Opening a connection failed, with the server's error.
  case openFailed(any Error)
}
