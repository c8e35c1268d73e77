internal import RowanCore

extension MySQLDDLEmitter {
  func createIndex(_ index: IndexSnapshot, on table: TableSnapshot, ifNotExists: Bool) throws -> String {
    // MySQL has no IF NOT EXISTS here; MariaDB has.
    let condition = ifNotExists && server.flavor == .mariaDB ? "IF NOT EXISTS " : ""
    return "CREATE \(try kind(of: index))INDEX \(condition)\(try dialect.quote(index.name)) "
      + "ON \(try qualifiedName(table.name)) \(try parts(of: index, on: table))"
  }

  /// The clause of `ALTER TABLE` that adds an index.
  func addIndex(_ index: IndexSnapshot, on table: TableSnapshot) throws -> String {
    "ADD \(try kind(of: index))INDEX \(try dialect.quote(index.name)) \(try parts(of: index, on: table))"
  }

  private func kind(of index: IndexSnapshot) throws -> String {
    if index.isUnique { return "UNIQUE " }
    switch index.method?.lowercased() {
    case "fulltext": return "FULLTEXT "
    case "spatial": return "SPATIAL "
    default: return ""
    }
  }

  private func parts(of index: IndexSnapshot, on table: TableSnapshot) throws -> String {
    try refuse(index, of: table)
    var sql = "(\(try elements(of: index, on: table)))"
    if let method = storedMethod(index, of: table), ["btree", "hash"].contains(method) {
      sql += " USING \(method.uppercased())"
    }
    return sql
  }

  /// The method of an index as the catalogs have it; nil for the one that indexes of the table's engine have anyway.
  ///
  /// InnoDB takes the word HASH and makes a tree. https://mariadb.com/kb/en/storage-engine-index-types/
  func storedMethod(_ index: IndexSnapshot, of table: TableSnapshot) -> String? {
    let method = index.method?.lowercased()
    guard method == "btree" || method == "hash" else { return method }
    let usual = table.options["engine"].map(MySQLEngine.name) == "MEMORY" ? "hash" : "btree"
    if usual == "btree" { return nil }
    return method == usual ? nil : method
  }

  /// Refuses what indexes of these servers cannot have.
  func refuse(_ index: IndexSnapshot, of table: TableSnapshot) throws {
    func unsupported(_ what: String, _ alternative: String) -> RowanError {
      lacks("\(what), index '\(index.name)' of '\(table.name)',", alternative)
    }
    if index.predicate != nil {
      throw unsupported("a condition", "index a generated column that is NULL for rows left out")
    }
    if !index.including.isEmpty { throw unsupported("INCLUDE", "add the columns at the end of the index") }
    let method = index.method?.lowercased() ?? "btree"
    guard ["btree", "hash", "fulltext", "spatial"].contains(method) else {
      throw unsupported("the method '\(method)'", "use btree, hash, fulltext or spatial")
    }
    if index.isUnique, method == "fulltext" || method == "spatial" {
      throw unsupported("a unique \(method) index", "leave unique out")
    }
    for element in index.elements {
      if element.operatorClass != nil { throw unsupported("an operator class", "leave the operator class out") }
      if element.nulls != nil { throw unsupported("a place for nulls", "leave it out: nulls come first") }
      if element.collation != nil {
        throw unsupported("a collation", "give the collation to the column, or index a generated column that has it")
      }
      if element.column == nil, server.flavor == .mariaDB {
        throw unsupported("an expression", "index a column computed by it")
      }
      if element.isDescending, !server.hasDescendingIndexes {
        throw unsupported("descending order", "leave the order out, or use MariaDB 10.8")
      }
      if element.isDescending, method == "fulltext" || method == "spatial" {
        throw unsupported("an order in a \(method) index", "leave the order out")
      }
    }
  }

  /// Refuses what foreign keys of these servers cannot have.
  func refuse(_ key: ForeignKeySnapshot) throws {
    _ = try action(key.onDelete)
    _ = try action(key.onUpdate)
    if key.deferral != .immediate {
      throw lacks(
        "deferral, foreign key '\(key.name)',", "check it at once, and write parents before children")
    }
  }
}
