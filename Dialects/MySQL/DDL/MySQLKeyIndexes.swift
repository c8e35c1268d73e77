internal import RowanCore

/// The indexes that foreign keys need, and that the server makes where no other serves.
///
/// https://mariadb.com/kb/en/foreign-keys/ https://dev.mysql.com/doc/refman/8.0/en/create-table-foreign-keys.html
enum MySQLKeyIndexes {
  /// Whether `index` is the one the server made for `key`. It goes when another serves, and is nobody's own.
  static func isOwn(_ index: IndexSnapshot, of key: ForeignKeySnapshot) -> Bool {
    index == self.index(for: key)
  }

  /// What a key that says `action` does: the two ways of refusing are one.
  static func stored(_ action: ForeignKeyAction) -> ForeignKeyAction { action == .restrict ? .noAction : action }

  /// Whether an index of the table's own begins with the columns of `key`.
  static func isServed(_ key: ForeignKeySnapshot, in table: TableSnapshot) -> Bool {
    if table.primaryKey?.columns.starts(with: key.columns) ?? false { return true }
    if table.uniques.contains(where: { $0.columns.starts(with: key.columns) }) { return true }
    return table.indexes.contains { index in
      index.method == nil && index.elements.count >= key.columns.count
        && zip(index.elements, key.columns).allSatisfy { $0.column == $1 && $0.prefixLength == nil }
    }
  }

  /// The indexes the server has made for `keys` of `table`, where no index of its own serves them. Of two that would
  /// be the same, the one made last is kept: with keys added in the order of their names, the last.
  static func made(for keys: [ForeignKeySnapshot], in table: TableSnapshot) -> [IndexSnapshot] {
    let unserved = keys.filter { !isServed($0, in: table) }
    let needed = unserved.filter { key in
      !unserved.contains { other in
        other.columns.starts(with: key.columns)
          && (other.columns.count > key.columns.count || key.name.utf8.lexicographicallyPrecedes(other.name.utf8))
      }
    }
    return needed.map { index(for: $0) }
  }

  /// The index the server makes for `key`.
  static func index(for key: ForeignKeySnapshot) -> IndexSnapshot {
    IndexSnapshot(key.name, elements: key.columns.map { IndexElement(column: $0) })
  }
}
