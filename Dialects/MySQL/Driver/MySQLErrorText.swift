/// Finds names in the texts of errors, which are those of the English messages: the session asks for them.
///
/// Values come before names in every text that holds both, and may hold any character; so names are looked for from the
/// end.
enum MySQLErrorText {
  /// The quoted name after the last `marker`.
  static func lastQuoted(_ text: String, after marker: String) -> String? {
    guard let start = range(of: marker + "'", in: text, last: true)?.upperBound,
      let end = text[start...].lastIndex(of: "'")
    else { return nil }
    let name = text[start..<end]
    // What follows the name, such as " at row 1", has no quotes, unless there is another name behind it.
    return name.split(separator: "' ", maxSplits: 1).first.map(String.init)
  }

  /// The first quoted name; only for texts that start with one.
  static func firstName(_ text: String) -> String? {
    guard let start = text.firstIndex(of: "'") else { return backticked(text).first }
    let rest = text[text.index(after: start)...]
    return rest.firstIndex(of: "'").map { String(rest[..<$0]) }
  }

  /// The names in backticks after `marker` and before `end`, doubled backticks undone.
  static func backticked(_ text: String, after marker: String? = nil, until end: Character? = nil) -> [String] {
    var rest = text[...]
    if let marker {
      guard let start = range(of: marker, in: text)?.upperBound else { return [] }
      rest = text[start...]
    }
    var names: [String] = []
    while let open = rest.firstIndex(where: { $0 == "`" || $0 == end }), rest[open] == "`" {
      var name = ""
      var at = rest.index(after: open)
      while at < rest.endIndex {
        let next = rest.index(after: at)
        if rest[at] != "`" {
          name.append(rest[at])
        } else if next < rest.endIndex, rest[next] == "`" {
          name.append("`")
          at = rest.index(after: next)
          continue
        } else {
          break
        }
        at = next
      }
      guard at < rest.endIndex else { break }
      names.append(name)
      rest = rest[rest.index(after: at)...]
    }
    return names
  }

  /// The column, and where it is told the table, of "… for column 'x' at row 1" and "… for column `d`.`t`.`x` at row 1".
  static func column(_ text: String) -> (column: String?, table: String?) {
    guard let start = range(of: "column ", in: text, last: true)?.upperBound else { return (nil, nil) }
    let rest = String(text[start...])
    if rest.hasPrefix("`") {
      let names = backticked(rest)
      return (names.last, names.count > 1 ? names[names.count - 2] : nil)
    }
    guard rest.hasPrefix("'") else { return (nil, nil) }
    let name = rest.dropFirst().prefix { $0 != "'" }
    return (String(name), nil)
  }

  /// The parts of a name with points.
  static func parts(_ name: String) -> [String] {
    name.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
  }

  /// What follows the last point of a name.
  static func lastPart(_ name: String) -> String { parts(name).last ?? name }

  /// " in line 3", where the text tells.
  static func line(_ text: String) -> String {
    guard let start = range(of: "at line ", in: text, last: true)?.upperBound else { return "" }
    let digits = text[start...].prefix { $0.isASCII && $0.isNumber }
    return digits.isEmpty ? "" : ", in line \(digits)"
  }

  /// The text with everything in quotes left out, since values stand there as well as names.
  static func masked(_ text: String) -> String {
    var masked = ""
    var rest = text[...]
    while let open = rest.firstIndex(where: { $0 == "'" || $0 == "\"" }) {
      masked += rest[..<open]
      masked += "'…'"
      // A value may hold quotes: everything up to the last one may be its.
      guard let close = rest.lastIndex(of: rest[open]), close > open else { return masked }
      rest = rest[rest.index(after: close)...]
    }
    return masked + rest
  }

  private static func range(of part: String, in text: String, last: Bool = false) -> Range<String.Index>? {
    last ? text.ranges(of: part).last : text.firstRange(of: part)
  }
}
