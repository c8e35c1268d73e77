internal import CSQLite
internal import RowanCore

/// What is set on each new connection, and read back: SQLite ignores what it does not know or cannot do.
/// <https://sqlite.org/pragma.html>
struct ConnectionSettings {
  let configuration: SQLiteConfiguration
  let role: SQLiteConnection.Role

  func apply(to db: OpaquePointer) throws {
    try flags(db)
    let isMemory = configuration.location == .memory
    if !isMemory, !configuration.isReadOnly, configuration.setsJournalMode, role == .writer {
      try set("journal_mode", configuration.journalMode.rawValue, db)
    }
    try set("synchronous", configuration.synchronous.rawValue.description, db)
    try set("foreign_keys", configuration.foreignKeys ? "1" : "0", db)
    try set("temp_store", configuration.temporaryInMemory ? "2" : "0", db)
    try set("cache_size", (-max(1, configuration.cacheSize >> 10)).description, db)
    if !isMemory { try set("mmap_size", max(0, configuration.memoryMapSize).description, db) }
    if role == .reader { try set("query_only", "1", db) }
  }

  /// <https://sqlite.org/c3ref/c_dbconfig_defensive.html>
  private func flags(_ db: OpaquePointer) throws {
    // Without QPSG each new value of `LIKE ?` prepares the statement anew, at eight times the cost.
    try flag(SQLITE_DBCONFIG_ENABLE_QPSG, true, "QPSG", db)
    // No ordinary SQL can corrupt the file.
    try flag(SQLITE_DBCONFIG_DEFENSIVE, configuration.isDefensive, "DEFENSIVE", db)
    // A schema from elsewhere may not call functions with side effects.
    try flag(SQLITE_DBCONFIG_TRUSTED_SCHEMA, configuration.isSchemaTrusted, "TRUSTED_SCHEMA", db)
    // A misspelt column in double quotes is an error, not a string.
    try flag(SQLITE_DBCONFIG_DQS_DML, false, "DQS_DML", db)
    try flag(SQLITE_DBCONFIG_DQS_DDL, false, "DQS_DDL", db)
  }

  private func flag(_ option: Int32, _ value: Bool, _ name: String, _ db: OpaquePointer) throws {
    var result: Int32 = -1
    let code = rowan_sqlite_db_config_flag(db, option, value ? 1 : 0, &result)
    guard code == SQLITE_OK, result == (value ? 1 : 0) else { throw refused(name, result.description) }
  }

  private func set(_ name: String, _ value: String, _ db: OpaquePointer) throws {
    _ = try query("PRAGMA \(name)=\(value)", db)
    // A library built without memory mapping answers nothing.
    let found = try query("PRAGMA \(name)", db) ?? "0"
    guard found.lowercased() == value else { throw refused(name, found) }
  }

  private func refused(_ name: String, _ found: String) -> RowanError {
    RowanError(
      .invalidConfiguration, "SQLite did not take the setting '\(name)': it is \(found) now",
      hint: "choose another value, or a build of SQLite that supports it")
  }

  private func query(_ sql: String, _ db: OpaquePointer) throws -> String? {
    var statement: OpaquePointer?
    defer { sqlite3_finalize(statement) }
    var code = sqlite3_prepare_v3(db, sql, -1, 0, &statement, nil)
    if code == SQLITE_OK { code = sqlite3_step(statement) }
    if code == SQLITE_DONE { return nil }
    guard code == SQLITE_ROW else {
      throw SQLiteError.error(
        code, message: String(cString: sqlite3_errmsg(db)), sql: sql, phase: .prepare, isQueryOnly: false)
    }
    return sqlite3_column_text(statement, 0).map { String(cString: $0) }
  }
}
