import RowanCore

/// The logical type of a declared one: the inverse of ``SQLiteDialect/columnType(_:)``.
///
/// Spellings of other programs are taken for a type of this library only where values are stored alike; all others are
/// types of their own. So `DATETIME` is not a timestamp, as nobody knows what is in it.
enum DeclaredType {
  /// The type of a column declared as `text` with the comment `note` behind it, in a table that is not STRICT.
  static func logical(_ text: String, note: String? = nil) -> SQLType {
    if text.uppercased() == "ARRAY_TEXT", let note, case .array(let element) = SQLType(note) { return .array(element) }
    let words = text.split(separator: " ").joined(separator: " ").uppercased()
    if let plain = plain[words] { return plain }
    guard words.hasSuffix(")"), let open = words.firstIndex(of: "(") else { return .custom(text) }
    let name = String(words[..<open]).trimmed
    let numbers = words[words.index(after: open)...].dropLast().split(separator: ",").map { Int(String($0).trimmed) }
    switch (name, numbers.count, numbers.first.flatMap { $0 }, numbers.last.flatMap { $0 }) {
    case ("CHAR", 1, let length?, _), ("CHARACTER", 1, let length?, _), ("NCHAR", 1, let length?, _):
      return .char(length)
    case ("VARCHAR", 1, let length?, _), ("NVARCHAR", 1, let length?, _), ("CHARACTER VARYING", 1, let length?, _),
      ("VARYING CHARACTER", 1, let length?, _):
      return .varchar(length)
    case ("DECIMAL_TEXT", 2, let precision?, let scale?): return .decimal(precision: precision, scale: scale)
    default: return .custom(text)
    }
  }

  /// The declared type in a STRICT table, which has six words, for `type`; the logical one goes into a comment.
  /// https://sqlite.org/stricttables.html
  static func strict(_ type: SQLType) -> String? {
    switch type {
    case .boolean, .smallint, .integer, .bigint, .unsignedTinyint, .unsignedSmallint, .unsignedInteger,
      .unsignedBigint, .timestamp, .date, .time:
      "INTEGER"
    case .real, .double: "REAL"
    case .decimal, .char, .varchar, .text, .interval, .json, .array: "TEXT"
    case .bytes, .uuid: "BLOB"
    case .custom(let name): ["ANY", "INT"].contains(name.uppercased()) ? name.uppercased() : nil
    }
  }

  /// The type of a column of a STRICT table, declared as `text` with the comment `note` behind it.
  static func logical(strict text: String, note: String?) -> SQLType {
    let word = text.uppercased()
    if let note, let type = SQLType(note), strict(type) == word { return type }
    switch word {
    case "INT", "INTEGER": return .bigint
    case "REAL": return .double
    case "TEXT": return .text
    case "BLOB": return .bytes
    default: return .custom(word)
    }
  }

  /// What a STRICT table's `type` is told by without a comment.
  static func isPlain(strict type: SQLType) -> Bool {
    guard let word = strict(type) else { return false }
    return logical(strict: word, note: nil) == type
  }

  private static let plain: [String: SQLType] = [
    "BOOLEAN": .boolean, "BOOL": .boolean, "SMALLINT": .smallint, "INT2": .smallint, "TINYINT": .smallint,
    "INTEGER": .integer, "INT": .integer, "INT4": .integer, "MEDIUMINT": .integer, "BIGINT": .bigint,
    "INT8": .bigint, "BIG INT": .bigint, "UNSIGNED TINYINT": .unsignedTinyint,
    "UNSIGNED SMALLINT": .unsignedSmallint, "UNSIGNED INTEGER": .unsignedInteger,
    "UNSIGNED BIGINT": .unsignedBigint, "UNSIGNED BIG INT": .unsignedBigint, "REAL": .real, "DOUBLE": .double,
    "DOUBLE PRECISION": .double, "FLOAT": .double, "TEXT": .text, "CLOB": .text, "BLOB": .bytes, "UUID_BLOB": .uuid,
    "TIMESTAMP_INT": .timestamp, "DATE_INT": .date, "TIME_INT": .time, "DURATION_TEXT": .interval,
    "JSON_TEXT": .json,
  ]
}
