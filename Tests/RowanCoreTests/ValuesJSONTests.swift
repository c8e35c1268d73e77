import RowanCore
import Testing

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

@Suite struct ValuesJSONTests {
  struct Settings: Codable, Sendable, Hashable {
    var theme = "dark"
    var amounts: [Double] = [0.1, 1e300, -0.0]
    var since = Date(timeIntervalSinceReferenceDate: 0.25)
    var path = "a/b\0"
    var note: String?
  }

  @Test func documentsRoundTrip() {
    let settings = JSON(Settings())
    #expect(JSON<Settings>.sqlType == .json)
    #expect(roundTrip(settings).value == settings)
    #expect(roundTrip(Optional(settings)).value == .some(settings))
    #expect(roundTrip(JSON<Settings>?.none).value == .some(nil))
    #expect(
      settings.sqlValue
        == .json(
          #"{"amounts":[0.1,1e+300,-0],"path":"a/b\u0000","since":"2001-01-01T00:00:00.250000Z","theme":"dark"}"#))
    #expect(roundTrip(JSON("text")).value?.value == "text")
    #expect(roundTrip(JSON(7)).value?.value == 7)
    #expect(roundTrip(JSON(Int?.none)).value == JSON(nil))
    #expect(
      roundTrip(JSON(Decimal(string: "12345678901234567890.123456789"))).value?.value
        == Decimal(string: "12345678901234567890.123456789"))
    #expect(read(JSON<[Int]>.self, .text, " [1, 2] ").value?.value == [1, 2])
  }

  @Test func equalDocumentsHaveTheSameText() {
    let keys = (0..<100).map { "key\($0)" }
    let first = JSON(Dictionary(uniqueKeysWithValues: keys.map { ($0, 1) }))
    let second = JSON(Dictionary(uniqueKeysWithValues: keys.reversed().map { ($0, 1) }))
    #expect(first.sqlValue == second.sqlValue)
  }

  @Test func membersAreThoseOfTheValue() throws {
    var settings = JSON(Settings())
    settings.theme = "light"
    #expect(settings.theme == "light" && settings.value.theme == "light")
    let text = try JSONEncoder().encode([JSON(7)])
    #expect(String(decoding: text, as: UTF8.self) == "[7]")
    #expect(try JSONDecoder().decode([JSON<Int>].self, from: text) == [JSON(7)])
  }

  struct Refusing: Codable, Sendable {
    struct Secret: Error {}
    func encode(to encoder: any Encoder) throws { throw Secret() }
  }

  @Test func whatDoesNotEncodeFailsOnWrite() {
    #expect(encodingFailure(JSON(Double.nan)) == "a part has no form in JSON")
    #expect(encodingFailure(JSON([Double.infinity])) == "a part has no form in JSON")
    #expect(encodingFailure(JSON(Date(timeIntervalSinceReferenceDate: 1e300))) == "a part has no form in JSON")
    #expect(encodingFailure(JSON(Refusing())) == "Secret thrown")
  }

  @Test func whatDoesNotDecodeFailsWithoutTheDocument() {
    for (text, reason) in [
      (#"{"theme":"secret"}"#, "a part is missing"), (#"["secret"]"#, "a part has another type"),
      (#"{"theme":"#, "a part or the text is malformed"), ("", "a part or the text is malformed"),
      (#"{"theme":null,"amounts":[],"since":"secret","path":""}"#, "a part is null"),
      (#"{"theme":"","amounts":[],"since":"secret","path":""}"#, "a part or the text is malformed"),
      (String(repeating: "[", count: 100_000), "a part or the text is malformed"),
    ] {
      let result = read(JSON<Settings>.self, .json, text)
      #expect(result.reason == .invalid("not a JSON document of Settings: \(reason)"))
    }
    #expect(read(JSON<Int>.self, Cell(tag: .null)).reason == .unexpectedNull)
    #expect(read(JSON<Int>.self, Cell(tag: .int)).reason == .typeMismatch)
    #expect(read(JSON<Int>.self, .bytes, "1").reason == .typeMismatch)
  }
}
