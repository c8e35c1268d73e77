/// Walks over the first words and names of a statement.
struct StatementCursor {
  private var rest: Substring.UTF8View

  init(_ statement: String) { rest = Substring(statement).utf8 }

  /// Takes `keyword`, in any letters, if it comes next.
  mutating func take(_ keyword: String) -> Bool {
    skipBlanks()
    let word = rest.prefix(while: Self.isWord)
    guard String(Substring(word)).uppercased() == keyword else { return false }
    rest = rest[word.endIndex...]
    return true
  }

  /// Takes a name, with those it is qualified by, as it is written; nil where something else comes.
  mutating func name() -> String? {
    skipBlanks()
    var end = rest.startIndex
    while end < rest.endIndex {
      if rest[end] == UInt8(ascii: "\"") {
        guard let quote = rest[rest.index(after: end)...].firstIndex(of: UInt8(ascii: "\"")) else { return nil }
        end = rest.index(after: quote)
      } else if Self.isWord(rest[end]) || rest[end] == UInt8(ascii: ".") {
        end = rest.index(after: end)
      } else {
        break
      }
    }
    guard end > rest.startIndex else { return nil }
    defer { rest = rest[end...] }
    return String(Substring(rest[..<end]))
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "$"), 0x80...:
      true
    default: false
    }
  }

  /// Blanks, and comments to the end of a line, with which generated statements begin.
  private mutating func skipBlanks() {
    while let byte = rest.first {
      if byte == UInt8(ascii: " ") || (9...13).contains(byte) {
        rest = rest.dropFirst()
      } else if rest.starts(with: "--".utf8) {
        rest = rest.drop { $0 != UInt8(ascii: "\n") }
      } else {
        return
      }
    }
  }
}
