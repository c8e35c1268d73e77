import Synchronization

/// The events that the reader of ``Database/events(buffering:)`` has not read yet, at most a given number of them.
final class EventBuffer: Sendable {
  private struct State {
    var events: [DatabaseEvent] = []
    /// Where the oldest of ``events`` is; what is before it has been read or dropped.
    var start = 0
    /// Events dropped since the reader was told of the last ones.
    var dropped = 0
    var isOver = false
    var readers: [(id: Int, continuation: CheckedContinuation<DatabaseEvent?, Never>)] = []
    var nextReader = 0

    var count: Int { events.count - start }

    mutating func removeFirst() -> DatabaseEvent? {
      guard start < events.count else { return nil }
      let first = events[start]
      start += 1
      if start > 64, start * 2 > events.count {
        events.removeFirst(start)
        start = 0
      }
      return first
    }

    /// The next event, if there is one. What was dropped is older than what is left.
    mutating func take() -> DatabaseEvent? {
      if dropped == 0 { return removeFirst() }
      defer { dropped = 0 }
      return .dropped(dropped)
    }

    mutating func drop() {
      if case .dropped(let number)? = removeFirst() { dropped += number } else { dropped += 1 }
    }
  }

  private let state = Mutex(State())
  private let capacity: Int

  init(capacity: Int) { self.capacity = Swift.max(1, capacity) }

  /// Adds `event`. Nothing comes after ``DatabaseEvent/closed``.
  func add(_ event: DatabaseEvent) {
    let reader = state.withLock { state -> CheckedContinuation<DatabaseEvent?, Never>? in
      if state.isOver { return nil }
      if !state.readers.isEmpty { return state.readers.removeFirst().continuation }
      if state.count >= capacity { state.drop() }
      state.events.append(event)
      return nil
    }
    reader?.resume(returning: event)
    if case .closed = event { finish() }
  }

  /// Takes no more events.
  func finish() {
    let readers = state.withLock { state in
      state.isOver = true
      defer { state.readers = [] }
      return state.readers
    }
    for reader in readers { reader.continuation.resume(returning: nil) }
  }

  /// The next event; nil after the last, and when the task is cancelled.
  func next() async -> DatabaseEvent? {
    let id = state.withLock { state in
      state.nextReader += 1
      return state.nextReader
    }
    return await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let (isNow, event) = state.withLock { state -> (Bool, DatabaseEvent?) in
          if let event = state.take() { return (true, event) }
          if state.isOver || Task.isCancelled { return (true, nil) }
          state.readers.append((id, continuation))
          return (false, nil)
        }
        if isNow { continuation.resume(returning: event) }
      }
    } onCancel: {
      let reader = state.withLock { state in
        state.readers.firstIndex { $0.id == id }.map { state.readers.remove(at: $0).continuation }
      }
      reader?.resume(returning: nil)
    }
  }
}
