public import RowanCore

extension MySQLDialect {
  /// https://dev.mysql.com/doc/refman/8.4/en/string-literals.html and
  /// https://mariadb.com/kb/en/comment-syntax/, without `ANSI_QUOTES` and `NO_BACKSLASH_ESCAPES`.
  public var scriptSyntax: SQLScriptSyntax {
    var syntax = SQLScriptSyntax()
    syntax.backslashEscapes = true
    syntax.doubleQuotedStrings = true
    syntax.hashComments = true
    syntax.dashCommentsNeedBlank = true
    syntax.backtickIdentifiers = true
    syntax.executableComments = true
    syntax.delimiterCommand = true
    syntax.compoundStatements = true
    return syntax
  }
}
