/// Expressions for defaults that the servers have no functions for.
enum MySQLDefaults {
  /// Sixteen random bytes with the bits of version 4 set. `UUID()` makes version 1, which tells the host and the time.
  ///
  /// Bytes alone: text in a default has the collation of the session that made it and of the one that opened the table,
  /// which fails where they are not the same. https://www.rfc-editor.org/rfc/rfc9562#name-uuid-version-4
  static let randomUUID =
    "(concat(random_bytes(6), char(ascii(random_bytes(1)) & 15 | 64), random_bytes(1), "
    + "char(ascii(random_bytes(1)) & 63 | 128), random_bytes(7)))"
}
