/// Names of collations.
enum MySQLCollation {
  /// The name under which the catalogs have it. https://mariadb.com/kb/en/supported-character-sets-and-collations/
  static func name(_ name: String) -> String {
    let lower = name.lowercased()
    if lower.hasPrefix("utf8_") { return "utf8mb3_" + lower.dropFirst(5) }
    return lower.hasPrefix("uca1400_") ? "utf8mb4_" + lower : lower
  }

  /// The character set it belongs to.
  static func characterSet(_ name: String) -> String {
    String(name.prefix { $0 != "_" })
  }
}
