internal import RowanCore

/// A task that waits for a connection.
final class Waiter: Sendable {
  let id: UInt64
  let deadline: Deadline
  let continuation: UnsafeContinuation<ConnectionPool.Grant, any Error>

  init(id: UInt64, deadline: Deadline, continuation: UnsafeContinuation<ConnectionPool.Grant, any Error>) {
    self.id = id
    self.deadline = deadline
    self.continuation = continuation
  }
}

/// First in, first out, with removal from anywhere.
struct WaiterQueue {
  private var order: ContiguousArray<UInt64> = []
  private var head = 0
  private var waiters: [UInt64: Waiter] = [:]
  private var nextID: UInt64 = 0
  /// When the timer that runs will look next.
  private var timer = Deadline.none

  var isEmpty: Bool { waiters.isEmpty }

  mutating func makeID() -> UInt64 {
    nextID &+= 1
    return nextID
  }

  /// - Returns: whether a timer must be started for the waiter's deadline.
  mutating func append(_ waiter: Waiter) -> Bool {
    order.append(waiter.id)
    waiters[waiter.id] = waiter
    if timer <= waiter.deadline { return false }
    timer = waiter.deadline
    return true
  }

  mutating func popFirst() -> Waiter? {
    if waiters.isEmpty { return nil }
    while head < order.count {
      let id = order[head]
      head += 1
      if head > 64, head * 2 > order.count {
        order.removeFirst(head)
        head = 0
      }
      if let waiter = waiters.removeValue(forKey: id) { return waiter }
    }
    return nil
  }

  mutating func remove(_ id: UInt64) -> Waiter? { waiters.removeValue(forKey: id) }

  mutating func removeAll() -> [Waiter] {
    defer {
      waiters = [:]
      order = []
      head = 0
    }
    return waiters.values.sorted { $0.id < $1.id }
  }

  /// Takes out those whose deadline has passed.
  /// - Returns: them, and when a new timer must look again; `none` when none is needed.
  mutating func expire(at now: Deadline) -> (expired: [Waiter], next: Deadline) {
    let expired = waiters.values.filter { $0.deadline <= now }.sorted { $0.id < $1.id }
    for waiter in expired { waiters[waiter.id] = nil }
    timer = waiters.values.map(\.deadline).min() ?? .none
    if waiters.isEmpty {
      order = []
      head = 0
    }
    return (expired, timer)
  }
}
