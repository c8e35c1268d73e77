import BenchSQLite

/// One connection through SQLite's C API, opened as Rowan opens its own.
final class SQLiteClient {
  let db: OpaquePointer

  init(_ path: String) throws {
    var db: OpaquePointer?
    let flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX
    guard sqlite3_open_v2(path, &db, flags, nil) == SQLITE_OK, let db else {
      throw BenchmarkError("cannot open \(path)")
    }
    self.db = db
    try execute("PRAGMA journal_mode=WAL")
    try execute("PRAGMA synchronous=NORMAL")
    try execute("PRAGMA foreign_keys=ON")
    try execute("PRAGMA temp_store=MEMORY")
    try execute("PRAGMA cache_size=-16384")
    sqlite3_busy_timeout(db, 5000)
  }

  deinit { sqlite3_close_v2(db) }

  func execute(_ sql: String) throws {
    guard sqlite3_exec(db, sql, nil, nil, nil) == SQLITE_OK else {
      throw BenchmarkError("\(String(cString: sqlite3_errmsg(db))): \(sql)")
    }
  }

  func prepare(_ sql: String) throws -> SQLiteClientStatement {
    var pointer: OpaquePointer?
    guard sqlite3_prepare_v3(db, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &pointer, nil) == SQLITE_OK, let pointer
    else { throw BenchmarkError("\(String(cString: sqlite3_errmsg(db))): \(sql)") }
    return SQLiteClientStatement(pointer, self)
  }
}

/// A statement kept prepared.
final class SQLiteClientStatement {
  let pointer: OpaquePointer
  private let client: SQLiteClient

  init(_ pointer: OpaquePointer, _ client: SQLiteClient) {
    self.pointer = pointer
    self.client = client
  }

  deinit { sqlite3_finalize(pointer) }

  @inline(__always) func step() throws -> Bool {
    switch sqlite3_step(pointer) {
    case SQLITE_ROW: return true
    case SQLITE_DONE: return false
    default: throw BenchmarkError(String(cString: sqlite3_errmsg(client.db)))
    }
  }

  @inline(__always) func reset() { sqlite3_reset(pointer) }

  @inline(__always) func bind(_ at: Int32, _ value: Int64) { sqlite3_bind_int64(pointer, at, value) }
  @inline(__always) func bind(_ at: Int32, _ value: Double) { sqlite3_bind_double(pointer, at, value) }
  @inline(__always) func bind(_ at: Int32, _ value: Bool) { sqlite3_bind_int64(pointer, at, value ? 1 : 0) }

  /// SQLite copies the text, as it must when the caller's does not outlive the step.
  @inline(__always) func bind(_ at: Int32, _ text: String) {
    var text = text
    text.withUTF8 { bytes in
      let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
      _ = bytes.withMemoryRebound(to: CChar.self) {
        sqlite3_bind_text(pointer, at, $0.baseAddress, Int32(truncatingIfNeeded: $0.count), transient)
      }
    }
  }

  @inline(__always) func bind(_ at: Int32, _ text: String?) {
    if let text { bind(at, text) } else { sqlite3_bind_null(pointer, at) }
  }

  @inline(__always) func int64(_ column: Int32) -> Int64 { sqlite3_column_int64(pointer, column) }
  @inline(__always) func double(_ column: Int32) -> Double { sqlite3_column_double(pointer, column) }
  @inline(__always) func bool(_ column: Int32) -> Bool { sqlite3_column_int64(pointer, column) != 0 }
  @inline(__always) func isNull(_ column: Int32) -> Bool { sqlite3_column_type(pointer, column) == SQLITE_NULL }

  @inline(__always) func text(_ column: Int32) -> String {
    guard let start = sqlite3_column_text(pointer, column) else { return "" }
    let bytes = UnsafeBufferPointer(start: start, count: Int(sqlite3_column_bytes(pointer, column)))
    return String(decoding: bytes, as: UTF8.self)
  }

  @inline(__always) func blob(_ column: Int32) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(
      start: sqlite3_column_blob(pointer, column), count: Int(sqlite3_column_bytes(pointer, column)))
  }
}
