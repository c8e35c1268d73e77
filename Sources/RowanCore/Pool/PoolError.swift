/// Why a connection could not be had from a pool.
public enum PoolError: Error, Sendable {
  /// The deadline passed while all connections were in use: `holders` of `capacity` were lent out.
  case timedOut(waited: Duration, holders: Int, capacity: Int)
  /// The pool is closed, or closing.
  case closed
  /// Opening a connection failed, with the server's error.
  case openFailed(any Error)
}

extension PoolError {
  /// The error for the task that waited.
  /// - Parameters:
  ///   - isStatementLimit: whether the time that ran out was the statement's own, not the pool's.
  ///   - driver: whose transaction the task may be inside of.
  ///   - sql: the statement it waited for.
  ///   - site: where the connection was asked for, if that is known.
  public func failure(
    isStatementLimit: Bool, driver: ObjectIdentifier?, sql: String?, site: CallSite? = nil
  ) -> any Error {
    switch self {
    case .openFailed(let cause): return cause
    case .closed:
      return RowanError(.databaseClosed, "the database was closed", hint: "open it again, or close it later", sql: sql)
    case .timedOut(let waited, let holders, let capacity):
      if let mark = TransactionMark.current, mark.driver == driver { return mark.nestedCheckout(from: site) }
      return RowanError(
        isStatementLimit ? .queryTimeout : .poolTimeout,
        "no connection became free within \(waited): \(holders) of \(capacity) of this lane are in use",
        hint: "raise PoolOptions.maxConnections, hold connections for less long, or look for one never given back",
        sql: sql)
    }
  }
}
