internal import CRowanThread

/// The readiness queue of one lane. The descriptors live as long as the lane.
struct LanePoller: Sendable {
  private let raw: rowan_poller

  init() throws(LaneError) {
    var poller = rowan_poller(queue: -1, waker: -1)
    let result = rowan_poller_open(&poller)
    guard result == 0 else { throw LaneError.system(operation: .openPoller, errno: -result) }
    raw = poller
  }

  func close() { rowan_poller_close(raw) }

  /// Makes a blocked `wait` return; safe from any thread.
  func wake() { rowan_poller_wake(raw) }

  func add(_ fd: Int32, _ interest: FDSource.Interest, token: UInt64) throws(LaneError) {
    let result = rowan_poller_add(raw, fd, interest.bits, token)
    guard result == 0 else { throw LaneError.system(operation: .register, errno: -result) }
  }

  func change(_ fd: Int32, from old: FDSource.Interest, to new: FDSource.Interest, token: UInt64) throws(LaneError) {
    let result = rowan_poller_change(raw, fd, old.bits, new.bits, token)
    guard result == 0 else { throw LaneError.system(operation: .register, errno: -result) }
  }

  /// A failure means that the descriptor is gone already, which is what was asked for.
  func remove(_ fd: Int32, _ interest: FDSource.Interest) {
    _ = rowan_poller_remove(raw, fd, interest.bits)
  }

  func wait(into events: inout ContiguousArray<rowan_event>, milliseconds: Int32) -> Int {
    events.withUnsafeMutableBufferPointer { buffer in
      max(0, Int(rowan_poller_wait(raw, buffer.baseAddress, Int32(clamping: buffer.count), milliseconds)))
    }
  }
}

extension FDSource.Interest {
  /// The poller's bits are the option set's own.
  fileprivate var bits: UInt32 { UInt32(rawValue) }
}
