public import RowanCore

extension SQLiteDialect {
  /// https://www.sqlite.org/lang_keywords.html and https://www.sqlite.org/lang_createtrigger.html
  public var scriptSyntax: SQLScriptSyntax {
    var syntax = SQLScriptSyntax()
    syntax.backtickIdentifiers = true
    syntax.bracketIdentifiers = true
    syntax.triggerBlocks = true
    return syntax
  }
}
