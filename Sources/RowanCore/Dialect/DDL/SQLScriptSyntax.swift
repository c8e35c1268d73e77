/// How an engine's SQL text is cut into tokens, as far as that decides where a statement ends.
///
/// Everything is off at first: standard strings, quoted identifiers, `--` and `/* */` comments, and `;`.
public struct SQLScriptSyntax: Sendable, Hashable {
  /// `$$ … $$` and `$tag$ … $tag$` are strings.
  public var dollarQuotes = false
  /// `E'…'` is a string in which a backslash escapes.
  public var escapeStrings = false
  /// A backslash escapes in every string.
  public var backslashEscapes = false
  /// `"…"` is a string rather than an identifier; it matters only with ``backslashEscapes``.
  public var doubleQuotedStrings = false
  /// `/* /* */ */` is one comment.
  public var nestedComments = false
  /// `#` starts a comment.
  public var hashComments = false
  /// `--` starts a comment only before a blank or control character.
  public var dashCommentsNeedBlank = false
  /// A carriage return ends a `--` comment.
  public var carriageReturnEndsComment = false
  /// `` `…` `` is an identifier.
  public var backtickIdentifiers = false
  /// `[…]` is an identifier.
  public var bracketIdentifiers = false
  /// What `/*! … */` and `/*M! … */` hold is run.
  public var executableComments = false
  /// A line `DELIMITER x` changes what ends a statement.
  public var delimiterCommand = false
  /// `COPY … FROM STDIN` exists; a script that has it is refused, since its rows are no SQL.
  public var copyFromStdin = false
  /// A backslash outside strings starts a command of the client; a script that has one is refused.
  public var backslashCommands = false
  /// `CREATE TRIGGER … BEGIN …; END` is one statement.
  public var triggerBlocks = false
  /// `CREATE FUNCTION … BEGIN ATOMIC …; END` is one statement.
  public var atomicBlocks = false
  /// Routines, triggers and events hold `BEGIN`, `IF`, `CASE`, `LOOP`, `WHILE`, `REPEAT` and `FOR` statements, and
  /// `BEGIN NOT ATOMIC` is a statement.
  public var compoundStatements = false

  /// Makes the standard's syntax.
  public init() {}
}
