/// SQL as the servers write it in their catalogs.
enum MySQLStoredText {
  /// What stands in the quoted string that `text` is; nil where it is something else.
  /// https://mariadb.com/kb/en/string-literals/
  static func unquoted(_ text: String) -> String? {
    let bytes = Array(text.utf8)
    guard bytes.count >= 2, bytes.first == quote, bytes.last == quote else { return nil }
    let end = bytes.count - 1
    var out: [UInt8] = []
    var index = 1
    while index < end {
      let byte = bytes[index]
      index += 1
      switch byte {
      case backslash:
        guard index < end else { return nil }
        out += meaning(of: bytes[index])
        index += 1
      case quote:
        guard index < end, bytes[index] == quote else { return nil }
        out.append(quote)
        index += 1
      default: out.append(byte)
      }
    }
    return String(decoding: out, as: UTF8.self)
  }

  /// `text` as a string literal. The session's mode, which the driver sets, has no `NO_BACKSLASH_ESCAPES`.
  static func quoted(_ text: String) -> String {
    var out = "'"
    for scalar in text.unicodeScalars {
      switch scalar {
      case "'": out += "''"
      case "\\": out += "\\\\"
      case "\0": out += "\\0"
      case "\n": out += "\\n"
      case "\r": out += "\\r"
      case "\u{1A}": out += "\\Z"
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out + "'"
  }

  /// `text` without blanks around it and without parentheses around all of it.
  static func bare(_ text: String) -> String {
    var bytes = Array(text.utf8)[...]
    while true {
      while let first = bytes.first, isBlank(first) { bytes = bytes.dropFirst() }
      while let last = bytes.last, isBlank(last) { bytes = bytes.dropLast() }
      guard bytes.first == UInt8(ascii: "("), closing(of: bytes) == bytes.endIndex - 1 else { break }
      bytes = bytes.dropFirst().dropLast()
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// MySQL's catalogs hold expressions with their quotes and backslashes escaped once more.
  static func unescaped(_ text: String) -> String {
    guard text.utf8.contains(backslash) else { return text }
    var out: [UInt8] = []
    var bytes = Array(text.utf8)[...]
    while let byte = bytes.popFirst() {
      if byte == backslash, let next = bytes.popFirst() { out += meaning(of: next) } else { out.append(byte) }
    }
    return String(decoding: out, as: UTF8.self)
  }

  /// `text` without the name of `database` before those of its objects, so that it says the same in another one.
  static func unqualified(_ text: String, database: String) -> String {
    let qualifier = Array(
      "`\(database.split(separator: "`", omittingEmptySubsequences: false).joined(separator: "``"))`.".utf8)
    let bytes = Array(text.utf8)[...]
    var out: [UInt8] = []
    var index = bytes.startIndex
    var isAfterPoint = false
    while index < bytes.endIndex {
      let byte = bytes[index]
      if !isAfterPoint, byte == backtick, bytes[index...].starts(with: qualifier) {
        index += qualifier.count
        continue
      }
      let end = isQuote(byte) ? end(ofQuoted: bytes, at: index) : index + 1
      out += bytes[index..<end]
      isAfterPoint = byte == UInt8(ascii: ".")
      index = end
    }
    return String(decoding: out, as: UTF8.self)
  }

  /// The parts of `text` between commas that stand outside quotes and parentheses.
  static func list(_ text: String) -> [String] {
    let bytes = Array(text.utf8)[...]
    var parts: [String] = []
    var (start, index, depth) = (bytes.startIndex, bytes.startIndex, 0)
    while index < bytes.endIndex {
      switch bytes[index] {
      case let byte where isQuote(byte):
        index = end(ofQuoted: bytes, at: index)
        continue
      case UInt8(ascii: "("): depth += 1
      case UInt8(ascii: ")"): depth -= 1
      case UInt8(ascii: ",") where depth == 0:
        parts.append(String(decoding: bytes[start..<index], as: UTF8.self))
        start = index + 1
      default: break
      }
      index += 1
    }
    parts.append(String(decoding: bytes[start...], as: UTF8.self))
    return parts.map { bare($0) }
  }

  private static let quote = UInt8(ascii: "'")
  private static let backtick = UInt8(ascii: "`")
  private static let backslash = UInt8(ascii: "\\")

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

  private static func isQuote(_ byte: UInt8) -> Bool {
    byte == quote || byte == backtick || byte == UInt8(ascii: "\"")
  }

  private static func meaning(of escaped: UInt8) -> [UInt8] {
    switch escaped {
    case UInt8(ascii: "0"): [0]
    case UInt8(ascii: "n"): [0x0A]
    case UInt8(ascii: "r"): [0x0D]
    case UInt8(ascii: "t"): [0x09]
    case UInt8(ascii: "b"): [0x08]
    case UInt8(ascii: "Z"): [0x1A]
    case UInt8(ascii: "%"), UInt8(ascii: "_"): [backslash, escaped]
    default: [escaped]
    }
  }

  /// Where what begins with the quote at `start` ends.
  private static func end(ofQuoted bytes: ArraySlice<UInt8>, at start: Int) -> Int {
    let mark = bytes[start]
    var index = start + 1
    while index < bytes.endIndex {
      if bytes[index] == backslash, mark != backtick {
        index += 2
      } else if bytes[index] == mark {
        guard index + 1 < bytes.endIndex, bytes[index + 1] == mark else { return index + 1 }
        index += 2
      } else {
        index += 1
      }
    }
    return bytes.endIndex
  }

  /// Where the parenthesis that `bytes` begin with is closed.
  private static func closing(of bytes: ArraySlice<UInt8>) -> Int? {
    var (index, depth) = (bytes.startIndex, 0)
    while index < bytes.endIndex {
      let byte = bytes[index]
      if isQuote(byte) {
        index = end(ofQuoted: bytes, at: index)
        continue
      }
      if byte == UInt8(ascii: "(") { depth += 1 }
      if byte == UInt8(ascii: ")") {
        depth -= 1
        if depth == 0 { return index }
      }
      index += 1
    }
    return nil
  }
}
