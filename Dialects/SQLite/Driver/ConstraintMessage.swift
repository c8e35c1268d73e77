internal import CSQLite
internal import RowanCore

/// What SQLite says about a violated constraint: names, never values.
enum ConstraintMessage {
  static func error(_ code: Int32, _ message: String) -> RowanError {
    let subject = message.split(separator: ": ", maxSplits: 1).dropFirst().first.map(String.init) ?? ""
    switch code {
    case rowan_sqlite_constraint_unique, rowan_sqlite_constraint_primarykey, rowan_sqlite_constraint_rowid:
      let report = columns(subject)
      return RowanError(
        .uniqueViolation, "a row with the same \(named(report)) exists already",
        hint: "use another value, or an upsert", server: report)
    case rowan_sqlite_constraint_notnull:
      let report = columns(subject)
      return RowanError(
        .notNullViolation, "\(named(report)) does not admit NULL", hint: "give it a value, or a default",
        server: report)
    case rowan_sqlite_constraint_foreignkey:
      return RowanError(
        .foreignKeyViolation, "a row refers to one that does not exist, or is referred to by others",
        hint: "SQLite does not say which constraint; PRAGMA foreign_key_check finds rows already stored")
    case rowan_sqlite_constraint_check:
      let report = ServerReport(constraint: subject.isEmpty ? nil : subject)
      return RowanError(
        .checkViolation, "the row does not meet the check '\(subject)'", hint: "mend the values", server: report)
    case rowan_sqlite_constraint_datatype:
      // cannot store TEXT value in INTEGER column users.age
      let report = columns(message.split(separator: " column ", maxSplits: 1).last.map(String.init) ?? "")
      return RowanError(
        .valueOutOfRange, "a value is of a type that \(named(report)) of a STRICT table does not take",
        hint: "bind a value of the column's type", server: report)
    case rowan_sqlite_constraint_trigger:
      // The text of RAISE is a literal of the trigger up to 3.46 and any expression, values included, afterwards.
      let isLiteral = sqlite3_libversion_number() < 3_047_000
      return RowanError(
        .checkViolation, isLiteral ? "a trigger refused the change: \(message)" : "a trigger refused the change",
        hint: "see the RAISE of the table's triggers")
    default:
      return RowanError(
        .serverError, "a constraint failed: \(String(cString: sqlite3_errstr(code)))",
        hint: "see the table's definition")
    }
  }

  /// Takes `users.email, users.tenant` apart, or `index 'by_lower_email'`.
  static func columns(_ subject: String) -> ServerReport {
    if subject.hasPrefix("index '"), subject.hasSuffix("'") {
      return ServerReport(constraint: String(subject.dropFirst(7).dropLast()))
    }
    var report = ServerReport()
    // A name can hold the separators; then all that is certain is that the parts have the same table.
    for part in subject.split(separator: ", ") {
      guard let dot = part.firstIndex(of: ".") else { continue }
      report.table = String(part[..<dot])
      report.columns.append(String(part[part.index(after: dot)...]))
    }
    return report
  }

  private static func named(_ report: ServerReport) -> String {
    if let constraint = report.constraint { return "key of the index '\(constraint)'" }
    guard let table = report.table else { return "key" }
    return report.columns.map { "\(table).\($0)" }.joined(separator: ", ")
  }
}
