import CRowanThread
import Synchronization

/// Hands events to listeners, away from the task that caused them. With no listener the cost is one atomic load.
final class EventHub: Sendable {
  private typealias Listener = (id: Int, handler: @Sendable (DatabaseEvent) -> Void)

  private struct State {
    var listeners: [Listener] = []
    var nextID = 0
    /// Each with the newest listener there was when it happened: later ones do not hear of it.
    var queue: [(event: DatabaseEvent, newest: Int)] = []
    var dropped = 0
    var draining = false
    /// What the delivering thread waits at for more; nil while it is busy.
    var alarm: rowan_poller?
    /// Whether statements are measured although nobody listens.
    var measuresAlways = false
    /// How many events have been taken in and handed out, dropped ones apart.
    var taken: UInt64 = 0
    var handedOut: UInt64 = 0
    var waiters: [(until: UInt64, continuation: CheckedContinuation<Void, Never>)] = []
  }

  private let active = Atomic<Bool>(false)
  private let state = Mutex(State())
  private let capacity: Int
  private let whenHeard = Mutex<(@Sendable () -> Void)?>(nil)
  /// Listeners may block: on one of Swift's own threads, of which there are as many as cores, that would stop others.
  private let thread = BlockingThreads(limit: 1)

  init(capacity: Int = 4096) { self.capacity = capacity }

  /// Whether anyone listens, or statements are measured all the same.
  var isActive: Bool { active.load(ordering: .relaxed) }

  func listen(_ handler: @escaping @Sendable (DatabaseEvent) -> Void) -> Int {
    let id = state.withLock { state in
      state.nextID += 1
      state.listeners.append((state.nextID, handler))
      active.store(true, ordering: .relaxed)
      return state.nextID
    }
    whenHeard.withLock { $0 }?()
    return id
  }

  /// Has `body` called whenever a listener comes.
  func whenHeard(_ body: @escaping @Sendable () -> Void) { whenHeard.withLock { $0 = body } }

  /// Has statements measured from now on, whether anyone listens or not.
  func measureAlways() {
    state.withLock { state in
      state.measuresAlways = true
      active.store(true, ordering: .relaxed)
    }
  }

  func remove(_ id: Int) {
    state.withLock { state in
      state.listeners.removeAll { $0.id == id }
      if state.listeners.isEmpty && !state.measuresAlways { active.store(false, ordering: .relaxed) }
    }
  }

  func emit(_ event: @autoclosure () -> DatabaseEvent) {
    guard isActive else { return }
    let event = event()
    let start = state.withLock { state -> Bool in
      if state.listeners.isEmpty { return false }
      if state.queue.count >= capacity {
        state.dropped += 1
        return false
      }
      state.queue.append((event, state.nextID))
      state.taken &+= 1
      if let alarm = state.alarm {
        state.alarm = nil
        rowan_poller_wake(alarm)
      }
      if state.draining { return false }
      state.draining = true
      return true
    }
    if start { thread.submit { self.drain() } }
  }

  private func drain() {
    var alarm = rowan_poller()
    let canWait = rowan_poller_open(&alarm) == 0
    defer { if canWait { rowan_poller_close(alarm) } }
    while true {
      let (events, taken) = state.withLock { state -> ([(event: DatabaseEvent, newest: Int)], UInt64) in
        var events = state.queue
        state.queue = []
        if state.dropped > 0 {
          events.append((.dropped(state.dropped), state.nextID))
          state.dropped = 0
        }
        if events.isEmpty {
          if canWait { state.alarm = alarm } else { state.draining = false }
        }
        return (events, state.taken)
      }
      if events.isEmpty {
        if canWait, waitForMore(alarm) { continue }
        return
      }
      for (event, newest) in events {
        for listener in state.withLock({ $0.listeners }) where listener.id <= newest && isListening(listener.id) {
          listener.handler(event)
        }
      }
      resumeWaiters(handedOut: taken)
    }
  }

  /// Stays for the next event for a while: starting a thread for each would cost whoever emits it.
  /// - Returns: whether there is more; if not, the next event starts a thread again.
  private func waitForMore(_ alarm: rowan_poller) -> Bool {
    var none = rowan_event()
    _ = rowan_poller_wait(alarm, &none, 1, 1000)
    return state.withLock { state in
      state.alarm = nil
      if !state.queue.isEmpty || state.dropped > 0 { return true }
      state.draining = false
      return false
    }
  }

  /// Whether a listener is still there: one that was taken away hears of nothing more.
  private func isListening(_ id: Int) -> Bool { state.withLock { $0.listeners.contains { $0.id == id } } }

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
