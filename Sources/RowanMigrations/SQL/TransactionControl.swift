import RowanCore

/// Statements of a migration that only its runner may run: those which begin and end transactions, and those which would
/// take the connection away from under it.
enum TransactionControl {
  static let hint =
    "leave it out: the runner begins and ends transactions; -- rowan:group begins another, and a statement after "
    + "-- rowan:outside runs in none"

  /// - Throws: ``RowanError/Code/unsupported``, naming the place of the first such statement.
  static func check(_ step: MigrationPlan.Step, syntax: SQLScriptSyntax) throws {
    for part in step.script.steps {
      guard let name = try name(of: part.statement.text, syntax: syntax) else { continue }
      let place = "\(step.file.tag)/\(step.direction.rawValue).sql:\(part.statement.line)"
      throw RowanError(.unsupported, "\(place): \(name) cannot be part of a migration", hint: hint)
    }
  }

  /// What a statement is called that cannot be part of a migration; nil for any other.
  static func name(of statement: String, syntax: SQLScriptSyntax) throws(RowanError) -> String? {
    let words = try StatementWords.words(statement, syntax: syntax)
    let isMySQL = syntax.executableComments
    guard let first = words.first else { return nil }
    let second = words.dropFirst().first
    switch (first, second) {
    // A compound statement.
    case ("BEGIN", "NOT"): return nil
    case ("BEGIN", _), ("COMMIT", _), ("END", _), ("ABORT", _), ("XA", _): return first
    case ("START", "TRANSACTION"), ("PREPARE", "TRANSACTION"): return "\(first) TRANSACTION"
    // To a savepoint of the migration's own.
    case ("ROLLBACK", _): return words.contains("TO") ? nil : first
    case ("SET", _) where isMySQL && words.contains("AUTOCOMMIT"): return "SET autocommit"
    case ("LOCK", "TABLE"), ("LOCK", "TABLES"), ("UNLOCK", "TABLE"), ("UNLOCK", "TABLES"):
      return isMySQL ? "\(first) TABLES" : nil
    case ("FLUSH", _) where isMySQL && words.contains("LOCK"): return "FLUSH TABLES WITH READ LOCK"
    case ("USE", _) where isMySQL: return first
    default: return nil
    }
  }
}
