internal import CRowanThread

/// The part of a lane that only its own thread touches.
final class LaneCore {
  // Proof for the unchecked exclusivity: one thread touches it all, and no work of the lane is run from inside an access.
  @exclusivity(unchecked) var queue = JobQueue()
  @exclusivity(unchecked) var timers: TimerWheel
  @exclusivity(unchecked) var now: LaneInstant
  @exclusivity(unchecked) var events = ContiguousArray(repeating: rowan_event(token: 0, ready: 0), count: 64)
  @exclusivity(unchecked) private var slots: ContiguousArray<Slot> = []
  @exclusivity(unchecked) private var freeSlots: ContiguousArray<UInt32> = []

  private struct Slot {
    // Weak, so that a connection which is dropped without closing its source is not kept alive by its lane.
    weak var source: FDSource?
    var generation: UInt32
  }

  init(now: LaneInstant) {
    self.now = now
    timers = TimerWheel(now: now)
  }

  /// Reserves a token for a source. A token holds a generation, so an event that was already fetched when its source
  /// was closed can't reach the next owner of the slot.
  func reserve() -> UInt64 {
    if let index = freeSlots.popLast() { return UInt64(slots[Int(index)].generation) << 32 | UInt64(index) }
    slots.append(Slot(source: nil, generation: 0))
    return UInt64(slots.count - 1)
  }

  func attach(_ source: FDSource, token: UInt64) {
    slots[Int(UInt32(truncatingIfNeeded: token))].source = source
  }

  func release(token: UInt64) {
    let index = Int(UInt32(truncatingIfNeeded: token))
    guard index < slots.count, slots[index].generation == UInt32(truncatingIfNeeded: token >> 32) else { return }
    slots[index].source = nil
    slots[index].generation &+= 1
    freeSlots.append(UInt32(index))
  }

  func source(token: UInt64) -> FDSource? {
    let index = Int(UInt32(truncatingIfNeeded: token))
    guard index < slots.count, slots[index].generation == UInt32(truncatingIfNeeded: token >> 32) else { return nil }
    // In place: a copy of the slot would copy its weak reference.
    return slots.withUnsafeMutableBufferPointer { $0[index].source }
  }

  /// Every live source, for a lane that is being closed by force.
  var sources: [FDSource] { slots.compactMap(\.source) }
}
