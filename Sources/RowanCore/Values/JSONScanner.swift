/// Takes JSON text apart from left to right without recursion, so that nesting costs no stack.
struct JSONScanner {
  /// What a value is, as far as an array's element needs it.
  enum Token { case null, boolean(Bool), number, string, nested }

  private let bytes: UnsafeRawBufferPointer
  private(set) var index = 0

  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  /// The bytes from `start` to the current position.
  func slice(from start: Int) -> Slice<UnsafeRawBufferPointer> { bytes[start..<index] }

  mutating func skipSpace() {
    while index < bytes.count {
      switch bytes[index] {
      case 0x20, 0x09, 0x0A, 0x0D: index &+= 1
      default: return
      }
    }
  }

  var isAtEnd: Bool { index >= bytes.count }

  mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard index < bytes.count, UInt32(bytes[index]) == character.value else { return false }
    index &+= 1
    return true
  }

  private mutating func take(word: StaticString) -> Bool {
    let end = index &+ word.utf8CodeUnitCount
    guard end <= bytes.count,
      bytes[index..<end].elementsEqual(UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount))
    else { return false }
    index = end
    return true
  }

  /// Takes one value and writes a string's content, or another value's text, to `text`.
  mutating func value(into text: inout [UInt8]) -> Token? {
    text.removeAll(keepingCapacity: true)
    let start = index
    if take("\"") { return string(into: &text) ? .string : nil }
    let token: Token
    if take(word: "null") {
      token = .null
    } else if take(word: "true") {
      token = .boolean(true)
    } else if take(word: "false") {
      token = .boolean(false)
    } else if index < bytes.count, bytes[index] == UInt8(ascii: "[") || bytes[index] == UInt8(ascii: "{") {
      guard skipNested() else { return nil }
      token = .nested
    } else {
      let characters = "+-.0123456789eE".utf8
      while index < bytes.count, characters.contains(bytes[index]) { index &+= 1 }
      guard index > start else { return nil }
      token = .number
    }
    text.append(contentsOf: slice(from: start))
    return token
  }

  /// Skips an array or object; whether it is well formed within is for its own decoder to find out.
  private mutating func skipNested() -> Bool {
    var depth = 0
    while index < bytes.count {
      let byte = bytes[index]
      index &+= 1
      switch byte {
      case UInt8(ascii: "["), UInt8(ascii: "{"): depth &+= 1
      case UInt8(ascii: "]"), UInt8(ascii: "}"):
        depth &-= 1
        if depth == 0 { return true }
      case UInt8(ascii: "\""):
        while index < bytes.count, bytes[index] != UInt8(ascii: "\"") {
          index &+= bytes[index] == UInt8(ascii: "\\") ? 2 : 1
        }
        index &+= 1
      default: break
      }
    }
    return false
  }

  /// Takes the rest of a string, after its opening quote.
  private mutating func string(into text: inout [UInt8]) -> Bool {
    while index < bytes.count {
      let byte = bytes[index]
      index &+= 1
      switch byte {
      case UInt8(ascii: "\""): return true
      case UInt8(ascii: "\\"):
        guard escape(into: &text) else { return false }
      case ..<0x20: return false
      default: text.append(byte)
      }
    }
    return false
  }

  private mutating func escape(into text: inout [UInt8]) -> Bool {
    guard index < bytes.count else { return false }
    let byte = bytes[index]
    index &+= 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
    case UInt8(ascii: "b"): text.append(8)
    case UInt8(ascii: "f"): text.append(12)
    case UInt8(ascii: "n"): text.append(10)
    case UInt8(ascii: "r"): text.append(13)
    case UInt8(ascii: "t"): text.append(9)
    case UInt8(ascii: "u"):
      guard var code = fourHexDigits() else { return false }
      if 0xD800...0xDBFF ~= code {
        guard take("\\"), take("u"), let low = fourHexDigits(), 0xDC00...0xDFFF ~= low else { return false }
        code = 0x10000 &+ (code &- 0xD800) << 10 &+ (low &- 0xDC00)
      }
      guard let scalar = Unicode.Scalar(code) else { return false }
      text.append(contentsOf: String(Character(scalar)).utf8)
    default: return false
    }
    return true
  }

  private mutating func fourHexDigits() -> UInt32? {
    var value: UInt32 = 0
    for _ in 0..<4 {
      guard index < bytes.count, let digit = HexText.digit(bytes[index]) else { return nil }
      value = value << 4 | UInt32(digit)
      index &+= 1
    }
    return value
  }
}
