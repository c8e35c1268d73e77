import RowanCore
import Testing

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

@Suite struct ValuesScalarTests {
  func check<I: FixedWidthInteger & ColumnValue>(_: I.Type, _ random: inout SplitMix64) {
    for value in [I.min, I.min &+ 1, 0, 1, I.max &- 1, I.max] { #expect(roundTrip(value).value == value) }
    for _ in 0..<200 {
      let value = I(truncatingIfNeeded: random.spread())
      #expect(roundTrip(value).value == value)
      #expect(roundTrip(Optional(value)).value == .some(value))
    }
    #expect(roundTrip(I?.none).value == .some(.none))
    #expect(read(I.self, Cell(tag: .null)).reason == .unexpectedNull)
    #expect(read(I.self, Cell(tag: .double, bits: 1.0.bitPattern)).reason == .typeMismatch)
    #expect(read(I.self, .text, "1").reason == .typeMismatch)
    if I.bitWidth < 64 || !I.isSigned {
      let below = Int64(exactly: I.min).map { $0 - 1 } ?? 0
      #expect(read(I.self, Cell(tag: .int, bits: UInt64(bitPattern: below))).reason == .outOfRange)
    }
    if let above = Int64(exactly: I.max).flatMap({ $0 == .max ? nil : $0 + 1 }) {
      #expect(read(I.self, Cell(tag: .int, bits: UInt64(bitPattern: above))).reason == .outOfRange)
    }
    let huge = read(I.self, Cell(tag: .uint, bits: .max))
    if I.isSigned || I.bitWidth < 64 { #expect(huge.reason == .outOfRange) } else { #expect(huge.value == I.max) }
  }

  @Test func integersOfEveryWidthKeepTheirExtremes() {
    var random = SplitMix64(seed: 1)
    check(Int8.self, &random)
    check(Int16.self, &random)
    check(Int32.self, &random)
    check(Int64.self, &random)
    check(Int.self, &random)
    check(UInt8.self, &random)
    check(UInt16.self, &random)
    check(UInt32.self, &random)
    check(UInt64.self, &random)
    check(UInt.self, &random)
  }

  @Test func unsignedIntegersTravelUnsignedOnlyAboveTheSignedMaximum() {
    #expect(UInt64(Int64.max).sqlValue == .int(.max))
    #expect((UInt64(Int64.max) + 1).sqlValue == .uint(1 << 63))
    #expect(UInt.max.sqlValue == .uint(.max))
  }

  @Test func floatsAreBitForBitTheSame() {
    var random = SplitMix64(seed: 2)
    var floats: [Float] = [
      0, -0.0, 1, .infinity, -.infinity, .nan, .greatestFiniteMagnitude, .leastNonzeroMagnitude, .leastNormalMagnitude,
      -.leastNonzeroMagnitude, 0.1, .pi,
    ]
    for _ in 0..<2000 { floats.append(Float(bitPattern: UInt32(truncatingIfNeeded: random.next()))) }
    for float in floats {
      let back = roundTrip(float).value
      #expect(back?.bitPattern == float.bitPattern || (float.isNaN && back?.isNaN == true))
    }
    var doubles: [Double] = [
      0, -0.0, .infinity, -.infinity, .nan, .greatestFiniteMagnitude, .leastNonzeroMagnitude, .leastNormalMagnitude,
    ]
    for _ in 0..<2000 { doubles.append(Double(bitPattern: random.next())) }
    for double in doubles { #expect(roundTrip(double).value?.bitPattern == double.bitPattern) }
  }

  @Test func floatsRefuseWhatTheyWouldRound() {
    #expect(read(Float.self, Cell(tag: .double, bits: 0.1.bitPattern)).reason == .outOfRange)
    #expect(read(Float.self, Cell(tag: .double, bits: 1e300.bitPattern)).reason == .outOfRange)
    #expect(read(Float.self, Cell(tag: .int, bits: 16_777_217)).reason == .outOfRange)
    #expect(read(Float.self, Cell(tag: .int, bits: 16_777_216)).value == 16_777_216)
    #expect(read(Double.self, Cell(tag: .int, bits: (1 << 53) + 1)).reason == .outOfRange)
    #expect(read(Float.self, .text, "1").reason == .typeMismatch)
    #expect(read(Float.self, Cell(tag: .null)).reason == .unexpectedNull)
  }

  @Test func truthValuesAreOnlyZeroAndOne() {
    #expect(roundTrip(true).value == true)
    #expect(roundTrip(false).value == false)
    #expect(read(Bool.self, Cell(tag: .int, bits: 2)).reason == .outOfRange)
    #expect(read(Bool.self, .text, "true").reason == .typeMismatch)
  }

  @Test func textAndBytesKeepEveryByte() {
    let texts = ["", "a\0b", "👩‍👩‍👧‍👦", "e\u{301}", "é", "𝄞", "\u{10FFFF}", String(repeating: "漢", count: 10_000)]
    for text in texts {
      #expect(roundTrip(text).value.map { Array($0.utf8) } == Array(text.utf8))
      let bytes = Array(text.utf8)
      #expect(roundTrip(bytes).value == bytes)
      #expect(roundTrip(Data(bytes)).value == Data(bytes))
    }
    #expect(Data([1, 2]).sqlValue == .bytes([1, 2]))
    #expect([UInt8].sqlType == .bytes)
    #expect(read([UInt8].self, .text, "ab").reason == .typeMismatch)
    #expect(read(Data.self, .text, "ab").reason == .typeMismatch)
    #expect(read(Data.self, Cell(tag: .null)).reason == .unexpectedNull)
  }

  @Test func uuidsKeepTheirBytes() {
    var random = SplitMix64(seed: 3)
    for _ in 0..<200 {
      let uuid = UUID.v7(at: Timestamp(microseconds: random.spread()), random: &random)
      #expect(roundTrip(uuid).value == uuid)
    }
    #expect(read(UUID.self, .text, UUID().uuidString).reason == .typeMismatch)
    #expect(read(UUID.self, Cell(tag: .uuid)).reason == .typeMismatch)
    #expect(read(UUID?.self, Cell(tag: .null)).value == .some(nil))
  }

  enum Status: String, ColumnValue, ArrayElement, CaseIterable { case draft, published }
  enum Level: Int16, ColumnValue { case low = -1, high = 1 }
  struct Options: OptionSet, ColumnValue { var rawValue: UInt32 }

  @Test func enumsAreTheirRawValues() {
    for status in Status.allCases { #expect(roundTrip(status).value == status) }
    #expect(Status.sqlType == .text && Level.sqlType == .smallint)
    #expect(Status.draft.sqlValue == .text("draft"))
    #expect(roundTrip(Level.low).value == .low)
    #expect(roundTrip(Options(rawValue: 5)).value == Options(rawValue: 5))
    #expect(read(Status?.self, Cell(tag: .null)).value == .some(nil))
  }

  @Test func unknownRawValuesFailWithoutTheValue() {
    let unknown = read(Status.self, .text, "secret")
    #expect(unknown.reason == .invalid("no Status has this raw value"))
    #expect(!String(reflecting: unknown).contains("secret"))
    #expect(read(Level.self, Cell(tag: .int)).reason == .invalid("no Level has this raw value"))
    // The raw value's own failure comes first.
    #expect(read(Status.self, Cell(tag: .null)).reason == .unexpectedNull)
    #expect(read(Level.self, Cell(tag: .int, bits: 70_000)).reason == .outOfRange)
  }

  struct Email: ColumnValue {
    let text: String
    static var sqlType: SQLType { .varchar(255) }
    var sqlValue: SQLValue { .text(text) }
    static func read(_ row: inout RowReader) throws(DecodeFailure) -> Email {
      let text = try String.read(&row)
      guard text.contains("@") else { throw row.invalid("not an e-mail address") }
      return Email(text: text)
    }
  }

  @Test func customTypesReadThroughABuiltInOne() {
    #expect(roundTrip(Email(text: "a@b")).value?.text == "a@b")
    #expect(read(Email.self, .text, "a").reason == .invalid("not an e-mail address"))
    #expect(read(Email.self, Cell(tag: .null)).reason == .unexpectedNull)
  }

  @Test func valuesNeverShow() {
    let uuid = UUID()
    let secrets: [SQLValue] = [
      .text("secret"), .json("secret"), .bytes(Array("secret".utf8)),
      .array(SQLArray(element: .text, values: [.text("secret")])),
      .int(987_654), .double(987_654), .uuid(uuid), .decimal(987_654), .timestamp(Timestamp(microseconds: 987_654)),
    ]
    for value in secrets {
      var dumped = ""
      dump(value, to: &dumped)
      dump([value], to: &dumped)
      let shown = "\(value) \([value]) \(Optional(value) as Any) \(String(reflecting: value)) \(dumped)"
      #expect(!shown.contains("secret") && !shown.contains("987654") && !shown.contains(uuid.uuidString))
      #expect(!shown.contains("115, 101, 99"))
      #expect(Mirror(reflecting: value).children.isEmpty)
      #expect(shown.contains("redacted"))
    }
    #expect("\(SQLValue.text("secret"))" == "text(redacted)")
    #expect("\(SQLValue.null)" == "null")
    #expect("\(SQLArray(element: .text, values: [.text("secret")]))" == "array(1 redacted)")
    var dumped = ""
    dump(SQLArray(element: .text, values: [.text("secret")]), to: &dumped)
    #expect(!dumped.contains("secret"))
  }

  @Test func aMissingColumnIsNamed() {
    let cell = Cell(tag: .int, bits: 1)
    withUnsafePointer(to: cell) { pointer in
      var reader = RowReader(cells: pointer, count: 1)
      _ = reader.int64()
      _ = reader.timestamp()
      _ = reader.uuid()
      #expect(reader.failure == DecodeFailure(column: 1, found: .missing, reason: .missingColumn))
    }
  }
}
