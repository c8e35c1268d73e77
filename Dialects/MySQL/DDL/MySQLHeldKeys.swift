internal import RowanCore

/// Foreign keys over columns whose types change: the servers change neither side while the key is there. Those that stay
/// are made anew; those of tables that go are dropped before, and those of new tables are made after.
///
/// https://dev.mysql.com/doc/refman/8.0/en/create-table-foreign-keys.html
struct MySQLHeldKeys {
  private var keys: [(table: TableSnapshot, key: ForeignKeySnapshot)] = []
  private var leaving: [(table: TableSnapshot, key: ForeignKeySnapshot)] = []
  private var coming: [(table: TableSnapshot, key: ForeignKeySnapshot)] = []

  init(_ changes: [SchemaChange], from before: SchemaSnapshot, to after: SchemaSnapshot) {
    var altered: [ObjectName: Set<String>] = [:]
    var handled: Set<[String]> = []
    var formerNames: [ObjectName: ObjectName] = [:]
    for change in changes {
      if case .renameTable(let from, let to) = change { formerNames[to] = from }
      guard case .alterTable(let alteration) = change else { continue }
      let table = alteration.after.name
      for change in alteration.changes {
        switch change {
        case .alterColumn(let from, let to) where Self.concernsKeys(from, to):
          altered[table, default: []].insert(to.name)
        case .dropForeignKey(let key), .addForeignKey(let key): handled.insert([table.description, key.name])
        case .renameForeignKey(let from, let to):
          handled.insert([table.description, from])
          handled.insert([table.description, to])
        default: break
        }
      }
    }
    if altered.isEmpty { return }
    let newNames = Dictionary(formerNames.map { ($0.value, $0.key) }) { first, _ in first }
    for change in changes {
      switch change {
      case .createTable(let table):
        for key in table.foreignKeys where altered[key.target]?.isDisjoint(with: key.targetColumns) == false {
          coming.append((table, key))
        }
      case .dropTable(let table):
        for key in table.foreignKeys where altered[newNames[key.target] ?? key.target] != nil {
          if !handled.contains([table.name.description, key.name]) { leaving.append((table, key)) }
        }
      default: break
      }
    }
    for table in after.tables {
      guard let former = before.table(formerNames[table.name] ?? table.name) else { continue }
      for key in table.foreignKeys where former.foreignKeys.contains(where: { $0.name == key.name }) {
        if handled.contains([table.name.description, key.name]) { continue }
        let isChild = altered[table.name].map { !$0.isDisjoint(with: key.columns) } ?? false
        let isParent = altered[key.target].map { !$0.isDisjoint(with: key.targetColumns) } ?? false
        if isChild || isParent { keys.append((table, key)) }
      }
    }
  }

  /// Whether a change alters what a table has beside foreign keys.
  static func alters(_ change: SchemaChange) -> Bool {
    guard case .alterTable(let alteration) = change else { return false }
    return alteration.changes.contains {
      switch $0 {
      case .dropForeignKey, .addForeignKey: false
      default: true
      }
    }
  }

  private static func concernsKeys(_ from: ColumnSnapshot, _ to: ColumnSnapshot) -> Bool {
    from.type != to.type || from.isNullable != to.isNullable || from.collation != to.collation
      || from.computed != to.computed
  }

  /// A new table without the keys that come later.
  func withoutComing(_ change: SchemaChange) -> SchemaChange {
    guard case .createTable(var table) = change else { return change }
    let later = coming.filter { $0.table.name == table.name }.map(\.key.name)
    table.foreignKeys.removeAll { later.contains($0.name) }
    return .createTable(table)
  }

  func drops(_ emitter: MySQLDDLEmitter) throws -> [SchemaStatement] {
    try (leaving + keys).map { table, key in
      emitter.statement(
        "ALTER TABLE \(try emitter.qualifiedName(table.name)) DROP FOREIGN KEY \(try emitter.dialect.quote(key.name))",
        [SchemaFact(.foreignKey, table.name, key.name, exists: false)])
    }
  }

  func additions(_ emitter: MySQLDDLEmitter) throws -> [SchemaStatement] {
    try (keys + coming).map { table, key in
      emitter.statement(
        "ALTER TABLE \(try emitter.qualifiedName(table.name)) ADD \(try emitter.clause(key, of: table))",
        [SchemaFact(.foreignKey, table.name, key.name)])
    }
  }
}
