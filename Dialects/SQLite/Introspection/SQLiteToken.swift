/// One token of SQLite's grammar, as far as schema texts need it. https://sqlite.org/lang.html
struct SQLiteToken: Equatable {
  enum Kind: Equatable {
    /// A bare word: a keyword or a name.
    case word
    /// A name in `"…"`, `` `…` `` or `[…]`.
    case quotedName
    /// Text in single quotes.
    case string
    /// `x'…'`.
    case blob
    case number
    /// Anything else, one operator or mark each.
    case mark
    /// A comment; only ``SQLiteTokenizer/comments(_:)`` gives them.
    case comment
  }

  var kind: Kind
  /// The text between the quotes with doubled ones made single, or the text itself.
  var value: String
  /// Where it stands, in bytes of UTF-8.
  var range: Range<Int>

  /// Whether it is the keyword `word`, which is in upper case.
  func `is`(_ word: String) -> Bool { kind == .word && value.uppercased() == word }

  /// Whether it is the mark `mark`.
  func isMark(_ mark: String) -> Bool { kind == .mark && value == mark }

  /// Whether it can stand where a name is asked for: SQLite takes strings there too.
  var isName: Bool { kind == .word || kind == .quotedName || kind == .string }
}

/// Takes SQL text apart as SQLite does. https://sqlite.org/src/file/src/tokenize.c
struct SQLiteTokenizer {
  let bytes: [UInt8]
  private var at = 0
  private var keepsComments = false

  init(_ text: String) { bytes = Array(text.utf8) }

  /// The tokens of `text`, without comments; nil where one does not end.
  static func tokens(_ text: String) -> [SQLiteToken]? {
    var tokenizer = SQLiteTokenizer(text)
    return tokenizer.all()
  }

  /// The tokens and comments of `text`; nil where one does not end.
  static func comments(_ text: String) -> [SQLiteToken]? {
    var tokenizer = SQLiteTokenizer(text)
    tokenizer.keepsComments = true
    return tokenizer.all()
  }

  private mutating func all() -> [SQLiteToken]? {
    var tokens: [SQLiteToken] = []
    while true {
      switch next() {
      case .token(let token): tokens.append(token)
      case .end: return tokens
      case .broken: return nil
      }
    }
  }

  private enum Step {
    case token(SQLiteToken)
    case end
    case broken
  }

  private func byte(_ offset: Int = 0) -> UInt8? { bytes.indices.contains(at + offset) ? bytes[at + offset] : nil }

  private func token(_ kind: SQLiteToken.Kind, _ start: Int, _ value: String? = nil) -> Step {
    .token(
      SQLiteToken(
        kind: kind, value: value ?? String(decoding: bytes[start..<at], as: UTF8.self), range: start..<at))
  }

  private mutating func next() -> Step {
    while let byte = byte() {
      let start = at
      switch byte {
      case UInt8(ascii: " "), 9, 10, 12, 13: at += 1
      case UInt8(ascii: "-") where self.byte(1) == UInt8(ascii: "-"):
        while let byte = self.byte(), byte != 10 { at += 1 }
        if keepsComments { return token(.comment, start) }
      case UInt8(ascii: "/") where self.byte(1) == UInt8(ascii: "*"):
        at += 2
        while let byte = self.byte(), !(byte == UInt8(ascii: "*") && self.byte(1) == UInt8(ascii: "/")) { at += 1 }
        // SQLite lets a comment run to the end of the text.
        at = min(at + 2, bytes.count)
        if keepsComments { return token(.comment, start) }
      case UInt8(ascii: "'"): return quoted(.string, byte, byte)
      case UInt8(ascii: "\""), UInt8(ascii: "`"): return quoted(.quotedName, byte, byte)
      case UInt8(ascii: "["): return quoted(.quotedName, byte, UInt8(ascii: "]"))
      case UInt8(ascii: "x"), UInt8(ascii: "X"):
        guard self.byte(1) == UInt8(ascii: "'") else { return word() }
        at += 1
        guard case .token(let inner) = quoted(.blob, UInt8(ascii: "'"), UInt8(ascii: "'")) else { return .broken }
        return .token(SQLiteToken(kind: .blob, value: inner.value, range: start..<at))
      case UInt8(ascii: "0")...UInt8(ascii: "9"): return number()
      case UInt8(ascii: "."):
        if let digit = self.byte(1), Self.isDigit(digit) { return number() }
        at += 1
        return token(.mark, start)
      default: return Self.isWord(byte) ? word() : mark()
      }
    }
    return .end
  }

  private mutating func quoted(_ kind: SQLiteToken.Kind, _ open: UInt8, _ close: UInt8) -> Step {
    let start = at
    var value: [UInt8] = []
    at += 1
    while let byte = byte() {
      at += 1
      if byte != close {
        value.append(byte)
      } else if open == close, self.byte() == close {
        value.append(byte)
        at += 1
      } else {
        return token(kind, start, String(decoding: value, as: UTF8.self))
      }
    }
    return .broken
  }

  private mutating func word() -> Step {
    let start = at
    while let byte = byte(), Self.isWord(byte) { at += 1 }
    return token(.word, start)
  }

  private mutating func number() -> Step {
    let start = at
    if byte() == UInt8(ascii: "0"), byte(1) == UInt8(ascii: "x") || byte(1) == UInt8(ascii: "X") { at += 2 }
    while let byte = byte() {
      let isSign = byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-")
      let follows = at > start && (bytes[at - 1] | 0x20) == UInt8(ascii: "e") && !isHex(start)
      guard Self.isWord(byte) || byte == UInt8(ascii: ".") || (isSign && follows) else { break }
      at += 1
    }
    return token(.number, start)
  }

  private func isHex(_ start: Int) -> Bool {
    start + 1 < bytes.count && bytes[start] == UInt8(ascii: "0") && (bytes[start + 1] | 0x20) == UInt8(ascii: "x")
  }

  private mutating func mark() -> Step {
    let start = at
    let three = String(decoding: bytes[at..<min(at + 3, bytes.count)], as: UTF8.self)
    let two = String(decoding: bytes[at..<min(at + 2, bytes.count)], as: UTF8.self)
    at += three == "->>" ? 3 : ["||", "<=", ">=", "<>", "!=", "==", "<<", ">>", "->"].contains(two) ? 2 : 1
    return token(.mark, start)
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

  /// Every byte of a character beyond ASCII can be part of a name. https://sqlite.org/lang_keywords.html
  private static func isWord(_ byte: UInt8) -> Bool {
    byte >= 0x80 || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "$") || isDigit(byte)
      || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }
}
