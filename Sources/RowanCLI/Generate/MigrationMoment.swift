import RowanCore

/// When a migration is said to be made.
enum MigrationMoment {
  /// One time for all engines: now, or the second after the last migration where that was written just before.
  static func next(after times: [Timestamp]) -> Timestamp {
    let now = Timestamp.now()
    guard let last = times.max() else { return now }
    let (next, overflow) = last.microseconds.addingReportingOverflow(1_000_000)
    let (limit, limitOverflow) = now.microseconds.addingReportingOverflow(5_000_000)
    guard !overflow, !limitOverflow, next > now.microseconds, next <= limit else { return now }
    return Timestamp(microseconds: next)
  }
}
