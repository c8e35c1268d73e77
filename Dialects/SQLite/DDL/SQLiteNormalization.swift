import RowanCore

/// What becomes of a schema once SQLite has it: since it keeps texts as they are given, that is what the parser makes of
/// the emitter's own.
struct SQLiteNormalization {
  let emitter: SQLiteDDLEmitter

  /// The schema as it is read back.
  /// - Throws: ``RowanError/Code/unsupported`` for what SQLite cannot have.
  func schema(_ snapshot: SchemaSnapshot) throws -> SchemaSnapshot {
    if let name = snapshot.namespaces.first { throw unsupported("the namespace '\(name)'", "put it into the names") }
    if let name = snapshot.extensions.first { throw unsupported("the extension '\(name)'", "leave it out") }
    if let type = snapshot.enums.first {
      throw unsupported("the enumerated type '\(type.name)'", "use text and a CHECK")
    }
    var normal = snapshot
    normal.dialect = emitter.dialect.name
    normal.tables = try snapshot.tables.map { try table($0) }
    normal.views = try snapshot.views.map { try view($0) }
    let byName = Dictionary(normal.tables.map { ($0.name.name.folded, $0) }) { first, _ in first }
    for table in normal.tables.indices {
      for key in normal.tables[table].foreignKeys.indices {
        resolve(&normal.tables[table].foreignKeys[key], byName)
      }
    }
    normal.sort()
    return normal
  }

  private func resolve(_ key: inout ForeignKeySnapshot, _ byName: [String: TableSnapshot]) {
    guard let target = byName[key.target.name.folded] else { return }
    key.target = target.name
    key.targetColumns = key.targetColumns.map { TableAssembly.resolve($0, in: target.columns) }
  }

  /// The view as it is read back.
  func view(_ view: ViewSnapshot) throws -> ViewSnapshot {
    if view.isMaterialized { throw unsupported("the materialized view '\(view.name)'", "use a plain view, or a table") }
    _ = try emitter.qualifiedName(view.name)
    let query = CreateViewParser.query("CREATE VIEW v AS \(view.query.source)")
    guard let query, !query.isEmpty else { throw broken("the query of view '\(view.name)'") }
    return ViewSnapshot(view.name, query: CanonicalText.expression(query))
  }

  /// The table as it is read back.
  func table(_ table: TableSnapshot) throws -> TableSnapshot {
    let table = try prepared(table)
    let statements = try emitter.createTable(table, ifNotExists: false)
    guard let text = statements.first, let parsed = try? CreateTableParser.parse(text),
      parsed.columns.map(\.name) == table.columns.map(\.name), parsed.checks.count == table.checks.count
    else { throw broken("an expression of table '\(table.name)'") }
    var assembly = TableAssembly(dialect: emitter.dialect, names: emitter.names)
    var normal = assembly.table(parsed, name: table.name.name) { _ in nil }
    for index in table.indexes {
      let text = try emitter.createIndex(index, on: table, ifNotExists: false)
      guard let parsed = CreateIndexParser.parse(text), parsed.index.elements.count == index.elements.count else {
        throw broken("an expression of index '\(index.name)'")
      }
      normal.indexes.append(IndexForm.normal(parsed.index, of: normal))
    }
    normal.sort()
    return normal
  }

  private func prepared(_ table: TableSnapshot) throws -> TableSnapshot {
    var table = table
    for index in table.columns.indices {
      let column = table.columns[index]
      if column.identity == .always {
        throw emitter.unsupported(
          "GENERATED ALWAYS AS IDENTITY", column, of: table, alternative: "number the rows by default")
      }
      if column.type.isDecimal, column.collation != nil {
        throw emitter.unsupported(
          "a collation of a decimal", column, of: table, alternative: "leave the collation out")
      }
    }
    for index in table.indexes.indices {
      for element in table.indexes[index].elements.indices {
        let part = table.indexes[index].elements[element]
        // Nulls are the least of all values. https://sqlite.org/lang_createindex.html
        if part.nulls == (part.isDescending ? .last : .first) { table.indexes[index].elements[element].nulls = nil }
      }
    }
    return table
  }

  private func unsupported(_ what: String, _ alternative: String) -> RowanError {
    .unsupported(what, dialect: emitter.dialect.name, alternative: alternative)
  }

  private func broken(_ what: String) -> RowanError {
    RowanError(
      .syntaxError, "\(what) is no complete SQL: a quote, a parenthesis or a comment in it does not end",
      hint: "mend the expression")
  }
}
