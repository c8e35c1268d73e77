import RowanCore

/// One table before and after, and what changes within it.
struct TablePair {
  /// The table as it was, under its old name.
  let old: TableSnapshot
  /// The table as it was, under its new name and with its columns' old ones.
  let before: TableSnapshot
  /// The table as it shall be.
  let after: TableSnapshot
  /// What changes within it, foreign keys included.
  private(set) var changes: [TableChange] = []
  /// Expressions whose texts cannot tell.
  private(set) var unverified: [String] = []

  /// `before` with its columns' new names.
  private let matched: TableSnapshot

  init(_ old: TableSnapshot, _ after: TableSnapshot, _ names: NameMap) {
    self.old = old
    before = names.underNewName(old)
    self.after = after
    matched = names.underNewColumns(before)
    let columns = ColumnChanges(matched, after, renamed: names.renamedColumns(of: after.name))
    unverified += columns.unverified
    let key = keyChanges()
    let uniques = compareUniques(), checks = compareChecks(), keys = compareKeys(), indexes = compareIndexes()
    changes += keys.dropped.map { .dropForeignKey($0) }
    changes += indexes.dropped.map { .dropIndex($0) }
    changes += checks.dropped.map { .dropCheck($0) }
    changes += uniques.dropped.map { .dropUnique($0) }
    changes += key.dropped.map { .dropPrimaryKey($0) }
    changes += key.renamed.map { .renamePrimaryKey(from: $0.from, to: $0.to) }
    changes += uniques.renamed.map { .renameUnique(from: $0.from, to: $0.to) }
    changes += checks.renamed.map { .renameCheck(from: $0.from, to: $0.to) }
    changes += keys.renamed.map { .renameForeignKey(from: $0.from, to: $0.to) }
    changes += indexes.renamed.map { .renameIndex(from: $0.from, to: $0.to) }
    changes += columns.changes
    changes += key.added.map { .addPrimaryKey($0) }
    changes += uniques.added.map { .addUnique($0) }
    changes += checks.added.map { .addCheck($0) }
    changes += indexes.added.map { .createIndex($0) }
    changes += keys.added.map { .addForeignKey($0) }
    if matched.comment != after.comment { changes.append(.setComment(after.comment)) }
    if matched.options != after.options { changes.append(.setOptions(after.options)) }
  }

  private func keyChanges() -> NamedChanges<PrimaryKeySnapshot> {
    var changes = NamedChanges<PrimaryKeySnapshot>()
    guard matched.primaryKey != after.primaryKey else { return changes }
    if let old = matched.primaryKey, let new = after.primaryKey, old.columns == new.columns, let from = old.name,
      let to = new.name
    {
      changes.renamed.append((from, to))
      return changes
    }
    changes.dropped += [matched.primaryKey].compactMap { $0 }
    changes.added += [after.primaryKey].compactMap { $0 }
    return changes
  }

  private func compareUniques() -> NamedChanges<UniqueSnapshot> {
    NamedChanges(matched.uniques, after.uniques, name: \.name) { $0.columns == $1.columns }
  }

  private mutating func compareChecks() -> NamedChanges<CheckSnapshot> {
    NamedChanges(matched.checks, after.checks, name: \.name) { old, new in
      same(old.expression, new.expression, "check '\(new.name)'")
    }
  }

  private func compareKeys() -> NamedChanges<ForeignKeySnapshot> {
    NamedChanges(matched.foreignKeys, after.foreignKeys, name: \.name) { old, new in
      var old = old
      old.name = new.name
      return old == new
    }
  }

  private mutating func compareIndexes() -> NamedChanges<IndexSnapshot> {
    NamedChanges(matched.indexes, after.indexes, name: \.name) { old, new in
      var old = old
      old.name = new.name
      if let one = old.predicate, let other = new.predicate, same(one, other, "the predicate of index '\(new.name)'") {
        old.predicate = other
      }
      guard old.elements.count == new.elements.count else { return false }
      for index in old.elements.indices {
        if let one = old.elements[index].expression, let other = new.elements[index].expression,
          same(one, other, "an expression of index '\(new.name)'")
        {
          old.elements[index].expression = other
        }
      }
      return old == new
    }
  }

  /// Whether two expressions say the same, as far as their texts can tell; where they cannot, it is noted.
  private mutating func same(_ one: SchemaExpression, _ other: SchemaExpression, _ place: String) -> Bool {
    guard let answer = one.isSame(as: other) else {
      unverified.append("\(after.name): \(place)")
      return true
    }
    return answer
  }
}
