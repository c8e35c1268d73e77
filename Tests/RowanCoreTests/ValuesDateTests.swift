import RowanCore
import Testing

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

@Suite struct ValuesDateTests {
  @Test func theCalendarCountsEveryDayOfEightHundredYears() {
    // An independent count: one day after the other, by the lengths of the months.
    var (year, month, day) = (1600, 1, 1)
    guard let first = CivilCalendar.days(year: year, month: month, day: day) else {
      Issue.record("no such day")
      return
    }
    #expect(first == -135_140)
    for days in first...(first + 292_194) {
      let date = CivilCalendar.date(days: days)
      guard date.year == year, date.month == month, date.day == day,
        CivilCalendar.days(year: year, month: month, day: day) == days
      else {
        Issue.record("\(year)-\(month)-\(day)")
        return
      }
      day += 1
      if day > CivilCalendar.daysIn(month: month, ofYear: year) { (day, month) = (1, month + 1) }
      if month > 12 { (month, year) = (1, year + 1) }
    }
    #expect(year == 2400 && month == 1 && day == 2)
  }

  @Test func theCalendarReachesBothEndsOfItsRange() {
    var random = SplitMix64(seed: 4)
    var days: [Int32] = [.min, .min + 1, -1, 0, 1, .max - 1, .max, -719_468, -719_469, -719_528]
    for _ in 0..<20_000 { days.append(Int32(truncatingIfNeeded: random.next())) }
    for day in days {
      let (year, month, dayOfMonth) = CivilCalendar.date(days: day)
      #expect(CivilCalendar.days(year: year, month: month, day: dayOfMonth) == day)
    }
    #expect(CalendarDate(days: .max).description == "+5881580-07-11")
    #expect(CalendarDate(days: .min).description == "-5877641-06-23")
    #expect(CivilCalendar.days(year: 5_881_580, month: 7, day: 12) == nil)
    #expect(CivilCalendar.days(year: -5_877_641, month: 6, day: 22) == nil)
    #expect(CivilCalendar.days(year: .max, month: 1, day: 1) == nil)
    #expect(CivilCalendar.days(year: .min, month: 1, day: 1) == nil)
    #expect(CivilCalendar.days(year: 2000, month: .max, day: .min) == nil)
    #expect(CivilCalendar.days(year: 2000, month: .min, day: .max) == nil)
  }

  @Test(arguments: [
    (2000, 2, 29, true), (1900, 2, 29, false), (2024, 2, 29, true), (2023, 2, 29, false), (0, 2, 29, true),
    (-4, 2, 29, true), (-100, 2, 29, false), (2024, 4, 31, false), (2024, 0, 1, false), (2024, 13, 1, false),
    (2024, 1, 0, false), (2024, 12, 31, true), (2024, 1, 32, false),
  ])
  func onlyDaysOfTheMonthAreDates(_ year: Int, _ month: Int, _ day: Int, _ exists: Bool) {
    let date = CalendarDate(year: year, month: month, day: day)
    #expect((date != nil) == exists)
    if let date { #expect(date.year == year && date.month == month && date.day == day) }
  }

  @Test func datesRoundTripAsTextAndColumn() throws {
    var random = SplitMix64(seed: 5)
    var days: [Int32] = [.min, -1, 0, 1, .max, -719_528, -719_529, 2_932_896, 2_932_897]
    for _ in 0..<3000 { days.append(Int32(truncatingIfNeeded: random.spread())) }
    for day in days {
      let date = CalendarDate(days: day)
      #expect(CalendarDate(date.description) == date)
      #expect(roundTrip(date).value == date)
    }
    #expect(CalendarDate(year: 9999, month: 12, day: 31)?.description == "9999-12-31")
    #expect(CalendarDate(year: 10_000, month: 1, day: 1)?.description == "+010000-01-01")
    #expect(CalendarDate(year: 0, month: 1, day: 1)?.description == "0000-01-01")
    #expect(CalendarDate(year: -1, month: 1, day: 1)?.description == "-000001-01-01")
    let date = CalendarDate(year: 2026, month: 11, day: 21)
    #expect(String(decoding: try JSONEncoder().encode(date), as: UTF8.self) == "\"2026-11-21\"")
    #expect(try JSONDecoder().decode(CalendarDate.self, from: Data("\"2026-11-21\"".utf8)) == date)
    #expect(throws: DecodingError.self) { try JSONDecoder().decode(CalendarDate.self, from: Data("\"2026\"".utf8)) }
    #expect(date?.adding(days: 10)?.description == "2026-12-01")
    #expect(CalendarDate(days: .max).adding(days: 1) == nil)
    #expect(CalendarDate(days: -1) < CalendarDate(days: 0))
  }

  @Test(arguments: [
    "", "2026", "2026-11", "2026-11-2", "2026-1-02", "26-11-21", "2026-11-21 ", " 2026-11-21", "2026-02-30",
    "2026/11/21",
    "2026-11-21T", "-2026", "-0000-01-01", "+12345678-01-01", "2026-11-21\0", "２０２６-11-21", "+-2026-11-21",
    "--2026-11-21",
    "+99999999999999999999-01-01", "0x7E-01-01", "2026-+1-01", "2026--1-01",
  ])
  func textThatIsNoDateIsRefused(_ text: String) {
    #expect(CalendarDate(text) == nil)
    #expect(Timestamp(text) == nil)
    #expect(Timestamp(text + "T00:00Z") == nil)
  }

  @Test func dateCellsThatAreNoDateFail() {
    #expect(read(CalendarDate.self, Cell(tag: .date, bits: 1 << 31)).reason == .outOfRange)
    #expect(read(CalendarDate.self, Cell(tag: .date, bits: 1 << 63)).reason == .outOfRange)
    #expect(read(CalendarDate.self, Cell(tag: .date, flags: CellFlags.positiveInfinity)).reason == .outOfRange)
    #expect(
      read(CalendarDate.self, Cell(tag: .date, flags: CellFlags.zeroDate)).reason == .invalid("a zero date is no date"))
    #expect(read(CalendarDate.self, Cell(tag: .timestamp)).reason == .typeMismatch)
    #expect(read(CalendarDate.self, .text, "2026-11-21").reason == .typeMismatch)
  }

  @Test func timesRoundTripAsTextAndColumn() throws {
    var random = SplitMix64(seed: 6)
    var times: [Int64] = [0, 1, 999_999, 1_000_000, 86_399_999_999]
    for _ in 0..<2000 { times.append(Int64.random(in: 0..<86_400_000_000, using: &random)) }
    for microseconds in times {
      let time = TimeOfDay(microseconds: microseconds)
      #expect(TimeOfDay(time.description) == time)
      #expect(roundTrip(time).value == time)
      #expect(
        TimeOfDay(hour: time.hour, minute: time.minute, second: time.second, microsecond: time.microsecond) == time)
    }
    #expect(TimeOfDay(hour: 23, minute: 59, second: 59, microsecond: 999_999)?.description == "23:59:59.999999")
    #expect(TimeOfDay(hour: 24, minute: 0) == nil)
    #expect(TimeOfDay(hour: 0, minute: 60) == nil)
    #expect(TimeOfDay(hour: 0, minute: 0, second: 60) == nil)
    #expect(TimeOfDay(hour: 0, minute: 0, second: 0, microsecond: 1_000_000) == nil)
    #expect(TimeOfDay(hour: -1, minute: 0) == nil)
    #expect(TimeOfDay(hour: .max, minute: .min) == nil)
    #expect(TimeOfDay("10:00") == TimeOfDay(hour: 10, minute: 0))
    #expect(TimeOfDay("10:00:01.5")?.microsecond == 500_000)
    #expect(TimeOfDay("10:00:01.123456000") != nil)
    let time = TimeOfDay(hour: 9, minute: 5)
    #expect(String(decoding: try JSONEncoder().encode(time), as: UTF8.self) == "\"09:05:00.000000\"")
    #expect(try JSONDecoder().decode(TimeOfDay.self, from: Data("\"09:05\"".utf8)) == time)
  }

  @Test(arguments: [
    "", "1:00", "24:00", "24:00:00", "23:60", "23:59:60", "10:00:00.", "10:00:00.1234567", "10:00Z", "10", "-10:00",
    "10:00:0",
    "10:00:00,5", "10:00:00.5.5",
  ])
  func textThatIsNoTimeIsRefused(_ text: String) { #expect(TimeOfDay(text) == nil) }

  @Test func timesOutsideADayFail() {
    for microseconds in [Int64.min, -1, 86_400_000_000, .max] {
      let time = TimeOfDay(microseconds: microseconds)
      #expect(!time.isValid)
      #expect(encodingFailure(time) == "not within a day")
      #expect(read(TimeOfDay.self, Cell(tag: .time, bits: UInt64(bitPattern: microseconds))).reason == .outOfRange)
      #expect(!time.description.isEmpty)
      #expect(Timestamp(date: CalendarDate(days: 0), time: time) == nil)
      _ = (time.hour, time.minute, time.second, time.microsecond)
    }
    #expect(TimeOfDay(microseconds: -1).description == "-00:00:00.000001")
  }
}
