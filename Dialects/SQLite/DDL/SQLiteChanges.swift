import RowanCore

extension SQLiteDDLEmitter {
  /// `ALTER TABLE` where it can do what is asked; else all changes of a table in one go, by building it anew.
  func statements(
    for changes: [SchemaChange], from before: SchemaSnapshot, to after: SchemaSnapshot, options: DDLOptions
  ) throws -> [SchemaStatement] {
    let tables = (before.tables + after.tables).map(\.name.name) + (before.views + after.views).map(\.name.name)
    var statements: [SchemaStatement] = []
    var renames: [(from: String, to: String)] = []
    func flush() throws {
      statements += try renameTables(renames, existing: before.tables.map(\.name.name))
      renames = []
    }
    for change in changes {
      if case .renameTable(let from, let to) = change {
        _ = try (qualifiedName(from), qualifiedName(to))
        renames.append((from.name, to.name))
        continue
      }
      try flush()
      statements += try single(change, tables: tables)
    }
    try flush()
    return try guarded(statements, changes)
  }

  /// A table that is dropped takes rows of others along while foreign keys are on; a view takes its triggers along.
  private func guarded(_ statements: [SchemaStatement], _ changes: [SchemaChange]) throws -> [SchemaStatement] {
    var guards = MigrationGuard()
    if !migrationHooks(for: statements.map(\.sql)).settings.isEmpty {
      guards.refuse(
        "foreign keys are off while tables are dropped or built anew",
        whenAny: "SELECT 1 FROM pragma_foreign_keys WHERE foreign_keys <> 0")
    }
    for case .createView(let view) in changes {
      let isMade = !changes.contains { if case .dropView(let old) = $0 { old.name == view.name } else { false } }
      if !isMade { guards.refuseTriggers(of: view.name.name, "view") }
    }
    return try guards.statements(dialect) + statements
  }

  func migrationHooks(for statements: [String]) -> MigrationHooks {
    SQLiteMigrationHooks.hooks(for: statements, dialect: dialect)
  }

  private func single(_ change: SchemaChange, tables: [String]) throws -> [SchemaStatement] {
    switch change {
    case .createTable(let table):
      let texts = try createTable(table, ifNotExists: false)
      let facts = [SchemaFact(.table, table.name)] + table.indexes.map { SchemaFact(.index, table.name, $0.name) }
      return zip(texts, facts).map { SchemaStatement($0, facts: [$1]) }
    case .dropTable(let table):
      let facts = [SchemaFact(.table, table.name, exists: false)]
      return try dropTable(table.name, ifExists: false).map {
        SchemaStatement($0, facts: facts, loss: "the rows of table '\(table.name)'")
      }
    case .alterTable(let alteration): return try alter(alteration, tables: tables)
    case .createView(let view):
      if view.isMaterialized { throw refused("a materialized view", "use a plain view, or a table") }
      return [
        SchemaStatement(
          "CREATE VIEW \(try qualifiedName(view.name)) AS \(view.query.source)",
          facts: [SchemaFact(.view, view.name)])
      ]
    case .dropView(let view):
      return [
        SchemaStatement(
          "DROP VIEW \(try qualifiedName(view.name))", facts: [SchemaFact(.view, view.name, exists: false)])
      ]
    case .renameTable: return []
    case .createNamespace, .dropNamespace: throw refused("a namespace", "put the namespace into the names")
    case .createExtension, .dropExtension: throw refused("an extension", "load it when the connection opens")
    case .createEnum, .dropEnum, .renameEnum, .alterEnum:
      throw refused("an enumerated type", "use text and a CHECK")
    }
  }

  private func refused(_ what: String, _ alternative: String) -> RowanError {
    .unsupported(what, dialect: dialect.name, alternative: alternative)
  }

  private func alter(_ alteration: TableAlteration, tables: [String]) throws -> [SchemaStatement] {
    let native = NativeAlteration(emitter: self, alteration: alteration)
    if native.isPossible { return try native.statements() }
    // Renamed in place, a column is renamed in what refers to it too.
    return try native.renames().statements
      + TableRebuild(emitter: self, alteration: alteration).statements(besides: tables)
  }

  /// SQLite takes a name in other letters for the same, and so for taken.
  private func renameTables(_ renames: [(from: String, to: String)], existing: [String]) throws -> [SchemaStatement] {
    try RenameSequence(renames, existing: existing, keepsCase: false).steps.map { step in
      SchemaStatement(
        "ALTER TABLE \(try dialect.quote(step.from)) RENAME TO \(try dialect.quote(step.to))",
        facts: [
          SchemaFact(.table, ObjectName(step.to)), SchemaFact(.table, ObjectName(step.from), exists: false),
        ])
    }
  }
}
