internal import RowanCore

extension MySQLAlteration {
  /// Columns whose names are taken by others go in a statement of their own, so that what has been done can be told.
  mutating func dropReplacedColumns() throws -> [SchemaStatement] {
    var part = MySQLAlterClauses()
    let gone = Set(replaced.map { formerName(of: $0) })
    for former in before.columns.map(\.name) where gone.contains(former) {
      part.add("DROP COLUMN \(try quote(former))", .other, SchemaFact(.column, after.name, former, exists: false))
      if before.column(former)?.computed == nil { part.losses.append(loss(of: former)) }
    }
    for index in indexesToRemake { part.add("DROP INDEX \(try quote(index))") }
    let dropped = try statement(part)
    state.columns.removeAll { gone.contains($0.name) }
    return [dropped].compactMap { $0 }
  }

  /// Names of indexes and unique constraints that stay, over columns that are replaced.
  var indexesToRemake: [String] {
    let names = replaced
    let indexes = after.indexes.filter { index in
      before.indexes.contains { $0.name == index.name } && index.elements.contains { names.contains($0.column ?? "") }
    }
    let uniques = after.uniques.filter { unique in
      before.uniques.contains { $0.name == unique.name } && !names.isDisjoint(with: unique.columns)
    }
    let touched = Set(
      changes.compactMap { change -> String? in
        switch change {
        case .dropIndex(let index), .createIndex(let index): index.name
        case .dropUnique(let unique), .addUnique(let unique): unique.name
        default: nil
        }
      })
    return (indexes.map(\.name) + uniques.map(\.name)).filter { !touched.contains($0) }
  }

  /// Columns that exchange their names would exchange them again if the statement ran twice: one takes another first.
  mutating func breakRenameCycle() throws -> [SchemaStatement] {
    let renames = renames
    guard let first = renames.first, Set(renames.map(\.from)) == Set(renames.map(\.to)) else { return [] }
    let passing = emitter.names.fit("rowan_renamed_\(first.from)")
    guard let position = state.columns.firstIndex(where: { $0.name == first.from }) else { return [] }
    let statement = emitter.statement(
      try emitter.alter(after.name, ["RENAME COLUMN \(try quote(first.from)) TO \(try quote(passing))"]),
      [SchemaFact(.column, after.name, first.from, exists: false), SchemaFact(.column, after.name, passing)])
    state.columns[position].name = passing
    return [statement]
  }

  var renames: [(from: String, to: String)] {
    var pairs: [(from: String, to: String)] = []
    for case .renameColumn(let from, let to) in changes { pairs.append((from, to)) }
    return pairs
  }

  /// The column called `name` where MariaDB would leave the check that makes it a JSON column with its old name.
  /// https://mariadb.com/kb/en/json-data-type/
  private func redefined(_ name: String) -> ColumnSnapshot? {
    guard emitter.server.flavor == .mariaDB else { return nil }
    return after.column(name).flatMap { $0.type == .json ? $0 : nil }
  }

  var droppedColumns: [ColumnSnapshot] {
    var columns: [ColumnSnapshot] = []
    for case .dropColumn(let column) in changes { columns.append(column) }
    return columns
  }

  func newName(of column: String) -> String { renames.first { $0.from == column }?.to ?? column }
  func formerName(of column: String) -> String { renames.first { $0.to == column }?.from ?? column }

  func loss(of column: String) -> String { "the values of column '\(column)' of table '\(after.name)'" }

  /// The name a column has by now that had `name` before.
  func presentName(of name: String) -> String {
    state.column(name) == nil ? emitter.names.fit("rowan_renamed_\(name)") : name
  }

  /// What happens to columns in the one or the other statement.
  func columnClauses(_ part: inout MySQLAlterClauses, second: Bool) throws {
    let pending = pending
    let table = after.name
    if second {
      for column in added where pending.contains(column.name) {
        part.add("MODIFY COLUMN \(try emitter.definition(of: column, in: after, statesCollation: recollates))")
      }
      if keyWaits {
        for column in added where column.identity != nil { try add(column, &part) }
      }
      return
    }
    let replaced = replaced
    for column in droppedColumns where !replaced.contains(column.name) {
      part.add("DROP COLUMN \(try quote(column.name))", .other, SchemaFact(.column, table, column.name, exists: false))
      if column.computed == nil { part.losses.append(loss(of: column.name)) }
    }
    let alterations = alterations
    for (from, to) in renames where !replaced.contains(to) && !renamedBefore.contains(to) {
      let present = presentName(of: from)
      let facts = [SchemaFact(.column, table, present, exists: false), SchemaFact(.column, table, to)]
      if let target = alterations.first(where: { $0.to.name == to })?.to ?? redefined(to) {
        let definition = try emitter.definition(of: target, in: after, statesCollation: recollates)
        part.add("CHANGE COLUMN \(try quote(present)) \(definition)")
      } else {
        part.add("RENAME COLUMN \(try quote(present)) TO \(try quote(to))")
      }
      part.facts += facts
    }
    for column in added where !(keyWaits && column.identity != nil) { try add(column, &part) }
    for (from, to) in alterations {
      if MySQLFit(from: from, to: to, before: before, after: after, emitter: emitter).narrows {
        part.losses.append("what of column '\(to.name)' of table '\(table)' a \(to.type) does not hold")
      }
      if renames.contains(where: { $0.to == to.name }), !renamedBefore.contains(to.name) { continue }
      part.add("MODIFY COLUMN \(try emitter.definition(of: to, in: after, statesCollation: recollates))")
    }
    if recollates {
      let handled = Set(added.map(\.name) + alterations.map(\.to.name))
      for column in after.columns where !handled.contains(column.name) && emitter.isText(column, in: after) {
        part.add("MODIFY COLUMN \(try emitter.definition(of: column, in: after, statesCollation: true))")
      }
    }
  }

  /// Whether columns that name no collation get another one.
  var recollates: Bool { emitter.collation(of: before) != emitter.collation(of: after) }

  private func add(_ column: ColumnSnapshot, _ part: inout MySQLAlterClauses) throws {
    let waits = pending.contains(column.name)
    let definition = try emitter.definition(
      of: column, in: after, isNullable: waits ? true : nil, statesCollation: recollates)
    let names = after.columns.map(\.name)
    let position = names.firstIndex(of: column.name) ?? names.count
    let newNames = Set(added.map(\.name))
    let isTrailing = names[min(position, names.count)...].allSatisfy { newNames.contains($0) }
    var sql = "ADD COLUMN \(definition)"
    if !isTrailing { sql += position == 0 ? " FIRST" : " AFTER \(try quote(names[position - 1]))" }
    let isPlain =
      isTrailing && (column.isNullable || waits) && column.defaultValue == nil && column.computed == nil
      && column.identity == nil && column.type != .json
    part.add(sql, isPlain ? .trailingColumn : .other, SchemaFact(.column, after.name, column.name))
  }
}
