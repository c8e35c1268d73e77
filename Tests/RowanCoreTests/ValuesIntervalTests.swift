import RowanCore
import Testing

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

@Suite struct ValuesIntervalTests {
  @Test func intervalsRoundTripAsTextAndColumn() throws {
    var random = SplitMix64(seed: 10)
    var all = [
      Interval(), Interval(months: .min, days: .min, microseconds: .min),
      Interval(months: .max, days: .max, microseconds: .max), Interval(microseconds: -1), Interval(months: -13),
    ]
    for _ in 0..<5000 {
      all.append(
        Interval(
          months: Int32(truncatingIfNeeded: random.spread() >> 32), days: Int32(truncatingIfNeeded: random.spread()),
          microseconds: random.spread()))
    }
    for interval in all {
      #expect(Interval(interval.description) == interval)
      #expect(roundTrip(interval).value == interval)
    }
    let text = try JSONEncoder().encode(Interval(months: 14, days: 3, microseconds: 1_500_000))
    #expect(String(decoding: text, as: UTF8.self) == "\"P1Y2M3DT1.5S\"")
    #expect(
      try JSONDecoder().decode(Interval.self, from: text) == Interval(months: 14, days: 3, microseconds: 1_500_000))
  }

  @Test(arguments: [
    (Interval(), "PT0S"), (Interval(months: 12), "P1Y"), (Interval(months: -14), "P-1Y-2M"),
    (Interval(days: -3), "P-3D"),
    (Interval(microseconds: -500_000), "PT-0.5S"), (Interval(microseconds: 3_600_000_000), "PT1H"),
    (Interval(microseconds: 60_000_001), "PT1M0.000001S"),
    (Interval(months: 1, days: -1, microseconds: -3_661_000_000), "P1M-1DT-1H-1M-1S"),
    (Interval(microseconds: .min), "PT-2562047788H-54.775808S"), (Interval(months: .min), "P-178956970Y-8M"),
  ])
  func intervalsAreISODurations(_ interval: Interval, _ text: String) {
    #expect(interval.description == text)
    #expect(Interval(text) == interval)
  }

  @Test func otherDurationsAreRead() {
    #expect(Interval("P2W1D") == Interval(days: 15))
    #expect(Interval("P+1D") == Interval(days: 1))
    #expect(Interval("PT1H-30M") == Interval(microseconds: 1_800_000_000))
    #expect(Interval("P0D") == Interval())
    #expect(Interval("PT838H59M59S") == Interval(microseconds: 3_020_399_000_000))
  }

  @Test(arguments: [
    "", "P", "PT", "P1", "P1DT", "1D", "-P1D", "P1H", "PT1D", "P1D1M", "P1D1D", "PT1S1M", "P1.5D", "PT1.S", "PT.5S",
    "PT1.1234567S", "P2147483648M", "P-2147483649D", "P178956971Y", "PT9223372036855S", "P99999999999999999999D",
    "P1DTT1S",
    "P 1D", "P1D ", "p1d", "PT2562047788H1M", "P--1D", "P1W9223372036854775807D",
  ])
  func textThatIsNoDurationIsRefused(_ text: String) { #expect(Interval(text) == nil) }

  @Test func arithmeticIsPartByPartAndChecked() {
    let some = Interval(months: 1, days: -2, microseconds: 3)
    #expect(some.negated == Interval(months: -1, days: 2, microseconds: -3))
    #expect(some.adding(some) == Interval(months: 2, days: -4, microseconds: 6))
    #expect(some.subtracting(some) == Interval())
    for extreme in [Interval(months: .min), Interval(days: .min), Interval(microseconds: .min)] {
      #expect(extreme.negated == nil)
      #expect(extreme.adding(extreme) == nil)
      #expect(Interval().subtracting(extreme) == nil)
    }
  }

  @Test func durationsAreMicroseconds() {
    #expect(Interval(.seconds(2)) == Interval(microseconds: 2_000_000))
    #expect(Interval(.nanoseconds(1500)) == Interval(microseconds: 2))
    #expect(Interval(.nanoseconds(2500)) == Interval(microseconds: 2))
    #expect(Interval(.nanoseconds(2501)) == Interval(microseconds: 3))
    #expect(Interval(.nanoseconds(-1500)) == Interval(microseconds: -2))
    #expect(Interval(.nanoseconds(-500)) == Interval())
    #expect(Interval(.microseconds(Int64.max)) == Interval(microseconds: .max))
    #expect(Interval(.microseconds(Int64.min)) == Interval(microseconds: .min))
    #expect(Interval(.seconds(Int64.max)) == nil)
    #expect(Interval(.seconds(Int64.max) + .seconds(Int64.max)) == nil)
    #expect(Interval(.seconds(Int64.min)) == nil)
    #expect(Interval(microseconds: .min).duration == .microseconds(Int64.min))
    #expect(Interval(days: 1).duration == nil)
    #expect(Interval(months: 1).duration == nil)
    var random = SplitMix64(seed: 11)
    for _ in 0..<1000 {
      let interval = Interval(microseconds: random.spread())
      #expect(interval.duration.flatMap { Interval($0) } == interval)
    }
  }

  @Test func otherCellsFail() {
    #expect(read(Interval.self, Cell(tag: .time)).reason == .typeMismatch)
    #expect(read(Interval.self, Cell(tag: .interval)).reason == .typeMismatch)
    #expect(read(Interval.self, Cell(tag: .null)).reason == .unexpectedNull)
  }
}
