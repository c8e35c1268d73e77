internal import CSQLite
internal import RowanCore

/// Prepares text that holds exactly one statement.
enum SingleStatement {
  /// - Returns: the result code; the statement in `prepared` when it is `SQLITE_OK`.
  /// - Throws: ``RowanError/Code/emptyStatement``, or ``RowanError/Code/syntaxError`` when there is more than one
  ///   statement: SQLite itself would run the first and drop the others without a word.
  static func prepare(
    _ sql: String, on connection: SQLiteConnection, flags: UInt32, _ prepared: inout OpaquePointer?
  ) throws -> Int32 {
    var text = sql
    let code: Result<Int32, RowanError> = text.withUTF8 { bytes in
      guard !bytes.contains(0) else {
        return .failure(
          RowanError(.syntaxError, "the statement holds a NUL character", hint: "bind the text instead", sql: sql))
      }
      guard bytes.count < Int32.max else { return .success(SQLITE_TOOBIG) }
      return bytes.withMemoryRebound(to: CChar.self) { bytes in
        prepare(bytes[...], on: connection.db, flags: flags, sql, &prepared)
      }
    }
    return try code.get()
  }

  private static func prepare(
    _ text: Slice<UnsafeBufferPointer<CChar>>, on db: OpaquePointer, flags: UInt32, _ sql: String,
    _ prepared: inout OpaquePointer?
  ) -> Result<Int32, RowanError> {
    var rest = text
    while !rest.isEmpty {
      var statement: OpaquePointer?
      let (code, used) = step(rest, db, flags, &statement)
      guard code == SQLITE_OK else { return .success(code) }
      rest = rest.dropFirst(used)
      guard let statement else { continue }
      if isBlank(rest, db) {
        prepared = statement
        return .success(SQLITE_OK)
      }
      sqlite3_finalize(statement)
      return .failure(
        RowanError(
          .syntaxError, "the text holds more than one statement", hint: "run them one by one", sql: sql))
    }
    return .failure(
      RowanError(.emptyStatement, "the text holds no statement", hint: "comments alone cannot be run", sql: sql))
  }

  private static func step(
    _ text: Slice<UnsafeBufferPointer<CChar>>, _ db: OpaquePointer, _ flags: UInt32, _ statement: inout OpaquePointer?
  ) -> (code: Int32, used: Int) {
    let bytes = UnsafeBufferPointer(rebasing: text)
    guard let start = bytes.baseAddress else { return (SQLITE_OK, 0) }
    var tail: UnsafePointer<CChar>?
    let code = sqlite3_prepare_v3(db, start, Int32(truncatingIfNeeded: bytes.count), flags, &statement, &tail)
    // At least one byte is used up, so that the loop above ends.
    return (code, max(1, tail.map { $0 - start } ?? bytes.count))
  }

  /// Whether nothing but space, comments and semicolons is left, as SQLite itself reads them.
  private static func isBlank(_ text: Slice<UnsafeBufferPointer<CChar>>, _ db: OpaquePointer) -> Bool {
    var rest = text
    while !rest.isEmpty {
      var statement: OpaquePointer?
      let (code, used) = step(rest, db, 0, &statement)
      sqlite3_finalize(statement)
      guard code == SQLITE_OK, statement == nil else { return false }
      rest = rest.dropFirst(used)
    }
    return true
  }
}
