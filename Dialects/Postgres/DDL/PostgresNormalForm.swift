import RowanCore

/// Schemas as introspection finds them once they are applied.
extension PostgresDDLEmitter {
  func normalize(_ snapshot: SchemaSnapshot) throws -> SchemaSnapshot {
    var normal = snapshot
    normal.tables = try snapshot.tables.map { try normalize($0) }
    normal.enums = snapshot.enums.map { type in
      EnumSnapshot(type.name, values: type.values, comment: type.comment.nonEmpty)
    }
    normal.views = snapshot.views.map { view in
      var query = view.query
      query.source = query.source.withoutSemicolon
      return ViewSnapshot(
        view.name, query: query, isMaterialized: view.isMaterialized, comment: view.comment.nonEmpty)
    }
    normal.sort()
    return normal
  }

  func normalize(_ table: TableSnapshot) throws -> TableSnapshot {
    var normal = table
    normal.comment = table.comment.nonEmpty
    normal.columns = try table.columns.map { try normalize($0, of: table) }
    if var key = table.primaryKey {
      if key.name == nil { key.name = names.primaryKey(table.name.name) }
      normal.primaryKey = key
    }
    normal.indexes = try table.indexes.map { try normalize($0, of: normal) }
    normal.options = normalize(options: table.options)
    normal.sort()
    return normal
  }

  private func normalize(_ column: ColumnSnapshot, of table: TableSnapshot) throws -> ColumnSnapshot {
    var normal = column
    if let type = PostgresTypeName.serial(column.type) {
      normal.type = type
      normal.identity = normal.identity ?? .serial
    } else {
      normal.type = try PostgresTypeName.stored(column.type, dialect)
    }
    if table.primaryKey?.columns.contains(column.name) == true || normal.identity != nil { normal.isNullable = false }
    if column.collation == "default" { normal.collation = nil }
    normal.comment = column.comment.nonEmpty
    // What the emitter refuses is refused here.
    _ = try columnDefinition(normal, of: table)
    if let value = column.defaultValue { normal.defaultValue = try normalize(value, for: normal) }
    return normal
  }

  /// Prints the default and reads it back.
  func normalize(_ value: DefaultSnapshot, for column: ColumnSnapshot) throws -> DefaultSnapshot? {
    switch value {
    case .now, .randomUUID: return value
    case .literal:
      return PostgresDefault(type: column.type).read(try defaultExpression(value, for: column)) { _ in nil }
    case .expression(let expression):
      return PostgresDefault(type: column.type).read(expression.source) { _ in expression.canonical }
    }
  }

  private func normalize(_ index: IndexSnapshot, of table: TableSnapshot) throws -> IndexSnapshot {
    _ = try createIndex(index, on: table, ifNotExists: false)
    var normal = index
    normal.method = index.method.map { $0.lowercased() }
    if normal.method == "btree" { normal.method = nil }
    normal.elements = index.elements.map { element in
      var element = element
      // Where nulls stand anyway. https://www.postgresql.org/docs/current/indexes-ordering.html
      if element.nulls == (element.isDescending ? .first : .last) { element.nulls = nil }
      if let column = element.column.flatMap({ table.column($0) }), element.collation == (column.collation ?? "default")
      {
        element.collation = nil
      }
      return element
    }
    return normal
  }

  private func normalize(options: [String: String]) -> [String: String] {
    var normal = options
    if normal["unlogged"] == "false" { normal["unlogged"] = nil }
    return normal
  }
}

extension String? {
  /// An empty comment is none.
  var nonEmpty: String? { self?.isEmpty == true ? nil : self }
}

extension String {
  /// Without the semicolon at the end, which a view does not have.
  var withoutSemicolon: String {
    var text = trimmingBlanks
    while text.hasSuffix(";") { text = String(text.dropLast()).trimmingBlanks }
    return text
  }
}
