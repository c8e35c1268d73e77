import RowanCore
import Synchronization

/// Lets tasks wait for a number of events: how a case puts two tasks where it wants them.
final class Latch: Sendable {
  private struct State {
    var count: Int
    var waiters: [CheckedContinuation<Void, Never>] = []
  }

  private let state: Mutex<State>

  /// A latch that opens after `count` calls of ``open()``.
  init(_ count: Int = 1) { state = Mutex(State(count: count)) }

  /// Counts one event.
  func open() {
    let ready = state.withLock { state in
      state.count -= 1
      guard state.count <= 0 else { return [CheckedContinuation<Void, Never>]() }
      defer { state.waiters = [] }
      return state.waiters
    }
    for waiter in ready { waiter.resume() }
  }

  var isOpen: Bool { state.withLock { $0.count <= 0 } }

  /// Waits until the latch is open, cancelled or not.
  func wait() async {
    await withCheckedContinuation { continuation in
      let isOpen = state.withLock { state in
        if state.count <= 0 { return true }
        state.waiters.append(continuation)
        return false
      }
      if isOpen { continuation.resume() }
    }
  }
}

/// A list that several tasks add to.
final class Notes<Element: Sendable>: Sendable {
  private let elements = Mutex<[Element]>([])

  func add(_ element: Element) { elements.withLock { $0.append(element) } }

  var all: [Element] { elements.withLock { $0 } }
}

/// Waits until `condition` holds, at most `limit`.
/// - Returns: whether it came to hold.
func eventually(within limit: Duration = .seconds(20), _ condition: () async throws -> Bool) async rethrows -> Bool {
  let end = ContinuousClock.now.advanced(by: limit)
  while ContinuousClock.now < end {
    if try await condition() { return true }
    try? await Task.sleep(for: .milliseconds(5))
  }
  return try await condition()
}
