internal import RowanCore

/// Makes tables and views of what the catalogs say of them.
struct MySQLTableReader {
  let catalog: MySQLCatalog
  let emitter: MySQLDDLEmitter
  /// What snapshots have no form for.
  var unrepresented: [UnrepresentedObject] = []

  mutating func table(_ row: MySQLTableRow) -> TableSnapshot? {
    switch row.type {
    case "BASE TABLE": break
    case "SYSTEM VERSIONED": report("system versioning", row.name, "that the table keeps its history is not kept")
    case "VIEW", "SYSTEM VIEW": return nil
    case "SEQUENCE":
      report("sequence", row.name, "it is not kept")
      return nil
    default:
      report(row.type.lowercased(), row.name, "it is not kept")
      return nil
    }
    reportOptions(of: row)
    let checks = catalog.checks[row.name] ?? []
    let indexes = indexes(of: row)
    var table = TableSnapshot(
      ObjectName(row.name), comment: row.comment.isEmpty ? nil : row.comment,
      columns: columns(of: row, checks), primaryKey: primaryKey(of: row), uniques: indexes.uniques,
      checks: self.checks(checks), foreignKeys: foreignKeys(of: row), indexes: indexes.others,
      options: options(of: row))
    let keys = table.foreignKeys
    table.indexes.removeAll { index in keys.contains { MySQLKeyIndexes.isOwn(index, of: $0) } }
    return table
  }

  mutating func view(_ row: MySQLViewRow) -> ViewSnapshot? {
    if row.definition.isEmpty {
      report("view", row.name, "its query is not shown to this user, who needs SHOW VIEW")
      return nil
    }
    if row.checkOption != "NONE" {
      report("view option", row.name, "WITH \(row.checkOption) CHECK OPTION is not kept")
    }
    if row.security != "DEFINER" { report("view option", row.name, "SQL SECURITY \(row.security) is not kept") }
    let text = MySQLStoredText.unqualified(row.definition, database: catalog.database)
    let canonical = catalog.expression("").canonical.map {
      CanonicalSQL(engine: $0.engine, version: $0.version, text: text)
    }
    return ViewSnapshot(ObjectName(row.name), query: SchemaExpression(text, canonical: canonical))
  }

  private mutating func report(_ kind: String, _ name: String, _ reason: String) {
    unrepresented.append(UnrepresentedObject(kind: kind, name: name, reason: reason))
  }

  private func options(of row: MySQLTableRow) -> [String: String] {
    var options: [String: String] = [:]
    if let engine = row.engine, !MySQLEngine.isDefault(engine) { options["engine"] = MySQLEngine.name(engine) }
    if let collation = row.collation.map(MySQLCollation.name), collation != emitter.collation {
      options["collation"] = collation
    }
    return options
  }

  private mutating func reportOptions(of row: MySQLTableRow) {
    for option in row.options.split(separator: " ") {
      if option == "partitioned" {
        report("partitions", row.name, "how the table is partitioned is not kept")
      } else {
        report("table option", row.name, "\(option) is not kept")
      }
    }
  }

  private mutating func columns(of row: MySQLTableRow, _ checks: [MySQLCheckRow]) -> [ColumnSnapshot] {
    let documents = Set(
      checks.filter { MySQLColumnReader.isDocumentCheck($0) }.map(\.name))
    let collation = row.collation.map(MySQLCollation.name)
    return (catalog.columns[row.name] ?? []).map { column in
      let reader = MySQLColumnReader(catalog: catalog, row: column, tableCollation: collation)
      for reason in reader.leftovers { report("column attribute", "\(row.name).\(column.name)", reason) }
      return reader.column(isDocument: documents.contains(column.name))
    }
  }

  private mutating func checks(_ rows: [MySQLCheckRow]) -> [CheckSnapshot] {
    rows.compactMap { row in
      if row.belongsToColumn {
        if !MySQLColumnReader.isDocumentCheck(row) {
          report("column check", "\(row.table).\(row.name)", "a check in a column's definition is not kept")
        }
        return nil
      }
      if !row.isEnforced { report("check attribute", "\(row.table).\(row.name)", "NOT ENFORCED is not kept") }
      return CheckSnapshot(row.name, catalog.expression(row.clause))
    }
  }

  private mutating func primaryKey(of row: MySQLTableRow) -> PrimaryKeySnapshot? {
    let parts = (catalog.indexes[row.name] ?? []).filter { $0.name == "PRIMARY" }
    if parts.isEmpty { return nil }
    if parts.contains(where: { $0.prefixLength != nil || $0.isDescending }) {
      report("primary key", row.name, "prefix lengths and order are not kept")
    }
    return PrimaryKeySnapshot(name: nil, columns: parts.compactMap(\.column))
  }

  private mutating func indexes(of row: MySQLTableRow) -> (uniques: [UniqueSnapshot], others: [IndexSnapshot]) {
    let rows = (catalog.indexes[row.name] ?? []).filter { $0.name != "PRIMARY" }
    let groups = Dictionary(grouping: rows, by: \.name).sorted { $0.key < $1.key }
    var uniques: [UniqueSnapshot] = []
    var others: [IndexSnapshot] = []
    let usual = row.engine == "MEMORY" ? "hash" : "btree"
    for (name, parts) in groups {
      guard let first = parts.first else { continue }
      if !first.comment.isEmpty { report("index attribute", "\(row.name).\(name)", "its comment is not kept") }
      if first.isHidden { report("index attribute", "\(row.name).\(name)", "that it is ignored is not kept") }
      let columns = parts.compactMap(\.column)
      let isPlain = parts.allSatisfy { $0.prefixLength == nil && !$0.isDescending }
      if first.isUnique, isPlain, columns.count == parts.count {
        uniques.append(UniqueSnapshot(name, columns: columns))
        continue
      }
      let elements = parts.map { part in
        part.column.map {
          IndexElement(
            column: $0, descending: part.isDescending,
            prefixLength: first.type == "spatial" ? nil : part.prefixLength)
        }
          ?? IndexElement(expression: catalog.expression(part.expression ?? ""), descending: part.isDescending)
      }
      // Unique indexes over long text are hashes by themselves. https://mariadb.com/kb/en/getting-started-with-indexes/
      let isUsual = first.type == usual || first.type == "hash" && usual == "btree"
      others.append(
        IndexSnapshot(name, elements: elements, isUnique: first.isUnique, method: isUsual ? nil : first.type))
    }
    return (uniques, others)
  }

  private mutating func foreignKeys(of row: MySQLTableRow) -> [ForeignKeySnapshot] {
    let groups = Dictionary(grouping: catalog.keys[row.name] ?? [], by: \.name).sorted { $0.key < $1.key }
    return groups.compactMap { name, parts in
      guard let first = parts.first else { return nil }
      if first.targetDatabase != catalog.database {
        report("foreign key", "\(row.name).\(name)", "it refers to a table of another database")
        return nil
      }
      let actions = catalog.actions[row.name]?.first { $0.name == name }
      return ForeignKeySnapshot(
        name, columns: parts.map(\.column), target: ObjectName(first.target),
        targetColumns: parts.map(\.targetColumn), onDelete: Self.action(actions?.onDelete),
        onUpdate: Self.action(actions?.onUpdate))
    }
  }

  private static func action(_ rule: String?) -> ForeignKeyAction {
    switch rule {
    case "CASCADE": .cascade
    case "SET NULL": .setNull
    case "SET DEFAULT": .setDefault
    default: .noAction
    }
  }
}
