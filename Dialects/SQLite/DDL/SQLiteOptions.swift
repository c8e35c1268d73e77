import RowanCore

/// The options of a table: `strict` and `without_rowid`, each `true` or left out.
/// https://sqlite.org/syntax/table-options.html
enum SQLiteOptions {
  static func isStrict(_ table: TableSnapshot) -> Bool { table.options["strict"] == "true" }

  static func isWithoutRowID(_ table: TableSnapshot) -> Bool { table.options["without_rowid"] == "true" }

  /// What follows the closing parenthesis.
  static func clause(_ table: TableSnapshot, dialect: any Dialect) throws -> String {
    for (name, value) in table.options.sorted(by: { $0.key < $1.key }) {
      guard ["strict", "without_rowid"].contains(name), ["true", "false"].contains(value) else {
        throw RowanError.unsupported(
          "the option \(name) = \(value), table '\(table.name)',", dialect: dialect.name,
          alternative: "use strict or without_rowid, each true or false")
      }
    }
    let words = [isWithoutRowID(table) ? "WITHOUT ROWID" : nil, isStrict(table) ? "STRICT" : nil].compactMap { $0 }
    return words.isEmpty ? "" : " " + words.joined(separator: ", ")
  }
}
