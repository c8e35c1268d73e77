/// Coarse timers: a hashed wheel of 512 slots of 5 ms. Inserting and removing are O(1).
/// Lives on the lane's thread.
struct TimerWheel {
  static let tickNanoseconds: UInt64 = 5_000_000
  private static let slotCount = 512

  private var slots: ContiguousArray<ContiguousArray<LaneTimer>>
  private var occupied: ContiguousArray<UInt64>
  /// The last tick whose slot was swept.
  private var swept: UInt64
  private(set) var count = 0

  init(now: LaneInstant) {
    slots = ContiguousArray(repeating: [], count: Self.slotCount)
    occupied = ContiguousArray(repeating: 0, count: Self.slotCount / 64)
    swept = now.nanoseconds / Self.tickNanoseconds
  }

  /// The first tick at which a deadline has surely passed.
  static func tick(notBefore deadline: LaneInstant) -> UInt64 {
    let (ticks, rest) = deadline.nanoseconds.quotientAndRemainder(dividingBy: tickNanoseconds)
    return rest == 0 ? ticks : ticks + 1
  }

  mutating func insert(_ timer: LaneTimer, tick: UInt64) {
    let tick = max(tick, swept &+ 1)
    let slot = Int(tick % UInt64(Self.slotCount))
    timer.place = LaneTimer.Place(tick: tick, slot: slot, index: slots[slot].count)
    slots[slot].append(timer)
    occupied[slot / 64] |= 1 << UInt64(slot % 64)
    count += 1
  }

  mutating func remove(_ timer: LaneTimer) {
    guard let place = timer.place else { return }
    timer.place = nil
    let last = slots[place.slot].count - 1
    if place.index != last {
      let moved = slots[place.slot][last]
      slots[place.slot][place.index] = moved
      moved.place?.index = place.index
    }
    slots[place.slot].removeLast()
    if slots[place.slot].isEmpty { occupied[place.slot / 64] &= ~(1 << UInt64(place.slot % 64)) }
    count -= 1
  }

  /// Takes out the timers that are due, in the order of their ticks.
  mutating func expire(now: LaneInstant) -> ContiguousArray<LaneTimer> {
    let current = now.nanoseconds / Self.tickNanoseconds
    guard current > swept else { return [] }
    var due: ContiguousArray<LaneTimer> = []
    if count > 0 {
      let span = min(current - swept, UInt64(Self.slotCount))
      for step in 0..<span {
        let slot = Int((swept &+ 1 &+ step) % UInt64(Self.slotCount))
        guard occupied[slot / 64] & (1 << UInt64(slot % 64)) != 0 else { continue }
        for timer in slots[slot] where (timer.place?.tick ?? .max) <= current { due.append(timer) }
      }
    }
    swept = current
    for timer in due { remove(timer) }
    return due
  }

  /// When the lane has to look again: the next occupied slot, which may hold a later round.
  func nextWake() -> LaneInstant? {
    guard count > 0 else { return nil }
    var offset: UInt64 = 1
    while offset <= UInt64(Self.slotCount) {
      let slot = Int((swept &+ offset) % UInt64(Self.slotCount))
      let bits = occupied[slot / 64] >> UInt64(slot % 64)
      if bits != 0 {
        let tick = swept &+ offset &+ UInt64(bits.trailingZeroBitCount)
        let (wake, overflow) = tick.multipliedReportingOverflow(by: Self.tickNanoseconds)
        return overflow ? .never : LaneInstant(nanoseconds: wake)
      }
      offset += UInt64(64 - slot % 64)
    }
    return nil
  }
}
