internal import RowanCore

extension MySQLAlteration {
  /// The clauses of the one statement, or of the second, which what waits for values is in.
  func mainClauses(second: Bool) throws -> MySQLAlterClauses {
    var part = MySQLAlterClauses()
    if !second {
      for check in MySQLFitChecks(alterations, of: before, names: emitter.names).checks(emitter) {
        part.add(try dropCheck(check.name), .other, SchemaFact(.check, after.name, check.name, exists: false))
      }
      for change in changes { try dropOrRename(change, &part) }
      for check in checksToRemake {
        part.add(try dropCheck(check.name))
        part.add("ADD \(try emitter.clause(check, of: after))")
      }
      for index in replacementIndexes() { part.add(try emitter.addIndex(index, on: after), .index) }
    }
    try columnClauses(&part, second: second)
    try keyClauses(&part, second: second)
    for change in changes { try add(change, &part, second: second) }
    if !second {
      for name in indexesToRemake {
        for index in after.indexes where index.name == name { part.add(try emitter.addIndex(index, on: after)) }
        for unique in after.uniques where unique.name == name {
          part.add("ADD \(try emitter.clause(unique, of: after))")
        }
      }
      try tableClauses(&part)
    }
    return part
  }

  /// Checks that stay and may be over renamed columns: MariaDB renames them there, MySQL refuses.
  /// https://dev.mysql.com/doc/refman/8.0/en/create-table-check-constraints.html
  private var checksToRemake: [CheckSnapshot] {
    guard emitter.server.flavor == .mySQL else { return [] }
    let handled = changes.compactMap { change -> String? in
      switch change {
      case .dropCheck(let check), .addCheck(let check): check.name
      case .renameCheck(_, let to): to
      default: nil
      }
    }
    return after.checks.filter { check in
      guard !handled.contains(check.name), let old = before.checks.first(where: { $0.name == check.name }) else {
        return false
      }
      let text = old.expression.source.lowercased()
      return renames.contains {
        text.split(separator: $0.from.lowercased(), omittingEmptySubsequences: false).count > 1
      }
    }
  }

  private func dropCheck(_ name: String) throws -> String {
    // https://dev.mysql.com/doc/refman/8.0/en/alter-table.html https://mariadb.com/kb/en/alter-table/
    "DROP \(emitter.server.flavor == .mariaDB ? "CONSTRAINT" : "CHECK") \(try quote(name))"
  }

  private func dropOrRename(_ change: TableChange, _ part: inout MySQLAlterClauses) throws {
    let table = after.name
    switch change {
    case .dropIndex(let index):
      part.add("DROP INDEX \(try quote(index.name))", .index, SchemaFact(.index, table, index.name, exists: false))
    case .dropUnique(let unique):
      part.add("DROP INDEX \(try quote(unique.name))", .index, SchemaFact(.unique, table, unique.name, exists: false))
    case .dropCheck(let check):
      part.add(try dropCheck(check.name), .other, SchemaFact(.check, table, check.name, exists: false))
    case .renameIndex(let from, let to):
      part.add(
        "RENAME INDEX \(try quote(from)) TO \(try quote(to))", .index,
        SchemaFact(.index, table, from, exists: false), SchemaFact(.index, table, to))
    case .renameUnique(let from, let to):
      part.add(
        "RENAME INDEX \(try quote(from)) TO \(try quote(to))", .index,
        SchemaFact(.unique, table, from, exists: false), SchemaFact(.unique, table, to))
    case .renameCheck(let from, let to):
      guard let check = after.checks.first(where: { $0.name == to }) else { break }
      part.add(try dropCheck(from), .other, SchemaFact(.check, table, from, exists: false))
      part.add("ADD \(try emitter.clause(check, of: after))", .other, SchemaFact(.check, table, to))
    default: break
    }
  }

  /// The primary key goes and comes in one statement: a column that is numbered is never without one.
  private func keyClauses(_ part: inout MySQLAlterClauses, second: Bool) throws {
    guard keyWaits == second else { return }
    for case .dropPrimaryKey in changes {
      part.add("DROP PRIMARY KEY", .other, SchemaFact(.primaryKey, after.name, exists: false))
    }
    if let key = addedKey {
      part.add(
        "ADD PRIMARY KEY (\(try emitter.list(key.columns, of: after)))", .other, SchemaFact(.primaryKey, after.name))
    }
  }

  private func add(_ change: TableChange, _ part: inout MySQLAlterClauses, second: Bool) throws {
    let pending = pending
    switch change {
    case .addUnique(let unique):
      guard second == !pending.isDisjoint(with: unique.columns) else { break }
      part.add(
        "ADD \(try emitter.clause(unique, of: after))", .index, SchemaFact(.unique, after.name, unique.name))
    case .createIndex(let index):
      guard second == !pending.isDisjoint(with: index.elements.compactMap(\.column)) else { break }
      let isTree = index.method == nil && index.elements.allSatisfy { $0.column != nil }
      part.add(
        try emitter.addIndex(index, on: after), isTree ? .index : .other, SchemaFact(.index, after.name, index.name))
    case .addCheck(let check) where !second:
      part.add("ADD \(try emitter.clause(check, of: after))", .other, SchemaFact(.check, after.name, check.name))
    default: break
    }
  }

  private func tableClauses(_ part: inout MySQLAlterClauses) throws {
    for change in changes {
      switch change {
      case .setComment(let comment): part.add("COMMENT=\(MySQLStoredText.quoted(comment ?? ""))")
      case .setOptions:
        if before.options["engine"] != after.options["engine"] {
          part.add("ENGINE=\(try emitter.word(after.options["engine"] ?? "InnoDB"))")
        }
        if recollates {
          let collation = emitter.collation(of: after)
          let set = MySQLCollation.characterSet(collation)
          part.add("DEFAULT CHARSET=\(try emitter.word(set)) COLLATE=\(try emitter.word(collation))")
        }
      default: break
      }
    }
  }
}
