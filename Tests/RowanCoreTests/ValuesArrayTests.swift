import RowanCore
import Testing

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

@Suite struct ValuesArrayTests {
  func check<Element: ArrayElement & Equatable>(_ elements: [Element], _ type: SQLType) {
    #expect([Element].sqlType == .array(type))
    #expect(roundTrip(elements).value == elements)
    #expect(roundTripJSON(elements).value == elements)
    #expect(roundTrip([Element]()).value == [])
    #expect(roundTripJSON([Element]()).value == [])
    let withNone = elements.map { Optional($0) } + [nil]
    #expect([Element?].sqlType == .array(type))
    #expect(roundTrip(withNone).value == withNone)
    #expect(roundTripJSON(withNone).value == withNone)
    #expect(roundTrip(Optional(elements)).value == .some(elements))
    #expect(roundTrip([Element]?.none).value == .some(nil))
  }

  enum Tag: String, ColumnValue, ArrayElement { case new, sale }

  @Test func arraysOfEveryTypeRoundTripNativelyAndAsJSON() {
    var random = SplitMix64(seed: 16)
    let numbers = [.min, -1, 0, 1, .max] + (0..<200).map { _ in random.spread() }
    check([true, false], .boolean)
    check([Int8.min, .max], .smallint)
    check([Int16.min, .max], .smallint)
    check([Int32.min, .max], .integer)
    check(numbers, .bigint)
    check(numbers.map { Int($0) }, .bigint)
    check([UInt16.max], .unsignedSmallint)
    check([UInt32.max], .unsignedInteger)
    check([UInt64.max, 0, 1 << 63], .unsignedBigint)
    check([UInt.max], .unsignedBigint)
    check([Float.infinity, -.infinity, 0.1, .leastNonzeroMagnitude, .greatestFiniteMagnitude], .real)
    check([Double.infinity, -.infinity, 0.1, 5, 1e300, .leastNonzeroMagnitude, .greatestFiniteMagnitude], .double)
    check(["", "a\"b\\c/\u{8}\u{C}\n\r\t\0\u{1F}", "👩‍👩‍👧‍👦 e\u{301} 𝄞", "null", "[1]", "2026-11-21"], .text)
    check([Data(), Data([0, 127, 255])], .bytes)
    check([[UInt8](), [0, 127, 255]], .bytes)
    check((0..<20).map { _ in UUID.v7() }, .uuid)
    check(numbers.map { Timestamp(microseconds: $0) }, .timestamp)
    check([Date(timeIntervalSinceReferenceDate: 0.5)], .timestamp)
    check([Int32.min, 0, .max].map { CalendarDate(days: $0) }, .date)
    check([TimeOfDay(microseconds: 0), TimeOfDay(microseconds: 86_399_999_999)], .time)
    check(numbers.map { Interval(months: .min, days: .max, microseconds: $0) }, .interval)
    check([Decimal(string: "12345678901234567890.1234567890") ?? 0, -1, 0], .decimal(precision: 38, scale: 10))
    check([Tag.new, .sale], .text)
    check([ID<Tag, Int64>(7)], .bigint)
    check([JSON(["a": [1, 2]]), JSON(["]": []]), JSON([#"\"]"#: [3]])], .json)
    check([JSON("text"), JSON("null"), JSON(#"a"b\"#)], .json)
    check([JSON(7)], .json)
  }

  @Test func signedZeroAndNaNAreElements() {
    #expect(roundTripJSON([-0.0]).value?.first?.sign == .minus)
    #expect(roundTripJSON([Double.nan]).value?.first?.isNaN == true)
    #expect(roundTripJSON([Float.nan]).value?.first?.isNaN == true)
    #expect(roundTripJSON([JSON(Int?.none)]).value == [JSON(nil)])
  }

  @Test func anArrayWithAnElementThatDoesNotEncodeDoesNot() {
    #expect(encodingFailure([Decimal.nan]) == "not a number")
    #expect(encodingFailure([1, Decimal.nan, nil]) == "not a number")
  }

  @Test func theFailureOfAnElementIsThatOfTheColumn() {
    let arena = CellArena()
    let null = arena.cells([arena.cell(.int(1)), Cell(tag: .null)])
    #expect(read([Int].self, null).reason == .unexpectedNull)
    #expect(read([Int?].self, null).value == [1, nil])
    #expect(read([Int8].self, arena.cells([arena.cell(.int(1000))])).reason == .outOfRange)
    #expect(read([Tag].self, arena.cells([arena.cell(.text("x"))])).reason == .invalid("no Tag has this raw value"))
    #expect(read([Tag].self, arena.cells([arena.cell(.int(0))])).reason == .typeMismatch)
    #expect(read([Int].self, arena.cells([arena.cells([arena.cell(.int(0))])])).reason == .typeMismatch)
    #expect(read([Int].self, Cell(tag: .array, length: 3)).reason == .typeMismatch)
    #expect(read([Int].self, Cell(tag: .array)).value == [])
    #expect(read([Int].self, Cell(tag: .null)).reason == .unexpectedNull)
    #expect(read([Int].self, Cell(tag: .int)).reason == .typeMismatch)
  }

  @Test func anEarlierFailureOfTheRowStays() {
    let arena = CellArena()
    let row = [Cell(tag: .null), arena.cells([arena.cell(.text("x"))])]
    row.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      var reader = RowReader(cells: base, count: 2)
      _ = reader.int64()
      do throws(DecodeFailure) {
        _ = try [Tag].read(&reader)
        Issue.record("read")
      } catch {
        #expect(error.column == 0 && error.reason == .unexpectedNull)
      }
    }
  }

  @Test(arguments: [
    "", "[", "]", "{}", "1", "null", "[1", "[1,", "[1,]", "[,1]", "[1 2]", "[1]]", "[1]x", "[1],", "[nul]", "[x]",
    "[\"a]", "[[1]", "[{\"a\":\"]", "[{\"a\":\"\\", "[\"\\",
  ])
  func textThatIsNoJSONArrayIsRefused(_ text: String) {
    #expect(read([Int?].self, .json, text).reason != nil)
    #expect(read([String?].self, .json, text).reason != nil)
    #expect(read([JSON<Int>].self, .json, text).reason != nil)
  }

  @Test func textOfOtherElementsIsRefused() {
    #expect(read([Int].self, .json, " [ 1 , 2 ] ").value == [1, 2])
    #expect(read([Int].self, .json, "[1.5]").reason == .typeMismatch)
    #expect(read([Int].self, .json, "[\"1\"]").reason == .typeMismatch)
    #expect(read([Int].self, .json, "[null]").reason == .unexpectedNull)
    #expect(read([Int].self, .json, "[9223372036854775808]").reason == .outOfRange)
    #expect(read([Int].self, .json, "[99999999999999999999]").reason == .typeMismatch)
    #expect(read([Bool].self, .json, "[2]").reason == .outOfRange)
    #expect(read([String].self, .json, "[1]").reason == .typeMismatch)
    #expect(read([String].self, .json, "[{}]").reason == .typeMismatch)
    #expect(read([String].self, .json, #"["\ud83d\ude00\u00e9\/"]"#).value == ["😀é/"])
    for escape in [#"\ud83d"#, #"\ude00"#, #"\ud83d\u0041"#, #"\u12"#, #"\x"#, "\u{1}"] {
      #expect(read([String].self, .json, "[\"\(escape)\"]").reason == .invalid("not a JSON array"))
    }
    #expect(read([Double].self, .json, "[\"nan\"]").reason == .typeMismatch)
    #expect(read([Double].self, .json, "[-]").reason == .typeMismatch)
    #expect(read([Float].self, .json, "[0.1]").reason == .outOfRange)
    #expect(read([Decimal].self, .json, "[1.5]").value == [Decimal(string: "1.5") ?? 0])
    #expect(read([Decimal].self, .json, "[1e5]").reason == .invalid("not the text of a decimal"))
    #expect(read([UUID].self, .json, "[\"x\"]").reason == .typeMismatch)
    #expect(read([Data].self, .json, "[\"abc\"]").reason == .typeMismatch)
    #expect(read([Data].self, .json, "[\"xy\"]").reason == .typeMismatch)
    #expect(read([Timestamp].self, .json, "[\"2026\"]").reason == .typeMismatch)
    #expect(read([Tag].self, .json, "[\"x\"]").reason == .invalid("no Tag has this raw value"))
    #expect(read([Int].self, .json, String(repeating: "[", count: 1_000_000)).reason == .invalid("not a JSON array"))
  }

  @Test func hostileTextIsReadWithoutATrap() {
    var random = SplitMix64(seed: 17)
    let alphabet = Array("[]{}\",:\\u00d81eE+-. nulltruefalse\u{E9}".utf8)
    for _ in 0..<20_000 {
      let count = Int.random(in: 0...40, using: &random)
      let bytes = (0..<count).map { _ in alphabet[Int.random(in: 0..<alphabet.count, using: &random)] }
      let arena = CellArena()
      let cell = arena.pointing(.json, Array("[".utf8) + bytes)
      _ = read([Int?].self, cell)
      _ = read([String].self, cell)
      _ = read([JSON<[String: Int]>].self, cell)
      _ = read([Decimal].self, cell)
    }
  }
}
