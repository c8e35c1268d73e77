/// Names of collations, which SQLite compares without regard to case. https://sqlite.org/datatype3.html#collation
enum SQLiteCollation {
  /// The name in one spelling; nil for `BINARY`, which is the default.
  static func normal(_ name: String?) -> String? {
    guard let name else { return nil }
    let upper = name.uppercased()
    if upper == "BINARY" { return nil }
    return ["NOCASE", "RTRIM", SQLitePrinter.decimalCollation].contains(upper) ? upper : name
  }
}
