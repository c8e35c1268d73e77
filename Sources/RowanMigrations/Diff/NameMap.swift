import RowanCore

/// Which table and column of the schema before is which of the schema after.
struct NameMap {
  /// Former names of tables, by present ones; only those that change.
  private(set) var formerTables: [ObjectName: ObjectName] = [:]
  private var presentTables: [ObjectName: ObjectName] = [:]
  /// Former names of columns, by the present names of their tables.
  private var formerColumns: [ObjectName: [String: String]] = [:]

  init(_ before: SchemaSnapshot, _ after: SchemaSnapshot, _ renames: SchemaRenames) throws {
    for (now, former) in renames.tables.sorted(by: { $0.key < $1.key }) {
      if renames.tables[former] != nil, before.table(now) != nil, before.table(former) != nil,
        after.table(former) != nil
      {
        throw Self.exchange("tables '\(now)' and '\(former)'")
      }
      // Done already, or never needed.
      guard now != former, after.table(now) != nil, before.table(now) == nil, before.table(former) != nil else {
        continue
      }
      guard after.table(former) == nil, presentTables[former] == nil else {
        throw RowanError(
          .invalidConfiguration, "table '\(now)' says it was '\(former)', which is another table's name too",
          hint: "let one table only say so")
      }
      formerTables[now] = former
      presentTables[former] = now
    }
    for (table, columns) in renames.columns.sorted(by: { $0.key < $1.key }) {
      guard let new = after.table(table), let old = before.table(former(table)) else { continue }
      var taken: Set<String> = []
      for (now, former) in columns.sorted(by: { $0.key < $1.key }) {
        if columns[former] != nil, old.column(now) != nil, old.column(former) != nil, new.column(former) != nil {
          throw Self.exchange("columns '\(now)' and '\(former)' of '\(table)'")
        }
        guard now != former, new.column(now) != nil, old.column(now) == nil, old.column(former) != nil else { continue }
        guard new.column(former) == nil, taken.insert(former).inserted else {
          throw RowanError(
            .invalidConfiguration,
            "column '\(now)' of '\(table)' says it was '\(former)', which is another column's name too",
            hint: "let one column only say so")
        }
        formerColumns[table, default: [:]][now] = former
      }
    }
  }

  /// Whether names have been exchanged already nobody can tell: both are there before and after.
  private static func exchange(_ what: String) -> RowanError {
    RowanError(
      .invalidConfiguration, "\(what) say that they were one another, which looks the same before and after it is done",
      hint: "rename one of them to a third name first, in a migration of its own; or drop renamedFrom if it is done")
  }

  /// What the table was called.
  func former(_ table: ObjectName) -> ObjectName { formerTables[table] ?? table }

  /// What the table is called now.
  func present(_ table: ObjectName) -> ObjectName { presentTables[table] ?? table }

  /// Former names of the columns of a table that are called otherwise now, by present ones.
  func renamedColumns(of table: ObjectName) -> [String: String] { formerColumns[table] ?? [:] }

  /// What a column of `table`, both by their present names, is called now.
  func present(_ column: String, of table: ObjectName) -> String {
    formerColumns[table]?.first { $0.value == column }?.key ?? column
  }

  /// `table` as it stands once every table has its new name: its own, and those its keys refer to.
  func underNewName(_ table: TableSnapshot) -> TableSnapshot {
    var table = table
    table.name = present(table.name)
    for index in table.foreignKeys.indices {
      table.foreignKeys[index].target = present(table.foreignKeys[index].target)
    }
    return table
  }

  /// `table`, which is under its new name, once every column has its new name too.
  func underNewColumns(_ table: TableSnapshot) -> TableSnapshot {
    func now(_ columns: [String]) -> [String] { columns.map { present($0, of: table.name) } }
    var new = table
    for index in new.columns.indices { new.columns[index].name = present(new.columns[index].name, of: table.name) }
    if let key = new.primaryKey { new.primaryKey?.columns = now(key.columns) }
    for index in new.uniques.indices { new.uniques[index].columns = now(new.uniques[index].columns) }
    for index in new.foreignKeys.indices {
      let key = new.foreignKeys[index]
      new.foreignKeys[index].columns = now(key.columns)
      new.foreignKeys[index].targetColumns = key.targetColumns.map { present($0, of: key.target) }
    }
    for index in new.indexes.indices {
      new.indexes[index].including = now(new.indexes[index].including)
      for element in new.indexes[index].elements.indices {
        if let column = new.indexes[index].elements[element].column {
          new.indexes[index].elements[element].column = present(column, of: table.name)
        }
      }
    }
    return new
  }
}
