/// The connections of one lane. On the lane, lending an idle connection and giving it back touch no lock and make no
/// system call; from elsewhere every call is correct, and hops.
public final class LanePool<Connection: PooledConnection>: @unchecked Sendable {
  // Proof for @unchecked: every mutable field is only touched on the lane's thread, checked by `isCurrent` before the
  // access and again after a suspension.

  /// The lane that the connections belong to.
  public let lane: Lane

  private let open: @Sendable () async throws -> Connection
  private let acquireTimeout: Duration?
  private var state: PoolState<Held>
  // Proof for the unsafe continuations: each is taken out of its collection before it is resumed, and whatever the
  // state machine was told of as a waiter is answered by exactly one `handOver`, `fail` or cancellation.
  private var parked: [PoolWaiter: UnsafeContinuation<Void, any Error>] = [:]
  private var drainWaiters: [UnsafeContinuation<Void, Never>] = []
  private var isDrained = false
  private var openError: (any Error)?
  private var timer: (token: LaneTimer, due: UInt64)?

  /// A connection, equal to itself only.
  private struct Held: Hashable, Sendable {
    let connection: Connection

    static func == (left: Held, right: Held) -> Bool { left.connection === right.connection }

    func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(connection)) }
  }

  /// Creates a pool and starts opening its minimum. `open` runs on the lane. `acquireTimeout` holds for calls that give
  /// no deadline; nil waits for ever.
  public init(
    on lane: Lane, _ configuration: PoolConfiguration = .init(), acquireTimeout: Duration? = .seconds(10),
    open: @escaping @Sendable () async throws -> Connection
  ) {
    self.lane = lane
    self.open = open
    self.acquireTimeout = acquireTimeout
    state = PoolState(configuration)
    if configuration.minimum > 0 { onLane { $0.apply(.tick) } }
  }

  /// Borrows a connection. Throws `PoolError` or `CancellationError`.
  public nonisolated(nonsending) func acquire(deadline: LaneInstant? = nil) async throws -> Connection {
    guard lane.isCurrent else {
      return try await entering { try await self.acquire(deadline: deadline) }
    }
    let start = lane.now
    let limit = deadline ?? acquireTimeout.map { LaneInstant.now.advanced(by: $0) }
    while true {
      let actions = state.handle(.acquire(deadline: limit?.nanoseconds), at: lane.now.nanoseconds)
      switch actions.first {
      case .lease(let held):
        if held.connection.isUsable { return held.connection }
        release(held.connection, .discard)
      case .wait(let waiter):
        perform(actions)
        do {
          if let held = try await park(waiter) { return held.connection }
        } catch PoolError.timedOut(_, let holders, let capacity) {
          // A wait that began anew after a dead connection still counts from the call.
          throw PoolError.timedOut(
            waited: LaneInstant.now.duration(since: start), holders: holders, capacity: capacity)
        }
      default: throw PoolError.closed
      }
      guard lane.isCurrent else { return try await entering { try await self.acquire(deadline: limit) } }
    }
  }

  /// Gives a borrowed connection back. Giving back what is not lent does nothing.
  public func release(_ connection: Connection, _ disposition: PoolDisposition = .reuse) {
    guard lane.isCurrent else { return lane.post { self.release(connection, disposition) } }
    let isUsable = disposition == .discard || connection.isUsable
    let event = PoolEvent.release(Held(connection: connection), isUsable ? disposition : .discard)
    let actions = state.handle(event, at: lane.now.nanoseconds)
    // Looking for the next wake-up walks the idle ones, and one more of them does not make it earlier.
    if actions.first == nil, timer != nil { return }
    perform(actions)
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
    onLane { $0.apply(.lost(Held(connection: connection))) }
  }

  /// Refuses new borrowers, fails the waiting ones, and returns when every connection is back and closed.
  public nonisolated(nonsending) func close() async {
    await withUnsafeContinuation { continuation in
      onLane { pool in
        pool.apply(.close)
        if pool.isDrained {
          continuation.resume()
        } else {
          pool.drainWaiters.append(continuation)
        }
      }
    }
  }

  /// How many connections are lent, idle and open or opening at all, and how many tasks wait. Read it on the lane.
  public var counts: (holders: Int, idle: Int, total: Int, waiters: Int) {
    guard lane.isCurrent else { return (0, 0, 0, 0) }
    return (state.holders, state.idleCount, state.total, state.waiterCount)
  }

  // MARK: Waiting

  /// Waits for a hand-over; nil if the connection turned out to be dead.
  private nonisolated(nonsending) func park(_ waiter: PoolWaiter) async throws -> Held? {
    try await withTaskCancellationHandler {
      try await withUnsafeThrowingContinuation { continuation in parked[waiter] = continuation }
    } onCancel: {
      // Always queued: a task that is cancelled already gets here before it has parked.
      lane.post {
        // Not parked any more: it has been handed a connection, which it gives back itself when it runs.
        guard let continuation = self.parked.removeValue(forKey: waiter) else { return }
        self.apply(.cancel(waiter))
        continuation.resume(throwing: CancellationError())
      }
    }
    if lane.isCurrent { return try claim(waiter) }
    // A task without this lane's preference has resumed elsewhere.
    do {
      return try await lane.enter { try self.claim(waiter) }
    } catch {
      onLane { $0.apply(.cancel(waiter)) }
      throw error
    }
  }

  private func claim(_ waiter: PoolWaiter) throws -> Held? {
    guard !Task.isCancelled else {
      apply(.cancel(waiter))
      throw CancellationError()
    }
    guard case .lease(let held) = state.handle(.claim(waiter), at: lane.now.nanoseconds).first else {
      throw PoolError.closed
    }
    if held.connection.isUsable { return held }
    release(held.connection, .discard)
    return nil
  }

  private nonisolated(nonsending) func entering<R: Sendable>(
    _ body: @Sendable () async throws -> R
  ) async throws -> R {
    do {
      return try await lane.enter(label: "acquire", body)
    } catch LaneError.closed {
      throw PoolError.closed
    }
  }

  // MARK: The state machine, on the lane

  private func onLane(_ body: @escaping @Sendable (LanePool) -> Void) {
    if lane.isCurrent { body(self) } else { lane.post { body(self) } }
  }

  private func apply(_ event: PoolEvent<Held>) {
    perform(state.handle(event, at: lane.now.nanoseconds))
  }

  private func perform(_ actions: PoolActions<Held>) {
    for action in actions { perform(action) }
    updateTimer()
  }

  private func perform(_ action: PoolAction<Held>) {
    switch action {
    case .lease, .wait, .refuse: break
    case .handOver(_, let waiter): parked.removeValue(forKey: waiter)?.resume()
    case .fail(let waiter, let failure): parked.removeValue(forKey: waiter)?.resume(throwing: error(failure))
    case .open: startOpening()
    case .close(let held):
      lane.detach {
        await held.connection.close()
        self.onLane { $0.apply(.closed(held)) }
      }
    case .quarantine(let held):
      lane.detach {
        let isClean = await held.connection.recover()
        self.onLane { $0.apply(isClean ? .recovered(held) : .lost(held)) }
      }
    case .drained:
      isDrained = true
      let waiters = drainWaiters
      drainWaiters = []
      for waiter in waiters { waiter.resume() }
    }
  }

  private func startOpening() {
    lane.detach {
      do {
        let connection = try await self.open()
        self.onLane { $0.apply(.opened(Held(connection: connection))) }
      } catch {
        self.onLane { pool in
          pool.openError = error
          pool.apply(.openFailed)
        }
      }
    }
  }

  private func error(_ failure: PoolFailure) -> PoolError {
    switch failure {
    case .timedOut(let waited, let holders):
      .timedOut(
        waited: .nanoseconds(Int64(clamping: waited)), holders: holders, capacity: state.configuration.maximum)
    case .openFailed: openError.map(PoolError.openFailed) ?? .closed
    case .closed: .closed
    }
  }

  private func updateTimer() {
    guard let due = state.nextWake, due != .max else {
      timer?.token.cancel()
      timer = nil
      return
    }
    guard timer?.due != due else { return }
    timer?.token.cancel()
    let token = lane.schedule(at: LaneInstant(nanoseconds: due)) { [weak self] in
      guard let self else { return }
      timer = nil
      apply(.tick)
      updateTimer()
    }
    timer = (token, due)
  }
}
