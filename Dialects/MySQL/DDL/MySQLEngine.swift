/// Names of storage engines.
enum MySQLEngine {
  /// Whether it is the one tables have that name none.
  static func isDefault(_ name: String) -> Bool { name.lowercased() == "innodb" }

  /// The name under which the catalogs have it.
  static func name(_ name: String) -> String {
    ["MEMORY", "MyISAM", "Aria", "ARCHIVE", "CSV", "BLACKHOLE", "RocksDB", "NDB"]
      .first { $0.lowercased() == name.lowercased() } ?? name
  }
}
