/// Swift source of literals and comments.
enum SwiftLiteral {
  /// `text` as a string literal that a macro can read too: raw where that spares escapes.
  static func string(_ text: String) -> String {
    let scalars = text.unicodeScalars
    guard scalars.allSatisfy({ !needsEscape($0) }), !startsWithMark(scalars) else { return escaped(text) }
    guard scalars.contains(where: { $0 == "\"" || $0 == "\\" }) else { return "\"\(text)\"" }
    let pounds = String(repeating: "#", count: self.pounds(text))
    return "\(pounds)\"\(text)\"\(pounds)"
  }

  /// `text` over several lines, where it has several and none of them needs an escape; else as ``string(_:)``.
  /// - Parameter indent: what stands before each line but the first.
  static func block(_ text: String, indent: String) -> String {
    let scalars = text.unicodeScalars
    guard scalars.contains("\n"), scalars.allSatisfy({ $0 == "\n" || !needsEscape($0) }), !startsWithMark(scalars)
    else { return string(text) }
    let needsRaw = scalars.contains("\\") || text.contains("\"\"\"")
    let pounds = needsRaw ? String(repeating: "#", count: self.pounds(text)) : ""
    let lines = scalars.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      line.isEmpty ? "" : indent + String(String.UnicodeScalarView(line))
    }
    return "\(pounds)\"\"\"\n\(lines.joined(separator: "\n"))\n\(indent)\"\"\"\(pounds)"
  }

  /// A list of string literals.
  static func strings(_ texts: [String]) -> String { "[\(texts.map { string($0) }.joined(separator: ", "))]" }

  /// `text` as lines of a comment, each beginning with `mark`. No text can end it.
  static func comment(_ text: String, mark: String = "///", indent: String = "", width: Int = 120) -> [String] {
    var lines: [String] = []
    for line in text.unicodeScalars.split(omittingEmptySubsequences: false, whereSeparator: { isLineBreak($0) }) {
      let shown = String(String.UnicodeScalarView(line.map { isShown($0) ? $0 : " " }))
      var current = ""
      for word in shown.split(separator: " ") {
        let isTooLong = indent.count + mark.count + 2 + current.count + word.count > width
        if !current.isEmpty, isTooLong {
          lines.append("\(indent)\(mark) \(current)")
          current = ""
        }
        current += current.isEmpty ? String(word) : " \(word)"
      }
      lines.append(current.isEmpty ? "\(indent)\(mark)" : "\(indent)\(mark) \(current)")
    }
    return lines
  }

  private static func escaped(_ text: String) -> String {
    var out = "\""
    for (index, scalar) in text.unicodeScalars.enumerated() {
      switch scalar {
      case "\"": out += "\\\""
      case "\\": out += "\\\\"
      case "\n": out += "\\n"
      case "\r": out += "\\r"
      case "\t": out += "\\t"
      case _ where needsEscape(scalar) || index == 0 && isMark(scalar):
        out += "\\u{\(String(scalar.value, radix: 16))}"
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out + "\""
  }

  /// How many `#` make a raw string in which nothing of `text` ends the string or escapes.
  private static func pounds(_ text: String) -> Int {
    var most = 0
    var run: Int?
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": run = 0
      case "#":
        if let count = run { run = count + 1 }
      default: run = nil
      }
      if let run { most = max(most, run + 1) }
    }
    return max(most, 1)
  }

  private static func needsEscape(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate, .unassigned: true
    case .spaceSeparator: scalar != " "
    default: false
    }
  }

  private static func isShown(_ scalar: Unicode.Scalar) -> Bool {
    // A zero-width joiner holds an emoji together; it shows nothing by itself.
    !needsEscape(scalar) || scalar == "\u{200D}"
  }

  private static func isLineBreak(_ scalar: Unicode.Scalar) -> Bool {
    ["\n", "\r", "\u{B}", "\u{C}", "\u{85}", "\u{2028}", "\u{2029}"].contains(scalar)
  }

  /// A mark would join the quote before it.
  private static func startsWithMark(_ scalars: String.UnicodeScalarView) -> Bool { scalars.first.map(isMark) ?? false }

  private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .spacingMark, .enclosingMark: true
    default: false
    }
  }
}
