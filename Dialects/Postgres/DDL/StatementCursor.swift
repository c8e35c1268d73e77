/// Walks over the first words and names of a statement.
struct StatementCursor {
  /// A name, and those it is qualified by.
  struct Name: Equatable {
    /// As it is written.
    var text: String
    /// Its parts as the server understands them, quotes taken off.
    var parts: [String]

    /// The name itself.
    var last: String { parts.last ?? "" }

    /// Whether both may be one object: a name that says less may be any that says more.
    func mayBe(_ other: Name) -> Bool {
      zip(parts.reversed(), other.parts.reversed()).allSatisfy { $0 == $1 }
    }
  }

  private var rest: Substring.UTF8View

  private let statement: Substring.UTF8View

  init(_ statement: String) {
    self.statement = Substring(statement).utf8
    rest = self.statement
  }

  /// Takes `keyword`, in any letters, if it comes next.
  mutating func take(_ keyword: String) -> Bool {
    skipBlanks()
    let word = rest.prefix(while: Self.isWord)
    guard String(Substring(word)).uppercased() == keyword else { return false }
    rest = rest[word.endIndex...]
    return true
  }

  /// Takes a name, with those it is qualified by; nil where something else comes.
  mutating func name() -> Name? {
    skipBlanks()
    let start = rest.startIndex
    var parts: [String] = []
    while let byte = rest.first {
      var part: [UInt8] = []
      if byte == UInt8(ascii: "\"") {
        rest = rest.dropFirst()
        while let next = rest.popFirst() {
          if next == UInt8(ascii: "\"") {
            guard rest.first == UInt8(ascii: "\"") else { break }
            rest = rest.dropFirst()
          }
          part.append(next)
        }
      } else {
        // Letters outside quotes are small ones. https://www.postgresql.org/docs/current/sql-syntax-lexical.html
        let word = rest.prefix(while: Self.isWord)
        if word.isEmpty { return nil }
        part = word.map { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) ? $0 | 0x20 : $0 }
        rest = rest[word.endIndex...]
      }
      parts.append(String(decoding: part, as: UTF8.self))
      let end = rest.startIndex
      guard rest.first == UInt8(ascii: ".") else {
        return Name(text: String(Substring(statement[start..<end])), parts: parts)
      }
      rest = rest.dropFirst()
    }
    return nil
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
