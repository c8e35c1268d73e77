/// One statement of a script.
public struct SQLStatement: Sendable, Hashable {
  /// The statement as written, from its first word to its last, without what ends it.
  public var text: String
  /// Where it starts, in UTF-8 bytes from the script's start.
  public var offset: Int
  /// The line it starts on, from 1.
  public var line: Int
  /// What ended it, or would have: `;` unless a `DELIMITER` line said otherwise.
  public var delimiter: String

  /// The byte after its last.
  public var end: Int { offset + text.utf8.count }
}

/// A script, cut into statements.
public struct SQLScript: Sendable, Hashable {
  /// The whole text.
  public var text: String
  /// The statements in order.
  public var statements: [SQLStatement]
  /// What stands around the statements, one more than there are statements: blanks, comments, and what ends each.
  public var separators: [String]
}

/// A `--` comment, and where it stands.
struct ScriptComment: Sendable, Hashable {
  /// What follows the dashes.
  var text: String
  var line: Int
  /// How many statements end before it.
  var statementsBefore: Int
  /// Whether it stands inside a statement.
  var isInside: Bool
  /// Whether it has its line to itself.
  var isAlone: Bool
}
