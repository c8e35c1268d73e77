internal import RowanCore

extension MySQLDDLEmitter {
  /// Each statement commits by itself, whatever transaction is open, and is done or not done as a whole on MySQL 8 and
  /// MariaDB 10.6. https://dev.mysql.com/doc/refman/8.0/en/atomic-ddl.html https://mariadb.com/kb/en/atomic-ddl/
  func statements(
    for changes: [SchemaChange], from before: SchemaSnapshot, to after: SchemaSnapshot, options: DDLOptions
  ) throws -> [SchemaStatement] {
    var statements: [SchemaStatement] = []
    let keys = MySQLHeldKeys(changes, from: before, to: after)
    let held = changes.indices.filter { MySQLHeldKeys.alters(changes[$0]) }
    for (index, change) in changes.enumerated() {
      if index == held.first { statements += try keys.drops(self) }
      statements += try self.statements(for: keys.withoutComing(change))
      if index == held.last { statements += try keys.additions(self) }
    }
    return statements
  }

  private func statements(for change: SchemaChange) throws -> [SchemaStatement] {
    switch change {
    case .createTable(let table): return try creation(of: table)
    case .dropTable(let table):
      return [
        statement(
          try dropTable(table.name, ifExists: false).joined(), [SchemaFact(.table, table.name, exists: false)],
          loss: "the rows of table '\(table.name)'")
      ]
    case .renameTable(let from, let to):
      return [
        statement(
          "RENAME TABLE \(try qualifiedName(from)) TO \(try qualifiedName(to))",
          [SchemaFact(.table, from, exists: false), SchemaFact(.table, to)])
      ]
    case .alterTable(let alteration):
      var plan = MySQLAlteration(alteration, emitter: self)
      return try plan.statements()
    case .createView(let view):
      let normal = try MySQLNormalForm(emitter: self).view(view)
      return [
        statement(
          "CREATE VIEW \(try qualifiedName(view.name)) AS \(normal.query.source)", [SchemaFact(.view, view.name)])
      ]
    case .dropView(let view):
      return [
        statement("DROP VIEW \(try qualifiedName(view.name))", [SchemaFact(.view, view.name, exists: false)])
      ]
    case .createNamespace(let name), .dropNamespace(let name):
      throw lacks("the namespace '\(name)'", "use another database")
    case .createExtension(let name), .dropExtension(let name):
      throw lacks("the extension '\(name)'", "leave it out for this engine")
    case .createEnum(let type), .dropEnum(let type), .alterEnum(let type, _):
      throw lacks("the enumerated type '\(type.name)'", "give each column the type .custom(\"enum('a', 'b')\")")
    case .renameEnum(let name, _):
      throw lacks("the enumerated type '\(name)'", "give each column the type .custom(\"enum('a', 'b')\")")
    }
  }

  private func creation(of table: TableSnapshot) throws -> [SchemaStatement] {
    try zip(
      createTable(table, ifNotExists: false),
      [SchemaFact(.table, table.name)] + table.indexes.map { SchemaFact(.index, table.name, $0.name) }
    ).map { statement($0, [$1]) }
  }

  /// A statement of its own.
  func statement(_ sql: String, _ facts: [SchemaFact], loss: String? = nil) -> SchemaStatement {
    SchemaStatement(sql, placement: .outside, facts: facts, loss: loss)
  }
}
