internal import RowanCore

/// What SQLite says about a statement under its one code for everything else, `SQLITE_ERROR`.
enum StatementMessage {
  static func error(_ message: String, _ sql: String?, _ phase: SQLiteError.Phase) -> RowanError {
    if message == IntegerFunction.message {
      return RowanError(
        .valueOutOfRange, "an integer that was calculated is out of the range of its column",
        hint: "use a wider type, or decimals")
    }
    if message.hasPrefix(DecimalFunctions.errorPrefix) {
      return RowanError(
        .valueOutOfRange, String(message.dropFirst(DecimalFunctions.errorPrefix.count)),
        hint: "decimals are text: sign, digits and point")
    }
    if let known = known(message, sql) { return known }
    if case .prepare = phase { return parsing(message) }
    return RowanError(
      .serverError, "the statement failed while it ran", hint: "SQLite's own text is left out, as it can quote values")
  }

  /// Messages that come while a statement runs too, when the schema has changed, and hold nothing but a name. A name
  /// is passed on only if the statement's text has it.
  private static func known(_ message: String, _ sql: String?) -> RowanError? {
    if let table = name(after: "no such table: ", in: message) {
      let shown = isPart(table, of: sql) ? table : nil
      return RowanError(
        .unknownTable, shown.map { "there is no table '\($0)'" } ?? "a table does not exist",
        hint: "check the name, and that the migrations have run", server: ServerReport(table: shown))
    }
    if let column = name(after: "no such column: ", in: message) {
      let shown = isPart(column, of: sql) ? column : nil
      return RowanError(
        .unknownColumn, shown.map { "there is no column '\($0)'" } ?? "a column does not exist",
        hint: "check the name, and that the migrations have run",
        server: ServerReport(columns: shown.map { [$0] } ?? []))
    }
    // What ALTER TABLE finds when it reads the schema over: names, and tokens of the schema's own texts.
    if message.hasPrefix("error in ") {
      return RowanError(
        .syntaxError, "the schema would not hold together: \(message)", hint: "change or drop what it names first")
    }
    if message.hasPrefix("foreign key mismatch - ") {
      return RowanError(
        .syntaxError, "the schema does not hold together: \(message)",
        hint: "let the foreign key refer to the primary key or a unique constraint of its table")
    }
    if message == "integer overflow" {
      return RowanError(
        .valueOutOfRange, "a sum passed the range of a 64-bit integer", hint: "use total(), or decimals")
    }
    return nil
  }

  private static func parsing(_ message: String) -> RowanError {
    if message.hasPrefix("too many SQL variables") {
      return RowanError(.tooManyBinds, "the statement has too many placeholders", hint: "split it")
    }
    if message.hasPrefix("Expression tree is too large") || message.hasPrefix("parser stack overflow") {
      return RowanError(.nestingTooDeep, "the statement is nested too deeply: \(message)", hint: "split it")
    }
    if message.hasPrefix("object name reserved for internal use") {
      return RowanError(.invalidIdentifier, message, hint: "SQLite keeps names that start with sqlite_ to itself")
    }
    if message.contains("has no column named ") {
      return RowanError(.unknownColumn, message, hint: "check the name, and that the migrations have run")
    }
    return RowanError(.syntaxError, "SQLite does not accept the statement: \(message)", hint: nil)
  }

  private static func name(after prefix: String, in message: String) -> String? {
    message.hasPrefix(prefix) ? String(message.dropFirst(prefix.count)) : nil
  }

  private static func isPart(_ name: String, of sql: String?) -> Bool {
    guard let sql, let last = name.split(separator: ".").last else { return false }
    return sql.lowercased().contains(last.lowercased())
  }
}
