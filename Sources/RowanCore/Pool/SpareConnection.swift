/// The connection given back last, kept at hand as long as nobody waits for one: taking it skips the pool's bookkeeping,
/// a tenth of a short query. To the pool it is lent.
public final class SpareConnection<Connection: PooledConnection>: @unchecked Sendable {
  // Proof for @unchecked: only touched on the thread of the lane that the connections belong to.
  // Proof for the unchecked exclusivity: nothing here calls back.
  @exclusivity(unchecked) @usableFromInline var connection: Connection?
  /// Whether it keeps none any more.
  @exclusivity(unchecked) public internal(set) var isClosed = false
  // Counted from before a task asks the pool: it becomes a waiter there only some steps later.
  @exclusivity(unchecked) @usableFromInline var expecting = 0

  /// Has none at first.
  @inlinable public init() {}

  /// Whether a task waits for a connection of the pool, or is about to.
  @inlinable public var isExpected: Bool { expecting > 0 }

  /// A task is about to wait for a connection.
  @inlinable public func expect() { expecting += 1 }

  /// The task has got one, or gives up.
  @inlinable public func unexpect() { expecting -= 1 }

  /// The connection, if there is one.
  @inlinable public func take() -> Connection? {
    guard let taken = connection else { return nil }
    connection = nil
    return taken
  }

  /// A connection that is free now: this one, or an idle one of `pool`. A pool that is closed has none, and says so when
  /// it is waited for.
  @inlinable public func take(or pool: LanePool<Connection>) -> Connection? {
    guard let connection = take() else { return try? pool.acquireIdle() }
    if connection.isUsable { return connection }
    pool.release(connection, .discard)
    return try? pool.acquireIdle()
  }

  /// Keeps `new`, unless there is one already or a task waits for it.
  @inlinable public func put(_ new: Connection) -> Bool {
    guard connection == nil, expecting == 0, !isClosed else { return false }
    connection = new
    return true
  }

  /// Keeps none any more.
  public func close() -> Connection? {
    isClosed = true
    return take()
  }
}
