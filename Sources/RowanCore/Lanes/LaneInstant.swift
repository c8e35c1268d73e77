internal import CRowanThread

/// A point on the monotonic clock that lanes measure deadlines with, in nanoseconds.
public struct LaneInstant: Sendable, Hashable, Comparable {
  /// Nanoseconds since an arbitrary start, fixed for the life of the process.
  public let nanoseconds: UInt64

  /// Wraps a reading of the monotonic clock.
  public init(nanoseconds: UInt64) {
    self.nanoseconds = nanoseconds
  }

  /// The current time.
  public static var now: LaneInstant { LaneInstant(nanoseconds: rowan_monotonic_now()) }

  /// The far future: a deadline that never passes.
  public static let never = LaneInstant(nanoseconds: .max)

  /// The instant `duration` later; negative durations count as zero, huge ones end at `never`.
  public func advanced(by duration: Duration) -> LaneInstant {
    let (sum, overflow) = nanoseconds.addingReportingOverflow(duration.saturatingNanoseconds)
    return overflow ? .never : LaneInstant(nanoseconds: sum)
  }

  /// The time from `earlier` to this instant, zero if `earlier` is later.
  public func duration(since earlier: LaneInstant) -> Duration {
    guard nanoseconds > earlier.nanoseconds else { return .zero }
    return .nanoseconds(Int64(clamping: nanoseconds - earlier.nanoseconds))
  }

  /// Orders instants by time.
  public static func < (left: LaneInstant, right: LaneInstant) -> Bool {
    left.nanoseconds < right.nanoseconds
  }
}

extension Duration {
  /// This duration in nanoseconds, held between zero and `UInt64.max`.
  var saturatingNanoseconds: UInt64 {
    let (seconds, attoseconds) = components
    guard seconds >= 0, attoseconds >= 0 else { return 0 }
    let (whole, overflow) = UInt64(seconds).multipliedReportingOverflow(by: 1_000_000_000)
    guard !overflow else { return .max }
    let (sum, carry) = whole.addingReportingOverflow(UInt64(attoseconds / 1_000_000_000))
    return carry ? .max : sum
  }
}
