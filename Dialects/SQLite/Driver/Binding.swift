internal import CSQLite
internal import RowanCore

#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// Values on their way into placeholders.
///
/// Truth values are 0 and 1; UUIDs are blobs of 16 bytes; timestamps and times are microseconds, dates are days, all as
/// integers; decimals, intervals, JSON and arrays (as JSON) are text. Infinities and NUL in text are stored as they are.
/// NaN, which SQLite would store as `NULL`, and integers above `Int64.max` are refused.
extension SQLiteStatement {
  /// Binds all placeholders of one execution.
  /// - Throws: ``RowanError/Code/valueOutOfRange``, ``RowanError/Code/encodingFailed``.
  func bind(_ values: UnsafeBufferPointer<SQLValue>) throws {
    guard values.count == parameterCount else {
      throw RowanError.internalFailure(
        "a statement with \(parameterCount) placeholders was given \(values.count) values")
    }
    arena.reset()
    for index in 0..<values.count {
      let at = Int32(truncatingIfNeeded: index &+ 1)
      let code: Int32
      switch values[index] {
      case .int(let value): code = sqlite3_bind_int64(pointer, at, value)
      case .text(let text): code = bind(text, at)
      case .null: code = sqlite3_bind_null(pointer, at)
      case .bool(let value): code = sqlite3_bind_int64(pointer, at, value ? 1 : 0)
      case .double(let value):
        if value.isNaN { throw refused(at, "NaN, which SQLite would store as NULL", hint: "store NULL instead") }
        code = sqlite3_bind_double(pointer, at, value)
      case .uint(let value):
        guard let signed = Int64(exactly: value) else {
          throw refused(
            at, "an integer above \(Int64.max), which SQLite cannot store",
            hint: "keep it as a decimal, or as text")
        }
        code = sqlite3_bind_int64(pointer, at, signed)
      case .timestamp(let value): code = sqlite3_bind_int64(pointer, at, value.microseconds)
      case .date(let value): code = sqlite3_bind_int64(pointer, at, Int64(value.days))
      case .time(let value): code = sqlite3_bind_int64(pointer, at, value.microseconds)
      case .bytes(let bytes): code = bytes.withUnsafeBytes { bind($0, at) }
      case .uuid(let uuid): code = withUnsafeBytes(of: uuid.uuid) { bind($0, at) }
      case .json(let text): code = bind(text, at)
      case .interval(let value): code = bind(value.description, at)
      case .decimal(let value):
        if value.isNaN { throw refused(at, "a decimal that is not a number", hint: "store NULL instead") }
        code = bind(DecimalText.format(value), at)
      case .array(let array):
        for case .invalid(let failure) in array.values { throw invalid(failure, at) }
        code = bind(ArrayJSON.text(array), at)
      case .invalid(let failure): throw invalid(failure, at)
      }
      if code != SQLITE_OK { throw connection.failure(code, compiled.sql, .bind(Int(at))) }
    }
  }

  private func bind(_ text: String, _ at: Int32) -> Int32 {
    let code = text.utf8.withContiguousStorageIfAvailable { bytes in
      bind(text: UnsafeRawBufferPointer(bytes), at)
    }
    if let code { return code }
    var native = text
    return native.withUTF8 { bind(text: UnsafeRawBufferPointer($0), at) }
  }

  private func bind(text bytes: UnsafeRawBufferPointer, _ at: Int32) -> Int32 {
    let copy = copy(bytes).assumingMemoryBound(to: CChar.self)
    return sqlite3_bind_text64(pointer, at, copy, UInt64(bytes.count), nil, UInt8(SQLITE_UTF8))
  }

  private func bind(_ bytes: UnsafeRawBufferPointer, _ at: Int32) -> Int32 {
    sqlite3_bind_blob64(pointer, at, copy(bytes), UInt64(bytes.count), nil)
  }

  /// The bytes in the arena, at an address even when there are none: without one SQLite binds `NULL`.
  private func copy(_ bytes: UnsafeRawBufferPointer) -> UnsafeMutableRawPointer {
    let copy = arena.take(bytes.count)
    if let start = bytes.baseAddress { copy.copyMemory(from: start, byteCount: bytes.count) }
    return copy
  }

  private func refused(_ at: Int32, _ what: String, hint: String) -> RowanError {
    RowanError(.valueOutOfRange, "value \(at) of the statement is \(what)", hint: hint, sql: compiled.sql)
  }

  private func invalid(_ failure: EncodingFailure, _ at: Int32) -> RowanError {
    RowanError(
      failure.code, "value \(at) of the statement, a \(failure.swiftType), could not be encoded: \(failure.reason)",
      hint: "mend the value, or the type's sqlValue", sql: compiled.sql, cause: failure)
  }
}
