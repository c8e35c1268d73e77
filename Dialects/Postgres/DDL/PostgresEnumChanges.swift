import RowanCore

/// https://www.postgresql.org/docs/current/sql-altertype.html
extension PostgresChangeWriter {
  mutating func create(_ type: EnumSnapshot) throws {
    emit(try definition(of: type), facts: [SchemaFact(.enum, type.name)])
    if let comment = type.comment { emit(try emitter.commentOn(type: type.name, comment)) }
  }

  private func definition(of type: EnumSnapshot) throws -> String {
    let values = try type.values.map { try literal($0) }.joined(separator: ", ")
    return "CREATE TYPE \(try name(type.name)) AS ENUM (\(values))"
  }

  mutating func alter(_ from: EnumSnapshot, _ to: EnumSnapshot) throws {
    let kept = to.values.filter { from.values.contains($0) }
    if kept == from.values {
      try addValues(from, to)
    } else {
      try recreate(from, to)
    }
    if from.comment != to.comment || (kept != from.values && to.comment != nil) {
      emit(try emitter.commentOn(type: to.name, to.comment))
    }
  }

  /// A value cannot be used before the transaction that adds it has ended.
  private mutating func addValues(_ from: EnumSnapshot, _ to: EnumSnapshot) throws {
    for (index, value) in to.values.enumerated() where !from.values.contains(value) {
      var sql = "ALTER TYPE \(try name(to.name)) ADD VALUE \(try literal(value))"
      if index > 0 {
        sql += " AFTER \(try literal(to.values[index - 1]))"
      } else if let next = from.values.first {
        sql += " BEFORE \(try literal(next))"
      }
      emit(sql, .committedBefore, facts: [SchemaFact(.enumValue, to.name, value)])
    }
  }

  /// Values can be neither removed nor moved: the type is made anew, and every column changed over by way of its text.
  /// A row that holds a removed value makes this fail.
  private mutating func recreate(_ from: EnumSnapshot, _ to: EnumSnapshot) throws {
    let type = to.name
    let old = ObjectName(emitter.names.fit("\(type.name)_old"), namespace: type.namespace)
    let users = before.tables.filter { table in table.columns.contains { uses($0.type, type) } }
    let views = try dropViews(over: users.map(\.name))
    let parts = users.map { dependents($0, on: type) }
    for (table, (checks, indexes)) in zip(users, parts) {
      for index in indexes { try dropIndex(index.name, of: table.name) }
      for check in checks { try dropConstraint(check.name, of: table.name, .check) }
      for column in table.columns where uses(column.type, type) && column.defaultValue != nil {
        emit("ALTER TABLE \(try name(table.name)) ALTER COLUMN \(try quote(column.name)) DROP DEFAULT")
      }
    }
    emit(
      "ALTER TYPE \(try name(type)) RENAME TO \(try quote(old.name))",
      facts: [SchemaFact(.enum, old), SchemaFact(.enum, type, exists: false)])
    emit(try definition(of: to), facts: [SchemaFact(.enum, type)])
    for table in users { try changeOver(table, to) }
    for (table, (checks, indexes)) in zip(users, parts) {
      for check in checks {
        if isDropped(check, of: table.name) {
          gone.insert(.check(table.name, check.name))
        } else {
          try addConstraint(emitter.clause(check, of: table), check.name, of: table.name, .check)
        }
      }
      for index in indexes {
        if isDropped(index, of: table.name) {
          gone.insert(.index(table.name, index.name))
        } else {
          emit(
            try emitter.createIndex(index, on: table, ifNotExists: false),
            facts: [SchemaFact(.index, table.name, index.name)])
        }
      }
    }
    emit("DROP TYPE \(try name(old))", facts: [SchemaFact(.enum, old, exists: false)])
    for view in views { try create(view) }
  }

  private mutating func changeOver(_ table: TableSnapshot, _ type: EnumSnapshot) throws {
    for column in table.columns where uses(column.type, type.name) {
      let quoted = try quote(column.name)
      let isArray = if case .array = column.type { "[]" } else { "" }
      let target = "\(try name(type.name))\(isArray)"
      let place = "ALTER TABLE \(try name(table.name)) ALTER COLUMN \(quoted)"
      emit("\(place) TYPE \(target) USING \(quoted)::text\(isArray)::\(target)")
      // A default that names a removed value goes; the column's own change sets the new one.
      if let value = column.defaultValue, isDefault(value, of: type) {
        emit("\(place) SET DEFAULT \(try emitter.defaultExpression(value, for: column))")
      }
    }
  }

  private func isDefault(_ value: DefaultSnapshot, of type: EnumSnapshot) -> Bool {
    switch value {
    case .literal(.text(let text)): type.values.contains(text)
    case .literal(.array(let list)):
      list.values.allSatisfy { value in if case .text(let text) = value { type.values.contains(text) } else { true } }
    default: true
    }
  }

  /// Whether a column of the type holds values of the enumerated type, or of what it was called before.
  private func uses(_ type: SQLType, _ object: ObjectName) -> Bool {
    switch type {
    case .array(let element): uses(element, object)
    case .custom: enumeration(type) == object
    default: false
    }
  }

  /// The enumerated type that a column's type names, under its new name.
  private func enumeration(_ type: SQLType) -> ObjectName? {
    guard case .custom(let name) = renamed(type) else { return nil }
    return PostgresTypeName.object(name)
  }

  /// The type under the name that the changes give it.
  func renamed(_ type: SQLType) -> SQLType {
    switch type {
    case .array(let element): return .array(renamed(element))
    case .custom(let name):
      guard let object = PostgresTypeName.object(name) else { return type }
      for case .renameEnum(let from, let to) in changes where from == object {
        return .named(to.name, namespace: to.namespace)
      }
      return type
    default: return type
    }
  }

  /// What of a table could name values of the type, and so cannot outlive it.
  private func dependents(
    _ table: TableSnapshot, on type: ObjectName
  ) -> (checks: [CheckSnapshot], indexes: [IndexSnapshot]) {
    let columns = table.columns.filter { uses($0.type, type) }.map(\.name)
    func mentions(_ text: String?) -> Bool {
      text.map { text in columns.contains { SQLText.mentions(text, $0) } } ?? false
    }
    return (
      table.checks.filter { mentions($0.expression.source) },
      table.indexes.filter { index in
        mentions(index.predicate?.source) || index.elements.contains { mentions($0.expression?.source) }
      }
    )
  }

  private func isDropped(_ check: CheckSnapshot, of table: ObjectName) -> Bool {
    alterations(of: table).contains { if case .dropCheck(check) = $0 { true } else { false } }
  }

  private func isDropped(_ index: IndexSnapshot, of table: ObjectName) -> Bool {
    alterations(of: table).contains { if case .dropIndex(index) = $0 { true } else { false } }
  }

  /// What changes in the table that has been called `former`.
  private func alterations(of former: ObjectName) -> [TableChange] {
    changes.flatMap { change -> [TableChange] in
      guard case .alterTable(let alteration) = change, self.former(alteration.before.name) == former else { return [] }
      return alteration.changes
    }
  }

  /// What the table called `present` was called before.
  func former(_ present: ObjectName) -> ObjectName {
    for case .renameTable(let from, let to) in changes where to == present { return from }
    return present
  }
}
