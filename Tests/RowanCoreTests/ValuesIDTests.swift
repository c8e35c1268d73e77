import RowanCore
import Testing

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

@Suite struct ValuesIDTests {
  enum User {}
  typealias Number = ID<User, Int64>
  typealias Text = ID<User, String>
  typealias Unique = ID<User, UUID>

  @Test func identifiersAreTheirRawValues() {
    #expect(Number.sqlType == .bigint && Text.sqlType == .text && Unique.sqlType == .uuid)
    #expect(Number(7).sqlValue == .int(7))
    #expect(roundTrip(Number(.min)).value == Number(.min))
    #expect(roundTrip(Text("a\0b")).value?.rawValue == "a\0b")
    let unique = Unique.v7()
    #expect(roundTrip(unique).value == unique)
    #expect(roundTrip(Number?.none).value == .some(nil))
    #expect(ID<User, Int32>.sqlType == .integer && ID<User, Int>.sqlType == .bigint)
    #expect(Number(1) < Number(2))
    #expect(Set([Number(1), Number(1)]).count == 1)
    #expect(read(Number.self, .text, "7").reason == .typeMismatch)
    #expect(read(Number.self, Cell(tag: .null)).reason == .unexpectedNull)
    #expect(read(ID<User, Int32>.self, Cell(tag: .int, bits: 1 << 40)).reason == .outOfRange)
  }

  @Test func literalsAreNoIdentifiers() {
    #expect(!((Number.self as Any) is any ExpressibleByIntegerLiteral.Type))
    #expect(!((Text.self as Any) is any ExpressibleByUnicodeScalarLiteral.Type))
    #expect(!((Number?.self as Any) is any ExpressibleByIntegerLiteral.Type))
  }

  @Test func identifiersAreTheTextOfTheirRawValues() {
    #expect(Number(-7).description == "-7")
    #expect(Number("-7") == Number(-7))
    #expect(Number("x") == nil && Number("") == nil && Number("9223372036854775808") == nil)
    #expect(Text("x").description == "x")
    let unique = Unique.v7()
    #expect(Unique(unique.description) == unique)
    #expect(Unique(unique.description.lowercased()) == unique)
    #expect(Unique("x") == nil)
  }

  @Test func identifiersCodeAsTheirRawValues() throws {
    func text(_ value: some Encodable) throws -> String {
      String(decoding: try JSONEncoder().encode(value), as: UTF8.self)
    }
    #expect(try text([Number(7)]) == "[7]")
    #expect(try text([Text("a")]) == "[\"a\"]")
    #expect(try text([Number(7): 1]) == "{\"7\":1}")
    #expect(try JSONDecoder().decode([Number: Int].self, from: Data("{\"7\":1}".utf8)) == [Number(7): 1])
    #expect(throws: DecodingError.self) { try JSONDecoder().decode([Number: Int].self, from: Data("{\"x\":1}".utf8)) }
    let unique = Unique.v7()
    #expect(try JSONDecoder().decode([Unique].self, from: JSONEncoder().encode([unique])) == [unique])
  }

  @Test func aVersion7UUIDHoldsItsTime() {
    var random = SplitMix64(seed: 14)
    // The time of the example in https://www.rfc-editor.org/rfc/rfc9562#appendix-A.6
    let uuid = Unique.v7(at: Timestamp(microseconds: 1_645_557_742_000_999), random: &random).rawValue
    #expect(uuid.uuidString.hasPrefix("017F22E2-79B0-7"))
    #expect(uuid.uuid.8 >> 6 == 2)
    var again = SplitMix64(seed: 14)
    #expect(UUID.v7(at: Timestamp(microseconds: 1_645_557_742_000_000), random: &again) == uuid)
    for microseconds in [Int64.min, -1, 0, 999] {
      #expect(
        UUID.v7(at: Timestamp(microseconds: microseconds), random: &random).uuidString.hasPrefix("00000000-0000-7"))
    }
    #expect(UUID.v7(at: Timestamp(microseconds: .max), random: &random).uuidString.hasPrefix("FFFFFFFF-FFFF-7"))
  }

  @Test func aGeneratorOnlyGrows() {
    var random = SplitMix64(seed: 15)
    let generator = UUIDv7Generator()
    var last = UUID(uuid: (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0))
    var time: Int64 = 1_795_255_200_000_000
    for step in 0..<50_000 {
      // Long stretches of one millisecond, and a clock that is set back.
      if step % 9000 == 0 { time += 1000 }
      if step % 20_000 == 0 { time -= 3_600_000_000 }
      let next = generator.next(at: Timestamp(microseconds: time), random: &random)
      #expect(last < next)
      #expect(next.uuid.6 >> 4 == 7 && next.uuid.8 >> 6 == 2)
      last = next
    }
  }

  @Test func concurrentGenerationNeitherRepeatsNorFallsBack() async {
    let all = await withTaskGroup(of: [UUID].self) { group in
      for _ in 0..<4 { group.addTask { (0..<5000).map { _ in UUID.v7() } } }
      return await group.reduce(into: []) { $0.append($1) }
    }
    for list in all { #expect(zip(list, list.dropFirst()).allSatisfy { $0 < $1 }) }
    #expect(Set(all.joined()).count == 20_000)
  }
}
