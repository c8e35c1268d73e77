import RowanCore
import RowanPostgres
import Testing

@Suite("What a snapshot has no form for", .postgres)
struct UnrepresentedTests {
  @Test("It is reported, never left out without a word")
  func reported() async throws {
    try await SchemaDatabase.with { db in
      try await db.run(
        "CREATE EXTENSION citext", "CREATE EXTENSION btree_gist", "CREATE SCHEMA s",
        "CREATE TABLE t (id integer PRIMARY KEY DEFERRABLE, n integer, d date, w text)",
        "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
        "CREATE PROCEDURE s.p() LANGUAGE sql AS 'SELECT 1'",
        "CREATE AGGREGATE largest(integer) (SFUNC = int4larger, STYPE = integer)",
        "CREATE TRIGGER \"tr.g\" BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION f()",
        "CREATE RULE r AS ON DELETE TO t DO ALSO NOTHING", "CREATE SEQUENCE loose",
        "CREATE SEQUENCE owned OWNED BY t.n",
        "CREATE TABLE e (n integer, EXCLUDE USING gist (n WITH =), UNIQUE (n) INCLUDE (n))",
        "CREATE TABLE part (n integer) PARTITION BY LIST (n)",
        "CREATE TABLE part_1 PARTITION OF part FOR VALUES IN (1)",
        "CREATE DOMAIN positive AS integer CHECK (VALUE > 0)", "CREATE TYPE pair AS (a integer, b positive)",
        "CREATE TYPE span AS RANGE (SUBTYPE = real)", "CREATE TABLE child (c positive) INHERITS (t)",
        "ALTER TABLE t ENABLE ROW LEVEL SECURITY", "CREATE POLICY mine ON t USING (n > 0)",
        "CREATE TABLE i (a integer GENERATED ALWAYS AS IDENTITY (START 5 INCREMENT 3), b text COMPRESSION pglz)",
        "ALTER TABLE i ADD CONSTRAINT late CHECK (a > 0) NOT VALID",
        "ALTER TABLE i ALTER COLUMN a SET (n_distinct = 5)",
        "ALTER TABLE i ADD CONSTRAINT alone CHECK (a > 1) NO INHERIT",
        "CREATE INDEX filled ON i (a) WITH (fillfactor = 50)",
        "ALTER TABLE i ADD FOREIGN KEY (a) REFERENCES e (n) MATCH FULL", "CREATE STATISTICS st ON id, n FROM t",
        "CREATE MATERIALIZED VIEW mv AS SELECT id FROM t", "CREATE INDEX on_view ON mv (id)",
        "CREATE VIEW barred WITH (security_barrier) AS SELECT id FROM t", "COMMENT ON INDEX filled IS 'c'",
        "COMMENT ON SCHEMA s IS 'c'", "COMMENT ON CONSTRAINT late ON i IS 'c'", "CREATE PUBLICATION pub",
        "CREATE COLLATION own FROM \"C\"", "ALTER TABLE t REPLICA IDENTITY FULL")
      // A build that fails leaves its index behind.
      try await db.run("INSERT INTO e VALUES (5), (8)", "INSERT INTO i (b) VALUES ('x'), ('x')")
      await #expect(throws: RowanError.self) {
        try await db.run("CREATE UNIQUE INDEX CONCURRENTLY broken ON i (b)")
      }
      let found = try await db.introspect()
      let reported = found.unrepresented.map { "\($0.kind) \($0.name)" }
      let wanted = [
        "aggregate largest(integer)", "collation own", "column i.a", "column i.b", "comment filled", "comment i.late",
        "comment s", "composite type pair", "constraint e.e_n_n1_key", "constraint i.alone", "constraint i.i_a_fkey",
        "constraint i.late", "constraint t.t_pkey", "domain positive", "exclusion constraint e.e_n_excl",
        "function f()", "index i.filled", "index mv.on_view", "inheritance child", "invalid index i.broken",
        "partition part_1", "partitioned table part", "policy t.mine", "procedure s.p()", "publication pub",
        "range type span", "replica identity t", "row security t", "rule t.r", "sequence loose", "sequence owned",
        "sequence options i_a_seq", "statistics st", "trigger t.tr.g", "view options barred",
      ]
      #expect(Set(reported) == Set(wanted), "\(Set(reported).symmetricDifference(wanted))")
      #expect(found.unrepresented.allSatisfy { !$0.reason.isEmpty })
      #expect(found.schema.tables.map(\.name.name) == ["child", "e", "i", "t"])
      #expect(found.schema.table(ObjectName("i"))?.indexes.map(\.name) == ["filled"])
    }
  }

  @Test("Namespaces and tables can be left out; another default namespace has no name")
  func scopes() async throws {
    try await SchemaDatabase.with { db in
      try await db.run(
        "CREATE SCHEMA one", "CREATE SCHEMA two", "CREATE TABLE one.t (id integer)", "CREATE TABLE two.t (id integer)",
        "CREATE TABLE t (id integer)", "CREATE TABLE x (id integer)")
      let some = try await db.introspect(
        IntrospectionOptions(namespaces: ["two"], excludedTables: [ObjectName("x"), ObjectName("t", namespace: "one")]))
      #expect(some.schema.namespaces == ["two"])
      #expect(some.schema.tables.map(\.name.description) == ["t", "two.t"])
      let introspector = try db.database.dialect.makeIntrospector()
      let other = try await db.database.withSchemaSession { session in
        try await session.run(text: "SET search_path = two")
        return try await introspector.introspect(session, IntrospectionOptions())
      }
      #expect(other.schema.namespaces == ["one", "public"])
      #expect(other.schema.tables.map(\.name.description) == ["t", "one.t", "public.t", "public.x"])
    }
  }

  @Test("What PostgreSQL cannot have is refused")
  func refused() throws {
    let emitter = PostgresDialect().makeDDLEmitter()
    let plain = ColumnSnapshot("a", .integer)
    let tables = [
      TableSnapshot(ObjectName("t"), columns: [ColumnSnapshot("a", .text, identity: .byDefault)]),
      TableSnapshot(ObjectName("t"), columns: [ColumnSnapshot("a", .text, identity: .serial)]),
      TableSnapshot(ObjectName("t"), columns: [ColumnSnapshot("a", .array(.integer), identity: .always)]),
      TableSnapshot(
        ObjectName("t"), columns: [ColumnSnapshot("a", .integer, default: .literal(.int(1)), identity: .always)]),
      TableSnapshot(
        ObjectName("t"),
        columns: [
          plain,
          ColumnSnapshot("b", .integer, computed: ComputedSnapshot(SchemaExpression("a"), isStored: false)),
        ]),
      TableSnapshot(
        ObjectName("t"),
        columns: [
          plain,
          ColumnSnapshot(
            "b", .integer, default: .now, computed: ComputedSnapshot(SchemaExpression("a"), isStored: true)),
        ]),
      TableSnapshot(
        ObjectName("t"), columns: [plain],
        indexes: [IndexSnapshot("i", elements: [IndexElement(column: "a", prefixLength: 3)])]),
    ]
    for table in tables {
      let error = #expect(throws: RowanError.self) {
        try emitter.normalize(SchemaSnapshot(dialect: "postgres", tables: [table]))
      }
      #expect(error?.code == .unsupported)
    }
  }
}
