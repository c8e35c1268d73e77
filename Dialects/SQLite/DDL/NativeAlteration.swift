import RowanCore

/// Changes that `ALTER TABLE` makes in place. https://sqlite.org/lang_altertable.html
struct NativeAlteration {
  let emitter: SQLiteDDLEmitter
  let alteration: TableAlteration

  private var table: TableSnapshot { alteration.after }

  /// Whether every change can be made in place.
  var isPossible: Bool { alteration.changes.allSatisfy(isPossible) }

  private func isPossible(_ change: TableChange) -> Bool {
    switch change {
    case .renameColumn, .createIndex, .dropIndex, .renameIndex, .setComment: true
    case .addColumn(let column): canAdd(column)
    case .dropColumn(let column): canDrop(column)
    case .alterColumn(let from, let to): isCommentOnly(from, to)
    default: false
    }
  }

  private func isCommentOnly(_ from: ColumnSnapshot, _ to: ColumnSnapshot) -> Bool {
    var from = from
    from.comment = to.comment
    return from == to
  }

  /// A column without a default has to admit `NULL`, and a default has to be a constant. In a table of rows, anything
  /// else would be refused; so would a column that another one of this name makes way for.
  private func canAdd(_ column: ColumnSnapshot) -> Bool {
    guard alteration.before.column(column.name) == nil, column.identity == nil,
      table.primaryKey?.columns.contains(column.name) != true
    else { return false }
    if let computed = column.computed { return !computed.isStored }
    switch column.defaultValue {
    case nil, .literal(.null): return column.isNullable
    case .literal(let value):
      guard let text = try? SQLiteDefaults.text(.literal(value), column.type, dialect: emitter.dialect) else {
        return false
      }
      return !text.hasPrefix("(")
    case .now, .randomUUID, .expression: return false
    }
  }

  /// A column goes if nothing in the table mentions it.
  private func canDrop(_ column: ColumnSnapshot) -> Bool {
    let before = alteration.before
    if alteration.changes.contains(where: {
      if case .addColumn(let new) = $0 { new.name == column.name } else { false }
    }) {
      return false
    }
    let keys =
      (before.primaryKey?.columns ?? []) + before.uniques.flatMap(\.columns)
      + before.foreignKeys.flatMap(\.columns)
      + before.foreignKeys.filter { $0.target == before.name }.flatMap(\.targetColumns)
    if keys.contains(column.name) { return false }
    let remaining = before.indexes.filter { index in
      !alteration.changes.contains { change in
        switch change {
        case .dropIndex(let gone): gone.name == index.name
        case .renameIndex(let from, _): from == index.name
        default: false
        }
      }
    }
    if remaining.contains(where: { $0.elements.contains { $0.column == column.name } }) { return false }
    let texts =
      before.checks.map(\.expression.source) + before.columns.compactMap(\.computed?.expression.source)
      + remaining.compactMap(\.predicate?.source)
      + remaining.flatMap { $0.elements.compactMap(\.expression?.source) }
    return !texts.contains { mentions(column.name, $0) }
  }

  private func mentions(_ column: String, _ text: String) -> Bool {
    guard let tokens = SQLiteTokenizer.tokens(text) else { return true }
    return tokens.contains { $0.isName && $0.value.folded == column.folded }
  }

  /// What goes before columns are renamed.
  func dropIndexes() throws -> [SchemaStatement] {
    try alteration.changes.compactMap { change in
      switch change {
      case .dropIndex(let index): try drop(index.name)
      case .renameIndex(let from, _): try drop(from)
      default: nil
      }
    }
  }

  private func drop(_ index: String) throws -> SchemaStatement {
    SchemaStatement(
      "DROP INDEX \(try emitter.dialect.quote(index))", facts: [SchemaFact(.index, table.name, index, exists: false)])
  }

  /// Renames of columns, in a working order.
  func renames() throws -> (statements: [SchemaStatement], moved: [String: String]) {
    let renames = alteration.changes.compactMap { change in
      if case .renameColumn(let from, let to) = change { (from: from, to: to) } else { nil }
    }
    let sequence = RenameSequence(renames, existing: alteration.before.columns.map(\.name), keepsCase: true)
    let statements = try sequence.steps.map { step in
      let names = try (emitter.dialect.quote(step.from), emitter.dialect.quote(step.to))
      return SchemaStatement(
        "ALTER TABLE \(try emitter.qualifiedName(table.name)) RENAME COLUMN \(names.0) TO \(names.1)",
        facts: [
          SchemaFact(.column, table.name, step.to), SchemaFact(.column, table.name, step.from, exists: false),
        ])
    }
    return (statements, sequence.moved)
  }

  /// Everything, renames of columns included.
  func statements() throws -> [SchemaStatement] {
    let renames = try renames()
    var statements = try dropIndexes() + renames.statements
    let name = try emitter.qualifiedName(table.name)
    for case .dropColumn(let column) in alteration.changes {
      let current = renames.moved[column.name] ?? column.name
      statements.append(
        SchemaStatement(
          "ALTER TABLE \(name) DROP COLUMN \(try emitter.dialect.quote(current))",
          facts: [SchemaFact(.column, table.name, current, exists: false)],
          loss: column.computed == nil ? "the values of column '\(column.name)' of table '\(table.name)'" : nil))
    }
    for case .addColumn(let column) in alteration.changes {
      var definition = try emitter.columnDefinition(column, of: table)
      // A comment at the end is not kept in the table's text. https://sqlite.org/lang_altertable.html
      if definition.hasSuffix("*/") { definition += " NULL" }
      statements.append(
        SchemaStatement(
          "ALTER TABLE \(name) ADD COLUMN \(definition)",
          facts: [SchemaFact(.column, table.name, column.name)]))
    }
    for change in alteration.changes {
      let index: IndexSnapshot? =
        switch change {
        case .createIndex(let index): index
        case .renameIndex(_, let to): table.indexes.first { $0.name == to }
        default: nil
        }
      guard let index else { continue }
      statements.append(
        SchemaStatement(
          try emitter.createIndex(index, on: table, ifNotExists: false),
          facts: [SchemaFact(.index, table.name, index.name)]))
    }
    return statements
  }
}
