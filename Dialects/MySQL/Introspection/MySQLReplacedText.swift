import RowanCore

/// What the catalog may have read out wrong: information_schema is in utf8mb3, and has a `?` for every character and byte
/// that is not. https://mariadb.com/kb/en/information-schema-columns-table/
enum MySQLReplacedText {
  private static let reason =
    "its text has a '?', which the catalog also shows for what it cannot; look at SHOW CREATE before using it"

  /// The defaults, conditions and queries of `schema` that hold a `?`.
  static func found(in schema: SchemaSnapshot) -> [UnrepresentedObject] {
    var found: [UnrepresentedObject] = []
    func note(_ kind: String, _ name: String) {
      found.append(UnrepresentedObject(kind: kind, name: name, reason: reason))
    }
    for table in schema.tables {
      for column in table.columns {
        if let value = column.defaultValue, hasMark(value) { note("default", "\(table.name).\(column.name)") }
        if let computed = column.computed, hasMark(computed.expression.source) {
          note("computed column", "\(table.name).\(column.name)")
        }
      }
      for check in table.checks where hasMark(check.expression.source) { note("check", "\(table.name).\(check.name)") }
    }
    for view in schema.views where hasMark(view.query.source) { note("view", "\(view.name)") }
    return found
  }

  private static func hasMark(_ value: DefaultSnapshot) -> Bool {
    switch value {
    case .literal(.text(let text)): hasMark(text)
    case .literal(.bytes(let bytes)): bytes.contains(UInt8(ascii: "?"))
    case .expression(let expression): hasMark(expression.source)
    default: false
    }
  }

  private static func hasMark(_ text: String) -> Bool { text.utf8.contains(UInt8(ascii: "?")) }
}
