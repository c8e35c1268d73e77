/// An expression in the form it has once the server has read what it wrote.
///
/// What the server writes out of an expression it was given is not always what it writes when it is given that: of
/// `a BETWEEN 1 AND 2 AND x` it makes a list within a list, which it reads as one list, of a list of `varchar` values a
/// cast of an array, which it reads as an array of casts, and before the `VALUES` of a view a blank comes the second time.
/// A dump that is applied would give another dump.
/// https://github.com/postgres/postgres/blob/master/src/backend/parser/gram.y (makeAndExpr)
/// https://github.com/postgres/postgres/blob/master/src/backend/parser/parse_expr.c (transformTypeCast)
enum SettledExpression {
  /// `text`, which the server wrote, as it would write it the next time.
  static func settled(_ text: String) -> String {
    let bytes = Array(text.utf8)
    guard bytes.contains(UInt8(ascii: "(")) else { return text }
    return String(decoding: level(bytes[...]), as: UTF8.self)
  }

  /// What stands between two parentheses, or outside all of them.
  private static func level(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var rest = bytes
    while let byte = rest.first {
      let unit = rest[..<SQLText.next(rest)]
      rest = rest[unit.endIndex...]
      guard byte == UInt8(ascii: "(") || byte == UInt8(ascii: "["), SQLText.isClosed(unit) else {
        result += unit
        continue
      }
      var inner = level(unit.dropFirst().dropLast())
      if inner.starts(with: "VALUES ".utf8) { inner.insert(UInt8(ascii: " "), at: 0) }
      if byte == UInt8(ascii: "("), rest.starts(with: "::text[]".utf8), let elements = arrayElements(inner) {
        rest = rest.dropFirst("::text[]".utf8.count)
        result += "ARRAY[".utf8
        result += elements.map { "(\($0))::text" }.joined(separator: ", ").utf8
        result += "]".utf8
      } else {
        result.append(byte)
        result += inner
        result.append(byte == UInt8(ascii: "(") ? UInt8(ascii: ")") : UInt8(ascii: "]"))
      }
    }
    return joined(result)
  }

  /// The elements of `ARRAY[…]`; nil for anything else.
  private static func arrayElements(_ bytes: [UInt8]) -> [String]? {
    guard bytes.starts(with: "ARRAY[".utf8) else { return nil }
    let group = bytes.dropFirst("ARRAY".utf8.count)
    guard SQLText.next(group) == bytes.endIndex, SQLText.isClosed(group) else { return nil }
    let elements = SQLText.parts(String(decoding: group.dropFirst().dropLast(), as: UTF8.self))
    // Of an element whose type is not written out nobody can tell whether it is an array itself, of which the server
    // makes an array of arrays.
    return elements.allSatisfy { $0.hasSuffix("::character varying") } ? elements : nil
  }

  /// `((a AND b) AND c)` is one list of three; `(a AND (b AND c))` stays what it is.
  private static func joined(_ bytes: [UInt8]) -> [UInt8] {
    guard bytes.first == UInt8(ascii: "(") else { return bytes }
    let end = SQLText.next(bytes[...])
    guard end < bytes.count, SQLText.isClosed(bytes[..<end]) else { return bytes }
    let first = bytes[1..<end - 1], rest = bytes[end...]
    for word in [" AND ", " OR "] where rest.starts(with: word.utf8) {
      return isList(first, of: Array(word.utf8)) ? joined(Array(first) + Array(rest)) : bytes
    }
    return bytes
  }

  /// Whether `word` stands in `bytes` outside parentheses and quotes, and no other connective does.
  private static func isList(_ bytes: ArraySlice<UInt8>, of word: [UInt8]) -> Bool {
    var rest = bytes
    var found = false
    while !rest.isEmpty {
      if rest.starts(with: word) { found = true }
      // Of which the word may be a part: the server writes none of them in a condition.
      for other in ["BETWEEN ", "CASE ", "SELECT "] where rest.starts(with: other.utf8) { return false }
      rest = rest[min(SQLText.next(rest), rest.endIndex)...]
    }
    return found
  }
}
