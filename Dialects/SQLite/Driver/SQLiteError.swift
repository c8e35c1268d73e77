internal import CSQLite
internal import RowanCore

/// SQLite's result codes and messages as ``RowanError``s.
///
/// Messages made while a statement is prepared speak of its text. Those made while it runs can quote values (a JSON
/// path, a full-text query), so only what is known to hold names alone is passed on.
enum SQLiteError {
  /// When a failure came about.
  enum Phase {
    case prepare
    case bind(Int)
    case step
  }

  /// The error for a result code of a connection.
  /// - Parameters:
  ///   - code: the extended result code. <https://sqlite.org/rescode.html>
  ///   - message: what the connection says of it.
  ///   - isQueryOnly: whether the connection refuses to write by its own setting.
  static func error(_ code: Int32, message: String, sql: String?, phase: Phase, isQueryOnly: Bool) -> RowanError {
    var error = described(code, message, sql, phase, isQueryOnly: isQueryOnly)
    error.sql = sql
    var report = error.server ?? ServerReport()
    report.number = Int(code)
    error.server = report
    return error
  }

  private static func described(
    _ code: Int32, _ message: String, _ sql: String?, _ phase: Phase, isQueryOnly: Bool
  ) -> RowanError {
    switch code & 0xff {
    case SQLITE_CONSTRAINT: return ConstraintMessage.error(code, message)
    case SQLITE_BUSY where code == rowan_sqlite_busy_snapshot:
      return RowanError(
        .serializationFailure, "another connection wrote after this transaction had read", hint: "run it again")
    case SQLITE_BUSY, SQLITE_LOCKED:
      return RowanError(
        .databaseLocked, "another connection holds a lock on the database",
        hint: "look for long transactions of other processes, or raise busyTimeout")
    case SQLITE_READONLY where isQueryOnly: return readOnlyTransaction()
    case SQLITE_READONLY:
      return RowanError(
        .readOnlyDatabase, "the database cannot be written to",
        hint: "check the mode it was opened in, and the permissions of the file and of its folder")
    case SQLITE_FULL:
      return RowanError(.diskFull, "the disk, or the database's own limit of pages, is full", hint: "make room")
    case SQLITE_CORRUPT where message.hasPrefix("malformed database schema"):
      return RowanError(
        .unsupported, "the schema cannot be read: \(message)",
        hint: "where it says 'unsafe use', trust a schema of your own: isSchemaTrusted, or trusted_schema=true in the "
          + "URL; else restore a backup")
    case SQLITE_CORRUPT:
      return RowanError(
        .databaseCorrupt, "the database file is damaged", hint: "restore a backup, or try the sqlite3 shell's .recover")
    case SQLITE_NOTADB:
      return RowanError(
        .databaseCorrupt, "the file is not a SQLite database", hint: "check the path; an encrypted file looks so too")
    case SQLITE_IOERR:
      return RowanError(
        .ioFailed, "the operating system failed to read or write the file: \(text(code))", hint: "check the disk")
    case SQLITE_CANTOPEN:
      return RowanError(
        .ioFailed, "the database or one of its journals cannot be opened",
        hint: "check the folder and its permissions")
    case SQLITE_PERM, SQLITE_AUTH:
      return RowanError(.permissionDenied, "SQLite refused the statement: \(text(code))", hint: "check what it does")
    case SQLITE_TOOBIG:
      return RowanError(
        .valueOutOfRange, "a value or the statement is longer than SQLite admits",
        hint: "store it in parts, or in a file")
    case SQLITE_MISMATCH:
      return RowanError(
        .valueOutOfRange, "the value of an INTEGER PRIMARY KEY is no integer", hint: "bind an integer")
    case SQLITE_SCHEMA:
      return RowanError(.schemaChanged, "the schema kept changing while the statement started", hint: "run it again")
    case SQLITE_INTERRUPT: return RowanError(.cancelled, "the statement was interrupted", hint: nil)
    case SQLITE_ABORT:
      return RowanError(
        .transactionAborted, "the transaction was rolled back under the statement", hint: "run the transaction again")
    case SQLITE_RANGE: return RowanError.internalFailure("a placeholder's number is out of range")
    case SQLITE_ERROR: return StatementMessage.error(message, sql, phase)
    default:
      return RowanError(.serverError, "SQLite failed: \(text(code))", hint: nil)
    }
  }

  /// The error for a file that did not open.
  static func opening(_ name: String, _ db: OpaquePointer, _ code: Int32) -> RowanError {
    let known = errno(sqlite3_system_errno(db), name)
    var error =
      if code & 0xff == SQLITE_CANTOPEN {
        known
      } else {
        described(code, String(cString: sqlite3_errmsg(db)), nil, .prepare, isQueryOnly: false)
      }
    error.server = ServerReport(number: Int(code))
    return error
  }

  private static func errno(_ number: Int32, _ name: String) -> RowanError {
    switch number {
    case rowan_enoent, rowan_enotdir:
      RowanError(
        .unknownDatabase, "the database file '\(name)' does not exist, or its folder does not",
        hint: "check the path; SQLite makes the file but never the folder")
    case rowan_eisdir:
      RowanError(.unknownDatabase, "the path of the database, '\(name)', is a folder", hint: "name a file")
    case rowan_eacces, rowan_eperm:
      RowanError(
        .permissionDenied, "the operating system does not let this process open the database file '\(name)'",
        hint: "check the permissions of the file and of its folder")
    default:
      RowanError(
        .ioFailed, "the database file '\(name)' cannot be opened (system error \(number))",
        hint: "check that the path is a file in an existing folder, and the limit of open files")
    }
  }

  /// The error for a write where only reads are allowed.
  static func readOnlyTransaction(sql: String? = nil) -> RowanError {
    RowanError(
      .readOnlyTransaction, "the statement writes where only reads are allowed",
      hint: "declare the statement or the transaction as .write", sql: sql)
  }

  private static func text(_ code: Int32) -> String { String(cString: sqlite3_errstr(code)) }
}
