import RowanCore
import RowanPostgres
import Testing

@Suite("Types and defaults in normal form")
struct TypeNameTests {
  private func column(_ type: SQLType, _ value: DefaultSnapshot? = nil) throws -> ColumnSnapshot {
    let table = TableSnapshot(ObjectName("t"), columns: [ColumnSnapshot("c", type, isNullable: true, default: value)])
    return try PostgresDialect().makeDDLEmitter().normalize(SchemaSnapshot(dialect: "postgres", tables: [table]))
      .tables[0].columns[0]
  }

  @Test(
    "A type has one spelling, whoever spelled it",
    arguments: [
      ("INT4", SQLType.integer), ("int8[]", .array(.bigint)), ("integer[][3]", .array(.integer)),
      ("double  precision", .double), ("float(24)", .real), ("float(25)", .double), ("DECIMAL", .numeric),
      ("decimal(5)", .decimal(precision: 5, scale: 0)), ("numeric( 5 , 2 )", .decimal(precision: 5, scale: 2)),
      ("character varying(7)", .varchar(7)), ("character", .char(1)), ("bpchar(3)", .char(3)), ("bool", .boolean),
      ("timestamptz", .timestamp), ("timestamp", .timestampWithoutTimeZone),
      ("timestamptz(3)[]", .array(.custom("timestamp(3) with time zone"))),
      ("timetz(1)", .custom("time(1) with time zone")),
      ("\"Mood\"", .custom("\"Mood\"")), ("\"mood\"", .custom("mood")), ("App.\"mood\"", .custom("app.mood")),
      ("\"select\"[]", .array(.custom("\"select\""))), ("\"a.b\".\"c\"\"d\"", .custom("\"a.b\".\"c\"\"d\"")),
      ("pg_catalog.inet", .inet), ("\"char\"", .custom("\"char\"")), ("vector(3)", .vector(3)),
      ("geometry(Point,4326)", .custom("geometry(Point,4326)")), ("interval(3)", .custom("interval(3)")),
      ("varbit", .custom("bit varying")), ("json", .jsonText), ("jsonb", .json),
    ])
  func spelling(_ text: String, _ type: SQLType) throws {
    #expect(try column(.custom(text)).type == type)
    #expect(try column(type).type == type)
  }

  @Test("A serial type is a number and its sequence")
  func serial() throws {
    let found = try column(.custom("BIGSERIAL"))
    #expect(found == ColumnSnapshot("c", .bigint, identity: .serial))
  }

  @Test(
    "JSON takes the form in which it is stored",
    arguments: [
      ("{}", "{}"), ("[ ]", "[]"), (" [1 ,\"a\"] ", "[1, \"a\"]"),
      ("{\"b\":1,\"a\":2,\"b\":3}", "{\"a\": 2, \"b\": 3}"),
      ("{\"aa\":1,\"b\":2}", "{\"b\": 2, \"aa\": 1}"), ("1.50e2", "150"), ("-0.0", "0.0"), ("1e-3", "0.001"),
      ("\"\\u00e9\\ud83d\\ude00\\/\\u0001\"", "\"é😀/\\u0001\""), ("{", "{"), ("nope", "nope"),
    ])
  func json(_ text: String, _ stored: String) throws {
    #expect(try column(.json, .literal(.json(text))).defaultValue == .literal(.json(stored)))
  }

  @Test(
    "Expressions are told from literals",
    arguments: [
      (SQLType.integer, "((5))", DefaultSnapshot.literal(.int(5))), (.integer, "'5'::bigint", .literal(.int(5))),
      (.integer, "1.7", .expression(SchemaExpression("1.7"))),
      (.varchar(9), "'abc'::varchar(2)", .expression(SchemaExpression("'abc'::varchar(2)"))),
      (.text, "'a' || 'b'", .expression(SchemaExpression("'a' || 'b'"))), (.text, "'now()'", .literal(.text("now()"))),
      (.timestamp, "NOW()", .now), (.timestamp, "'now'", .expression(SchemaExpression("'now'"))),
      (.date, "('2024-01-02'::date)", .literal(.date(CalendarDate(days: 19724)))),
      (.text, "E'a\\\\b'", .literal(.text("a\\b"))), (.text, "E'\\n'", .expression(SchemaExpression("E'\\n'"))),
      (
        .array(.text), "'{a,NULL,\"b,\\\"c\"}'::text[]",
        .literal(.array(SQLArray(element: .text, values: [.text("a"), .null, .text("b,\"c")])))
      ),
      (.array(.integer), "'{{1},{2}}'", .expression(SchemaExpression("'{{1},{2}}'"))),
      (.numeric, "1e3", .literal(.decimal(1000))), (.text, "'unclosed", .expression(SchemaExpression("'unclosed"))),
      (.text, "(1", .expression(SchemaExpression("(1"))), (.text, "", .expression(SchemaExpression(""))),
      (
        .interval, "'-1 years +2 days -00:00:01.5'",
        .literal(.interval(Interval(months: -12, days: 2, microseconds: -1_500_000)))
      ),
    ])
  func expressions(_ type: SQLType, _ text: String, _ value: DefaultSnapshot) throws {
    #expect(try column(type, .expression(SchemaExpression(text))).defaultValue == value)
  }
}
