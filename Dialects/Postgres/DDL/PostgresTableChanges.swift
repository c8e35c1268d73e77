import RowanCore

/// https://www.postgresql.org/docs/current/sql-altertable.html
extension PostgresChangeWriter {
  mutating func alter(_ alteration: TableAlteration) throws {
    let columns = ComputedPlan(alteration, self)
    let reread = RereadParts(alteration, columns, self)
    let last = alteration.changes.lastIndex { change in
      switch change {
      case .renameColumn, .dropColumn, .addColumn, .alterColumn: true
      default: false
      }
    }
    var views: [ViewSnapshot] = []
    var isOpen = false
    for (index, change) in alteration.changes.enumerated() {
      switch change {
      case .alterColumn(let from, let to):
        if !isOpen {
          isOpen = true
          if columns.changesTypes {
            views = try dropViews(over: [alteration.after.name, former(alteration.before.name)])
          }
          try drop(reread, of: alteration.after)
          try dropComputed(columns, alteration)
        }
        if !columns.made.contains(to.name) { try alter(from, to, alteration) }
      case .addColumn(let column) where columns.delayed.contains(column.name): break
      default: try alter(change, alteration)
      }
      if index == last {
        try addComputed(columns, alteration)
        try add(reread, to: alteration.after)
        for view in views { try create(view) }
      }
    }
  }

  private mutating func alter(_ change: TableChange, _ alteration: TableAlteration) throws {
    let table = alteration.after.name
    let place = "ALTER TABLE \(try name(table))"
    switch change {
    case .dropForeignKey(let key): try dropConstraint(key.name, of: table, .foreignKey)
    case .dropCheck(let check):
      if gone.remove(.check(former(table), check.name)) == nil { try dropConstraint(check.name, of: table, .check) }
    case .dropUnique(let unique): try dropConstraint(unique.name, of: table, .unique)
    case .dropPrimaryKey(let key):
      emit(
        "\(place) DROP CONSTRAINT \(try quote(key.name ?? emitter.names.primaryKey(table.name)))",
        facts: [SchemaFact(.primaryKey, table, exists: false)])
    case .dropIndex(let index):
      if gone.remove(.index(former(table), index.name)) == nil { try dropIndex(index.name, of: table) }
    case .renameColumn(let from, let to):
      emit(
        "\(place) RENAME COLUMN \(try quote(from)) TO \(try quote(to))",
        facts: [SchemaFact(.column, table, to), SchemaFact(.column, table, from, exists: false)])
    case .dropColumn(let column):
      emit(
        "\(place) DROP COLUMN \(try quote(column.name))",
        facts: [SchemaFact(.column, table, column.name, exists: false)],
        loss: column.computed == nil ? "the values of column '\(column.name)' of table '\(table)'" : nil)
    case .addColumn(let column): try add(column, alteration.after)
    case .alterColumn: break
    case .addPrimaryKey(let key):
      emit("\(place) ADD \(try emitter.clause(key, of: alteration.after))", facts: [SchemaFact(.primaryKey, table)])
    case .addUnique(let unique):
      try addConstraint(emitter.clause(unique, of: alteration.after), unique.name, of: table, .unique)
    case .addCheck(let check):
      try addChecked(emitter.clause(check, of: alteration.after), check.name, of: table, .check)
    case .addForeignKey(let key):
      try addChecked(emitter.clause(key, of: alteration.after), key.name, of: table, .foreignKey)
    case .createIndex(let index): try create(index, on: alteration.after)
    case .renamePrimaryKey(let from, let to): try renameConstraint(from, to, of: table, nil)
    case .renameUnique(let from, let to): try renameConstraint(from, to, of: table, .unique)
    case .renameCheck(let from, let to): try renameConstraint(from, to, of: table, .check)
    case .renameForeignKey(let from, let to): try renameConstraint(from, to, of: table, .foreignKey)
    case .renameIndex(let from, let to):
      emit(
        "ALTER INDEX \(try name(ObjectName(from, namespace: table.namespace))) RENAME TO \(try quote(to))",
        facts: [SchemaFact(.index, table, to), SchemaFact(.index, table, from, exists: false)])
    case .setComment(let comment): emit(try emitter.commentOn(table: table, comment))
    case .setOptions(let options): try set(options, alteration)
    }
  }

  mutating func add(_ column: ColumnSnapshot, _ table: TableSnapshot) throws {
    emit(
      "ALTER TABLE \(try name(table.name)) ADD COLUMN \(try emitter.columnDefinition(column, of: table))",
      facts: [SchemaFact(.column, table.name, column.name)])
    if let comment = column.comment {
      emit(try emitter.commentOn(column: column.name, of: table.name, comment))
    }
  }

  mutating func dropConstraint(_ constraint: String, of table: ObjectName, _ kind: SchemaFact.Kind) throws {
    emit(
      "ALTER TABLE \(try name(table)) DROP CONSTRAINT \(try quote(constraint))",
      facts: [SchemaFact(kind, table, constraint, exists: false)])
  }

  mutating func addConstraint(
    _ clause: String, _ constraint: String, of table: ObjectName, _ kind: SchemaFact.Kind
  ) throws {
    emit("ALTER TABLE \(try name(table)) ADD \(clause)", facts: [SchemaFact(kind, table, constraint)])
  }

  /// The lock that adding takes is let go before the rows are checked, which keeps no writer out.
  private mutating func addChecked(
    _ clause: String, _ constraint: String, of table: ObjectName, _ kind: SchemaFact.Kind
  ) throws {
    guard options.validatesSeparately else { return try addConstraint(clause, constraint, of: table, kind) }
    emit(
      "ALTER TABLE \(try name(table)) ADD \(clause) NOT VALID", .committedBefore,
      facts: [SchemaFact(kind, table, constraint)])
    emit("ALTER TABLE \(try name(table)) VALIDATE CONSTRAINT \(try quote(constraint))")
  }

  private mutating func renameConstraint(
    _ from: String, _ to: String, of table: ObjectName, _ kind: SchemaFact.Kind?
  ) throws {
    emit(
      "ALTER TABLE \(try name(table)) RENAME CONSTRAINT \(try quote(from)) TO \(try quote(to))",
      facts: kind.map { [SchemaFact($0, table, to), SchemaFact($0, table, from, exists: false)] } ?? [])
  }

  mutating func dropIndex(_ index: String, of table: ObjectName) throws {
    emit(
      "DROP INDEX \(try name(ObjectName(index, namespace: table.namespace)))",
      facts: [SchemaFact(.index, table, index, exists: false)])
  }

  /// A build that is cut short leaves an invalid index behind, which is dropped before the next attempt: whoever
  /// resumes at the second statement has to begin with the first, which does no harm.
  /// https://www.postgresql.org/docs/current/sql-createindex.html#SQL-CREATEINDEX-CONCURRENTLY
  mutating func create(_ index: IndexSnapshot, on table: TableSnapshot) throws {
    let facts = [SchemaFact(.index, table.name, index.name)]
    guard options.concurrentIndexes else {
      return emit(try emitter.createIndex(index, on: table, ifNotExists: false), facts: facts)
    }
    let qualified = try name(ObjectName(index.name, namespace: table.name.namespace))
    emit("DROP INDEX CONCURRENTLY IF EXISTS \(qualified)", .outside)
    emit(try emitter.createIndex(index, on: table, words: "CONCURRENTLY "), .outside, facts: facts)
  }

  private mutating func set(_ options: [String: String], _ alteration: TableAlteration) throws {
    let place = "ALTER TABLE \(try name(alteration.after.name))"
    let former = alteration.before.options
    if former["unlogged"] != options["unlogged"] {
      emit("\(place) SET \(options["unlogged"] == "true" ? "UNLOGGED" : "LOGGED")")
    }
    let reset = former.keys.filter { options[$0] == nil && $0 != "unlogged" }.sorted()
    if !reset.isEmpty {
      let names = try reset.map { key in
        try key.split(separator: ".").map { try quote(String($0)) }.joined(separator: ".")
      }
      emit("\(place) RESET (\(names.joined(separator: ", ")))")
    }
    let changed = options.filter { former[$0.key] != $0.value }
    let parameters = try emitter.storageParameters(changed)
    if !parameters.isEmpty { emit("\(place) SET (\(parameters.joined(separator: ", ")))") }
  }
}
