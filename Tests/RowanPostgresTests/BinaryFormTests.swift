import RowanCore
import Testing

@testable import RowanPostgres

/// The binary forms without a server, broken ones included: a decoder may refuse bytes, and must not read past them.
@Suite struct BinaryFormTests {
  private static let kinds: [ColumnForm.Kind] = [
    .int8, .int4, .int2, .text, .timestamp, .bool, .float8, .float4, .uuid, .bytes, .date, .time, .interval, .oid,
    .xid8,
    .numeric, .numericInteger, .json, .jsonb, .array, .raw,
  ]

  @Test func brokenBytes() {
    var random = SystemRandomNumberGenerator()
    let arena = CellArena()
    for _ in 0..<200_000 {
      let count = Int.random(in: 0...40, using: &random)
      // Exactly as long as claimed, so that the address sanitizer sees any step beyond.
      let bytes = UnsafeMutableRawPointer.allocate(byteCount: max(1, count), alignment: 1)
      defer { bytes.deallocate() }
      for index in 0..<count {
        let byte =
          Bool.random(using: &random)
          ? UInt8.random(in: 0...3, using: &random) : .random(in: .min ... .max, using: &random)
        bytes.storeBytes(of: byte, toByteOffset: index, as: UInt8.self)
      }
      for kind in Self.kinds {
        arena.reset()
        var form = ColumnForm(kind)
        form.element = Self.kinds.randomElement(using: &random) ?? .int8
        if form.element == .array { form.element = .numeric }
        _ = try? arena.cell(form, bytes, count, aux: 0)
      }
    }
  }

  @Test func numericsThereAndBack() throws {
    var random = SystemRandomNumberGenerator()
    let arena = CellArena()
    let buffer = WireBuffer()
    for _ in 0..<20_000 {
      let whole = Int.random(in: 1...30, using: &random)
      let fraction = Int.random(in: 0...30, using: &random)
      var text = Bool.random(using: &random) ? "-" : ""
      text += whole == 1 ? "0" : String(Int.random(in: 1...9, using: &random))
      for _ in 1..<whole where whole > 1 { text += String(Int.random(in: 0...9, using: &random)) }
      if fraction > 0 {
        text += "."
        for _ in 0..<fraction { text += String(Int.random(in: 0...9, using: &random)) }
      }
      buffer.reset()
      var copy = text
      #expect(copy.withUTF8 { buffer.append(numeric: UnsafeRawBufferPointer($0)) })
      arena.reset()
      let cell = try arena.cell(ColumnForm(.numeric), buffer.base, buffer.count, aux: 0)
      #expect(String(decoding: cell.bytes, as: UTF8.self) == text)
    }
    for text in ["", "-", ".", "1.", "-.5", "1e5", "1.2.3", "abc", " 1", String(repeating: "9", count: 131_073)] {
      buffer.reset()
      var copy = text
      let taken = copy.withUTF8 { buffer.append(numeric: UnsafeRawBufferPointer($0)) }
      #expect(!taken || text == "1.", "\(text.prefix(10))")
    }
    buffer.reset()
    var long = String(repeating: "9", count: 131_072)
    #expect(long.withUTF8 { buffer.append(numeric: UnsafeRawBufferPointer($0)) })
    arena.reset()
    let cell = try arena.cell(ColumnForm(.numeric), buffer.base, buffer.count, aux: 0)
    #expect(cell.length == 131_072)
  }

  @Test func integersAmongNumerics() throws {
    let arena = CellArena()
    let buffer = WireBuffer()
    let cases: [(String, CellTag, UInt64)] = [
      ("0", .int, 0), ("10000", .int, 10_000), ("-1", .int, UInt64(bitPattern: -1)),
      ("9223372036854775807", .int, UInt64(Int64.max)), ("9223372036854775808", .uint, 1 << 63),
      ("-9223372036854775808", .int, 1 << 63), ("18446744073709551615", .uint, .max),
      ("18446744073709551616", .decimal, 0), ("-9223372036854775809", .decimal, 0), ("1.5", .decimal, 0),
    ]
    for (text, tag, bits) in cases {
      buffer.reset()
      var copy = text
      _ = copy.withUTF8 { buffer.append(numeric: UnsafeRawBufferPointer($0)) }
      let cell = try arena.cell(ColumnForm(.numericInteger), buffer.base, buffer.count, aux: 0)
      #expect(cell.tag == tag && (tag == .decimal || cell.bits == bits), "\(text)")
    }
  }

  @Test func savepointsThatNeverTravelled() {
    let state = TransactionState()
    state.begin(TransactionOptions())
    #expect(state.isUnsent && state.isOpen)
    state.savepoint(1)
    state.savepoint(2)
    state.release(2)
    #expect(state.pending == [.begin("BEGIN"), .savepoint(1)])
    #expect(!state.rollBack(to: 1))
    #expect(state.pending == [.begin("BEGIN")])
    state.savepoint(1)
    state.sent(2)
    #expect(!state.isUnsent && state.pending.isEmpty)
    state.release(1)
    #expect(state.pending.map(\.sql) == ["RELEASE SAVEPOINT rowan_1"])
    #expect(state.rollBack(to: 1))
    state.end()
    #expect(!state.isOpen)
  }

  @Test func valuesLeaveMessages() {
    func message(_ state: String, _ text: String, _ binds: [SQLValue]) -> String {
      ValueRedaction.message(state: state, text, ContiguousArray(binds))
    }
    #expect(
      message("22P02", "invalid input syntax for type integer: \"a\"b\"", [])
        == "invalid input syntax for type integer: …")
    #expect(message("22P02", "ungültige Eingabe für Typ: »x«", []) == "ungültige Eingabe für Typ: …")
    #expect(
      message("22021", "invalid byte sequence for encoding \"UTF8\": 0xff", [])
        == "the text is not valid in the database's encoding")
    #expect(message("P0001", "a 5 at a bat, 15 and 5", [.text("a"), .int(5)]) == "… … at … bat, 15 and …")
    #expect(message("23505", "duplicate key value violates unique constraint \"u\"", [.text("u")]).contains("\"u\""))
  }
}
