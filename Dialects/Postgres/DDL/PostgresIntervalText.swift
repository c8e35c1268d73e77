import RowanCore

/// Intervals as PostgreSQL writes them: `1 year 2 mons -3 days -04:05:06.5`.
/// https://www.postgresql.org/docs/current/datatype-datetime.html#DATATYPE-INTERVAL-OUTPUT
enum PostgresIntervalText {
  /// The interval; nil for text of another form.
  static func interval(_ text: String) -> Interval? {
    if let interval = Interval(text) { return interval }
    var total = (months: Int64(0), days: Int64(0), microseconds: Int64(0))
    var words = text.split(separator: " ")[...]
    if words.isEmpty { return nil }
    while let word = words.popFirst() {
      if word.contains(":") {
        guard let time = time(word) else { return nil }
        total.microseconds = time
        continue
      }
      guard let count = Int64(word), let unit = words.popFirst() else { return nil }
      switch unit {
      case "year", "years":
        let (months, overflow) = count.multipliedReportingOverflow(by: 12)
        guard !overflow else { return nil }
        total.months &+= months
      case "mon", "mons", "month", "months": total.months &+= count
      case "day", "days": total.days &+= count
      case "microseconds": total.microseconds = count
      default: return nil
      }
    }
    guard let months = Int32(exactly: total.months), let days = Int32(exactly: total.days) else { return nil }
    return Interval(months: months, days: days, microseconds: total.microseconds)
  }

  private static func time(_ word: Substring) -> Int64? {
    let isNegative = word.hasPrefix("-")
    let parts = word.drop { $0 == "-" || $0 == "+" }.split(separator: ":")
    guard parts.count == 3, let hours = Int64(parts[0]), let minutes = Int64(parts[1]) else { return nil }
    let seconds = parts[2].split(separator: ".")
    guard let whole = seconds.first.flatMap({ Int64($0) }), seconds.count <= 2 else { return nil }
    let digits = seconds.count == 2 ? seconds[1] : ""
    guard digits.count <= 6, let fraction = Int64(digits + String(repeating: "0", count: 6 - digits.count)) else {
      return nil
    }
    let (hoursInSeconds, overflow) = hours.multipliedReportingOverflow(by: 3600)
    let (micros, carry) = (hoursInSeconds &+ minutes &* 60 &+ whole).multipliedReportingOverflow(by: 1_000_000)
    guard !overflow, !carry else { return nil }
    return isNegative ? 0 &- (micros &+ fraction) : micros &+ fraction
  }
}
