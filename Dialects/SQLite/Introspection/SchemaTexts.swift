import RowanCore

/// Makes a schema of the texts in `sqlite_schema`.
struct SchemaTexts {
  /// A row of `sqlite_schema`.
  struct Row {
    var type: String
    var name: String
    var table: String
    var sql: String?
    /// What `pragma_table_list` calls it, where it is a table or a view.
    var kind: String?
  }

  private let dialect: any Dialect
  private let names: ConstraintNames
  private var unrepresented: [UnrepresentedObject] = []
  private var tables: [String: TableSnapshot] = [:]
  private var parsed: [(name: String, table: ParsedTable)] = []
  private var views: [ViewSnapshot] = []

  init(dialect: any Dialect, names: ConstraintNames) {
    self.dialect = dialect
    self.names = names
  }

  /// The schema.
  /// - Parameters:
  ///   - rows: what `sqlite_schema` holds.
  ///   - columns: the columns of each table as SQLite itself sees them; nil where nothing is there to compare with.
  mutating func schema(_ rows: [Row], columns: [String: [String]]?) -> IntrospectedSchema {
    for row in rows where row.type == "table" { read(table: row, columns) }
    var byName: [String: (name: String, key: [String])] = [:]
    for (name, table) in parsed { byName[name.folded] = (name, table.primaryKey?.columns ?? []) }
    for (name, table) in parsed {
      var assembly = TableAssembly(dialect: dialect, names: names)
      tables[name] = assembly.table(table, name: name) { byName[$0.folded] }
      for remark in assembly.remarks { report("table option", name, remark) }
    }
    resolveTargets(byName)
    for row in rows {
      switch row.type {
      case "index": read(index: row)
      case "view": read(view: row)
      case "trigger": report("trigger", "\(row.table).\(row.name)", "triggers are not part of a snapshot")
      default: break
      }
    }
    return IntrospectedSchema(
      SchemaSnapshot(dialect: dialect.name, tables: Array(tables.values), views: views), unrepresented: unrepresented)
  }

  private mutating func report(_ kind: String, _ name: String, _ reason: String) {
    unrepresented.append(UnrepresentedObject(kind: kind, name: name, reason: reason))
  }

  private mutating func read(table row: Row, _ columns: [String: [String]]?) {
    switch row.kind {
    case "virtual": return report("virtual table", row.name, "its columns are those of a module")
    case "shadow": return report("shadow table", row.name, "it belongs to a virtual table")
    default: break
    }
    guard let text = row.sql, let table = try? CreateTableParser.parse(text),
      columns == nil || columns?[row.name] == table.columns.map(\.name)
    else {
      return report("table", row.name, "the text of its definition is of a form this library does not know")
    }
    parsed.append((row.name, table))
  }

  /// Columns of targets in the spelling of their tables, which may come later.
  private mutating func resolveTargets(_ byName: [String: (name: String, key: [String])]) {
    let columns = tables.mapValues(\.columns)
    for (name, table) in tables {
      var table = table
      for index in table.foreignKeys.indices {
        guard let target = columns[table.foreignKeys[index].target.name] else { continue }
        table.foreignKeys[index].targetColumns = table.foreignKeys[index].targetColumns.map {
          TableAssembly.resolve($0, in: target)
        }
      }
      tables[name] = table
    }
  }

  private mutating func read(index row: Row) {
    // What a constraint has of its own has no text; what is of a virtual table went with it.
    guard let text = row.sql else { return }
    guard let table = tables[row.table] else { return report("index", row.name, "its table is not in the snapshot") }
    guard let parsed = CreateIndexParser.parse(text) else {
      return report("index", row.name, "the text of its definition is of a form this library does not know")
    }
    var index = parsed.index
    index.name = row.name
    tables[row.table]?.indexes.append(IndexForm.normal(index, of: table))
    tables[row.table]?.sort()
  }

  private mutating func read(view row: Row) {
    guard let text = row.sql, let query = CreateViewParser.query(text) else {
      return report("view", row.name, "the text of its definition is of a form this library does not know")
    }
    views.append(ViewSnapshot(ObjectName(row.name), query: CanonicalText.expression(query)))
  }
}
