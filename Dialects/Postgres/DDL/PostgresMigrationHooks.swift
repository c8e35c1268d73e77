import RowanCore

/// What a view that a migration drops and makes again takes with it, and a snapshot has no form for: who owns it and who
/// may use it, its options, triggers and rules, the defaults and comments of its columns, the indexes of a materialized
/// one. It is read before the view goes and given back once it is there again, as far as the view still has the columns;
/// what the migration makes itself afterwards is left to it.
enum PostgresMigrationHooks {
  static func hooks(for statements: [String]) -> MigrationHooks {
    var hooks = MigrationHooks()
    var dropped: [(name: StatementCursor.Name, isMaterialized: Bool, index: Int)] = []
    for (index, statement) in statements.enumerated() {
      var cursor = StatementCursor(statement)
      if cursor.take("DROP") {
        let isMaterialized = cursor.take("MATERIALIZED")
        guard cursor.take("VIEW") else { continue }
        if cursor.take("IF") { _ = cursor.take("EXISTS") }
        if let name = cursor.name() { dropped.append((name, isMaterialized, index)) }
      } else if cursor.take("CREATE") {
        if cursor.take("OR") { _ = cursor.take("REPLACE") }
        let isMaterialized = cursor.take("MATERIALIZED")
        guard cursor.take("VIEW") else { continue }
        if cursor.take("IF") { _ = cursor.take("NOT") && cursor.take("EXISTS") }
        guard let name = cursor.name(), let place = dropped.lastIndex(where: { $0.name.mayBe(name) }) else { continue }
        let former = dropped.remove(at: place)
        let made = statements[(index + 1)...].compactMap { Self.made($0) }
        hooks.asides.append(
          MigrationAside(
            query: belongings(
              of: former.name.text, isMaterialized: isMaterialized, keepsKind: former.isMaterialized == isMaterialized,
              made: made),
            before: former.index, after: index))
      }
    }
    return hooks
  }

  /// The index, trigger or rule a statement makes.
  private static func made(_ statement: String) -> String? {
    var cursor = StatementCursor(statement)
    guard cursor.take("CREATE") else { return nil }
    if cursor.take("OR") { _ = cursor.take("REPLACE") }
    for word in ["UNIQUE", "CONSTRAINT"] { _ = cursor.take(word) }
    guard cursor.take("INDEX") || cursor.take("TRIGGER") || cursor.take("RULE") else { return nil }
    _ = cursor.take("CONCURRENTLY")
    if cursor.take("IF") { _ = cursor.take("NOT") && cursor.take("EXISTS") }
    return cursor.name()?.last
  }

  /// A query for the statements that give the view `name`, which is written as in SQL, what belongs to it now. The owner
  /// comes last: until then the view belongs to whoever migrates.
  /// https://www.postgresql.org/docs/current/functions-info.html#FUNCTIONS-ACLITEM
  private static func belongings(
    of name: String, isMaterialized: Bool, keepsKind: Bool, made: [String]
  ) -> String {
    let view = SQLLiteral.quoted(name)
    let kind = isMaterialized ? "MATERIALIZED VIEW" : "VIEW"
    let names = "ARRAY[" + made.map { SQLLiteral.quoted($0) }.joined(separator: ", ") + "]::text[]"
    return """
      WITH v AS (
        SELECT c.oid, c.relowner, c.relacl, c.reloptions, c.relnamespace,
          format('%I.%I', n.nspname, c.relname) AS name
        FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        WHERE c.oid = pg_catalog.to_regclass(\(view)) AND c.relkind IN ('v', 'm')
      ), belonging AS (
        SELECT 0 AS step, false AS isofcolumn, format('DO %L', format(
            'DECLARE grantee text; BEGIN FOR grantee IN SELECT DISTINCT CASE g.grantee WHEN 0 THEN ''PUBLIC'' '
            'ELSE quote_ident(pg_catalog.pg_get_userbyid(g.grantee)) END FROM pg_catalog.pg_class c '
            'CROSS JOIN LATERAL pg_catalog.aclexplode(c.relacl) g WHERE c.oid = pg_catalog.to_regclass(%L) '
            'AND g.grantee <> c.relowner LOOP EXECUTE %L || grantee; END LOOP; END',
            name, format('REVOKE ALL ON TABLE %s FROM ', name))) AS statement FROM v
        UNION ALL SELECT 1, false, format('ALTER \(kind) %s SET (%s)', name, (
            SELECT string_agg(format('%I=%L', option_name, option_value), ', ' ORDER BY option_name)
            FROM pg_catalog.pg_options_to_table(reloptions)))
        FROM v WHERE reloptions IS NOT NULL AND \(keepsKind)
        UNION ALL SELECT 2, true, format('ALTER VIEW %s ALTER COLUMN %I SET DEFAULT %s',
          v.name, a.attname, pg_catalog.pg_get_expr(d.adbin, d.adrelid))
        FROM v JOIN pg_catalog.pg_attrdef d ON d.adrelid = v.oid
        JOIN pg_catalog.pg_attribute a ON a.attrelid = v.oid AND a.attnum = d.adnum WHERE \(keepsKind)
        UNION ALL SELECT 3, true, pg_catalog.pg_get_indexdef(i.indexrelid)
        FROM v JOIN pg_catalog.pg_index i ON i.indrelid = v.oid
        JOIN pg_catalog.pg_class x ON x.oid = i.indexrelid WHERE \(keepsKind) AND x.relname <> ALL (\(names))
        UNION ALL SELECT 4, false, pg_catalog.pg_get_ruledef(r.oid)
        FROM v JOIN pg_catalog.pg_rewrite r ON r.ev_class = v.oid
        WHERE r.rulename <> '_RETURN' AND \(keepsKind) AND r.rulename <> ALL (\(names))
        UNION ALL SELECT 5, false, pg_catalog.pg_get_triggerdef(t.oid)
        FROM v JOIN pg_catalog.pg_trigger t ON t.tgrelid = v.oid
        WHERE NOT t.tgisinternal AND \(keepsKind) AND t.tgname <> ALL (\(names))
        UNION ALL SELECT 6, true, format('COMMENT ON COLUMN %s.%I IS %L', v.name, a.attname, d.description)
        FROM v JOIN pg_catalog.pg_attribute a ON a.attrelid = v.oid
        JOIN pg_catalog.pg_description d ON d.objoid = v.oid AND d.objsubid = a.attnum
          AND d.classoid = 'pg_catalog.pg_class'::regclass
        WHERE a.attnum > 0
        UNION ALL SELECT 7, false, format('GRANT %s ON TABLE %s TO %s%s', g.privilege_type, v.name,
          CASE g.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_catalog.pg_get_userbyid(g.grantee)) END,
          CASE WHEN g.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END)
        FROM v CROSS JOIN LATERAL pg_catalog.aclexplode(v.relacl) g WHERE g.grantee <> v.relowner
        UNION ALL SELECT 7, true, format('GRANT %s (%I) ON TABLE %s TO %s%s', g.privilege_type, a.attname, v.name,
          CASE g.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_catalog.pg_get_userbyid(g.grantee)) END,
          CASE WHEN g.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END)
        FROM v JOIN pg_catalog.pg_attribute a ON a.attrelid = v.oid
        CROSS JOIN LATERAL pg_catalog.aclexplode(a.attacl) g WHERE g.grantee <> v.relowner
        UNION ALL SELECT 8, false, format('ALTER \(kind) %s OWNER TO %I', name, pg_catalog.pg_get_userbyid(relowner))
        FROM v WHERE pg_catalog.pg_get_userbyid(relowner) <> current_user
          AND (pg_catalog.has_schema_privilege(relowner, relnamespace, 'CREATE')
            OR (SELECT rolsuper FROM pg_catalog.pg_roles WHERE rolname = current_user))
      )
      SELECT NULL::text, CASE WHEN isofcolumn THEN format('DO %L', format(
          'BEGIN EXECUTE %L; EXCEPTION WHEN undefined_column THEN NULL; END', statement)) ELSE statement END
      FROM belonging ORDER BY step, statement
      """
  }
}
