import RowanCore

/// What surrounds the transaction of a migration that drops a table, on its own or to build it anew.
/// https://sqlite.org/lang_altertable.html#otheralter
enum SQLiteMigrationHooks {
  /// The hooks for a transaction of `statements`, which may be written by hand.
  static func hooks(for statements: [String], dialect: any Dialect) -> MigrationHooks {
    var hooks = MigrationHooks()
    // Where the triggers of what is dropped are taken out of the way: before the guard that finds none, else before
    // what drops them. Until then the migration may use them, change them and drop them.
    var dropped: [String: Int] = [:], droppedViews: [String: Int] = [:]
    var lastGuard = -1, lastRename = -1, lastNewName = -1
    var dropsTables = false
    let made = statements.map { createdTrigger($0)?.folded }
    for (index, statement) in statements.enumerated() {
      if isGuard(statement) {
        lastGuard = index
      } else if let name = droppedName("TABLE", statement) {
        dropsTables = true
        dropped[name.folded] = lastGuard > lastRename ? lastGuard : index
      } else if let name = droppedName("VIEW", statement) {
        droppedViews[name.folded] = lastGuard > lastRename ? lastGuard : index
      } else if let name = createdView(statement), let before = droppedViews.removeValue(forKey: name.folded) {
        hooks.asides.append(triggers(of: name, before: before, after: index, made[index...]))
        if lastNewName > before { hooks.checks.append(staleTriggers(of: name)) }
      } else if isRename(statement) {
        // Its triggers follow a table that is renamed, and a column; those put aside would not.
        lastRename = index
        if isSchemaTest(statement) {
          hooks.beforeCommit.append(statement)
        } else if let name = renameTarget(statement), let before = dropped.removeValue(forKey: name.folded) {
          hooks.asides.append(triggers(of: name, before: before, after: index, made[index...]))
        } else {
          lastNewName = index
        }
      }
    }
    if !dropsTables { return hooks }
    // Dropping a table deletes its rows first, and with them, by ON DELETE CASCADE, those of others. The setting does
    // nothing inside a transaction. https://sqlite.org/pragma.html#pragma_foreign_keys
    // The other is switched on and off by the migration itself, and a failure leaves it on.
    hooks.settings = ["foreign_keys", "legacy_alter_table"].map { name in
      ConnectionSetting(
        name: name, query: "SELECT CAST(\(name) AS TEXT) FROM pragma_\(name)", assignment: "PRAGMA \(name)=",
        value: "0")
    }
    hooks.checks.append(
      MigrationCheck(
        query: """
          SELECT DISTINCT '''' || "table" || ''' to ''' || parent || '''' FROM pragma_foreign_key_check ORDER BY 1
          """,
        code: .foreignKeyViolation, message: "rows would refer to rows that do not exist",
        hint: "mend the rows first; PRAGMA foreign_key_check lists those that are stored already"))
    return hooks
  }

  /// Triggers go with their tables and views. Temporary ones are another connection's own affair and do not outlive it.
  /// - Parameter made: the triggers the migration makes itself afterwards, whose namesakes do not come back.
  private static func triggers(
    of name: String, before: Int, after: Int, _ made: ArraySlice<String?>
  ) -> MigrationAside {
    let names = (["NULL"] + made.compactMap { $0 }.map { SQLLiteral.quoted($0) }).joined(separator: ", ")
    return MigrationAside(
      query: """
        SELECT 'DROP TRIGGER main."' || replace(name, '"', '""') || '"',
          CASE WHEN lower(name) IN (\(names)) THEN NULL ELSE sql END
        FROM main.sqlite_schema
        WHERE type = 'trigger' AND lower(tbl_name) = lower(\(SQLLiteral.quoted(name))) ORDER BY rowid
        """,
      before: before, after: after)
  }

  /// A trigger that was put aside while a table or a column got another name does not know that name.
  private static func staleTriggers(of view: String) -> MigrationCheck {
    MigrationCheck(
      query: """
        SELECT '''' || name || ''' of ''' || tbl_name || '''' FROM main.sqlite_schema
        WHERE type = 'trigger' AND lower(tbl_name) = lower(\(SQLLiteral.quoted(view))) ORDER BY 1
        """,
      code: .unsupported, message: "a view with triggers made way while something was renamed, which they may name",
      hint: "drop the triggers in a migration before, and create them again in one after")
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

  /// The trigger a statement creates.
  private static func createdTrigger(_ statement: String) -> String? {
    guard var cursor = TokenCursor(statement), cursor.take("CREATE", "TRIGGER") else { return nil }
    _ = cursor.take("IF", "NOT", "EXISTS")
    return qualified(&cursor)
  }

  /// Whether a statement begins to make the guard of a migration's conditions.
  private static func isGuard(_ statement: String) -> Bool {
    guard var cursor = TokenCursor(statement), cursor.take("DROP", "TABLE", "IF", "EXISTS"), cursor.name() == "temp"
    else { return false }
    return cursor.take(mark: ".") && cursor.name() == MigrationGuard.table
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
