/// Reads the text of a `CREATE VIEW`. https://sqlite.org/lang_createview.html
enum CreateViewParser {
  /// What a view's text says.
  struct Parsed {
    var query: String
    var hasColumnNames: Bool
  }

  /// The view that `text` creates; nil for a text the grammar has no room for.
  static func parse(_ text: String) -> Parsed? {
    guard var cursor = TokenCursor(text), cursor.take("CREATE") else { return nil }
    _ = cursor.take("TEMP") || cursor.take("TEMPORARY")
    guard cursor.take("VIEW") else { return nil }
    _ = cursor.take("IF", "NOT", "EXISTS")
    guard cursor.name() != nil else { return nil }
    if cursor.take(mark: ".") { _ = cursor.name() }
    let hasColumnNames = cursor.parenthesised() != nil
    guard cursor.take("AS") else { return nil }
    return Parsed(query: cursor.text { $0.isMark(";") }, hasColumnNames: hasColumnNames)
  }
}
