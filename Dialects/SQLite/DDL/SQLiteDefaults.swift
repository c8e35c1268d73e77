import RowanCore

/// Defaults, as they stand after `DEFAULT`.
enum SQLiteDefaults {
  /// The default `value` of a column of `type`.
  static func text(_ value: DefaultSnapshot, _ type: SQLType, dialect: any Dialect) throws -> String {
    switch value {
    case .expression(let expression): return "(\(expression.source))"
    case .randomUUID: return randomUUID
    case .literal(let value): return try SQLiteLiteral(dialect: dialect).text(value, type)
    case .now:
      switch type {
      case .timestamp: return SQLitePrinter.now
      case .date: return "(CAST(julianday('now', 'start of day') - 2440587.5 AS INTEGER))"
      case .time: return "(\(SQLitePrinter.now) % 86400000000)"
      default: throw SQLLiteral.mismatch(.timestamp(Timestamp(microseconds: 0)), type, dialect: dialect.name)
      }
    }
  }

  /// Sixteen random bytes with the bits of version 4 set. Concatenation keeps every byte of a blob, and the cast makes
  /// a blob of the result again. https://www.rfc-editor.org/rfc/rfc9562#name-uuid-version-4
  static let randomUUID: String = {
    let versions = SQLLiteral.hex(UInt8(0x40)...0x4f)
    let variants = SQLLiteral.hex(UInt8(0x80)...0xbf)
    return "(CAST(randomblob(6) || substr(x'\(versions)', 1 + (random() & 15), 1) || randomblob(1) "
      + "|| substr(x'\(variants)', 1 + (random() & 63), 1) || randomblob(7) AS BLOB))"
  }()
}
