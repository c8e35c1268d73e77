/// A connection pool as a pure state machine: events in, actions out, no I/O and no clock.
///
/// Waiters are served in the order of their arrival, by direct hand-over: a connection that comes back goes to the first
/// waiter, never past it to a newcomer. A hand-over is not a lease yet; the waiter claims it when it runs, or gives it
/// back by cancelling.
///
/// A failed attempt to open fails the first waiter, for whom it was made; the others may still get a connection that
/// comes back. If there is none that could, they all fail with the same error, since nothing can serve them sooner. The
/// next attempt waits for the back-off.
public struct PoolState<ConnectionID: Hashable & Sendable>: Sendable {
  /// The limits.
  public let configuration: PoolConfiguration

  private enum Phase: Sendable {
    case idle(since: UInt64)
    case handed(isLost: Bool)
    case leased(isLost: Bool)
    case quarantined
    case closing
  }

  private struct Entry: Sendable {
    var phase: Phase
    var openedAt: UInt64
  }

  private struct Queued: Sendable {
    var waiter: PoolWaiter
    var since: UInt64
    var deadline: UInt64?
  }

  private var entries: [ConnectionID: Entry] = [:]
  private var idle = RingBuffer<ConnectionID>()
  private var queue = RingBuffer<Queued>()
  private var handed: [PoolWaiter: ConnectionID] = [:]
  private var closingCount = 0
  private var quarantinedCount = 0
  private var failuresInRow = 0
  private var retryAt: UInt64 = 0
  /// After a failure, one attempt tests the server before others follow.
  private var isProbing = false
  private var isDrained = false

  /// Attempts to open that are under way.
  public private(set) var opening = 0
  /// Whether `close` was received.
  public private(set) var isClosing = false

  /// Creates an empty pool. Send `tick` to open the minimum.
  public init(_ configuration: PoolConfiguration) {
    self.configuration = configuration
  }

  /// Connections that are lent, or handed to a waiter that has not taken them yet.
  public var holders: Int { entries.count - idle.count - closingCount - quarantinedCount }
  /// Connections that are open and free.
  public var idleCount: Int { idle.count }
  /// Tasks that wait.
  public var waiterCount: Int { queue.count }
  /// Connections in any state, and attempts to open.
  public var total: Int { entries.count + opening }

  /// When the next `tick` is due, if any.
  public var nextWake: UInt64? {
    var wake: UInt64?
    func consider(_ time: UInt64) { wake = min(wake ?? .max, time) }
    for queued in queue { if let deadline = queued.deadline { consider(deadline) } }
    if !isProbing, !isClosing, wantsOpening { consider(retryAt) }
    if configuration.idleTimeout > 0, !isClosing, entries.count > configuration.minimum {
      for id in idle {
        if case .idle(let since) = entries[id]?.phase { consider(since.saturatingAdd(configuration.idleTimeout)) }
      }
    }
    return wake
  }

  /// Applies an event at a time on the caller's clock, and answers what to do.
  public mutating func handle(
    _ event: PoolEvent<ConnectionID>, at now: UInt64
  ) -> PoolActions<ConnectionID> {
    var actions = PoolActions<ConnectionID>()
    switch event {
    case .acquire(let waiter, let deadline): acquire(waiter, deadline, now, &actions)
    case .claim(let waiter): claim(waiter, &actions)
    case .cancel(let waiter): cancel(waiter, now, &actions)
    case .release(let id, let disposition): release(id, disposition, now, &actions)
    case .opened(let id): opened(id, now, &actions)
    case .openFailed: openFailed(now, &actions)
    case .recovered(let id): recovered(id, now, &actions)
    case .lost(let id): lost(id, now, &actions)
    case .closed(let id): closed(id, now, &actions)
    case .tick: tick(now, &actions)
    case .close: close(&actions)
    }
    if isClosing, !isDrained, total == 0 {
      isDrained = true
      actions.append(.drained)
    }
    return actions
  }

  private mutating func acquire(
    _ waiter: PoolWaiter, _ deadline: UInt64?, _ now: UInt64, _ actions: inout PoolActions<ConnectionID>
  ) {
    guard !isClosing else { return actions.append(.refuse) }
    // Idle connections and waiters never exist together: whatever becomes free is handed over at once.
    let id = configuration.reuse == .lastUsed ? idle.popLast() : idle.popFirst()
    if let id {
      entries[id]?.phase = .leased(isLost: false)
      return actions.append(.lease(id))
    }
    queue.append(Queued(waiter: waiter, since: now, deadline: deadline))
    actions.append(.wait)
    grow(now, &actions)
  }

  private mutating func claim(_ waiter: PoolWaiter, _ actions: inout PoolActions<ConnectionID>) {
    guard let id = handed.removeValue(forKey: waiter) else { return actions.append(.refuse) }
    let isLost = isLost(id)
    entries[id]?.phase = .leased(isLost: isLost)
    actions.append(.lease(id))
  }

  private mutating func cancel(_ waiter: PoolWaiter, _ now: UInt64, _ actions: inout PoolActions<ConnectionID>) {
    if let id = handed.removeValue(forKey: waiter) {
      if isLost(id) { startClosing(id, &actions) } else { offer(id, now, &actions) }
    } else {
      queue.removeFirst { $0.waiter == waiter }
    }
  }

  private mutating func release(
    _ id: ConnectionID, _ disposition: PoolDisposition, _ now: UInt64, _ actions: inout PoolActions<ConnectionID>
  ) {
    // Not lent: given back twice, or already reported as closed.
    guard let entry = entries[id], case .leased(let isLost) = entry.phase else { return }
    let isOld = configuration.maximumAge > 0 && now >= entry.openedAt.saturatingAdd(configuration.maximumAge)
    switch disposition {
    case .reuse where !isLost && !isOld: offer(id, now, &actions)
    case .quarantine where !isLost && !isClosing:
      entries[id]?.phase = .quarantined
      quarantinedCount += 1
      actions.append(.quarantine(id))
    default: startClosing(id, &actions)
    }
  }

  /// Gives a usable connection to the first waiter, or to the idle ones.
  private mutating func offer(_ id: ConnectionID, _ now: UInt64, _ actions: inout PoolActions<ConnectionID>) {
    guard !isClosing else { return startClosing(id, &actions) }
    if let next = queue.popFirst() {
      entries[id]?.phase = .handed(isLost: false)
      handed[next.waiter] = id
      actions.append(.handOver(id, next.waiter))
    } else {
      entries[id]?.phase = .idle(since: now)
      idle.append(id)
    }
  }

  /// Attempts that would still be of use: one per waiter, or what is missing of the minimum.
  private var wantsOpening: Bool {
    guard total < configuration.maximum else { return false }
    return opening < queue.count || total < configuration.minimum
  }

  private mutating func grow(_ now: UInt64, _ actions: inout PoolActions<ConnectionID>) {
    guard !isClosing, !isProbing, now >= retryAt else { return }
    while wantsOpening, !isProbing {
      opening += 1
      isProbing = failuresInRow > 0
      actions.append(.open)
    }
  }

  private mutating func opened(_ id: ConnectionID, _ now: UInt64, _ actions: inout PoolActions<ConnectionID>) {
    guard opening > 0, entries[id] == nil else { return }
    opening -= 1
    failuresInRow = 0
    retryAt = 0
    isProbing = false
    entries[id] = Entry(phase: .leased(isLost: false), openedAt: now)
    offer(id, now, &actions)
    grow(now, &actions)
  }

  private mutating func openFailed(_ now: UInt64, _ actions: inout PoolActions<ConnectionID>) {
    guard opening > 0 else { return }
    opening -= 1
    // Attempts that were under way together count as one failure.
    if isProbing || now >= retryAt {
      let factor: UInt64 = 1 << UInt64(min(failuresInRow, 16))
      failuresInRow += 1
      retryAt = now.saturatingAdd(min(configuration.maximumBackoff, configuration.backoff.saturatingMultiply(factor)))
      isProbing = false
    }
    let isHopeless = opening == 0 && entries.count == closingCount
    repeat {
      guard let failed = queue.popFirst() else { break }
      actions.append(.fail(failed.waiter, .openFailed))
    } while isHopeless
  }

  private mutating func recovered(_ id: ConnectionID, _ now: UInt64, _ actions: inout PoolActions<ConnectionID>) {
    guard case .quarantined = entries[id]?.phase else { return }
    quarantinedCount -= 1
    offer(id, now, &actions)
  }

  private mutating func lost(_ id: ConnectionID, _ now: UInt64, _ actions: inout PoolActions<ConnectionID>) {
    switch entries[id]?.phase {
    case .idle:
      idle.removeFirst { $0 == id }
      startClosing(id, &actions)
    case .quarantined:
      quarantinedCount -= 1
      startClosing(id, &actions)
    case .leased: entries[id]?.phase = .leased(isLost: true)
    case .handed: entries[id]?.phase = .handed(isLost: true)
    case .closing, nil: break
    }
  }

  private func isLost(_ id: ConnectionID) -> Bool {
    switch entries[id]?.phase {
    case .handed(let isLost), .leased(let isLost): isLost
    default: false
    }
  }

  private mutating func startClosing(_ id: ConnectionID, _ actions: inout PoolActions<ConnectionID>) {
    entries[id]?.phase = .closing
    closingCount += 1
    actions.append(.close(id))
  }

  private mutating func closed(_ id: ConnectionID, _ now: UInt64, _ actions: inout PoolActions<ConnectionID>) {
    guard case .closing = entries[id]?.phase else { return }
    entries[id] = nil
    closingCount -= 1
    grow(now, &actions)
  }

  private mutating func tick(_ now: UInt64, _ actions: inout PoolActions<ConnectionID>) {
    let lent = holders
    queue.removeAll { queued in
      guard let deadline = queued.deadline, deadline <= now else { return false }
      let waited = now > queued.since ? now - queued.since : 0
      actions.append(.fail(queued.waiter, .timedOut(waited: waited, holders: lent)))
      return true
    }
    expireIdle(now, &actions)
    grow(now, &actions)
  }

  private mutating func expireIdle(_ now: UInt64, _ actions: inout PoolActions<ConnectionID>) {
    guard configuration.idleTimeout > 0, !isClosing else { return }
    var surplus = entries.count - closingCount - configuration.minimum
    var expired: [ConnectionID] = []
    for id in idle where surplus > 0 {
      guard case .idle(let since) = entries[id]?.phase, since.saturatingAdd(configuration.idleTimeout) <= now else {
        continue
      }
      surplus -= 1
      expired.append(id)
    }
    for id in expired {
      idle.removeFirst { $0 == id }
      startClosing(id, &actions)
    }
  }

  private mutating func close(_ actions: inout PoolActions<ConnectionID>) {
    guard !isClosing else { return }
    isClosing = true
    while let queued = queue.popFirst() { actions.append(.fail(queued.waiter, .closed)) }
    while let id = idle.popFirst() { startClosing(id, &actions) }
  }
}

extension UInt64 {
  fileprivate func saturatingAdd(_ other: UInt64) -> UInt64 {
    let (sum, overflow) = addingReportingOverflow(other)
    return overflow ? .max : sum
  }

  fileprivate func saturatingMultiply(_ other: UInt64) -> UInt64 {
    let (product, overflow) = multipliedReportingOverflow(by: other)
    return overflow ? .max : product
  }
}
