/// An instant of the monotonic clock, as a plain number: `ContinuousClock.Instant` has no fixed layout outside the
/// standard library, and every structure that holds one is copied through run-time calls.
struct Deadline: Comparable, BitwiseCopyable, Sendable {
  private let nanoseconds: UInt64

  /// Never.
  static let none = Deadline(nanoseconds: .max)

  private static let origin = ContinuousClock.now

  static var now: Deadline { Deadline(nanoseconds: count(origin.duration(to: .now))) }

  static func after(_ duration: Duration) -> Deadline {
    let (sum, overflow) = now.nanoseconds.addingReportingOverflow(count(duration))
    return overflow ? .none : Deadline(nanoseconds: sum)
  }

  /// The time until this; none once it has passed.
  func left(from now: Deadline = .now) -> Duration {
    self <= now ? .zero : .nanoseconds(Int64(clamping: nanoseconds &- now.nanoseconds))
  }

  static func < (left: Deadline, right: Deadline) -> Bool { left.nanoseconds < right.nanoseconds }

  private static func count(_ duration: Duration) -> UInt64 {
    let (seconds, attoseconds) = duration.components
    guard seconds >= 0, attoseconds >= 0 else { return 0 }
    let (scaled, overflow) = UInt64(seconds).multipliedReportingOverflow(by: 1_000_000_000)
    return overflow ? .max : scaled &+ UInt64(attoseconds / 1_000_000_000)
  }
}
