/// The comment lines that may change without changing what a migration does.
enum MarkerLine {
  /// What `-- REVIEWED: <value>` says; nil for other lines. Anything but `true` is false.
  static func review(_ line: ArraySlice<UInt8>) -> Bool? {
    guard let value = argument(of: "reviewed:", line) else { return nil }
    return lowercased(value.drop(while: SQLBytes.isBlank)) == Array("true".utf8)
  }

  /// Whether the line is `-- rowan:allow …`, and ends no string or comment that it may stand in: what is no part of the
  /// hash must not be able to become a statement.
  static func isAllowance(_ line: ArraySlice<UInt8>) -> Bool {
    guard let rest = argument(of: "rowan:allow", line), let next = rest.first else { return false }
    return SQLBytes.isBlank(next) && !rest.contains { "'\"`$\\*]".utf8.contains($0) }
  }

  /// Whether the line says nothing but a comment, or nothing: before the first that says more there is no string that a
  /// marker could stand in.
  static func isComment(_ line: ArraySlice<UInt8>) -> Bool {
    let rest = line.drop(while: SQLBytes.isBlank)
    return rest.isEmpty || rest.starts(with: "--".utf8)
  }

  /// Whether no line of the text asks for a review. A line in a string counts too: it errs on the safe side.
  static func isReviewed(_ text: String) -> Bool {
    Array(text.utf8).split(separator: UInt8(ascii: "\n")).allSatisfy { review($0) != false }
  }

  /// What follows the dashes, blanks and `name` without blanks at its end; nil where the line is another.
  private static func argument(of name: String, _ line: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    var rest = line.drop(while: SQLBytes.isBlank)
    guard rest.starts(with: "--".utf8) else { return nil }
    rest = rest.dropFirst(2).drop(while: SQLBytes.isBlank)
    guard lowercased(rest.prefix(name.utf8.count)) == Array(name.utf8) else { return nil }
    rest = rest.dropFirst(name.utf8.count)
    while let last = rest.last, SQLBytes.isBlank(last) { rest = rest.dropLast() }
    return rest
  }

  private static func lowercased(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    bytes.map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 }
  }
}
