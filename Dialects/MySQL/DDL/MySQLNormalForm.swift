internal import RowanCore

/// A table as the server gives it back once it is made.
struct MySQLNormalForm {
  let emitter: MySQLDDLEmitter

  func table(_ table: TableSnapshot) throws -> TableSnapshot {
    var normal = table
    if let namespace = table.name.namespace { throw unsupportedNamespace(namespace, of: "table '\(table.name.name)'") }
    normal.comment = try comment(table.comment, of: "table '\(table.name)'")
    normal.options = try options(table.options, of: table)
    normal.uniques += table.indexes.filter(isConstraint).map {
      UniqueSnapshot($0.name, columns: $0.elements.compactMap(\.column))
    }
    normal.indexes = try table.indexes.filter { !isConstraint($0) }.map { try index($0, of: table) }
    normal.foreignKeys = try table.foreignKeys.map { try foreignKey($0) }
    normal.indexes.removeAll { index in normal.foreignKeys.contains { MySQLKeyIndexes.isOwn(index, of: $0) } }
    normal.primaryKey?.name = nil
    // What a type is stored as depends on the keys it is in, before they are moved about.
    normal.columns = try table.columns.map { try column($0, of: table) }
    try refuseChecks(named: normal.columns, of: table)
    normal.checks = table.checks.map { CheckSnapshot($0.name, trimmed($0.expression)) }
    normal.sort()
    return normal
  }

  func view(_ view: ViewSnapshot) throws -> ViewSnapshot {
    if let namespace = view.name.namespace { throw unsupportedNamespace(namespace, of: "view '\(view.name.name)'") }
    if view.isMaterialized {
      throw RowanError.unsupported(
        "the materialized view '\(view.name)'", dialect: emitter.dialect.name,
        alternative: "make it a table, and fill it by an event")
    }
    var normal = view
    normal.comment = nil
    while let last = normal.query.source.last, last == ";" || last.isWhitespace { normal.query.source.removeLast() }
    return normal
  }

  private func column(_ column: ColumnSnapshot, of table: TableSnapshot) throws -> ColumnSnapshot {
    var normal = column
    normal.type = MySQLStoredType(try emitter.columnType(column, of: table)).logical
    normal.comment = try comment(column.comment, of: "column '\(column.name)' of '\(table.name)'")
    normal.collation = collation(column, normal.type, of: table)
    if column.identity != nil {
      _ = try emitter.identityClause(column, of: table)
      normal.identity = .byDefault
    }
    if let computed = column.computed {
      normal.computed?.expression = trimmed(computed.expression)
      // MariaDB has no NOT NULL here. https://mariadb.com/kb/en/generated-columns/
      if emitter.server.flavor == .mariaDB { normal.isNullable = true }
    }
    if table.primaryKey?.columns.contains(column.name) ?? false { normal.isNullable = false }
    normal.defaultValue = try defaultValue(column, normal.type)
    return normal
  }

  private func defaultValue(_ column: ColumnSnapshot, _ type: SQLType) throws -> DefaultSnapshot? {
    guard let value = column.defaultValue else { return nil }
    let form = MySQLDefaultForm(type: type)
    switch value {
    case .now, .randomUUID:
      _ = try emitter.defaultExpression(value, for: column)
      return value
    case .expression(let expression):
      return form.value(of: expression.source) { SchemaExpression($0, canonical: expression.canonical) }
    case .literal(.null): return nil
    case .literal(let value):
      guard let literal = MySQLStoredLiteral(value), let stored = form.value(of: literal) else {
        throw SQLLiteral.mismatch(value, type, dialect: emitter.dialect.name)
      }
      return .literal(stored)
    }
  }

  private func collation(_ column: ColumnSnapshot, _ type: SQLType, of table: TableSnapshot) -> String? {
    guard let name = column.collation.map(MySQLCollation.name), type != .json else { return nil }
    return name == emitter.collation(of: table) ? nil : name
  }

  private func options(_ options: [String: String], of table: TableSnapshot) throws -> [String: String] {
    for name in options.keys.sorted() where !["engine", "collation"].contains(name) {
      throw RowanError.unsupported(
        "the option '\(name)' of table '\(table.name)'", dialect: emitter.dialect.name,
        alternative: "use engine and collation, and set others by hand")
    }
    var normal: [String: String] = [:]
    if let engine = options["engine"], !MySQLEngine.isDefault(engine) { normal["engine"] = MySQLEngine.name(engine) }
    let collation = emitter.collation(of: table)
    if collation != emitter.collation { normal["collation"] = collation }
    return normal
  }

  /// A unique index over whole columns is a unique constraint, and the other way about.
  private func isConstraint(_ index: IndexSnapshot) -> Bool {
    index.isUnique && index.predicate == nil && index.including.isEmpty
      && ["btree", "hash"].contains(index.method?.lowercased() ?? "btree")
      && index.elements.allSatisfy {
        $0.column != nil && !$0.isDescending && $0.nulls == nil && $0.operatorClass == nil && $0.collation == nil
          && $0.prefixLength == nil
      }
  }

  private func index(_ index: IndexSnapshot, of table: TableSnapshot) throws -> IndexSnapshot {
    try emitter.refuse(index, of: table)
    var normal = index
    normal.method = emitter.storedMethod(index, of: table)
    for position in index.elements.indices {
      normal.elements[position].expression = index.elements[position].expression.map { trimmed($0) }
      guard let length = index.elements[position].prefixLength,
        let column = index.elements[position].column.flatMap({ table.column($0) })
      else { continue }
      switch column.type {
      case .char(length), .varchar(length): normal.elements[position].prefixLength = nil
      default: break
      }
    }
    return normal
  }

  /// MariaDB gives the check of a JSON column the column's name. https://mariadb.com/kb/en/json/
  private func refuseChecks(named columns: [ColumnSnapshot], of table: TableSnapshot) throws {
    guard emitter.server.flavor == .mariaDB else { return }
    let taken = Set(columns.filter { $0.type == .json }.map(\.name))
    for check in table.checks where taken.contains(check.name) {
      throw emitter.lacks(
        "the check '\(check.name)' of '\(table.name)', which is called as a JSON column is,",
        "give the check another name")
    }
  }

  private func foreignKey(_ key: ForeignKeySnapshot) throws -> ForeignKeySnapshot {
    if let namespace = key.target.namespace { throw unsupportedNamespace(namespace, of: "foreign key '\(key.name)'") }
    try emitter.refuse(key)
    var normal = key
    normal.onDelete = MySQLKeyIndexes.stored(key.onDelete)
    normal.onUpdate = MySQLKeyIndexes.stored(key.onUpdate)
    return normal
  }

  private func trimmed(_ expression: SchemaExpression) -> SchemaExpression {
    SchemaExpression(MySQLStoredText.bare(expression.source), canonical: expression.canonical)
  }

  /// Comments are in the catalogs' character set, which has no more than three bytes for a character; MariaDB writes
  /// a question mark for others. https://dev.mysql.com/doc/refman/8.0/en/charset-metadata.html
  private func comment(_ text: String?, of what: String) throws -> String? {
    guard let text, !text.isEmpty else { return nil }
    if text.unicodeScalars.contains(where: { $0.value > 0xFFFF }) {
      throw emitter.lacks("a character beyond U+FFFF in the comment of \(what)", "leave the character out")
    }
    return text
  }

  private func unsupportedNamespace(_ namespace: String, of what: String) -> RowanError {
    .unsupported(
      "the namespace '\(namespace)' of \(what)", dialect: emitter.dialect.name,
      alternative: "put the namespace into the name, or use another database")
  }
}
