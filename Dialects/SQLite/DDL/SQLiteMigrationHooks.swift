import RowanCore

/// What surrounds the transaction of a migration that drops a table, on its own or to build it anew.
/// https://sqlite.org/lang_altertable.html#otheralter
enum SQLiteMigrationHooks {
  /// The hooks for a transaction of `statements`, which may be written by hand.
  static func hooks(for statements: [String], dialect: any Dialect) -> MigrationHooks {
    var hooks = MigrationHooks()
    /// Where what was dropped had been called what it is called for the last time.
    var dropped: [String: Int] = [:], droppedViews: Set<String> = []
    var afterRenames = 0
    for (index, statement) in statements.enumerated() {
      if let name = droppedName("TABLE", statement) {
        dropped[name.folded] = afterRenames
      } else if let name = droppedName("VIEW", statement) {
        droppedViews.insert(name.folded)
      } else if let name = createdView(statement), droppedViews.contains(name.folded) {
        hooks.asides.append(triggers(of: name, before: 0, after: index))
      } else if isRename(statement) {
        // Its triggers follow a table that is renamed, and a column; those put aside would not.
        afterRenames = index + 1
        if let name = renameTarget(statement), let named = dropped[name.folded] {
          hooks.asides.append(triggers(of: name, before: named, after: index))
        }
        if isSchemaTest(statement) { hooks.beforeCommit.append(statement) }
      }
    }
    if dropped.isEmpty { return hooks }
    // Dropping a table deletes its rows first, and with them, by ON DELETE CASCADE, those of others. The setting does
    // nothing inside a transaction. https://sqlite.org/pragma.html#pragma_foreign_keys
    // The other is switched on and off by the migration itself, and a failure leaves it on.
    hooks.settings = ["foreign_keys", "legacy_alter_table"].map { name in
      ConnectionSetting(
        name: name, query: "SELECT CAST(\(name) AS TEXT) FROM pragma_\(name)", assignment: "PRAGMA \(name)=",
        value: "0")
    }
    hooks.checks = [
      MigrationCheck(
        query: """
          SELECT DISTINCT '''' || "table" || ''' to ''' || parent || '''' FROM pragma_foreign_key_check ORDER BY 1
          """,
        code: .foreignKeyViolation, message: "rows would refer to rows that do not exist",
        hint: "mend the rows first; PRAGMA foreign_key_check lists those that are stored already")
    ]
    return hooks
  }

  /// Triggers go with their tables and views. Temporary ones are another connection's own affair and do not outlive it.
  private static func triggers(of name: String, before: Int, after: Int) -> MigrationAside {
    MigrationAside(
      query: """
        SELECT 'DROP TRIGGER main."' || replace(name, '"', '""') || '"', sql FROM main.sqlite_schema
        WHERE type = 'trigger' AND lower(tbl_name) = lower(\(SQLLiteral.quoted(name))) ORDER BY rowid
        """,
      before: before, after: after)
  }

  private static func droppedName(_ kind: String, _ statement: String) -> String? {
    guard var cursor = TokenCursor(statement), cursor.take("DROP", kind) else { return nil }
    _ = cursor.take("IF", "EXISTS")
    return qualified(&cursor)
  }

  private static func createdView(_ statement: String) -> String? {
    guard var cursor = TokenCursor(statement), cursor.take("CREATE", "VIEW") else { return nil }
    _ = cursor.take("IF", "NOT", "EXISTS")
    return qualified(&cursor)
  }

  /// `T` of `ALTER TABLE … RENAME TO T`.
  private static func renameTarget(_ statement: String) -> String? {
    guard var cursor = TokenCursor(statement), cursor.take("ALTER", "TABLE"), qualified(&cursor) != nil,
      cursor.take("RENAME", "TO")
    else { return nil }
    return cursor.name()
  }

  /// Whether a table or a column is renamed.
  private static func isRename(_ statement: String) -> Bool {
    guard var cursor = TokenCursor(statement), cursor.take("ALTER", "TABLE"), qualified(&cursor) != nil else {
      return false
    }
    return cursor.take("RENAME")
  }

  /// Whether a column is renamed to what it is called already, which makes SQLite read the whole schema over.
  private static func isSchemaTest(_ statement: String) -> Bool {
    guard var cursor = TokenCursor(statement), cursor.take("ALTER", "TABLE"), qualified(&cursor) != nil,
      cursor.take("RENAME", "COLUMN"), let from = cursor.name(), cursor.take("TO")
    else { return false }
    return cursor.name() == from
  }

  /// A name of the main schema; nil for one of another.
  private static func qualified(_ cursor: inout TokenCursor) -> String? {
    guard let name = cursor.name() else { return nil }
    guard cursor.take(mark: ".") else { return name }
    return name.folded == "main" ? cursor.name() : nil
  }
}
