public import RowanCore

extension JSONValue {
  /// Reads a document.
  /// - Throws: ``RowanError/Code/decodingFailed`` with the line of what is no JSON, for a name that comes twice in an
  ///   object, and beyond 256 levels.
  public init(_ text: String) throws(RowanError) { try self.init(utf8: Array(text.utf8)) }

  init(utf8 bytes: [UInt8]) throws(RowanError) {
    var reader = JSONValueReader(bytes)
    self = try reader.document()
  }
}

/// Reads JSON and knows the line of each mistake. https://www.rfc-editor.org/rfc/rfc8259
struct JSONValueReader {
  private let bytes: [UInt8]
  private var position = 0
  private var depth = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func document() throws(RowanError) -> JSONValue {
    let value = try value()
    skipBlanks()
    guard position == bytes.count else { throw failure("something follows the document") }
    return value
  }

  private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

  private func failure(_ problem: String) -> RowanError {
    let line = bytes[..<min(position, bytes.count)].reduce(1) { $1 == UInt8(ascii: "\n") ? $0 + 1 : $0 }
    let rest = bytes[min(position, bytes.count)...]
    let marks = ["<<<<<<<", "=======", ">>>>>>>"]
    let isConflict = marks.contains { rest.starts(with: $0.utf8) }
    return RowanError(
      .decodingFailed, isConflict ? "line \(line): the mark of a merge conflict" : "line \(line): \(problem)",
      hint: isConflict ? "resolve the conflict" : nil)
  }

  private mutating func skipBlanks() {
    while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    skipBlanks()
    guard next == byte else { return false }
    position += 1
    return true
  }

  private mutating func take(word: String) -> Bool {
    guard bytes[position...].starts(with: word.utf8) else { return false }
    position += word.utf8.count
    return true
  }

  private mutating func value() throws(RowanError) -> JSONValue {
    skipBlanks()
    switch next {
    case UInt8(ascii: "{"):
      return try nested { (reader: inout JSONValueReader) throws(RowanError) in try reader.object() }
    case UInt8(ascii: "["):
      return try nested { (reader: inout JSONValueReader) throws(RowanError) in try reader.array() }
    case UInt8(ascii: "\""): return .string(try string())
    default:
      if take(word: "true") { return .bool(true) }
      if take(word: "false") { return .bool(false) }
      if take(word: "null") { return .null }
      return try number()
    }
  }

  private mutating func nested(
    _ read: (inout JSONValueReader) throws(RowanError) -> JSONValue
  ) throws(RowanError) -> JSONValue {
    guard depth < 256 else { throw failure("the document is nested too deeply") }
    depth += 1
    let value = try read(&self)
    depth -= 1
    return value
  }

  private mutating func object() throws(RowanError) -> JSONValue {
    position += 1
    var members: [JSONValue.Member] = []
    var names: Set<String> = []
    if take(UInt8(ascii: "}")) { return .object([]) }
    repeat {
      skipBlanks()
      guard next == UInt8(ascii: "\"") else { throw failure("a name in quotes is missing") }
      let name = try string()
      guard names.insert(name).inserted else { throw failure("a name comes twice in an object") }
      guard take(UInt8(ascii: ":")) else { throw failure("a colon is missing") }
      members.append(JSONValue.Member(name, try value()))
    } while take(UInt8(ascii: ","))
    guard take(UInt8(ascii: "}")) else { throw failure("a comma or } is missing") }
    return .object(members)
  }

  private mutating func array() throws(RowanError) -> JSONValue {
    position += 1
    var elements: [JSONValue] = []
    if take(UInt8(ascii: "]")) { return .array([]) }
    repeat { elements.append(try value()) } while take(UInt8(ascii: ","))
    guard take(UInt8(ascii: "]")) else { throw failure("a comma or ] is missing") }
    return .array(elements)
  }

  private mutating func string() throws(RowanError) -> String {
    position += 1
    var text: [UInt8] = []
    while let byte = next {
      position += 1
      if byte == UInt8(ascii: "\"") {
        guard let string = String(validating: text, as: UTF8.self) else { throw failure("a string is not UTF-8") }
        return string
      }
      guard byte >= 0x20 else {
        position -= 1
        throw failure("a string has no end on its line")
      }
      if byte == UInt8(ascii: "\\") { text.append(contentsOf: String(try escaped()).utf8) } else { text.append(byte) }
    }
    throw failure("a string has no end")
  }

  private mutating func escaped() throws(RowanError) -> Unicode.Scalar {
    guard let byte = next else { throw failure("a string has no end") }
    position += 1
    switch byte {
    case UInt8(ascii: "\""): return "\""
    case UInt8(ascii: "\\"): return "\\"
    case UInt8(ascii: "/"): return "/"
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"):
      var code = try codeUnit()
      if code >= 0xD800, code < 0xDC00, take(word: "\\u") {
        let low = try codeUnit()
        guard low >= 0xDC00, low < 0xE000 else { throw failure("half of a surrogate pair") }
        code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
      }
      guard let scalar = Unicode.Scalar(code) else { throw failure("half of a surrogate pair") }
      return scalar
    default: throw failure("an unknown escape")
    }
  }

  private mutating func codeUnit() throws(RowanError) -> UInt32 {
    let digits = bytes[position...].prefix(4)
    guard digits.count == 4, digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
      let code = UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
    else { throw failure("\\u is not followed by four digits") }
    position += 4
    return code
  }

  private mutating func number() throws(RowanError) -> JSONValue {
    let start = position
    var end = start
    while end < bytes.count, "+-.eE0123456789".utf8.contains(bytes[end]) { end += 1 }
    let text = String(decoding: bytes[start..<end], as: UTF8.self)
    guard JSONValueReader.isNumber(bytes[start..<end]) else { throw failure("no JSON value") }
    if let integer = Int64(text), text != "-0" {
      position = end
      return .integer(integer)
    }
    guard let number = Double(text), number.isFinite else { throw failure("a number is out of range") }
    position = end
    return .number(number)
  }

  /// Whether the bytes are a number in JSON's grammar, which has no leading zeros, plus signs or bare points.
  private static func isNumber(_ bytes: ArraySlice<UInt8>) -> Bool {
    var rest = bytes
    func digits() -> Int {
      let count = rest.prefix(while: SQLBytes.isDigit).count
      rest = rest.dropFirst(count)
      return count
    }
    if rest.first == UInt8(ascii: "-") { rest = rest.dropFirst() }
    let leadsWithZero = rest.first == UInt8(ascii: "0")
    let whole = digits()
    guard whole > 0, !leadsWithZero || whole == 1 else { return false }
    if rest.first == UInt8(ascii: ".") {
      rest = rest.dropFirst()
      guard digits() > 0 else { return false }
    }
    if rest.first == UInt8(ascii: "e") || rest.first == UInt8(ascii: "E") {
      rest = rest.dropFirst()
      if rest.first == UInt8(ascii: "+") || rest.first == UInt8(ascii: "-") { rest = rest.dropFirst() }
      guard digits() > 0 else { return false }
    }
    return rest.isEmpty
  }
}
