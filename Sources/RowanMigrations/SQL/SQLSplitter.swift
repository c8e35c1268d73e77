public import RowanCore

/// Cuts scripts into statements, in time linear in their length.
///
/// A `;` ends a statement unless it stands in a string, a quoted name, a comment, parentheses, or the body of a
/// trigger, routine or event. Comments around a statement are left out of it; those that an engine runs are not.
public struct SQLSplitter: Sendable, Hashable {
  /// How the engine's text is read.
  public var syntax: SQLScriptSyntax

  /// Makes a splitter.
  public init(_ syntax: SQLScriptSyntax) { self.syntax = syntax }

  /// The statements of `text`.
  /// - Parameter delimiter: What ends a statement at first. With any but `;` only the delimiter ends one, whatever
  ///   parentheses and bodies it stands in.
  /// - Throws: ``RowanError/Code/unterminatedString``, ``RowanError/Code/unterminatedComment`` and
  ///   ``RowanError/Code/unterminatedBlock`` with the line where it starts; ``RowanError/Code/clientCommand`` for
  ///   `COPY … FROM STDIN`, psql's commands, and a malformed `DELIMITER`.
  public func split(_ text: String, delimiter: String = ";") throws(RowanError) -> SQLScript {
    try scan(text, delimiter: delimiter).script
  }

  func scan(_ text: String, delimiter: String = ";") throws(RowanError) -> (
    script: SQLScript, comments: [ScriptComment]
  ) {
    var scan = ScriptScan(Array(text.utf8), syntax: syntax, delimiter: Array(delimiter.utf8))
    try scan.run()
    var script = SQLScript(text: text, statements: scan.statements, separators: [])
    var end = 0
    for statement in scan.statements {
      script.separators.append(scan.text(end, statement.offset))
      end = statement.end
    }
    script.separators.append(scan.text(end, scan.lexer.bytes.count))
    return (script, scan.comments)
  }
}
