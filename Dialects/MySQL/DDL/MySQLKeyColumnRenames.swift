internal import RowanCore

extension MySQLAlteration {
  /// A column that takes part in a foreign key cannot be renamed by a statement that copies the table, and which
  /// statements do is known to the server alone. So columns that keys are over are renamed by a statement of their own.
  /// https://mariadb.com/kb/en/innodb-online-ddl-operations-with-the-inplace-alter-algorithm/
  mutating func renameKeyColumns() throws -> [SchemaStatement] {
    // MySQL renames no column that a check is over, unless the same statement drops the check.
    let hasChecks = !state.checks.isEmpty
    if emitter.server.flavor == .mySQL, hasChecks { return [] }
    let replaced = replaced
    let keyed = keyedColumns
    var early = renames.filter { keyed.contains($0.from) && !replaced.contains($0.to) }
    if early.isEmpty { return [] }
    while true {
      let going = Set(early.map { presentName(of: $0.from) })
      let taken = Set(state.columns.map(\.name)).subtracting(going)
      let free = early.filter { !taken.contains($0.to) }
      if free.count == early.count { break }
      early = free
    }
    var part = MySQLAlterClauses()
    var columns = state.columns
    for (from, to) in early {
      let present = presentName(of: from)
      part.add(
        "RENAME COLUMN \(try quote(present)) TO \(try quote(to))", .other,
        SchemaFact(.column, after.name, present, exists: false), SchemaFact(.column, after.name, to))
      if let position = state.columns.firstIndex(where: { $0.name == present }) { columns[position].name = to }
    }
    let statement = try statement(part)
    state.columns = columns
    renamedBefore = Set(early.map(\.to))
    return [statement].compactMap { $0 }
  }

  /// Columns, by the names they have before, that this table's keys or those of others may be over.
  private var keyedColumns: Set<String> {
    var names = Set(before.primaryKey?.columns ?? [])
    names.formUnion(before.uniques.flatMap(\.columns))
    names.formUnion(before.foreignKeys.flatMap(\.columns))
    names.formUnion(before.indexes.flatMap { $0.elements.compactMap(\.column) })
    return names
  }
}
