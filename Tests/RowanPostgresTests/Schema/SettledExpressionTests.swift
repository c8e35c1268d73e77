import Testing

@testable import RowanCore
@testable import RowanPostgres

/// What the server wrote is read in the form in which it would write it the next time.
@Suite("Expressions that settle", .postgres)
struct SettledExpressionTests {
  @Test(arguments: [
    ("((a >= 1) AND (a <= 2)) AND (b > 0)", "(a >= 1) AND (a <= 2) AND (b > 0)"),
    ("(b > 0) AND ((a >= 1) AND (a <= 2))", "(b > 0) AND ((a >= 1) AND (a <= 2))"),
    ("((a < 1) OR (a > 2)) OR x", "(a < 1) OR (a > 2) OR x"),
    ("((a < 1) OR (a > 2)) AND x", "((a < 1) OR (a > 2)) AND x"),
    ("NOT (((x AND y) AND z) AND w)", "NOT (x AND y AND z AND w)"),
    ("(s = ' AND ') AND t", "(s = ' AND ') AND t"),
    ("(((s)::text = ')') AND x) AND y", "((s)::text = ')') AND x AND y"),
    ("(CASE WHEN a AND b THEN c ELSE d END) AND e", "(CASE WHEN a AND b THEN c ELSE d END) AND e"),
    (
      "(s)::text = ANY ((ARRAY['a'::character varying, 'b,)'::character varying])::text[])",
      "(s)::text = ANY (ARRAY[('a'::character varying)::text, ('b,)'::character varying)::text])"
    ),
    ("(ARRAY[1, 2])::bigint[]", "(ARRAY[1, 2])::bigint[]"), ("(ARRAY[1])[1]::text[]", "(ARRAY[1])[1]::text[]"),
    ("(ARRAY[va, vb])::text[]", "(ARRAY[va, vb])::text[]"),
    ("(ARRAY['{a}'::character varying[]])::text[]", "(ARRAY['{a}'::character varying[]])::text[]"),
    ("((", "(("), ("'(", "'("), ("", ""), ("(a) AND", "(a) AND"), ("() AND ()", "() AND ()"),
  ])
  func inText(_ written: String, _ settled: String) {
    #expect(SettledExpression.settled(written) == settled)
    #expect(SettledExpression.settled(settled) == settled)
  }

  @Test func onTheServer() async throws {
    try await SchemaDatabase.with { first in
      try await first.run(
        """
        CREATE TABLE t (
          id integer PRIMARY KEY, a integer, b integer, s varchar(20), c varchar(9)[], x boolean,
          g boolean GENERATED ALWAYS AS (a BETWEEN 1 AND 2 AND s NOT IN ('p', 'q')) STORED,
          CHECK (a BETWEEN 1 AND 2 AND b > 0), CHECK (a NOT BETWEEN 1 AND 2 OR x OR s IS NULL),
          CHECK (s IN ('a', 'b''(', 'c, d') AND (b BETWEEN 1 AND 2 OR s IN ('e', 'f'))),
          CHECK (CASE WHEN a BETWEEN 1 AND 2 AND x THEN s IN ('a', NULL) ELSE true END),
          CHECK (coalesce(s, '') IN ('a', 'b')), CHECK (c <@ ARRAY['x', 'y']::varchar(9)[])
        )
        """,
        "CREATE INDEX i ON t (a) WHERE a BETWEEN 1 AND 2 AND b > 0",
        "CREATE INDEX j ON t ((a BETWEEN 1 AND 2 AND s IN ('a', 'b')))",
        """
        CREATE VIEW v AS SELECT t.id, sum(t.a) OVER (ORDER BY t.b ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) AS w
        FROM t JOIN t u USING (id) WHERE t.a BETWEEN 1 AND 2 AND u.b > 0 AND t.s IN ('a', 'b')
        """,
        "CREATE VIEW w (one, \"Two\") AS VALUES (1, 'a'), (2, 'b')", "CREATE TABLE bare ()")
      let found = try await first.introspect()
      #expect(found.unrepresented.map(\.name) == ["bare"])
      let read = found.schema
      try await SchemaDatabase.with { second in
        try await second.create(read)
        #expect(try await second.introspect().schema == read)
      }
    }
  }
}
