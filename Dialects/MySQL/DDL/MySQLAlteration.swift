internal import RowanCore

/// The statements that change one table: as few as leave a state that a run that was cut off can go on from.
///
/// Foreign keys go first and come last. Everything between is one statement, unless
/// - a column without a default shall be NOT NULL: the servers would fill in a zero, so it comes as nullable, and a
///   second statement makes it NOT NULL, which fails where a row has no value;
/// - values may not fit a new type, which the servers would round without a word: a check goes before;
/// - a column takes the name of one that goes;
/// - a column that keys are over is renamed: the servers do that in place only.
struct MySQLAlteration {
  let emitter: MySQLDDLEmitter
  let before: TableSnapshot
  let after: TableSnapshot
  let changes: [TableChange]
  /// The table as the statements so far leave it.
  var state: TableSnapshot
  /// Columns, by their new names, that have them already.
  var renamedBefore: Set<String> = []

  init(_ alteration: TableAlteration, emitter: MySQLDDLEmitter) {
    self.emitter = emitter
    before = alteration.before
    after = alteration.after
    changes = alteration.changes
    state = before
  }

  mutating func statements() throws -> [SchemaStatement] {
    var all: [SchemaStatement] = []
    all += try dropForeignKeys()
    all += try MySQLFitChecks(alterations, of: before, names: emitter.names).statements(&state, emitter)
    all += try dropReplacedColumns()
    all += try breakRenameCycle()
    all += try renameKeyColumns()
    let main = try mainClauses(second: false)
    if let statement = try statement(main) { all.append(statement) }
    for case .dropIndex(let index) in changes { state.indexes.removeAll { $0.name == index.name } }
    for case .dropUnique(let unique) in changes { state.uniques.removeAll { $0.name == unique.name } }
    if let statement = try statement(try mainClauses(second: true)) { all.append(statement) }
    return all + (try addForeignKeys())
  }

  // What goes into the second statement.

  /// Columns that come without a value for the rows there are.
  var pending: Set<String> {
    var names: Set<String> = []
    for column in added where !column.isNullable && column.defaultValue == nil && column.identity == nil {
      if column.computed == nil { names.insert(column.name) }
    }
    return names
  }

  /// Whether the primary key waits for the second statement.
  var keyWaits: Bool { addedKey.map { !pending.isDisjoint(with: $0.columns) } ?? false }

  // The changes by what they are about.

  var added: [ColumnSnapshot] {
    var columns: [ColumnSnapshot] = []
    for case .addColumn(let column) in changes { columns.append(column) }
    for case .alterColumn(let from, let to) in changes where Self.isReplaced(from, to) { columns.append(to) }
    let order = after.columns.map(\.name)
    return columns.sorted { (order.firstIndex(of: $0.name) ?? 0) < (order.firstIndex(of: $1.name) ?? 0) }
  }

  /// Columns that keep their name and become others, by their names after: those that are dropped and added, and those
  /// of which no statement makes the other: stored, computed when read, or neither.
  /// https://dev.mysql.com/doc/refman/8.0/en/alter-table-generated-columns.html
  var replaced: Set<String> {
    let added = Set(added.map(\.name))
    return Set(
      changes.compactMap { change in
        switch change {
        case .dropColumn(let column) where added.contains(column.name): column.name
        case .alterColumn(let from, let to) where Self.isReplaced(from, to): to.name
        default: nil
        }
      })
  }

  /// Columns that change where they stand; what they are, under the names they have before.
  var alterations: [(from: ColumnSnapshot, to: ColumnSnapshot)] {
    var pairs: [(from: ColumnSnapshot, to: ColumnSnapshot)] = []
    for case .alterColumn(var from, let to) in changes where !Self.isReplaced(from, to) {
      from.name = formerName(of: from.name)
      pairs.append((from, to))
    }
    return pairs
  }

  var addedKey: PrimaryKeySnapshot? {
    for case .addPrimaryKey(let key) in changes { return key }
    return nil
  }

  private static func isReplaced(_ from: ColumnSnapshot, _ to: ColumnSnapshot) -> Bool {
    switch (from.computed, to.computed) {
    case (nil, nil): false
    case (let old?, nil): !old.isStored
    case (nil, _): true
    case (let old?, let new?): old.isStored != new.isStored
    }
  }

  /// One `ALTER TABLE` of `clauses`; nil for none.
  func statement(_ part: MySQLAlterClauses) throws -> SchemaStatement? {
    if part.clauses.isEmpty { return nil }
    var facts: [SchemaFact] = []
    // What one clause takes away and another brings is there.
    for fact in part.facts where fact.exists || !part.facts.contains(fact.opposite) { facts.append(fact) }
    let now = SchemaSnapshot(dialect: emitter.dialect.name, tables: [state])
    facts.removeAll { $0.holds(in: now) }
    let sql = try emitter.alter(after.name, part.clauses + part.online(of: state))
    return emitter.statement(sql, facts, loss: part.losses.isEmpty ? nil : part.losses.joined(separator: "; "))
  }
}

extension MySQLDDLEmitter {
  /// `ALTER TABLE … clause, clause`.
  func alter(_ table: ObjectName, _ clauses: [String]) throws -> String {
    "ALTER TABLE \(try qualifiedName(table))"
      + (clauses.count == 1 ? " \(clauses[0])" : "\n  \(clauses.joined(separator: ",\n  "))")
  }
}

extension SchemaFact {
  fileprivate var opposite: SchemaFact { SchemaFact(kind, object, part, exists: !exists) }
}
