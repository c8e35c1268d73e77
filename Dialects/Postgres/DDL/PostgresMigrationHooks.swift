import RowanCore

/// What a view that a migration drops and makes again takes with it, and a snapshot has no form for: who owns it and who
/// may use it, its options, triggers and rules, the defaults and comments of its columns, the indexes of a materialized
/// one. It is read before the view goes and given back once it is there again.
enum PostgresMigrationHooks {
  static func hooks(for statements: [String]) -> MigrationHooks {
    var hooks = MigrationHooks()
    var dropped: [String: Int] = [:]
    for (index, statement) in statements.enumerated() {
      var cursor = StatementCursor(statement)
      if cursor.take("DROP") {
        guard isView(&cursor) else { continue }
        if cursor.take("IF") { _ = cursor.take("EXISTS") }
        if let name = cursor.name() { dropped[name] = index }
      } else if cursor.take("CREATE") {
        if cursor.take("OR") { _ = cursor.take("REPLACE") }
        guard isView(&cursor) else { continue }
        if cursor.take("IF") { _ = cursor.take("NOT") && cursor.take("EXISTS") }
        guard let name = cursor.name(), let before = dropped.removeValue(forKey: name) else { continue }
        hooks.asides.append(MigrationAside(query: belongings(of: name), before: before, after: index))
      }
    }
    return hooks
  }

  private static func isView(_ cursor: inout StatementCursor) -> Bool {
    _ = cursor.take("MATERIALIZED")
    return cursor.take("VIEW")
  }

  /// A query for the statements that give the view `name`, which is written as in SQL, what belongs to it now. The owner
  /// comes last: until then the view belongs to whoever migrates.
  /// https://www.postgresql.org/docs/current/functions-info.html#FUNCTIONS-ACLITEM
  private static func belongings(of name: String) -> String {
    """
    WITH v AS (
      SELECT c.oid, c.relowner, c.relacl, c.reloptions, format('%I.%I', n.nspname, c.relname) AS name,
        CASE c.relkind WHEN 'm' THEN 'MATERIALIZED VIEW' ELSE 'VIEW' END AS kind
      FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      WHERE c.oid = pg_catalog.to_regclass(\(SQLLiteral.quoted(name))) AND c.relkind IN ('v', 'm')
    ), belonging AS (
      SELECT 1 AS step, format('ALTER %s %s SET (%s)', kind, name, (
          SELECT string_agg(format('%I=%L', option_name, option_value), ', ' ORDER BY option_name)
          FROM pg_catalog.pg_options_to_table(reloptions))) AS statement
      FROM v WHERE reloptions IS NOT NULL
      UNION ALL SELECT 2, format('ALTER VIEW %s ALTER COLUMN %I SET DEFAULT %s',
        v.name, a.attname, pg_catalog.pg_get_expr(d.adbin, d.adrelid))
      FROM v JOIN pg_catalog.pg_attrdef d ON d.adrelid = v.oid
      JOIN pg_catalog.pg_attribute a ON a.attrelid = v.oid AND a.attnum = d.adnum
      UNION ALL SELECT 3, pg_catalog.pg_get_indexdef(i.indexrelid)
      FROM v JOIN pg_catalog.pg_index i ON i.indrelid = v.oid
      UNION ALL SELECT 4, pg_catalog.pg_get_ruledef(r.oid)
      FROM v JOIN pg_catalog.pg_rewrite r ON r.ev_class = v.oid WHERE r.rulename <> '_RETURN'
      UNION ALL SELECT 5, pg_catalog.pg_get_triggerdef(t.oid)
      FROM v JOIN pg_catalog.pg_trigger t ON t.tgrelid = v.oid WHERE NOT t.tgisinternal
      UNION ALL SELECT 6, format('COMMENT ON COLUMN %s.%I IS %L', v.name, a.attname, d.description)
      FROM v JOIN pg_catalog.pg_attribute a ON a.attrelid = v.oid
      JOIN pg_catalog.pg_description d ON d.objoid = v.oid AND d.objsubid = a.attnum
        AND d.classoid = 'pg_catalog.pg_class'::regclass
      WHERE a.attnum > 0
      UNION ALL SELECT 7, format('GRANT %s ON TABLE %s TO %s%s', g.privilege_type, v.name,
        CASE g.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_catalog.pg_get_userbyid(g.grantee)) END,
        CASE WHEN g.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END)
      FROM v CROSS JOIN LATERAL pg_catalog.aclexplode(v.relacl) g WHERE g.grantee <> v.relowner
      UNION ALL SELECT 7, format('GRANT %s (%I) ON TABLE %s TO %s%s', g.privilege_type, a.attname, v.name,
        CASE g.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_catalog.pg_get_userbyid(g.grantee)) END,
        CASE WHEN g.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END)
      FROM v JOIN pg_catalog.pg_attribute a ON a.attrelid = v.oid
      CROSS JOIN LATERAL pg_catalog.aclexplode(a.attacl) g WHERE g.grantee <> v.relowner
      UNION ALL SELECT 8, format('ALTER %s %s OWNER TO %I', kind, name, pg_catalog.pg_get_userbyid(relowner))
      FROM v WHERE pg_catalog.pg_get_userbyid(relowner) <> current_user
    )
    SELECT NULL::text, statement FROM belonging ORDER BY step, statement
    """
  }
}
