internal import CPostgres
public import RowanCore
internal import Synchronization

/// A pool of connections to one PostgreSQL database.
///
/// Each connection belongs to one lane; tasks come to the lane and pay no thread switch per query. Numbers, timestamps,
/// UUIDs, decimals and arrays travel in binary form, so that none is rounded or parsed. Values outside the server's
/// types are refused: NUL characters in text, and integers above `Int64.max` outside `numeric` columns; NaN and the
/// infinities are stored in floating-point columns.
///
/// What `SET` and `LISTEN` changed is undone before a connection is lent again. Temporary tables, session advisory locks
/// and `set_config` are not noticed: keep them inside a transaction, or undo them before the connection goes back.
public final class PostgresDriver: Driver {
  /// The event loops the connections live on. A task started on one pays no thread switch for a query.
  public let lanes: LaneGroup

  /// The version of the server, such as 150004 for 15.4, found when the database was opened.
  public let serverVersion: Int

  /// Where connections that are opened, closed and lost are reported.
  public var connectionObserver: ConnectionObserver? { context.observer }

  /// A lane: the caller's own if it is on one, else the least busy.
  public var preferredExecutor: (any TaskExecutor)? { lanes.pick() }

  /// The SQL of the server's version.
  public var dialect: any Dialect { postgresDialect }

  private let postgresDialect: PostgresDialect
  private let context: DriverContext
  private let shards: [DriverShard]
  private let holds: LaneHolds
  private let isClosed = Atomic<Bool>(false)

  private init(_ lanes: LaneGroup, _ shards: [DriverShard], _ context: DriverContext, version: Int) {
    self.lanes = lanes
    self.shards = shards
    self.context = context
    holds = LaneHolds(shards.map(\.capacity))
    serverVersion = version
    postgresDialect = PostgresDialect()
  }

  /// Connects once, and so finds out what cannot work: a wrong password, an unknown database, a server that does not
  /// answer.
  /// - Throws: ``RowanError`` with the server's own message.
  public static func open(_ configuration: PostgresConfiguration) async throws -> PostgresDriver {
    let context = DriverContext(configuration)
    let pool = configuration.pool
    let lanes = try openLanes(pool, context.observer)
    let shards = lanes.lanes.enumerated().map { index, lane in
      DriverShard(
        on: lane, context, share: share(pool.maxConnections, index, lanes.lanes.count),
        minimum: share(pool.minConnections, index, lanes.lanes.count))
    }
    do {
      guard let first = shards.first else { throw RowanError.internalFailure("there are no lanes") }
      let version = try await first.lane.run(label: "open") { try await first.serverVersion() }
      guard version >= 130_000 else {
        throw RowanError(
          .unsupported, "the server is PostgreSQL \(version / 10_000)", hint: "use version 13 or later")
      }
      return PostgresDriver(lanes, shards, context, version: version)
    } catch {
      let isCancelled = Task.isCancelled
      let closing = Task {
        for shard in shards { await shard.pool.close() }
        await lanes.close(grace: .seconds(1))
      }
      // Closing waits for the connection that is being opened, which a caller who has gone need not.
      if isCancelled { throw RowanError(.cancelled, "the task was cancelled", cause: error) }
      await closing.value
      throw error
    }
  }

  private static func openLanes(_ pool: PoolOptions, _ observer: ConnectionObserver) throws -> LaneGroup {
    do {
      return try LaneGroup.observed(count: pool.lanes, connections: pool.maxConnections, by: observer)
    } catch {
      throw RowanError(
        .ioFailed, "the event loops could not be started: \(error)", hint: "the process may be out of descriptors",
        cause: error)
    }
  }

  /// What one lane gets of a number that all share.
  private static func share(_ total: Int, _ index: Int, _ lanes: Int) -> Int {
    total / lanes + (index < total % lanes ? 1 : 0)
  }

  /// Runs a statement on a connection of the caller's lane, or of the least busy one. Reads of one row by a key may
  /// share a connection with other tasks; see ``PostgresConfiguration/multiplex``.
  public func run<R: Sendable>(
    _ call: DriverCall, _ consume: @Sendable (RowSource) throws -> R
  ) async throws -> R {
    let shard = shard
    // On the lane already, `Lane.run` would add nothing but its own cost.
    let isolation: (any Actor)? = #isolation
    if isolation === nil, shard.lane.isCurrent, shard.lane.isPreferred, !isClosed.load(ordering: .relaxed) {
      shard.lane.mark("query")
      return try await shard.run(call, driver: ObjectIdentifier(self), consume)
    }
    return try await entering(shard) { try await shard.run(call, driver: ObjectIdentifier(self), consume) }
  }

  /// Whether the calling task runs on one of the lanes, and comes back to it.
  public var canStart: Bool {
    guard let lane = Lane.current, lanes.contains(lane), lane.isPreferred else { return false }
    return !isClosed.load(ordering: .relaxed)
  }

  /// Sends a statement on a connection of the caller's lane.
  public func start(_ call: DriverCall) throws -> (any StartedCall)? {
    let shard = shard
    guard shard.lane.isCurrent else { return nil }
    shard.lane.mark("query")
    return try shard.start(call)
  }

  /// Borrows a connection; `body` runs on its lane.
  public func withConnection<R: Sendable>(
    _ lease: Lease, _ body: @Sendable (any DriverConnection) async throws -> R
  ) async throws -> R {
    let shard = shard
    holds.hold(shard.lane.index)
    defer { holds.release(shard.lane.index) }
    return try await entering(shard) {
      let connection = try await shard.acquire(
        lease.timeout, isQuery: false, driver: ObjectIdentifier(self), site: lease.site)
      defer { shard.release(connection) }
      return try await body(connection)
    }
  }

  /// Rows in batches, through a cursor in a transaction of its own.
  public func stream(_ call: DriverCall) async throws -> any DriverStream {
    let shard = shard
    let holds = holds
    holds.hold(shard.lane.index)
    do {
      return try await entering(shard) {
        let connection = try await shard.acquire(
          call.timeout, isQuery: true, driver: ObjectIdentifier(self), sql: call.compiled.sql)
        call.probe?.connectionTaken()
        return PostgresStream(call, on: connection, isOwner: true) { connection in
          shard.release(connection)
          holds.release(shard.lane.index)
        }
      }
    } catch {
      holds.release(shard.lane.index)
      throw error
    }
  }

  /// Takes no more work, waits until what runs has finished, at most `timeout`, then closes every connection. What is
  /// still running then fails with ``RowanError/Code/databaseClosed``.
  public func close(timeout: Duration) async {
    guard !isClosed.exchange(true, ordering: .acquiringAndReleasing) else { return }
    let gate = CloseGate()
    let shards = shards
    let drain = Task.detached {
      for shard in shards { await shard.close() }
      gate.open()
    }
    let alarm = Task.detached {
      try await Task.sleep(for: timeout)
      for shard in shards { await shard.closeNow() }
      gate.open()
    }
    await gate.wait()
    alarm.cancel()
    drain.cancel()
    // A body that waits for something else than the database is not waited for.
    let lanes = lanes
    await Self.race(.seconds(2)) { await lanes.close(grace: .milliseconds(100)) }
    await context.cancelThreads.drain(within: .seconds(5))
    await context.connector.drain(within: .seconds(5))
  }

  /// Runs `body`, and waits for it no longer than `limit`.
  private static func race(_ limit: Duration, _ body: @escaping @Sendable () async -> Void) async {
    let gate = CloseGate()
    Task.detached {
      await body()
      gate.open()
    }
    let alarm = Task.detached {
      try await Task.sleep(for: limit)
      gate.open()
    }
    await gate.wait()
    alarm.cancel()
  }

  private var shard: DriverShard { shards[holds.choose(lanes.pick().index) % shards.count] }

  private func entering<R: Sendable>(
    _ shard: DriverShard, _ body: @Sendable () async throws -> R
  ) async throws -> R {
    if isClosed.load(ordering: .relaxed) { throw RowanError.databaseClosed() }
    do {
      return try await shard.lane.run(label: "query", body)
    } catch LaneError.closed {
      throw RowanError.databaseClosed()
    }
  }
}

extension RowanError {
  static func databaseClosed() -> RowanError {
    RowanError(.databaseClosed, "the database was closed", hint: "open it again, or close it later")
  }
}

/// Opens once, for whichever comes first.
private final class CloseGate: Sendable {
  private struct State {
    var isOpen = false
    // Proof for the unsafe continuation: stored only while the gate is shut, and taken out before it is resumed.
    var waiter: UnsafeContinuation<Void, Never>?
  }

  private let state = Mutex(State())

  func open() {
    let waiter = state.withLock { state in
      state.isOpen = true
      defer { state.waiter = nil }
      return state.waiter
    }
    waiter?.resume()
  }

  func wait() async {
    await withUnsafeContinuation { (continuation: UnsafeContinuation<Void, Never>) in
      let isOpen = state.withLock { state in
        if !state.isOpen { state.waiter = continuation }
        return state.isOpen
      }
      if isOpen { continuation.resume() }
    }
  }
}
