/// What `LanePool` does, without its type parameter: generic code that another module calls is not specialised, and was
/// measured at twenty times this.
final class LanePoolCore: @unchecked Sendable {
  // Proof for @unchecked: every mutable field is only touched on the lane's thread, checked by `isCurrent` before the
  // access and again after a suspension.

  let lane: Lane

  private let open: @Sendable () async throws -> any PooledConnection
  private let acquireTimeout: Duration?
  private var state: PoolState<Held>
  // Proof for the unsafe continuations: each is taken out of its collection before it is resumed, and whatever the
  // state machine was told of as a waiter is answered by exactly one `handOver`, `fail` or cancellation.
  private var parked: [PoolWaiter: UnsafeContinuation<Void, any Error>] = [:]
  private var lent: [PoolWaiter: Held] = [:]
  private var nextWaiter: UInt64 = 0
  private var drainWaiters: [UnsafeContinuation<Void, Never>] = []
  private var isDrained = false
  /// Why the last attempt to open failed, until one succeeds.
  private var openError: (any Error)?
  private var timer: (token: LaneTimer, due: UInt64)?

  /// A connection, equal to itself only.
  private struct Held: Hashable, Sendable {
    let connection: any PooledConnection

    static func == (left: Held, right: Held) -> Bool { left.connection === right.connection }

    func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(connection)) }
  }

  init(
    on lane: Lane, _ configuration: PoolConfiguration, acquireTimeout: Duration?,
    open: @escaping @Sendable () async throws -> any PooledConnection
  ) {
    self.lane = lane
    self.open = open
    self.acquireTimeout = acquireTimeout
    state = PoolState(configuration)
    if configuration.minimum > 0 { onLane { $0.apply(.tick) } }
  }

  nonisolated(nonsending) func acquire(deadline: LaneInstant? = nil) async throws -> any PooledConnection {
    guard lane.isCurrent else {
      return try await entering { try await self.acquire(deadline: deadline) }
    }
    let start = lane.now
    let limit = deadline ?? acquireTimeout.map { start.advanced(by: $0) }
    while true {
      nextWaiter &+= 1
      let waiter = PoolWaiter(number: nextWaiter)
      if let connection = try lendIdle(waiter) { return connection }
      do {
        if let connection = try await park(waiter, limit) { return connection }
      } catch PoolError.timedOut(_, let holders, let capacity) {
        // A wait that began anew after a dead connection still counts from the call.
        throw PoolError.timedOut(waited: LaneInstant.now.duration(since: start), holders: holders, capacity: capacity)
      }
      guard lane.isCurrent else { return try await entering { try await self.acquire(deadline: limit) } }
    }
  }

  func release(_ connection: any PooledConnection, _ disposition: PoolDisposition = .reuse) {
    guard lane.isCurrent else { return lane.post { self.release(connection, disposition) } }
    let isUsable = disposition == .discard || connection.isUsable
    let event = PoolEvent.release(Held(connection: connection), isUsable ? disposition : .discard)
    let actions = state.handle(event, at: lane.now.nanoseconds)
    // Looking for the next wake-up walks the idle ones, and one more of them does not make it earlier.
    if actions.first == nil, timer != nil { return }
    perform(actions)
  }

  func lost(_ connection: any PooledConnection) {
    onLane { $0.apply(.lost(Held(connection: connection))) }
  }

  nonisolated(nonsending) func close() async {
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

  var counts: PoolCounts? {
    guard lane.isCurrent else { return nil }
    return PoolCounts(
      holders: state.holders, idle: state.idleCount, total: state.total, waiters: state.waiterCount)
  }

  /// An idle connection, without a suspension; nil if there is none.
  func lendIdle() throws(PoolError) -> (any PooledConnection)? {
    nextWaiter &+= 1
    return try lendIdle(PoolWaiter(number: nextWaiter))
  }

  /// The path without a suspension; nil if there is no idle connection.
  private func lendIdle(_ waiter: PoolWaiter) throws(PoolError) -> (any PooledConnection)? {
    while state.idleCount > 0 {
      guard case .lease(let held) = state.handle(.acquire(waiter, deadline: nil), at: lane.now.nanoseconds).first else {
        throw PoolError.closed
      }
      if held.connection.isUsable { return held.connection }
      release(held.connection, .discard)
    }
    return nil
  }

  /// Waits for a hand-over; nil if the connection turned out to be dead.
  private nonisolated(nonsending) func park(
    _ waiter: PoolWaiter, _ limit: LaneInstant?
  ) async throws -> (any PooledConnection)? {
    try await withTaskCancellationHandler {
      try await withUnsafeThrowingContinuation { continuation in
        // The handler's closure need not run on the lane, nor at once: a cancel may have come and gone before the
        // wait began. Looking after it has begun closes the gap.
        onLane { $0.begin(waiter, limit, continuation) }
        if Task.isCancelled { onLane { $0.cancel(waiter) } }
      }
    } onCancel: {
      lane.post { self.cancel(waiter) }
    }
    if lane.isCurrent { return try claim(waiter) }
    // A task without this lane's preference has resumed elsewhere.
    do {
      return try await lane.enter { try self.claim(waiter) }
    } catch {
      // Nothing, unless the lane could not be entered: then the hand-over is undone.
      onLane { $0.abandon(waiter) }
      throw error
    }
  }

  private func begin(_ waiter: PoolWaiter, _ limit: LaneInstant?, _ continuation: UnsafeContinuation<Void, any Error>) {
    let actions = state.handle(.acquire(waiter, deadline: limit?.nanoseconds), at: lane.now.nanoseconds)
    switch actions.first {
    case .wait: parked[waiter] = continuation
    case .lease(let held):
      // One became idle since `lendIdle` looked. It is lent under this waiter's name, to be claimed like any other.
      lent[waiter] = held
      continuation.resume()
    default: continuation.resume(throwing: PoolError.closed)
    }
    perform(actions)
  }

  private func cancel(_ waiter: PoolWaiter) {
    // Not parked any more: it has been handed a connection, which it gives back itself when it runs.
    guard let continuation = parked.removeValue(forKey: waiter) else { return }
    apply(.cancel(waiter))
    continuation.resume(throwing: CancellationError())
  }

  private func abandon(_ waiter: PoolWaiter) {
    if let held = lent.removeValue(forKey: waiter) {
      release(held.connection)
    } else {
      apply(.cancel(waiter))
    }
  }

  private func claim(_ waiter: PoolWaiter) throws -> (any PooledConnection)? {
    let held: Held
    if let direct = lent.removeValue(forKey: waiter) {
      held = direct
    } else if case .lease(let handed) = state.handle(.claim(waiter), at: lane.now.nanoseconds).first {
      held = handed
    } else {
      throw PoolError.closed
    }
    if Task.isCancelled {
      release(held.connection)
      throw CancellationError()
    }
    if held.connection.isUsable { return held.connection }
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

  private func onLane(_ body: @escaping @Sendable (LanePoolCore) -> Void) {
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
        self.onLane { pool in
          pool.openError = nil
          pool.apply(.opened(Held(connection: connection)))
        }
      } catch {
        self.onLane { pool in
          pool.openError = error
          pool.apply(.openFailed)
        }
      }
    }
  }

  private func error(_ failure: PoolFailure) -> PoolError {
    // While none can be opened, that is the reason, and not those who hold one.
    if let openError, case .timedOut = failure { return .openFailed(openError) }
    return switch failure {
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
