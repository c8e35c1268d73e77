/// One unit of work for a lane's thread.
enum LaneWork {
  case job(UnownedJob)
  case call(@Sendable () -> Void)
}

/// A growing ring of work. Not thread-safe: one lives on the lane's thread.
struct JobQueue {
  private var ring: ContiguousArray<LaneWork?>
  private var head = 0
  private(set) var count = 0

  init() {
    ring = ContiguousArray(repeating: nil, count: 64)
  }

  var isEmpty: Bool { count == 0 }

  mutating func append(_ work: LaneWork) {
    if count == ring.count { grow() }
    ring[(head &+ count) & (ring.count &- 1)] = work
    count &+= 1
  }

  mutating func popFirst() -> LaneWork? {
    guard count > 0 else { return nil }
    let work = ring[head]
    ring[head] = nil
    head = (head &+ 1) & (ring.count &- 1)
    count &-= 1
    return work
  }

  private mutating func grow() {
    var larger = ContiguousArray<LaneWork?>(repeating: nil, count: ring.count * 2)
    for offset in 0..<count { larger[offset] = ring[(head &+ offset) & (ring.count &- 1)] }
    ring = larger
    head = 0
  }
}
