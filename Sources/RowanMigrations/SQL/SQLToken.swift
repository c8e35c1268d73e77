/// A piece of SQL text. Tokens follow each other without gaps.
struct SQLToken: Sendable, Hashable {
  enum Kind: Sendable, Hashable {
    case blank
    case lineComment
    case blockComment
    case string
    case quotedIdentifier
    /// A keyword, name or number.
    case word
    /// One byte of punctuation.
    case symbol
    /// What ends a statement.
    case delimiter
    /// `/*!` with its version: what follows is run.
    case executableStart
    /// The `*/` of an executable comment.
    case executableEnd
  }

  var kind: Kind
  /// The first byte.
  var start: Int
  /// The byte after the last.
  var end: Int
  /// The line of the first byte, from 1.
  var line: Int

  /// Whether the token separates others and is no part of what is run.
  var isTrivia: Bool { kind == .blank || kind == .lineComment || kind == .blockComment }
}
