internal import RowanCore

extension MySQLAlteration {
  /// Drops foreign keys, with the indexes the server made for them, which it would leave behind.
  mutating func dropForeignKeys() throws -> [SchemaStatement] {
    var names: [String] = []
    for change in changes {
      switch change {
      case .dropForeignKey(let key): names.append(key.name)
      case .renameForeignKey(let from, _): names.append(from)
      default: break
      }
    }
    if names.isEmpty { return [] }
    let kept = before.foreignKeys.filter { !names.contains($0.name) }
    let made = MySQLKeyIndexes.made(for: before.foreignKeys, in: before)
    let needed = MySQLKeyIndexes.made(for: kept, in: before)
    var part = MySQLAlterClauses()
    for name in names {
      part.add(
        "DROP FOREIGN KEY \(try quote(name))", .other, SchemaFact(.foreignKey, after.name, name, exists: false))
    }
    // Only MariaDB can be asked not to mind when the server made another, or none.
    let isMariaDB = emitter.server.flavor == .mariaDB
    let condition = isMariaDB ? "IF EXISTS " : ""
    let gone = before.foreignKeys.filter { names.contains($0.name) && !MySQLKeyIndexes.isServed($0, in: before) }
    let candidates = isMariaDB ? gone.map { MySQLKeyIndexes.index(for: $0) } : made
    for index in candidates where !needed.contains(where: { $0.name == index.name }) {
      if let heir = needed.first(where: { $0.elements == index.elements }) {
        part.add("RENAME INDEX \(condition)\(try quote(index.name)) TO \(try quote(heir.name))")
      } else {
        part.add("DROP INDEX \(condition)\(try quote(index.name))")
      }
    }
    for index in needed where !made.contains(where: { $0.name == index.name || $0.elements == index.elements }) {
      part.add(try emitter.addIndex(index, on: before))
    }
    let dropped = try statement(part)
    state.foreignKeys = kept
    return [dropped].compactMap { $0 }
  }

  func addForeignKeys() throws -> [SchemaStatement] {
    var keys: [ForeignKeySnapshot] = []
    for change in changes {
      switch change {
      case .addForeignKey(let key): keys.append(key)
      case .renameForeignKey(_, let to): keys += after.foreignKeys.filter { $0.name == to }
      default: break
      }
    }
    return try keys.map { key in
      emitter.statement(
        try emitter.alter(after.name, ["ADD \(try emitter.clause(key, of: after))"]),
        [SchemaFact(.foreignKey, after.name, key.name)])
    }
  }

  /// Indexes that keys which stay need once those that served them are gone.
  func replacementIndexes() -> [IndexSnapshot] {
    let kept = state.foreignKeys.filter { key in after.foreignKeys.contains { $0.name == key.name } }
    let renamed = kept.map { key in
      var key = key
      key.columns = key.columns.map { newName(of: $0) }
      return key
    }
    let made = MySQLKeyIndexes.made(for: kept, in: before).map(\.name)
    return MySQLKeyIndexes.made(for: renamed, in: after).filter { !made.contains($0.name) }
  }

  func quote(_ name: String) throws -> String { try emitter.dialect.quote(name) }
}
