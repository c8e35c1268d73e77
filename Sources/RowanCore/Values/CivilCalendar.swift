/// Days since 1970-01-01 to year, month and day and back, in the proleptic Gregorian calendar.
///
/// Years are astronomical: the year before 1 is 0, the one before that -1. The algorithms are Howard Hinnant's:
/// https://howardhinnant.github.io/date_algorithms.html
public enum CivilCalendar {
  /// The number of days from 1970-01-01 to a date.
  /// - Returns: nil when there is no such date or it is more than `Int32` days away.
  public static func days(year: Int, month: Int, day: Int) -> Int32? {
    guard years.contains(year), 1...12 ~= month, day >= 1, day <= daysIn(month: month, ofYear: year) else { return nil }
    let shifted = Int64(year) &- (month <= 2 ? 1 : 0)
    let era = (shifted >= 0 ? shifted : shifted &- 399) / 400
    let yearOfEra = shifted &- era &* 400
    let monthFromMarch = Int64(month > 2 ? month &- 3 : month &+ 9)
    let dayOfYear = (153 &* monthFromMarch &+ 2) / 5 &+ Int64(day) &- 1
    let dayOfEra = yearOfEra &* 365 &+ yearOfEra / 4 &- yearOfEra / 100 &+ dayOfYear
    return Int32(exactly: era &* 146_097 &+ dayOfEra &- 719_468)
  }

  /// The date `days` after 1970-01-01.
  public static func date(days: Int32) -> (year: Int, month: Int, day: Int) {
    let shifted = Int64(days) &+ 719_468
    let era = (shifted >= 0 ? shifted : shifted &- 146_096) / 146_097
    let dayOfEra = shifted &- era &* 146_097
    let yearOfEra = (dayOfEra &- dayOfEra / 1460 &+ dayOfEra / 36_524 &- dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra &- (365 &* yearOfEra &+ yearOfEra / 4 &- yearOfEra / 100)
    let monthFromMarch = (5 &* dayOfYear &+ 2) / 153
    let day = dayOfYear &- (153 &* monthFromMarch &+ 2) / 5 &+ 1
    let month = monthFromMarch < 10 ? monthFromMarch &+ 3 : monthFromMarch &- 9
    let year = yearOfEra &+ era &* 400 &+ (month <= 2 ? 1 : 0)
    return (Int(truncatingIfNeeded: year), Int(truncatingIfNeeded: month), Int(truncatingIfNeeded: day))
  }

  /// Whether a year has a 29th of February.
  public static func isLeap(year: Int) -> Bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
  }

  /// The number of days in a month; 0 for a month outside 1...12.
  public static func daysIn(month: Int, ofYear year: Int) -> Int {
    switch month {
    case 1, 3, 5, 7, 8, 10, 12: 31
    case 4, 6, 9, 11: 30
    case 2: isLeap(year: year) ? 29 : 28
    default: 0
    }
  }

  /// The years some day of which is an `Int32` of days away from 1970-01-01.
  static let years = -5_877_641...5_881_580

  /// Microseconds in a day.
  static let dayLength: Int64 = 86_400_000_000
}
