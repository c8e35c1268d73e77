import Synchronization

/// Hands events to listeners, away from the task that caused them. With no listener the cost is one atomic load.
final class EventHub: Sendable {
  private struct State {
    var listeners: [(id: Int, handler: @Sendable (DatabaseEvent) -> Void)] = []
    var nextID = 0
    var queue: [DatabaseEvent] = []
    var dropped = 0
    var draining = false
    /// How many events have been taken in and handed out, dropped ones apart.
    var taken: UInt64 = 0
    var handedOut: UInt64 = 0
    var waiters: [(until: UInt64, continuation: CheckedContinuation<Void, Never>)] = []
  }

  private let active = Atomic<Bool>(false)
  private let state = Mutex(State())
  private let capacity: Int

  init(capacity: Int = 4096) { self.capacity = capacity }

  /// Whether anyone listens.
  var isActive: Bool { active.load(ordering: .relaxed) }

  func listen(_ handler: @escaping @Sendable (DatabaseEvent) -> Void) -> Int {
    state.withLock { state in
      state.nextID += 1
      state.listeners.append((state.nextID, handler))
      active.store(true, ordering: .relaxed)
      return state.nextID
    }
  }

  func remove(_ id: Int) {
    state.withLock { state in
      state.listeners.removeAll { $0.id == id }
      if state.listeners.isEmpty { active.store(false, ordering: .relaxed) }
    }
  }

  func emit(_ event: @autoclosure () -> DatabaseEvent) {
    guard isActive else { return }
    let event = event()
    let start = state.withLock { state -> Bool in
      if state.queue.count >= capacity {
        state.dropped += 1
        return false
      }
      state.queue.append(event)
      state.taken &+= 1
      if state.draining { return false }
      state.draining = true
      return true
    }
    if start { Task.detached { self.drain() } }
  }

  private func drain() {
    while true {
      let (events, listeners, taken) = state.withLock {
        state -> ([DatabaseEvent], [@Sendable (DatabaseEvent) -> Void], UInt64) in
        var events = state.queue
        state.queue = []
        if state.dropped > 0 {
          events.append(.dropped(state.dropped))
          state.dropped = 0
        }
        if events.isEmpty { state.draining = false }
        return (events, state.listeners.map(\.handler), state.taken)
      }
      if events.isEmpty { return }
      for event in events { for listener in listeners { listener(event) } }
      resumeWaiters(handedOut: taken)
    }
  }

  private func resumeWaiters(handedOut: UInt64) {
    let ready = state.withLock { state in
      state.handedOut = handedOut
      let ready = state.waiters.filter { $0.until <= handedOut }
      state.waiters.removeAll { $0.until <= handedOut }
      return ready
    }
    for waiter in ready { waiter.continuation.resume() }
  }

  /// Returns once every event taken in so far has been handed out.
  func delivered() async {
    await withCheckedContinuation { continuation in
      let isDone = state.withLock { state in
        if state.handedOut >= state.taken { return true }
        state.waiters.append((state.taken, continuation))
        return false
      }
      if isDone { continuation.resume() }
    }
  }
}

/// Keeps a listener registered; cancel it, or let it go, to stop listening.
public final class EventToken: Sendable {
  private let stop: @Sendable () -> Void
  private let stopped = Atomic<Bool>(false)

  init(_ stop: @escaping @Sendable () -> Void) { self.stop = stop }

  /// Stops listening.
  public func cancel() {
    if stopped.compareExchange(expected: false, desired: true, ordering: .relaxed).exchanged { stop() }
  }

  deinit { cancel() }
}
