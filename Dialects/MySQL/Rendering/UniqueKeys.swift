import RowanCore

/// The unique keys an insert can run into. `ON DUPLICATE KEY UPDATE` means any of them, so that a chosen one can be
/// granted only where it is alone. https://dev.mysql.com/doc/refman/8.0/en/insert-on-duplicate.html
struct UniqueKeys {
  let table: TableSchema
  let keys: [Set<Int>]

  init(_ insert: InsertStatement) {
    table = insert.table
    let inserted = Set(insert.columns.map(Int.init))
    let schema = insert.table
    var all: [Set<Int>] = []
    if !schema.primaryKey.isEmpty { all.append(Set(schema.primaryKey)) }
    for index in schema.columns.indices where schema.columns[index].isUnique { all.append([index]) }
    let named = schema.uniques.map(\.columns) + schema.indexes.filter(\.isUnique).map(\.columns)
    all += named.map { Set($0.compactMap { schema.index(of: $0) }) }
    // A key the database makes is always new.
    keys = all.filter { key in key.allSatisfy { inserted.contains($0) || !schema.columns[$0].isGenerated } }
  }

  func check(_ conflict: Conflict, dialect: any Dialect) throws {
    if conflict.target.isEmpty { return }
    let target = Set(conflict.target.map(Int.init))
    if keys.allSatisfy({ $0 == target }) { return }
    throw RowanError.unsupported(
      "an upsert into '\(table.name)' on one of its several unique keys", dialect: dialect.name,
      alternative: "upsert on any conflict, or read the row for update and insert or update it in one transaction")
  }
}
