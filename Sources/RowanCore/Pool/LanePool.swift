/// How a pool is used at the moment.
public struct PoolCounts: Sendable, Hashable {
  /// Connections that are lent.
  public let holders: Int
  /// Connections that are free.
  public let idle: Int
  /// Connections in any state, and attempts to open.
  public let total: Int
  /// Tasks that wait.
  public let waiters: Int
}

/// The connections of one lane. On the lane, lending an idle connection and giving it back touch no lock and make no
/// system call; from elsewhere every call is correct, and hops.
public final class LanePool<Connection: PooledConnection>: Sendable {
  private let core: LanePoolCore

  /// Creates a pool and starts opening its minimum. `open` runs on the lane. `acquireTimeout` holds for calls that give
  /// no deadline; nil waits for ever.
  public init(
    on lane: Lane, _ configuration: PoolConfiguration = .init(), acquireTimeout: Duration? = .seconds(10),
    open: @escaping @Sendable () async throws -> Connection
  ) {
    core = LanePoolCore(on: lane, configuration, acquireTimeout: acquireTimeout, open: open)
  }

  /// The lane that the connections belong to.
  public var lane: Lane { core.lane }

  /// Borrows a connection. Throws `PoolError` or `CancellationError`.
  public nonisolated(nonsending) func acquire(deadline: LaneInstant? = nil) async throws -> Connection {
    let connection = try await core.acquire(deadline: deadline)
    // Proof: every connection in the core came from `open`, which returns this type.
    return unsafeDowncast(connection, to: Connection.self)
  }

  /// Borrows a connection that is idle now; nil when there is none. On the lane, this is ``acquire(deadline:)`` without
  /// the cost of an asynchronous call.
  public func acquireIdle() throws(PoolError) -> Connection? {
    guard lane.isCurrent, let connection = try core.lendIdle() else { return nil }
    // Proof: as in `acquire(deadline:)`.
    return unsafeDowncast(connection, to: Connection.self)
  }

  /// Gives a borrowed connection back. Giving back what is not lent does nothing.
  public func release(_ connection: Connection, _ disposition: PoolDisposition = .reuse) {
    core.release(connection, disposition)
  }

  /// Lends a connection to `body`, and closes it if it is not usable afterwards.
  public nonisolated(nonsending) func withConnection<R>(
    deadline: LaneInstant? = nil, _ body: nonisolated(nonsending) (Connection) async throws -> R
  ) async throws -> R {
    let connection = try await acquire(deadline: deadline)
    defer { release(connection) }
    return try await body(connection)
  }

  /// Reports that a connection has failed, in whatever state it is.
  public func lost(_ connection: Connection) {
    core.lost(connection)
  }

  /// Refuses new borrowers, fails the waiting ones, and returns when every connection is back and closed.
  public nonisolated(nonsending) func close() async {
    await core.close()
  }

  /// How the pool is used at the moment; nil off the lane.
  public var counts: PoolCounts? { core.counts }
}
