/// Text of SQL as PostgreSQL writes it out: where its parentheses and commas are, apart from those in quotes.
/// https://www.postgresql.org/docs/current/sql-syntax-lexical.html
enum SQLText {
  /// The text without the parentheses that stand around all of it.
  static func unwrapped(_ text: String) -> String {
    var text = text.trimmingBlanks
    while text.utf8.first == UInt8(ascii: "("), closing(of: Array(text.utf8), from: 0) == text.utf8.count - 1 {
      text = String(text.dropFirst().dropLast()).trimmingBlanks
    }
    return text
  }

  /// The parts between the commas that stand in no parentheses, brackets or quotes.
  static func parts(_ text: String) -> [String] {
    let bytes = Array(text.utf8)
    var parts: [String] = []
    var start = 0
    var index = 0
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: ",") {
        parts.append(String(decoding: bytes[start..<index], as: UTF8.self).trimmingBlanks)
        start = index + 1
      }
      index = next(bytes, index)
    }
    let last = String(decoding: bytes[start...], as: UTF8.self).trimmingBlanks
    return parts.isEmpty && last.isEmpty ? [] : parts + [last]
  }

  /// The literal in quotes that `text` begins with, and what follows it.
  static func quoted(_ text: String) -> (value: String, rest: String)? {
    var bytes = Array(text.utf8)[...]
    let isEscaped = bytes.first == UInt8(ascii: "E") || bytes.first == UInt8(ascii: "e")
    if isEscaped { bytes.removeFirst() }
    guard bytes.popFirst() == UInt8(ascii: "'") else { return nil }
    var value: [UInt8] = []
    while let byte = bytes.popFirst() {
      if byte == UInt8(ascii: "'") {
        guard bytes.first == UInt8(ascii: "'") else {
          return (String(decoding: value, as: UTF8.self), String(decoding: bytes, as: UTF8.self))
        }
        bytes.removeFirst()
      } else if isEscaped, byte == UInt8(ascii: "\\") {
        // Other escapes than a doubled backslash are left to the server.
        guard bytes.popFirst() == UInt8(ascii: "\\") else { return nil }
      }
      value.append(byte)
    }
    return nil
  }

  /// Whether `name` stands in `text` as a word of its own, in quotes or not.
  static func mentions(_ text: String, _ name: String) -> Bool {
    let bytes = Array(text.utf8)
    let wanted = Array(name.lowercased().utf8)
    let folded = bytes.map { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) ? $0 | 0x20 : $0 }
    guard !wanted.isEmpty, folded.count >= wanted.count else { return false }
    for start in 0...(folded.count - wanted.count) where folded[start..<start + wanted.count].elementsEqual(wanted) {
      let end = start + wanted.count
      if (start == 0 || !isWord(folded[start - 1])) && (end == folded.count || !isWord(folded[end])) { return true }
    }
    return false
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"),
      UInt8(ascii: "$"), 0x80...:
      true
    default: false
    }
  }

  /// The index of what closes the parenthesis or bracket at `open`; nil where nothing does.
  static func closing(of bytes: [UInt8], from open: Int) -> Int? {
    let after = next(bytes, open)
    return after > open + 1 && after <= bytes.count ? after - 1 : nil
  }

  /// The index after what `bytes` begins with: a quoted text, a group in parentheses or brackets, or one byte. The end
  /// where a group is not closed.
  static func next(_ bytes: ArraySlice<UInt8>) -> Int { min(next(bytes, bytes.startIndex), bytes.endIndex) }

  /// Whether the group that `bytes` begins with ends at their end.
  static func isClosed(_ bytes: ArraySlice<UInt8>) -> Bool {
    bytes.count >= 2 && next(bytes, bytes.startIndex) == bytes.endIndex
  }

  private static func next(_ bytes: [UInt8], _ index: Int) -> Int { next(bytes[...], index) }

  /// Beyond the end where a group is not closed.
  private static func next(_ bytes: ArraySlice<UInt8>, _ index: Int) -> Int {
    var stack: [UInt8] = []
    var index = index
    let end = bytes.endIndex
    while index < end {
      let byte = bytes[index]
      index += 1
      switch byte {
      case UInt8(ascii: "'"), UInt8(ascii: "\""):
        while index < end, bytes[index] != byte { index += 1 }
        index = min(index + 1, end)
      case UInt8(ascii: "("): stack.append(UInt8(ascii: ")"))
      case UInt8(ascii: "["): stack.append(UInt8(ascii: "]"))
      default: if byte == stack.last { stack.removeLast() }
      }
      if stack.isEmpty { return index }
    }
    return end + 1
  }
}
