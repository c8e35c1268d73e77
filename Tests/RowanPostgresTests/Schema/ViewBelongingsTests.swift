import Testing

@testable import RowanCore
@testable import RowanPostgres

/// A view that makes way for a change of its table comes back with what no snapshot tells of it.
@Suite("What belongs to a view", .postgres)
struct ViewBelongingsTests {
  private static let belongings = """
    SELECT string_agg(line, E'\\n' ORDER BY line) FROM (
      SELECT 'acl ' || c.relname || ' ' || a.privilege_type || ' ' || a.grantee::regrole || a.is_grantable AS line
      FROM pg_class c CROSS JOIN LATERAL aclexplode(c.relacl) a WHERE c.relkind IN ('v', 'm')
      AND c.relnamespace = 'public'::regnamespace
      UNION ALL SELECT 'column acl ' || c.relname || ' ' || a.attname || a.attacl::text FROM pg_class c
      JOIN pg_attribute a ON a.attrelid = c.oid WHERE a.attacl IS NOT NULL AND c.relnamespace = 'public'::regnamespace
      UNION ALL SELECT 'trigger ' || pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
      UNION ALL SELECT 'rule ' || pg_get_ruledef(oid) FROM pg_rewrite WHERE rulename = 'swallow'
      UNION ALL SELECT 'options ' || relname || reloptions::text FROM pg_class
      WHERE relkind = 'v' AND reloptions IS NOT NULL AND relnamespace = 'public'::regnamespace
      UNION ALL SELECT 'owner ' || relname || ' ' || relowner::regrole FROM pg_class
      WHERE relkind IN ('v', 'm') AND relnamespace = 'public'::regnamespace
      UNION ALL SELECT 'index ' || pg_get_indexdef(indexrelid) FROM pg_index JOIN pg_class c ON c.oid = indrelid
      WHERE c.relkind = 'm'
      UNION ALL SELECT 'default ' || pg_get_expr(d.adbin, d.adrelid) FROM pg_attrdef d
      JOIN pg_class c ON c.oid = d.adrelid WHERE c.relkind = 'v'
      UNION ALL SELECT 'comment ' || d.description FROM pg_description d JOIN pg_class c ON c.oid = d.objoid
      WHERE c.relkind IN ('v', 'm') AND d.objsubid > 0
    ) x
    """

  @Test func comesBackWithIt() async throws {
    let role = "rowan \"reader\" \(UInt32.random(in: 0 ... .max))"
    let quoted = "\"" + role.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    try await SchemaDatabase.with { db in
      let one = try db.emitter.normalize(
        SchemaSnapshot(
          dialect: "postgres",
          tables: [
            TableSnapshot(
              ObjectName("t"), columns: [ColumnSnapshot("id", .integer), ColumnSnapshot("n", .integer)])
          ],
          views: [
            ViewSnapshot(ObjectName("A \"view"), query: SchemaExpression("SELECT id, n FROM t")),
            ViewSnapshot(ObjectName("kept"), query: SchemaExpression("SELECT id, n FROM t"), isMaterialized: true),
          ]))
      var two = one
      two.tables[0].columns[1].type = .bigint
      try await db.create(one)
      try await db.run(
        "CREATE ROLE \(quoted)", "GRANT SELECT, INSERT ON \"A \"\"view\" TO \(quoted) WITH GRANT OPTION",
        "GRANT SELECT ON kept TO PUBLIC", "GRANT UPDATE (n) ON \"A \"\"view\" TO \(quoted)",
        "GRANT CREATE ON SCHEMA public TO \(quoted)", "ALTER MATERIALIZED VIEW kept OWNER TO \(quoted)",
        "ALTER VIEW \"A \"\"view\" SET (security_barrier = true)", "CREATE UNIQUE INDEX on_kept ON kept (n DESC, id)",
        "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN new; END $$",
        "CREATE TRIGGER tr INSTEAD OF UPDATE ON \"A \"\"view\" FOR EACH ROW EXECUTE FUNCTION f()",
        "CREATE RULE swallow AS ON DELETE TO \"A \"\"view\" DO INSTEAD NOTHING",
        "ALTER VIEW \"A \"\"view\" ALTER COLUMN n SET DEFAULT 7", "COMMENT ON COLUMN kept.n IS 'it''s a number'")
      let before = try #require(try await db.text(Self.belongings))
      for kind in ["acl", "column acl", "trigger", "rule", "options", "owner", "index", "default", "comment"] {
        #expect(before.split(separator: "\n").contains { $0.hasPrefix(kind + " ") }, "\(kind)")
      }
      let change = SchemaChange.alterTable(
        TableAlteration(
          before: one.tables[0], after: two.tables[0],
          changes: [.alterColumn(from: one.tables[0].columns[1], to: two.tables[0].columns[1])]))
      let statements = try db.emitter.statements(for: [change], from: one, to: two, options: DDLOptions())
      #expect(statements.count { $0.sql.contains("DROP") && $0.loss == nil } == 2)
      try await db.apply(statements)
      #expect(try await db.text(Self.belongings) == before)
      SchemaComparison.expect(try await db.introspect().schema, two)
      try await db.run("DROP OWNED BY \(quoted) CASCADE", "DROP ROLE \(quoted)")
    }
  }

  /// What no longer fits, or is made by the migration itself, is no reason to fail; what default privileges would give is
  /// not given.
  @Test func onlyWhatStillFits() async throws {
    let role = "rowan_reader_\(UInt32.random(in: 0 ... .max))"
    try await SchemaDatabase.with { db in
      try await db.run(
        "CREATE TABLE t (id integer, n integer)", "CREATE ROLE \(role)",
        "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO \(role)",
        "CREATE VIEW v AS SELECT id, n FROM t", "REVOKE ALL ON v FROM \(role)", "GRANT UPDATE (n) ON v TO \(role)",
        "COMMENT ON COLUMN v.n IS 'x'", "ALTER VIEW v ALTER COLUMN n SET DEFAULT 1",
        "ALTER VIEW v SET (security_barrier = true)",
        "CREATE MATERIALIZED VIEW m AS SELECT id, n FROM t", "CREATE INDEX m_n ON m (n)", "CREATE INDEX m_id ON m (id)",
        "CREATE VIEW turned AS SELECT id FROM t", "GRANT INSERT ON turned TO \(role)",
        "CREATE RULE swallow AS ON DELETE TO turned DO INSTEAD NOTHING")
      try await db.apply(
        [
          "DROP VIEW v", "CREATE VIEW public.v AS SELECT id FROM t", "DROP MATERIALIZED VIEW m",
          "CREATE MATERIALIZED VIEW m AS SELECT id FROM t", "CREATE UNIQUE INDEX m_id ON m (id)",
          "DROP VIEW public.\"turned\"", "CREATE MATERIALIZED VIEW turned AS SELECT id FROM t",
        ].map { SchemaStatement($0) })
      #expect(try await db.text("SELECT has_table_privilege('\(role)', 'v', 'SELECT')::text") == "false")
      let options = try await db.text("SELECT reloptions::text FROM pg_class WHERE relname = 'v'")
      #expect(options == "{security_barrier=true}")
      #expect(try await db.text("SELECT has_table_privilege('\(role)', 'turned', 'INSERT')::text") == "true")
      #expect(
        try await db.text("SELECT string_agg(indexdef, ';') FROM pg_indexes WHERE tablename = 'm'")
          == "CREATE UNIQUE INDEX m_id ON public.m USING btree (id)")
      try await db.run("DROP OWNED BY \(role) CASCADE", "DROP ROLE \(role)")
    }
  }

  /// What runs outside transactions comes after a view is there again, not in between.
  @Test func isMadeAgainInTheTransactionThatDropsIt() throws {
    let emitter = PostgresDialect().makeDDLEmitter()
    let view = ViewSnapshot(ObjectName("v"), query: SchemaExpression("SELECT n FROM t"))
    let table = TableSnapshot(ObjectName("t"), columns: [ColumnSnapshot("n", .integer), ColumnSnapshot("m", .integer)])
    let before = SchemaSnapshot(dialect: "postgres", tables: [table], views: [view])
    var after = before
    let index = IndexSnapshot("i", elements: [IndexElement(column: "m")])
    after.tables[0].columns[0].type = .bigint
    after.tables[0].indexes = [index]
    let change = SchemaChange.alterTable(
      TableAlteration(
        before: table, after: after.tables[0],
        changes: [.alterColumn(from: table.columns[0], to: after.tables[0].columns[0]), .createIndex(index)]))
    let changed = ViewSnapshot(ObjectName("v"), query: SchemaExpression("SELECT n, 1 AS one FROM t"))
    after.views = [changed]
    let statements = try emitter.statements(
      for: [.dropView(view), change, .createView(changed)], from: before, to: after,
      options: DDLOptions(concurrentIndexes: true))
    let outside = statements.indices.filter { statements[$0].placement == .outside }
    #expect(!outside.isEmpty)
    let made = try #require(statements.lastIndex { $0.sql.hasPrefix("CREATE VIEW") })
    #expect(outside.allSatisfy { $0 > made })
    #expect(statements[...made].allSatisfy { $0.placement == .together })
  }

  @Test func isAskedForRoundTheRightStatements() {
    let hooks = PostgresMigrationHooks.hooks(for: [
      "-- a comment\nDROP VIEW \"a b\".\"c\"", "drop materialized view if exists d", "DROP TABLE e",
      "CREATE VIEW e AS SELECT 1", "CREATE MATERIALIZED VIEW d AS SELECT 1",
      "CREATE OR REPLACE VIEW \"a b\".\"c\" AS x", "CREATE VIEW d AS SELECT 1",
    ])
    #expect(hooks.asides.map(\.before) == [1, 0])
    #expect(hooks.asides.map(\.after) == [4, 5])
    #expect(hooks.asides.last?.query.contains("'\"a b\".\"c\"'") == true)
    #expect(hooks.settings.isEmpty && hooks.checks.isEmpty && hooks.beforeCommit.isEmpty)
  }
}
