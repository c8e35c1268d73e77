/// Expressions for defaults that the servers have no functions for.
enum MySQLDefaults {
  /// Sixteen random bytes with the bits of version 4 set. `UUID()` makes version 1, which tells the host and the time.
  /// https://www.rfc-editor.org/rfc/rfc9562#name-uuid-version-4
  static let randomUUID =
    "(unhex(concat(hex(random_bytes(6)), '4', substr(hex(random_bytes(2)), 2), "
    + "substr('89AB', 1 + floor(rand() * 4), 1), substr(hex(random_bytes(8)), 2))))"
}
