internal import CSQLite
internal import RowanCore

/// Adding a function of Rowan's to a connection.
enum OwnFunction {
  typealias Body = @convention(c) (OpaquePointer?, Int32, UnsafeMutablePointer<OpaquePointer?>?) -> Void

  // Deterministic, so that they may stand in indexes; innocuous, so that a schema may use them although it is not
  // trusted. https://sqlite.org/c3ref/c_deterministic.html
  static let traits = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS

  /// Adds a function of `count` operands.
  static func add(_ name: String, _ count: Int32, _ db: OpaquePointer, _ body: Body) throws {
    try check(sqlite3_create_function_v2(db, name, count, traits, nil, body, nil, nil, nil))
  }

  static func check(_ code: Int32) throws {
    if code == SQLITE_OK { return }
    throw RowanError(
      .serverError, "SQLite did not take a function of Rowan's: \(String(cString: sqlite3_errstr(code)))",
      hint: "Rowan needs SQLite 3.37 or later")
  }
}
