import RowanCore

/// Reads the text of a `CREATE VIEW`. https://sqlite.org/lang_createview.html
enum CreateViewParser {
  /// The query of the view that `text` creates; nil for a text the grammar has no room for.
  ///
  /// Names that a view gives to its columns become those of a common table expression, which says the same.
  static func query(_ text: String) -> String? {
    guard var cursor = TokenCursor(text), cursor.take("CREATE") else { return nil }
    _ = cursor.take("TEMP") || cursor.take("TEMPORARY")
    guard cursor.take("VIEW") else { return nil }
    _ = cursor.take("IF", "NOT", "EXISTS")
    guard var name = cursor.name() else { return nil }
    if cursor.take(mark: "."), let own = cursor.name() { name = own }
    let columns = cursor.parenthesised()
    guard cursor.take("AS") else { return nil }
    let query = cursor.text { $0.isMark(";") }
    guard let columns else { return query }
    let quoted = "\"\(name.replacing("\"", with: "\"\""))\""
    return "WITH \(quoted) (\(columns)) AS (\(query)) SELECT * FROM \(quoted)"
  }
}
