/// Walks over the tokens of a text.
struct TokenCursor {
  private let bytes: [UInt8]
  private let tokens: [SQLiteToken]
  private var at = 0

  /// A cursor at the beginning of `text`; nil for text with a quote that does not end.
  init?(_ text: String) {
    guard let tokens = SQLiteTokenizer.tokens(text) else { return nil }
    self.tokens = tokens
    bytes = Array(text.utf8)
  }

  /// The next token; nil at the end.
  var peek: SQLiteToken? { tokens.indices.contains(at) ? tokens[at] : nil }

  /// The token after the next.
  var second: SQLiteToken? { tokens.indices.contains(at + 1) ? tokens[at + 1] : nil }

  var isAtEnd: Bool { at >= tokens.count }

  /// Takes the next token.
  mutating func next() -> SQLiteToken? {
    defer { if at < tokens.count { at += 1 } }
    return peek
  }

  /// Takes the keywords `words` if all of them come next.
  mutating func take(_ words: String...) -> Bool {
    guard at + words.count <= tokens.count else { return false }
    for (offset, word) in words.enumerated() where !tokens[at + offset].is(word) { return false }
    at += words.count
    return true
  }

  /// Takes `mark` if it comes next.
  mutating func take(mark: String) -> Bool {
    guard peek?.isMark(mark) == true else { return false }
    at += 1
    return true
  }

  /// Takes a name, quotes taken off.
  mutating func name() -> String? {
    guard let token = peek, token.isName else { return nil }
    at += 1
    return token.value
  }

  /// Takes `( … )` and gives the text between the two.
  mutating func parenthesised() -> String? {
    guard let open = peek, take(mark: "(") else { return nil }
    var depth = 1
    while let token = next() {
      if token.isMark("(") { depth += 1 }
      if token.isMark(")") { depth -= 1 }
      if depth == 0 { return text(open.range.upperBound..<token.range.lowerBound) }
    }
    return nil
  }

  /// Takes tokens until one that `ends` outside parentheses, or the end, and gives their text.
  mutating func text(until ends: (SQLiteToken) -> Bool) -> String {
    let start = peek?.range.lowerBound ?? bytes.count
    var end = start
    var depth = 0
    while let token = peek {
      if depth == 0, ends(token) { break }
      if token.isMark("(") { depth += 1 }
      if token.isMark(")") { depth -= 1 }
      end = token.range.upperBound
      at += 1
    }
    return text(start..<end)
  }

  /// The rest of the text, from the next token on.
  var rest: String { peek.map { text($0.range.lowerBound..<bytes.count) } ?? "" }

  /// The comment directly after the last token taken, without its marks; nil where there is none.
  func commentBehind() -> String? {
    guard at > 0 else { return nil }
    let start = tokens[at - 1].range.upperBound
    let gap = text(start..<(peek?.range.lowerBound ?? bytes.count))
    guard gap.hasPrefix("/*"), gap.hasSuffix("*/"), gap.utf8.count >= 4 else { return nil }
    return String(gap.dropFirst(2).dropLast(2)).trimmed
  }

  private func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self).trimmed }
}

extension String {
  /// Without space at either end.
  var trimmed: String {
    func isSpace(_ scalar: Unicode.Scalar) -> Bool { scalar == " " || (9...13).contains(scalar.value) }
    var rest = unicodeScalars[...]
    while let first = rest.first, isSpace(first) { rest.removeFirst() }
    while let last = rest.last, isSpace(last) { rest.removeLast() }
    return String(rest)
  }

  /// SQLite folds the letters of ASCII and no others.
  var folded: String {
    String(
      decoding: utf8.map { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) ? $0 | 0x20 : $0 }, as: UTF8.self)
  }
}
