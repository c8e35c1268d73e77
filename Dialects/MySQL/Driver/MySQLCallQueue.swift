internal import RowanCore

/// Statements that wait for a connection of their lane, in the order in which they came.
final class MySQLCallQueue: @unchecked Sendable {
  // Proof for @unchecked: only touched on the lane's thread.

  private let lane: Lane
  /// How long a statement waits.
  private let limit: Duration
  private var first: MySQLStartedCall?
  private var last: MySQLStartedCall?
  private var timer: LaneTimer?
  private var wasPoolLast = false

  init(on lane: Lane, limit: Duration) {
    self.lane = lane
    self.limit = limit
  }

  func append(_ call: MySQLStartedCall) {
    if let last { last.next = call } else { first = call }
    last = call
    if timer == nil { schedule() }
  }

  func removeFirst() -> MySQLStartedCall? {
    guard let head = first else { return nil }
    first = head.next
    head.next = nil
    if first == nil { last = nil }
    return head
  }

  /// Whether the next connection is for those who wait for the pool: every second one.
  func isPoolNext() -> Bool {
    wasPoolLast.toggle()
    return wasPoolLast
  }

  func remove(_ call: MySQLStartedCall) {
    var before: MySQLStartedCall?
    var at = first
    while let current = at, current !== call {
      before = current
      at = current.next
    }
    guard at != nil else { return }
    if let before { before.next = call.next } else { first = call.next }
    if last === call { last = before }
    call.next = nil
  }

  private func schedule() {
    timer = lane.schedule(at: lane.now.advanced(by: .milliseconds(5))) { [weak self] in self?.tick() }
  }

  /// Called every few milliseconds while statements wait: those that have seen two turns have waited long.
  private func tick() {
    timer = nil
    let now = lane.now
    while let head = first, now.duration(since: head.since) >= limit {
      _ = removeFirst()
      head.fail(MySQLWaitTimedOut(waited: now.duration(since: head.since)))
    }
    guard first != nil else { return }
    var at = first
    while let current = at {
      at = current.next
      current.ticks += 1
      if current.ticks > 1 { current.rouse() }
    }
    schedule()
  }
}

/// A statement has waited for a connection as long as it may.
struct MySQLWaitTimedOut: Error {
  let waited: Duration
}
