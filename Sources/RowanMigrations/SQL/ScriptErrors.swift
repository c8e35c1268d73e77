import RowanCore

extension RowanError {
  /// A string or quoted identifier without its end.
  static func unterminatedString(_ what: String, line: Int) -> RowanError {
    RowanError(
      .unterminatedString, "\(what) that starts on line \(line) has no end", hint: "close it, or double a quote in it")
  }

  /// A comment without its end.
  static func unterminatedComment(line: Int) -> RowanError {
    RowanError(.unterminatedComment, "the comment that starts on line \(line) has no end", hint: "close it with */")
  }

  /// A body or parenthesis without its end.
  static func unterminatedBlock(_ what: String, line: Int, hint: String) -> RowanError {
    RowanError(.unterminatedBlock, "\(what) that opens on line \(line) is not closed", hint: hint)
  }

  /// A directive that is unknown or malformed.
  static func invalidDirective(_ problem: String, line: Int, hint: String) -> RowanError {
    RowanError(.invalidDirective, "line \(line): \(problem)", hint: hint)
  }
}
