import RowanCore
import Testing

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

@Suite struct ValuesDecimalTests {
  static let nines = String(repeating: "9", count: 38)

  @Test(arguments: [
    ("0", "0"), ("-0", "0"), ("+0", "0"), ("0.000", "0"), ("-0.0", "0"), ("1", "1"), ("+1", "1"), ("-1", "-1"),
    ("0001", "1"), ("1.50", "1.5"), ("1.0", "1"), ("100", "100"), ("0.1", "0.1"), ("-0.05", "-0.05"), ("00.10", "0.1"),
    ("10.01", "10.01"), (nines, nines), ("-" + nines, "-" + nines), ("0." + nines, "0." + nines),
    ("1234567890123456789.0123456789012345678", "1234567890123456789.0123456789012345678"),
    ("12345678901234567890.123456789", "12345678901234567890.123456789"),
    ("18446744073709551616", "18446744073709551616"),
    ("10000000000000000000", "10000000000000000000"), (nines + "000", nines + "000"),
    (String(repeating: "0", count: 100) + "7", "7"), ("7." + String(repeating: "0", count: 1000), "7"),
    ("0." + String(repeating: "0", count: 127) + "1", "0." + String(repeating: "0", count: 127) + "1"),
    ("1" + String(repeating: "0", count: 127), "1" + String(repeating: "0", count: 127)),
  ])
  func decimalsAreReadAndWrittenExactly(_ text: String, _ canonical: String) throws {
    let decimal = try DecimalText.parse(text)
    #expect(DecimalText.format(decimal) == canonical)
    #expect(read(Decimal.self, .decimal, text).value == decimal)
    #expect(roundTrip(decimal).value == decimal)
  }

  @Test(arguments: [
    "", "-", "+", ".", ".5", "5.", "1e5", "1E5", " 1", "1 ", "1_000", "1,5", "--1", "+-1", "1.2.3", "0x10", "１", "1\0",
    "abc",
    "1-", "1.-5", "nan", "inf", "NaN ", "Infinit",
  ])
  func textThatIsNoDecimalIsRefused(_ text: String) {
    #expect(throws: DecimalText.Failure.malformed) { try DecimalText.parse(text) }
    #expect(read(Decimal.self, .decimal, text).reason == .invalid("not the text of a decimal"))
  }

  @Test(arguments: ["NaN", "Infinity", "-Infinity", "+Infinity", "-NaN"])
  func whatIsNotFiniteIsRefused(_ text: String) {
    #expect(throws: DecimalText.Failure.notFinite) { try DecimalText.parse(text) }
    #expect(read(Decimal.self, .decimal, text).reason == .invalid("not a finite number"))
  }

  @Test(arguments: [
    nines + "9", nines + ".5", "1" + nines, "0." + nines + "1", "1" + String(repeating: "0", count: 38) + "1",
    "1." + String(repeating: "0", count: 38) + "1", "1" + String(repeating: "0", count: 128),
    "0." + String(repeating: "0", count: 128) + "1", String(repeating: "7", count: 100_000),
    "1" + String(repeating: "0", count: 1_000_000), nines + String(repeating: "0", count: 128),
    "340282366920938463463374607431768211456",
  ])
  func whatDoesNotFitIsOutOfRange(_ text: String) {
    #expect(throws: DecimalText.Failure.outOfRange) { try DecimalText.parse(text) }
    #expect(read(Decimal.self, .decimal, text).reason == .outOfRange)
  }

  @Test func randomDecimalsKeepTheirDigits() throws {
    var random = SplitMix64(seed: 12)
    for _ in 0..<20_000 {
      let count = Int.random(in: 1...38, using: &random)
      var digits = (0..<count).map { _ in
        Bool.random(using: &random) ? "0" : String(Int.random(in: 0...9, using: &random))
      }
      digits[0] = String(Int.random(in: 1...9, using: &random))
      digits[count - 1] = String(Int.random(in: 1...9, using: &random))
      let scale = Int.random(in: -40...80, using: &random)
      let sign = Bool.random(using: &random) ? "-" : ""
      let text = sign + plain(digits.joined(), scale: scale)
      let decimal = try DecimalText.parse(text)
      #expect(DecimalText.format(decimal) == text)
      #expect(DecimalText.significantDigits(decimal) == count)
      #expect(roundTrip(decimal).value == decimal)
    }
  }

  /// Digits with the point `scale` places from their end, without zeros that could be left out.
  func plain(_ digits: String, scale: Int) -> String {
    if scale <= 0 { return digits + String(repeating: "0", count: -scale) }
    let padded = String(repeating: "0", count: max(0, scale + 1 - digits.count)) + digits
    return padded.dropLast(scale) + "." + padded.suffix(scale)
  }

  @Test func decimalsOrderAsNumbers() throws {
    let texts = [
      "-" + Self.nines, "-10", "-9.5", "-0.1", "-0.00000000000000000000000000000000000001", "0",
      "0.00000000000000000000000000000000000001", "0.1", "9.5", "10.0", "12345678901234567890.1234567890",
      "12345678901234567890.1234567891", Self.nines,
    ]
    let decimals = try texts.map { try DecimalText.parse($0) }
    for (left, right) in zip(decimals, decimals.dropFirst()) { #expect(left < right && left != right) }
    #expect(try DecimalText.parse("1.50") == DecimalText.parse("1.5"))
    #expect(try DecimalText.parse("1.50").hashValue == DecimalText.parse("1.5").hashValue)
  }

  @Test func computedDecimalsAreWrittenCanonically() throws {
    let half = try DecimalText.parse("0.5")
    #expect(DecimalText.format(half + half) == "1")
    #expect(DecimalText.format(half - half) == "0")
    #expect(DecimalText.format(-(half - half)) == "0")
    #expect(DecimalText.format(Decimal(sign: .minus, exponent: 3, significand: 25)) == "-25000")
    #expect(DecimalText.format(.nan) == "NaN")
  }

  @Test func whatCannotBeReadBackIsNotWritten() {
    #expect(encodingFailure(Decimal.nan) == "not a number")
    #expect(encodingFailure(Decimal.greatestFiniteMagnitude) == "more than 38 significant digits")
    let long = Decimal(sign: .plus, exponent: 38, significand: 1) + 1
    #expect(encodingFailure(long) == "more than 38 significant digits")
    #expect(encodingFailure(-long) == "more than 38 significant digits")
    #expect(encodingFailure(long - 1) == nil)
    #expect(encodingFailure(long - 2) == nil)
  }

  @Test func columnsHoldWhatFitsThem() throws {
    for (text, fits) in [
      ("0", true), ("99.99", true), ("100", false), ("99.999", false), ("-99.99", true), ("0.01", true),
      ("0.001", false),
      ("90", true), ("1.10", true),
    ] {
      #expect(DecimalText.fits(try DecimalText.parse(text), precision: 4, scale: 2) == fits, "\(text)")
    }
    #expect(DecimalText.fits(1000, precision: 2, scale: -2))
    #expect(!DecimalText.fits(1010, precision: 2, scale: -2))
    #expect(!DecimalText.fits(.nan, precision: 38, scale: 0))
  }

  @Test func otherCellsFail() {
    #expect(read(Decimal.self, Cell(tag: .double, bits: 1.5.bitPattern)).reason == .typeMismatch)
    #expect(read(Decimal.self, Cell(tag: .int, bits: 1)).reason == .typeMismatch)
    #expect(read(Decimal.self, .text, "1").reason == .typeMismatch)
    #expect(read(Decimal.self, Cell(tag: .decimal)).reason == .invalid("not the text of a decimal"))
    #expect(read(Decimal.self, Cell(tag: .null)).reason == .unexpectedNull)
  }

  @Test func hostileTextIsReadWithoutATrap() {
    var random = SplitMix64(seed: 13)
    let alphabet = Array("0000001234567899..-+eENaNInfinity".utf8)
    for _ in 0..<50_000 {
      let count = Int.random(in: 0...60, using: &random)
      let text = String(
        decoding: (0..<count).map { _ in alphabet[Int.random(in: 0..<alphabet.count, using: &random)] }, as: UTF8.self)
      guard let decimal = try? DecimalText.parse(text) else { continue }
      #expect((try? DecimalText.parse(DecimalText.format(decimal))) == decimal)
    }
  }
}
