import RowanCore

/// Cuts SQL into tokens in one pass; every byte belongs to exactly one token.
struct SQLLexer {
  let bytes: [UInt8]
  let syntax: SQLScriptSyntax
  /// What ends a statement; `;` unless the script says otherwise.
  var delimiter: [UInt8]
  private(set) var position = 0
  private(set) var line = 1
  /// How many executable comments are open.
  private(set) var executableDepth = 0
  /// The line of the outermost open executable comment.
  private(set) var executableLine = 1

  init(_ bytes: [UInt8], syntax: SQLScriptSyntax, delimiter: [UInt8]) {
    self.bytes = bytes
    self.syntax = syntax
    self.delimiter = delimiter
  }

  /// The next token; nil at the end.
  mutating func next() throws(RowanError) -> SQLToken? {
    guard let first = byte(at: position) else { return nil }
    let start = position
    let (kind, end) = try scan(first)
    return take(kind, from: start, to: end)
  }

  /// The rest of the line as one token, without its line feed; nil at the end.
  mutating func restOfLine() -> SQLToken? {
    guard position < bytes.count else { return nil }
    return take(.blank, from: position, to: endOfLine(from: position, carriageReturnEnds: false))
  }

  func byte(at index: Int) -> UInt8? { index < bytes.count ? bytes[index] : nil }

  /// Whether `pattern` stands at `index`.
  func matches(_ pattern: [UInt8], at index: Int) -> Bool {
    guard !pattern.isEmpty, bytes.count &- index >= pattern.count else { return false }
    for offset in 0..<pattern.count where bytes[index &+ offset] != pattern[offset] { return false }
    return true
  }

  private mutating func take(_ kind: SQLToken.Kind, from start: Int, to end: Int) -> SQLToken {
    let token = SQLToken(kind: kind, start: start, end: end, line: line)
    for index in start..<end where bytes[index] == UInt8(ascii: "\n") { line &+= 1 }
    position = end
    return token
  }

  private mutating func scan(_ first: UInt8) throws(RowanError) -> (SQLToken.Kind, Int) {
    if matches(delimiter, at: position) { return (.delimiter, position &+ delimiter.count) }
    if let end = endOfBlank() { return (.blank, end) }
    if let end = endOfLineComment(first) { return (.lineComment, end) }
    let second = byte(at: position &+ 1)
    if first == UInt8(ascii: "/"), second == UInt8(ascii: "*") {
      if syntax.executableComments, let end = endOfExecutableStart() {
        if executableDepth == 0 { executableLine = line }
        executableDepth &+= 1
        return (.executableStart, end)
      }
      return (.blockComment, try endOfBlockComment())
    }
    if executableDepth > 0, first == UInt8(ascii: "*"), second == UInt8(ascii: "/") {
      executableDepth &-= 1
      return (.executableEnd, position &+ 2)
    }
    if let quoted = try quoted(first, second) { return quoted }
    if SQLBytes.isWord(first) { return (.word, endOfWord(first)) }
    return (.symbol, position &+ 1)
  }

  private func endOfBlank() -> Int? {
    var end = position
    // A byte order mark, which editors put first, is no part of the SQL.
    if byte(at: end) == 0xEF, matches([0xEF, 0xBB, 0xBF], at: end) { end &+= 3 }
    while let next = byte(at: end), SQLBytes.isBlank(next), !matches(delimiter, at: end) { end &+= 1 }
    return end > position ? end : nil
  }

  private func endOfLineComment(_ first: UInt8) -> Int? {
    if first == UInt8(ascii: "#"), syntax.hashComments {
      return endOfLine(from: position, carriageReturnEnds: false)
    }
    guard first == UInt8(ascii: "-"), byte(at: position &+ 1) == UInt8(ascii: "-") else { return nil }
    // https://dev.mysql.com/doc/refman/8.4/en/ansi-diff-comments.html
    if syntax.dashCommentsNeedBlank {
      guard let third = byte(at: position &+ 2), third <= UInt8(ascii: " ") || third == 0x7F else { return nil }
    }
    return endOfLine(from: position &+ 2, carriageReturnEnds: syntax.carriageReturnEndsComment)
  }

  private func endOfLine(from start: Int, carriageReturnEnds: Bool) -> Int {
    var end = start
    while let next = byte(at: end), next != UInt8(ascii: "\n") {
      if carriageReturnEnds, next == UInt8(ascii: "\r") { break }
      end &+= 1
    }
    return end
  }

  /// The end of `/*!50003` or `/*M!100100`; nil where the comment is a plain one.
  private func endOfExecutableStart() -> Int? {
    var end = position &+ 2
    if byte(at: end) == UInt8(ascii: "M") { end &+= 1 }
    guard byte(at: end) == UInt8(ascii: "!") else { return nil }
    end &+= 1
    while let next = byte(at: end), next >= UInt8(ascii: "0"), next <= UInt8(ascii: "9") { end &+= 1 }
    return end
  }

  private func endOfBlockComment() throws(RowanError) -> Int {
    var depth = 1
    var end = position &+ 2
    while let next = byte(at: end) {
      let following = byte(at: end &+ 1)
      if next == UInt8(ascii: "*"), following == UInt8(ascii: "/") {
        depth &-= 1
        end &+= 2
        if depth == 0 { return end }
      } else if syntax.nestedComments, next == UInt8(ascii: "/"), following == UInt8(ascii: "*") {
        depth &+= 1
        end &+= 2
      } else {
        end &+= 1
      }
    }
    throw RowanError.unterminatedComment(line: line)
  }

  /// Names and numbers are told apart only where a dollar sign can follow a number and start a string.
  private func endOfWord(_ first: UInt8) -> Int {
    let dollars = !(syntax.dollarQuotes && SQLBytes.isDigit(first))
    var end = position &+ 1
    while let next = byte(at: end), SQLBytes.isWord(next) || (dollars && next == UInt8(ascii: "$")) {
      if delimiter.first == next, matches(delimiter, at: end) { break }
      end &+= 1
    }
    return end
  }
}
