internal import CRowanThread
internal import Synchronization

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// A thread that looks at the lanes from outside, since a stalled lane can't report itself.
final class LaneWatchdog: Sendable {
  private let lanes: [Lane]
  private let threshold: UInt64
  private let report: @Sendable (LaneStall) -> Void
  private let isStopped = Atomic<Bool>(false)

  init(lanes: [Lane], threshold: Duration, report: @escaping @Sendable (LaneStall) -> Void) {
    self.lanes = lanes
    self.threshold = max(1_000_000, threshold.saturatingNanoseconds)
    self.report = report
  }

  /// Without a thread there are no reports, which is no reason to refuse service.
  func start() {
    let context = Unmanaged.passRetained(self).toOpaque()
    let result = rowan_thread_start("rowan-watchdog", { LaneWatchdog.serve($0) }, context)
    if result != 0 { Unmanaged<LaneWatchdog>.fromOpaque(context).release() }
  }

  func stop() { isStopped.store(true, ordering: .relaxed) }

  private static func serve(_ context: UnsafeMutableRawPointer?) {
    guard let context else { return }
    // Proof: `context` is the reference that `start` retained, and this is the only place that takes it.
    Unmanaged<LaneWatchdog>.fromOpaque(context).takeRetainedValue().watch()
  }

  private func watch() {
    var reported = [UInt64](repeating: 0, count: lanes.count)
    let pause = threshold / 2
    while !isStopped.load(ordering: .relaxed) {
      var interval = timespec(tv_sec: Int(pause / 1_000_000_000), tv_nsec: Int(pause % 1_000_000_000))
      nanosleep(&interval, nil)
      let now = LaneInstant.now.nanoseconds
      for (index, lane) in lanes.enumerated() {
        let start = lane.turnStart.load(ordering: .relaxed)
        // One report per turn, however long it gets.
        guard start != 0, start != reported[index], now > start, now - start >= threshold else { continue }
        reported[index] = start
        let duration = Duration.nanoseconds(Int64(clamping: now - start))
        report(LaneStall(lane: index, entryPoint: label(of: lane), duration: duration))
      }
    }
  }

  private func label(of lane: Lane) -> String? {
    // Proof: the address comes from a `StaticString`, which is NUL-terminated and lives as long as the process.
    UnsafePointer<CChar>(bitPattern: lane.label.load(ordering: .relaxed)).map { String(cString: $0) }
  }
}
