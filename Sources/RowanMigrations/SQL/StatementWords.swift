import RowanCore

/// What a statement begins with, which tells what kind it is of.
enum StatementWords {
  /// The words of a statement outside quotes and comments, in upper case.
  static func words(_ statement: String, syntax: SQLScriptSyntax) throws(RowanError) -> [String] {
    let bytes = Array(statement.utf8)
    var lexer = SQLLexer(bytes, syntax: syntax, delimiter: [])
    var words: [String] = []
    while let token = try lexer.next() {
      if token.kind == .word {
        words.append(String(decoding: bytes[token.start..<token.end], as: UTF8.self).uppercased())
        // The rest of a long statement tells nothing more, but for a list of settings.
        if words.count == 8, words.first != "SET", words.first != "FLUSH" { break }
      }
    }
    return words
  }

  /// Whether a statement does nothing but change settings and variables of its connection.
  static func isSetting(_ statement: String, syntax: SQLScriptSyntax) throws(RowanError) -> Bool {
    try words(statement, syntax: syntax).first == "SET"
  }
}
