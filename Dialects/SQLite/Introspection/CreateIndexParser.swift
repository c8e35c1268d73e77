import RowanCore

/// Reads the text of a `CREATE INDEX`. https://sqlite.org/lang_createindex.html
enum CreateIndexParser {
  /// An index and the table it is of.
  struct Parsed {
    var index: IndexSnapshot
    var table: String
  }

  /// The index that `text` creates; nil for a text the grammar has no room for.
  static func parse(_ text: String) -> Parsed? {
    guard var cursor = TokenCursor(text), cursor.take("CREATE") else { return nil }
    let isUnique = cursor.take("UNIQUE")
    guard cursor.take("INDEX") else { return nil }
    _ = cursor.take("IF", "NOT", "EXISTS")
    guard var name = cursor.name() else { return nil }
    if cursor.take(mark: "."), let own = cursor.name() { name = own }
    guard cursor.take("ON"), let table = cursor.name(), cursor.take(mark: "(") else { return nil }
    var elements: [IndexElement] = []
    repeat {
      let text = cursor.text { $0.isMark(",") || $0.isMark(")") }
      guard let element = element(text) else { return nil }
      elements.append(element)
    } while cursor.take(mark: ",")
    guard cursor.take(mark: ")") else { return nil }
    var predicate: SchemaExpression?
    if cursor.take("WHERE") { predicate = CanonicalText.expression(cursor.text { $0.isMark(";") }) }
    guard cursor.isAtEnd else { return nil }
    return Parsed(
      index: IndexSnapshot(name, elements: elements, isUnique: isUnique, predicate: predicate), table: table)
  }

  private static func element(_ text: String) -> IndexElement? {
    guard var tokens = SQLiteTokenizer.tokens(text), !tokens.isEmpty else { return nil }
    let bytes = Array(text.utf8)
    var isDescending = false
    if tokens.count > 1, let last = tokens.last, last.is("ASC") || last.is("DESC") {
      isDescending = last.is("DESC")
      tokens.removeLast()
    }
    var collation: String?
    if tokens.count > 2, tokens[tokens.count - 2].is("COLLATE"), let name = tokens.last, name.isName {
      collation = name.value
      tokens.removeLast(2)
    }
    guard let first = tokens.first, let last = tokens.last else { return nil }
    if tokens.count == 1, first.isName {
      return IndexElement(column: first.value, descending: isDescending, collation: collation)
    }
    let source = String(decoding: bytes[first.range.lowerBound..<last.range.upperBound], as: UTF8.self)
    return IndexElement(
      expression: CanonicalText.expression(unwrapped(source)), descending: isDescending, collation: collation)
  }

  /// Without the parentheses around all of it.
  private static func unwrapped(_ source: String) -> String {
    guard var cursor = TokenCursor(source), let inner = cursor.parenthesised(), cursor.isAtEnd else { return source }
    return inner
  }
}
