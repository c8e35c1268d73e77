import RowanCore

/// Builds a table anew: a new one in the wanted form, the rows copied, the old one dropped, the new one given its name.
///
/// This order alone keeps what refers to the table. https://sqlite.org/lang_altertable.html#otheralter
struct TableRebuild {
  let emitter: SQLiteDDLEmitter
  let alteration: TableAlteration

  private var after: TableSnapshot { alteration.after }
  private var name: String { after.name.name }

  /// The statements, the columns having their new names already.
  /// - Parameter tables: names that are taken.
  func statements(besides tables: [String]) throws -> [SchemaStatement] {
    let dialect = emitter.dialect
    var shadow = after
    shadow.name = ObjectName(freeName(tables))
    let old = try dialect.quote(name), new = try dialect.quote(shadow.name.name)
    var statements = try guards().statements(dialect)
    // Its indexes come later, under a table that has its name.
    shadow.indexes = []
    statements += try emitter.createTable(shadow, ifNotExists: false).map {
      SchemaStatement($0, facts: [SchemaFact(.table, shadow.name)])
    }
    statements += try copy(from: old, to: new).map { SchemaStatement($0) }
    statements.append(
      SchemaStatement("DROP TABLE \(old)", facts: [SchemaFact(.table, after.name, exists: false)], loss: loss))
    // Otherwise SQLite looks for the table in every view and trigger that mentions it, where it is missing just now.
    // https://sqlite.org/pragma.html#pragma_legacy_alter_table
    statements.append(SchemaStatement("PRAGMA legacy_alter_table=ON"))
    statements.append(
      SchemaStatement("ALTER TABLE \(new) RENAME TO \(old)", facts: [SchemaFact(.table, after.name)]))
    statements.append(SchemaStatement("PRAGMA legacy_alter_table=OFF"))
    for index in after.indexes {
      statements.append(
        SchemaStatement(
          try emitter.createIndex(index, on: after, ifNotExists: false),
          facts: [SchemaFact(.index, after.name, index.name)]))
    }
    statements.append(SchemaStatement(try test()))
    return statements
  }

  private func freeName(_ tables: [String]) -> String {
    var candidate = "rowan_new_\(name)"
    while tables.contains(where: { $0.folded == candidate.folded }) { candidate += "_" }
    return candidate
  }

  /// Renaming a column to what it is called already makes SQLite read the whole schema, and fail if a view or a trigger
  /// names what is gone. Without quotes, since the names in those texts take over the quotes of this one.
  private func test() throws -> String {
    let column = after.columns.first { CanonicalText.isPlain($0.name) } ?? after.columns[0]
    let name = CanonicalText.isPlain(column.name) ? column.name : try emitter.dialect.quote(column.name)
    return "ALTER TABLE \(try emitter.dialect.quote(self.name)) RENAME COLUMN \(name) TO \(name)"
  }

  /// Columns whose values are carried over.
  private var kept: [(before: ColumnSnapshot, after: ColumnSnapshot)] {
    alteration.keptColumns.compactMap { pair in
      guard let before = alteration.before.column(pair.before), let after = after.column(pair.after),
        after.computed == nil
      else { return nil }
      return (before, after)
    }
  }

  private func conversion(_ pair: (before: ColumnSnapshot, after: ColumnSnapshot)) throws -> ColumnConversion {
    ColumnConversion(try emitter.dialect.quote(pair.after.name), from: pair.before.type, to: pair.after.type)
  }

  private func guards() throws -> MigrationGuard {
    let quoted = try emitter.dialect.quote(name)
    var guards = MigrationGuard()
    guards.refuseTriggers(of: name, "table")
    for pair in kept {
      guard let condition = try conversion(pair).condition else { continue }
      let column = try emitter.dialect.quote(pair.after.name)
      guards.refuse(
        "\(name).\(pair.after.name) holds nothing but what \(pair.after.type) can",
        whenAny: "SELECT 1 FROM \(quoted) WHERE \(column) IS NOT NULL AND (\(condition)) IS NOT 1")
    }
    // Into a key that stands for the rowid, NULL would go as the next number.
    for pair in kept where after.primaryKey?.columns == [pair.after.name] {
      let column = try emitter.dialect.quote(pair.after.name)
      guards.refuse(
        "\(name).\(pair.after.name), the primary key, is NULL nowhere",
        whenAny: "SELECT 1 FROM \(quoted) WHERE \(column) IS NULL")
    }
    return guards
  }

  private func copy(from old: String, to new: String) throws -> [String] {
    let pairs = kept
    let columns = try pairs.map { try emitter.dialect.quote($0.after.name) }
    let values = try pairs.map { try conversion($0).expression }
    var statements: [String] = []
    if columns.isEmpty {
      // Nothing to carry over but the rows themselves.
      guard !SQLiteOptions.isWithoutRowID(alteration.before), !SQLiteOptions.isWithoutRowID(after) else {
        throw RowanError.unsupported(
          "replacing every column of '\(name)', a table WITHOUT ROWID,", dialect: emitter.dialect.name,
          alternative: "make another table")
      }
      statements.append("INSERT INTO \(new) (rowid) SELECT rowid FROM \(old)")
    } else {
      statements.append(
        "INSERT INTO \(new) (\(columns.joined(separator: ", ")))\nSELECT \(values.joined(separator: ", "))\nFROM \(old)"
      )
    }
    if alteration.before.columns.contains(where: { $0.identity != nil }),
      after.columns.contains(where: { $0.identity != nil })
    {
      // Keys of rows deleted long ago are not given out again. https://sqlite.org/autoinc.html
      let literals = try [old, new].map { try unquoted($0) }
      statements.append("DELETE FROM sqlite_sequence WHERE name = \(literals[1])")
      statements.append(
        "INSERT INTO sqlite_sequence (name, seq) SELECT \(literals[1]), seq FROM sqlite_sequence WHERE name = \(literals[0])"
      )
    }
    return statements
  }

  private func unquoted(_ quoted: String) throws -> String {
    guard var cursor = TokenCursor(quoted), let name = cursor.name() else {
      throw RowanError.internalFailure("a quoted name cannot be read")
    }
    return SQLLiteral.quoted(name)
  }

  /// What is not carried over, in words.
  private var loss: String? {
    var losses: [String] = []
    for case .dropColumn(let column) in alteration.changes where column.computed == nil {
      losses.append("the values of column '\(column.name)' of table '\(name)'")
    }
    for pair in kept where pair.before.type != pair.after.type {
      let conversion = ColumnConversion("c", from: pair.before.type, to: pair.after.type)
      if conversion.condition != nil {
        losses.append("what of column '\(pair.after.name)' of table '\(name)' does not fit \(pair.after.type)")
      }
    }
    return losses.isEmpty ? nil : losses.joined(separator: "; ")
  }
}
