import RowanCore

/// Statements that fail where a condition does not hold, and change nothing otherwise.
///
/// SQLite has no statement for that, and takes any value into any column. So the number of what is wrong goes into a
/// temporary table whose CHECK, called by what is wrong, does not let it in.
struct MigrationGuard {
  private var conditions: [(message: String, query: String)] = []

  static let table = "rowan_guard"

  /// Fails with `message` when `query` has a row.
  mutating func refuse(_ message: String, whenAny query: String) { conditions.append((message, query)) }

  /// Fails when the table or view called `name` has triggers: a runner puts them aside, and back in the end.
  mutating func refuseTriggers(of name: String, _ kind: String) {
    refuse(
      "\(kind) \(name) loses no trigger while it is built anew",
      whenAny: "SELECT 1 FROM main.sqlite_schema WHERE type = 'trigger' AND lower(tbl_name) = "
        + "lower(\(SQLLiteral.quoted(name)))")
  }

  /// The statements, in order.
  func statements(_ dialect: any Dialect) throws -> [SchemaStatement] {
    if conditions.isEmpty { return [] }
    let table = "temp.\(try dialect.quote(Self.table))"
    var columns: [String] = []
    var inserts: [String] = []
    for (index, condition) in conditions.enumerated() {
      let column = try dialect.quote("c\(index + 1)")
      columns.append("\(column) CONSTRAINT \(try dialect.quote(condition.message)) CHECK (\(column))")
      inserts.append("INSERT INTO \(table) (\(column)) SELECT 0 WHERE EXISTS (\(condition.query))")
    }
    let texts =
      [
        "DROP TABLE IF EXISTS \(table)",
        "CREATE TEMP TABLE \(try dialect.quote(Self.table)) (\n  "
          + columns.joined(separator: ",\n  ") + "\n)",
      ] + inserts + ["DROP TABLE \(table)"]
    return texts.map { SchemaStatement($0) }
  }
}
