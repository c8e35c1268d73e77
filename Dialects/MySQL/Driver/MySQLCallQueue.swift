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
  private var arrivals: UInt64 = 0
  /// Those who wait for the pool, in the order in which they came.
  private var others: ContiguousArray<UInt64> = []

  init(on lane: Lane, limit: Duration) {
    self.lane = lane
    self.limit = limit
  }

  var isEmpty: Bool { first == nil }

  func append(_ call: MySQLStartedCall) {
    arrivals &+= 1
    call.arrival = arrivals
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

  /// Somebody is about to wait for the pool.
  /// - Returns: its place in the order.
  func arrive() -> UInt64 {
    arrivals &+= 1
    others.append(arrivals)
    return arrivals
  }

  /// It waits no more.
  func depart(_ arrival: UInt64) {
    if let index = others.firstIndex(of: arrival) { others.remove(at: index) }
  }

  /// Whether the next connection is for the pool: somebody came there before the first statement here.
  /// - Parameter waiting: how many wait there still. The others have been handed a connection already.
  func isPoolNext(waiting: Int) -> Bool {
    guard waiting > 0 else { return false }
    guard let first else { return true }
    let handed = max(0, others.count - waiting)
    return handed < others.count && others[handed] < first.arrival
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
