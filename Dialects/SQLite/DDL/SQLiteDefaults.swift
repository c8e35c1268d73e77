import RowanCore

/// Expressions for defaults that SQLite has no functions for.
enum SQLiteDefaults {
  /// Sixteen random bytes with the bits of version 4 set. Concatenation keeps every byte of a blob, and the cast makes
  /// a blob of the result again. https://www.rfc-editor.org/rfc/rfc9562#name-uuid-version-4
  static let randomUUID: String = {
    let versions = SQLLiteral.hex(UInt8(0x40)...0x4f)
    let variants = SQLLiteral.hex(UInt8(0x80)...0xbf)
    return "(CAST(randomblob(6) || substr(x'\(versions)', 1 + (random() & 15), 1) || randomblob(1) "
      + "|| substr(x'\(variants)', 1 + (random() & 63), 1) || randomblob(7) AS BLOB))"
  }()
}
