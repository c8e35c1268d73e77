import RowanCore
import Testing

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

@Suite struct ValuesTimestampTests {
  @Test func timestampsRoundTripOverTheirWholeRange() {
    var random = SplitMix64(seed: 7)
    var all: [Int64] = [.min, .min + 1, -86_400_000_001, -86_400_000_000, -1, 0, 1, 86_399_999_999, .max - 1, .max]
    for _ in 0..<5000 { all.append(random.spread()) }
    for microseconds in all {
      let timestamp = Timestamp(microseconds: microseconds)
      #expect(Timestamp(timestamp.description) == timestamp)
      #expect(roundTrip(timestamp).value == timestamp)
      #expect(Timestamp(date: timestamp.calendarDate, time: timestamp.timeOfDay) == timestamp)
    }
  }

  @Test(arguments: [
    (0, "1970-01-01T00:00:00.000000Z"), (-1, "1969-12-31T23:59:59.999999Z"),
    (1_795_255_200_123_456, "2026-11-21T10:00:00.123456Z"), (951_782_400_000_000, "2000-02-29T00:00:00.000000Z"),
    (253_402_300_799_999_999, "9999-12-31T23:59:59.999999Z"),
    (253_402_300_800_000_000, "+010000-01-01T00:00:00.000000Z"),
    (-62_167_219_200_000_000, "0000-01-01T00:00:00.000000Z"),
    (-62_167_219_200_000_001, "-000001-12-31T23:59:59.999999Z"), (Int64.max, "+294247-01-10T04:00:54.775807Z"),
    (Int64.min, "-290308-12-21T19:59:05.224192Z"),
  ])
  func timestampsAreWrittenInFull(_ microseconds: Int64, _ text: String) {
    #expect(Timestamp(microseconds: microseconds).description == text)
    #expect(Timestamp(text)?.microseconds == microseconds)
  }

  @Test(arguments: [
    ("2026-11-21T10:00:00Z", 0), ("2026-11-21t10:00:00z", 0), ("2026-11-21 10:00Z", 0), ("2026-11-21T11:00+01:00", 0),
    ("2026-11-21T11:00+0100", 0), ("2026-11-21T11:00+01", 0), ("2026-11-20T23:30:00-10:30", 0),
    ("2026-11-21T10:00:00.5Z", 500_000), ("2026-11-21T10:00:00.00000100Z", 1), ("2026-11-21T10:00:00-00:00", 0),
    ("+2026-11-21T10:00Z", 0),
  ])
  func otherFormsOfISO8601AreRead(_ text: String, _ microseconds: Int64) {
    #expect(Timestamp(text)?.microseconds == 1_795_255_200_000_000 + microseconds)
  }

  @Test(arguments: [
    "", "2026-11-21T10:00:00", "2026-11-21T10:00:00.1234567Z", "2026-11-21T24:00:00Z", "2026-11-21T10:00:60Z",
    "2026-11-21T10:00:00ZZ", "2026-11-21T10:00:00+24:00", "2026-11-21T10:00:00+01:60", "2026-11-21T10:00:00+1",
    "2026-11-21T10:00:00+01:", "2026-11-21T10:00:00+", "2026-11-21T10:00:00 Z", "2026-11-21_10:00:00Z",
    "2026-11-21T10:00:00.Z",
    "+294247-01-10T04:00:54.775808Z", "-290308-12-21T19:59:05.224191Z", "+5881580-07-11T00:00:00Z",
    "-5877641-06-23T00:00:00Z", "+294247-01-10T04:00:54.775807-00:01", "-290308-12-21T19:59:05.224192+00:01",
    "2026-02-29T00:00:00Z", "2026-11-21", "infinity", "now",
  ])
  func textThatIsNoInstantIsRefused(_ text: String) { #expect(Timestamp(text) == nil) }

  @Test func aZoneMayBeLeftOutOnlyWhereTheCallerSaysSo() {
    func parse(_ text: String, zoneless: Bool) -> Timestamp? {
      Array(text.utf8).withUnsafeBytes { Timestamp(utf8: $0, zoneless: zoneless) }
    }
    #expect(parse("1970-01-01 00:00:00.000001", zoneless: true)?.microseconds == 1)
    #expect(parse("1970-01-01 00:00:00.000001", zoneless: false) == nil)
    #expect(parse("1970-01-01 00:00:00+01:00", zoneless: true)?.microseconds == -3_600_000_000)
    #expect(parse("1970-01-01 00:00:00x", zoneless: true) == nil)
    #expect(parse("", zoneless: true) == nil)
  }

  @Test func hostileTextIsReadWithoutATrap() {
    var random = SplitMix64(seed: 8)
    let alphabet = Array("0123456789+-:.TZPYMWDHS \0\u{E9}9999".utf8)
    for _ in 0..<50_000 {
      let count = Int.random(in: 0...40, using: &random)
      let bytes = (0..<count).map { _ in alphabet[Int.random(in: 0..<alphabet.count, using: &random)] }
      bytes.withUnsafeBytes { buffer in
        if let value = Timestamp(utf8: buffer) { #expect(Timestamp(value.description) == value) }
        if let value = CalendarDate(utf8: buffer) { #expect(CalendarDate(value.description) == value) }
        if let value = TimeOfDay(utf8: buffer) { #expect(TimeOfDay(value.description) == value) }
        if let value = Interval(utf8: buffer) { #expect(Interval(value.description) == value) }
      }
      var interval = Array("P".utf8) + bytes
      interval.append(UInt8(ascii: "D"))
      interval.withUnsafeBytes { buffer in
        if let value = Interval(utf8: buffer) { #expect(Interval(value.description) == value) }
      }
    }
  }

  @Test func theCodableFormIsTheText() throws {
    let timestamp = Timestamp(microseconds: 1_795_255_200_123_456)
    let text = "\"2026-11-21T10:00:00.123456Z\""
    #expect(String(decoding: try JSONEncoder().encode(timestamp), as: UTF8.self) == text)
    #expect(try JSONDecoder().decode(Timestamp.self, from: Data(text.utf8)) == timestamp)
    let error = #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(Timestamp.self, from: Data("\"secret\"".utf8))
    }
    #expect(error.map { !"\($0)".contains("secret") } == true)
  }

  @Test func infinitiesAndZeroDatesFail() {
    #expect(read(Timestamp.self, Cell(tag: .timestamp, flags: CellFlags.positiveInfinity)).reason == .outOfRange)
    #expect(read(Timestamp.self, Cell(tag: .timestamp, flags: CellFlags.negativeInfinity)).reason == .outOfRange)
    #expect(read(Date.self, Cell(tag: .timestamp, flags: CellFlags.negativeInfinity)).reason == .outOfRange)
    #expect(
      read(Timestamp?.self, Cell(tag: .timestamp, flags: CellFlags.zeroDate)).reason
        == .invalid("a zero date is no date"))
    #expect(read(Timestamp.self, Cell(tag: .int)).reason == .typeMismatch)
    #expect(read(Timestamp.self, Cell(tag: .null)).reason == .unexpectedNull)
    #expect(read(Timestamp?.self, Cell(tag: .null)).value == .some(nil))
  }

  @Test func arithmeticStopsAtTheEnds() {
    let last = Timestamp(microseconds: .max)
    #expect(last.adding(microseconds: 1) == nil)
    #expect(last.adding(microseconds: -1)?.microseconds == Int64.max - 1)
    #expect(last.microseconds(since: Timestamp(microseconds: -1)) == nil)
    #expect(last.microseconds(since: Timestamp(microseconds: 1)) == Int64.max - 1)
    #expect(Timestamp(microseconds: .min) < last)
  }

  @Test func datesRoundToTheNearestMicrosecond() {
    func microseconds(_ seconds: Double) -> Int64? {
      Timestamp(checking: Date(timeIntervalSinceReferenceDate: seconds)).map { $0.microseconds - 978_307_200_000_000 }
    }
    #expect(microseconds(0) == 0)
    #expect(microseconds(0.000_001) == 1)
    #expect(microseconds(-0.000_001) == -1)
    // Fractions of a power of two that lie exactly halfway.
    #expect(microseconds(1.0 / 128) == 7812)
    #expect(microseconds(3.0 / 128) == 23438)
    #expect(microseconds(-1.0 / 128) == -7812)
    #expect(microseconds(-3.0 / 128) == -23438)
    #expect(microseconds((1.0 / 128).nextUp) == 7813)
    #expect(microseconds((3.0 / 128).nextDown) == 23437)
    #expect(microseconds(0.999_999_9) == 1_000_000)
    #expect(microseconds(-1e-300) == 0)
    #expect(microseconds(.nan) == nil)
    #expect(microseconds(.infinity) == nil)
    #expect(microseconds(1e300) == nil)
    #expect(microseconds(-1e300) == nil)
    #expect(Timestamp(checking: Date(timeIntervalSince1970: 9_223_372_036_855)) == nil)
    #expect(Timestamp(checking: Date(timeIntervalSince1970: -9_223_372_036_855)) == nil)
    #expect(Timestamp(checking: Date(timeIntervalSince1970: -9_223_372_036_854)) != nil)
    #expect(Timestamp(checking: Date(timeIntervalSinceReferenceDate: 9.3e18)) == nil)
  }

  @Test func datesNextToHalfwayRoundAsExactArithmeticDoes() {
    var random = SplitMix64(seed: 18)
    for _ in 0..<20_000 {
      let below = UInt64.random(in: 0..<1_000_000, using: &random)
      // The 53-bit fractions next to `below` and a half microseconds.
      let tie = (UInt128(2 * below + 1) << 53) / 2_000_000
      for fraction in [tie, tie + 1] {
        let (quotient, rest) = (fraction * 1_000_000).quotientAndRemainder(dividingBy: 1 << 53)
        let isUp = rest > 1 << 52 || (rest == 1 << 52 && quotient % 2 == 1)
        let seconds = Double(UInt64(fraction)) * 0x1p-53
        let timestamp = Timestamp(checking: Date(timeIntervalSinceReferenceDate: seconds))
        #expect(timestamp?.microseconds == 978_307_200_000_000 + Int64(quotient) + (isUp ? 1 : 0))
      }
    }
  }

  @Test func datesBeyondTheRangeAreRefusedOnWrite() {
    for seconds in [Double.nan, .infinity, -.infinity, 1e300, -1e300, 1e14] {
      #expect(encodingFailure(Date(timeIntervalSinceReferenceDate: seconds)) == "outside the range of a timestamp")
    }
    #expect(Timestamp(Date(timeIntervalSinceReferenceDate: .infinity)).microseconds == .max)
    #expect(Timestamp(Date(timeIntervalSinceReferenceDate: -1e300)).microseconds == .min)
    #expect(Timestamp(Date(timeIntervalSinceReferenceDate: .nan)).microseconds == 0)
    #expect(roundTrip(Date.distantPast).value == .distantPast)
    #expect(roundTrip(Date.distantFuture).value == .distantFuture)
  }

  @Test func microsecondsSurviveADateUntilThe23rdCentury() {
    var random = SplitMix64(seed: 9)
    for _ in 0..<5000 {
      let timestamp = Timestamp(microseconds: Int64.random(in: 0..<9_000_000_000_000_000, using: &random))
      #expect(Timestamp(timestamp.date) == timestamp)
      #expect(roundTrip(timestamp.date).value == timestamp.date)
    }
    _ = Timestamp(microseconds: .min).date
    _ = Timestamp(microseconds: .max).date
    #expect(abs(Timestamp.now().date.timeIntervalSinceNow) < 60)
  }
}
