internal import CSQLite
internal import RowanCore

/// The owner of one `sqlite3`.
struct SQLiteHandle: ~Copyable {
  let pointer: OpaquePointer

  /// Opens a file. The mutex of the library is left out: a connection has one borrower at a time.
  /// <https://sqlite.org/c3ref/open.html>
  static func open(_ name: String, flags: Int32, vfs: String?) throws -> SQLiteHandle {
    guard sqlite3_libversion_number() >= 3_037_000, sqlite3_threadsafe() != 0 else {
      throw RowanError(
        .unsupported,
        "the SQLite library is \(String(cString: sqlite3_libversion())), or was built for one thread only",
        hint: "link SQLite 3.37 or later with SQLITE_THREADSAFE=1 or 2")
    }
    var pointer: OpaquePointer?
    let code = sqlite3_open_v2(name, &pointer, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, vfs)
    guard let pointer else {
      throw RowanError(.serverError, "SQLite could not allocate a connection", hint: "the machine is out of memory")
    }
    let handle = SQLiteHandle(pointer: pointer)
    guard code == SQLITE_OK else { throw SQLiteError.opening(name, handle.pointer, code) }
    return handle
  }

  private init(pointer: OpaquePointer) { self.pointer = pointer }

  // `close_v2` waits for statements that are finalized later.
  deinit { sqlite3_close_v2(pointer) }
}
