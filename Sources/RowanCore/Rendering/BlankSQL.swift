/// Text that holds nothing a server would do: PostgreSQL and MySQL answer it as if something had been done.
enum BlankSQL {
  /// Whether `text` is only space, semicolons and comments that every engine reads as such. What MySQL executes
  /// (`/*! … */`) is no comment. https://dev.mysql.com/doc/refman/8.4/en/comments.html
  static func isBlank(_ text: String) -> Bool {
    var rest = text.utf8[...]
    while let first = rest.first {
      if first == UInt8(ascii: ";") || isSpace(first) {
        rest = rest.dropFirst()
      } else if rest.starts(with: "--".utf8) {
        rest = rest.drop { $0 != UInt8(ascii: "\n") }
      } else if rest.starts(with: "/*".utf8) {
        guard let end = endOfComment(rest) else { return false }
        rest = rest[end...]
      } else {
        return false
      }
    }
    return true
  }

  private static func endOfComment(_ text: Substring.UTF8View) -> String.Index? {
    let body = text.dropFirst(2)
    if let first = body.first, first == UInt8(ascii: "!") || first == UInt8(ascii: "M") { return nil }
    var rest = body
    while !rest.isEmpty {
      if rest.starts(with: "*/".utf8) { return rest.dropFirst(2).startIndex }
      rest = rest.dropFirst()
    }
    return nil
  }

  private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0d).contains(byte) }
}
