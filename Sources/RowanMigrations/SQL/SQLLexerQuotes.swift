import RowanCore

extension SQLLexer {
  /// The string or quoted identifier at the position, if one starts there.
  func quoted(_ first: UInt8, _ second: UInt8?) throws(RowanError) -> (SQLToken.Kind, Int)? {
    switch first {
    case UInt8(ascii: "'"):
      let end = try endOfQuotes(from: position, backslash: syntax.backslashEscapes, what: "the string")
      return (.string, end)
    case UInt8(ascii: "e"), UInt8(ascii: "E"):
      guard syntax.escapeStrings, second == UInt8(ascii: "'") else { return nil }
      return (.string, try endOfEscapeString())
    case UInt8(ascii: "\""):
      if syntax.doubleQuotedStrings {
        return (.string, try endOfQuotes(from: position, backslash: syntax.backslashEscapes, what: "the string"))
      }
      return (.quotedIdentifier, try endOfQuotes(from: position, backslash: false, what: "the quoted identifier"))
    case UInt8(ascii: "`"):
      guard syntax.backtickIdentifiers else { return nil }
      return (.quotedIdentifier, try endOfQuotes(from: position, backslash: false, what: "the quoted identifier"))
    case UInt8(ascii: "["):
      guard syntax.bracketIdentifiers else { return nil }
      var end = position &+ 1
      while let next = byte(at: end) {
        end &+= 1
        if next == UInt8(ascii: "]") { return (.quotedIdentifier, end) }
      }
      throw RowanError.unterminatedString("the identifier in brackets", line: line)
    case UInt8(ascii: "$"):
      guard syntax.dollarQuotes, let end = try endOfDollarQuotes() else { return nil }
      return (.string, end)
    default:
      return nil
    }
  }

  /// The end of what the quote at `start` opens. A doubled quote stands for itself.
  private func endOfQuotes(from start: Int, backslash: Bool, what: String) throws(RowanError) -> Int {
    guard let quote = byte(at: start) else { return start }
    var end = start &+ 1
    while let next = byte(at: end) {
      end &+= 1
      if backslash, next == UInt8(ascii: "\\") {
        end &+= 1
      } else if next == quote {
        guard byte(at: end) == quote else { return end }
        end &+= 1
      }
    }
    throw RowanError.unterminatedString(what, line: line)
  }

  /// The end of `E'…'`. A string after a line break continues it and keeps its escapes:
  /// https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-SYNTAX-CONSTANTS
  private func endOfEscapeString() throws(RowanError) -> Int {
    var end = try endOfQuotes(from: position &+ 1, backslash: true, what: "the string")
    while let next = continuation(after: end) {
      end = try endOfQuotes(from: next, backslash: true, what: "the string")
    }
    return end
  }

  /// The quote that continues the string before `start`: after blanks and `--` comments with a line break.
  private func continuation(after start: Int) -> Int? {
    var index = start
    var broken = false
    while let next = byte(at: index) {
      if next == UInt8(ascii: "'") { return broken ? index : nil }
      if SQLBytes.isBlank(next) {
        if next == UInt8(ascii: "\n") || next == UInt8(ascii: "\r") { broken = true }
        index &+= 1
      } else if next == UInt8(ascii: "-"), byte(at: index &+ 1) == UInt8(ascii: "-") {
        while let inside = byte(at: index), inside != UInt8(ascii: "\n"), inside != UInt8(ascii: "\r") { index &+= 1 }
      } else {
        return nil
      }
    }
    return nil
  }

  /// The end of `$tag$ … $tag$`; nil where the dollar sign starts none.
  private func endOfDollarQuotes() throws(RowanError) -> Int? {
    var tagEnd = position &+ 1
    if let first = byte(at: tagEnd), SQLBytes.isDigit(first) { return nil }
    while let next = byte(at: tagEnd), SQLBytes.isWord(next) { tagEnd &+= 1 }
    guard byte(at: tagEnd) == UInt8(ascii: "$") else { return nil }
    let tag = Array(bytes[position...tagEnd])
    var end = tagEnd &+ 1
    while let next = byte(at: end) {
      if next == UInt8(ascii: "$"), matches(tag, at: end) { return end &+ tag.count }
      end &+= 1
    }
    throw RowanError.unterminatedString("the dollar-quoted string", line: line)
  }
}
