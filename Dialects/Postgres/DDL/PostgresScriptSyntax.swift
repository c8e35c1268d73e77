public import RowanCore

extension PostgresDialect {
  /// https://www.postgresql.org/docs/current/sql-syntax-lexical.html, with `standard_conforming_strings` on.
  public var scriptSyntax: SQLScriptSyntax {
    var syntax = SQLScriptSyntax()
    syntax.dollarQuotes = true
    syntax.escapeStrings = true
    syntax.nestedComments = true
    syntax.carriageReturnEndsComment = true
    syntax.copyFromStdin = true
    syntax.backslashCommands = true
    syntax.atomicBlocks = true
    return syntax
  }
}
