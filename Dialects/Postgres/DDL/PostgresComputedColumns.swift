import RowanCore

/// Which computed columns of a table have to be made anew: an expression cannot be changed, and what it reads cannot
/// change its type under it. https://www.postgresql.org/docs/current/ddl-generated-columns.html
struct ComputedPlan {
  /// Whether any column that stays changes its type.
  let changesTypes: Bool
  /// The columns that are dropped and added again, by their new names, in order.
  let made: [String]
  /// Those of them whose values are lost for good.
  let lost: [String]
  /// The columns that the changes themselves drop and add again.
  let remade: [String]
  /// New columns that are added only once what they read has changed.
  let delayed: [String]

  init(_ alteration: TableAlteration, _ writer: PostgresChangeWriter) {
    var retyped: [String] = []
    var made: Set<String> = []
    var lost: [String] = []
    for case .alterColumn(let from, let to) in alteration.changes {
      let isRetyped = writer.renamed(from.type) != to.type || from.collation != to.collation
      if isRetyped { retyped.append(to.name) }
      guard let computed = to.computed else { continue }
      if from.computed != computed || isRetyped { made.insert(to.name) }
      if from.computed == nil { lost.append(to.name) }
    }
    let added = Set(
      alteration.changes.compactMap { change in if case .addColumn(let column) = change { column.name } else { nil } })
    var delayed: [String] = []
    for column in alteration.after.columns {
      guard let text = column.computed?.expression.source,
        retyped.contains(where: { $0 != column.name && SQLText.mentions(text, $0) })
      else { continue }
      if added.contains(column.name) { delayed.append(column.name) } else { made.insert(column.name) }
    }
    remade = alteration.changes.compactMap { change in
      if case .dropColumn(let column) = change, added.contains(column.name) { column.name } else { nil }
    }
    changesTypes = !retyped.isEmpty || !made.isEmpty
    self.made = alteration.after.columns.map(\.name).filter { made.contains($0) }
    self.lost = lost
    self.delayed = delayed
  }
}

extension PostgresChangeWriter {
  mutating func dropComputed(_ plan: ComputedPlan, _ alteration: TableAlteration) throws {
    let table = alteration.after.name
    for column in plan.made {
      emit(
        "ALTER TABLE \(try name(table)) DROP COLUMN \(try quote(column))",
        facts: [SchemaFact(.column, table, column, exists: false)],
        loss: plan.lost.contains(column) ? "the values of column '\(column)' of table '\(table)'" : nil)
    }
  }

  /// With the columns that were dropped, indexes and constraints over them went too.
  mutating func addComputed(_ plan: ComputedPlan, _ alteration: TableAlteration) throws {
    let table = alteration.after
    for column in plan.made + plan.delayed {
      if let column = table.column(column) { try add(column, table) }
    }
    let back = plan.made + plan.remade
    guard !back.isEmpty else { return }
    func isOver(_ columns: [String]) -> Bool { columns.contains { back.contains($0) } }
    func mentions(_ text: String?) -> Bool {
      text.map { text in back.contains { SQLText.mentions(text, $0) } } ?? false
    }
    let changes = alteration.changes
    if let key = table.primaryKey, isOver(key.columns), !changes.contains(.addPrimaryKey(key)) {
      emit(
        "ALTER TABLE \(try name(table.name)) ADD \(try emitter.clause(key, of: table))",
        facts: [SchemaFact(.primaryKey, table.name)])
    }
    for unique in table.uniques where isOver(unique.columns) && !changes.contains(.addUnique(unique)) {
      try addConstraint(emitter.clause(unique, of: table), unique.name, of: table.name, .unique)
    }
    for check in table.checks where mentions(check.expression.source) && !changes.contains(.addCheck(check)) {
      try addConstraint(emitter.clause(check, of: table), check.name, of: table.name, .check)
    }
    for key in table.foreignKeys where isOver(key.columns) && !isAdded(key, to: table.name) {
      try addConstraint(emitter.clause(key, of: table), key.name, of: table.name, .foreignKey)
    }
    for index in table.indexes where !changes.contains(.createIndex(index)) {
      guard
        isOver(index.elements.compactMap(\.column) + index.including) || mentions(index.predicate?.source)
          || index.elements.contains(where: { mentions($0.expression?.source) })
      else { continue }
      emit(
        try emitter.createIndex(index, on: table, ifNotExists: false),
        facts: [SchemaFact(.index, table.name, index.name)])
    }
  }

  /// Whether some change, perhaps a later one, adds the key.
  private func isAdded(_ key: ForeignKeySnapshot, to table: ObjectName) -> Bool {
    changes.contains { change in
      guard case .alterTable(let alteration) = change, alteration.after.name == table else { return false }
      return alteration.changes.contains(.addForeignKey(key))
    }
  }
}
