import RowanCore
import RowanMigrations
import Testing

/// JSON as the files have it.
@Suite struct JSONValueTests {
  @Test func textIsStable() throws {
    let value = JSONValue.object([
      .init("z", .array([.integer(1), .integer(-2), .number(0.5), .bool(true), .null])),
      .init("a", .string("\"\\\n\r\t\u{1}\u{7F}é日🙂/")), .init("empty", .array([])), .init("none", .object([])),
    ])
    let text = """
      {
        "z": [
          1,
          -2,
          0.5,
          true,
          null
        ],
        "a": "\\"\\\\\\n\\r\\t\\u0001\\u007fé日🙂/",
        "empty": [],
        "none": {}
      }

      """
    #expect(try value.text() == text)
    #expect(try JSONValue(text) == value)
    #expect(throws: RowanError.self) { try JSONValue.number(.infinity).text() }
  }

  @Test(arguments: [
    ("9223372036854775807", JSONValue.integer(.max)), ("9223372036854775808", .number(9_223_372_036_854_775_808)),
    ("-0", .number(-0.0)), ("1e2", .number(100)), ("1.50", .number(1.5)), (" \"\\ud83d\\ude42\\/\" ", .string("🙂/")),
    ("[ ]", .array([])), ("{\"a\" : { } }", .object([.init("a", .object([]))])),
  ])
  func reads(_ text: String, _ value: JSONValue) throws { #expect(try JSONValue(text) == value) }

  @Test(arguments: [
    "", "nul", "tru e", "01", "1.", ".5", "+1", "1e", "--1", "1 2", "[1,]", "[1", "{\"a\"}", "{\"a\":1,}", "{a:1}",
    "\"a", "\"a\nb\"", "\"\\x\"", "\"\\u12\"", "\"\\ud800\"", "\"\\ud800\\u0041\"", "1e999", "{\"a\":1,\"a\":2}", "]",
    String(repeating: "[", count: 300), "\"\\u+123\"", "<<<<<<< HEAD",
  ])
  func refuses(_ text: String) {
    let error = #expect(throws: RowanError.self) { try JSONValue(text) }
    #expect(error?.code == .decodingFailed)
    #expect(error?.message.hasPrefix("line ") == true)
  }

  private struct Condition: Codable, Equatable {
    var table: String
    var column: String?
    var count: Int
  }

  @Test func codableValues() throws {
    let condition = Condition(table: "a", column: nil, count: 3)
    let value = try JSONValue(encoding: condition)
    #expect(value == .object([.init("count", .integer(3)), .init("table", .string("a"))]))
    #expect(try value.decode(Condition.self) == condition)
    let error = #expect(throws: RowanError.self) { try JSONValue.array([]).decode(Condition.self) }
    #expect(error?.code == .decodingFailed)
  }
}
