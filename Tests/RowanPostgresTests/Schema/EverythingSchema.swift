import Foundation
import RowanCore
import RowanPostgres

/// A schema that uses every feature a snapshot has and PostgreSQL knows.
enum EverythingSchema {
  static func snapshot(_ dialect: any Dialect) throws -> SchemaSnapshot {
    let additions = SchemaAdditions(
      extensions: ["citext", "pg_trgm"],
      enums: [
        EnumSnapshot(ObjectName("mood"), values: ["sad", "it's \"ok\"", "happy"], comment: "how it is"),
        EnumSnapshot(ObjectName("Mood.Two", namespace: "Other \"Space"), values: ["a"]),
        EnumSnapshot(ObjectName("select"), values: []),
      ],
      tables: [parents, types, defaults, arrays, numbered, hostile, elsewhere],
      views: [
        ViewSnapshot(
          ObjectName("parent_names"), query: SchemaExpression("SELECT id, name AS label FROM parents WHERE id > 3;"),
          comment: "names"),
        ViewSnapshot(
          ObjectName("parent_count"), query: SchemaExpression("SELECT count(*) AS n FROM parents"),
          isMaterialized: true),
      ])
    return try SchemaDefinition(schemas: [], only: ["postgres": additions]).snapshot(for: dialect)
  }

  static let parents = TableSnapshot(
    ObjectName("parents"), comment: "It's a comment with 'quotes' and a \\",
    columns: [
      ColumnSnapshot("id", .bigint, identity: .byDefault),
      ColumnSnapshot("name", .varchar(40), default: .literal(.text("x")), comment: "a name"),
      ColumnSnapshot("email", .citext, isNullable: true),
      ColumnSnapshot("price", .decimal(precision: 10, scale: 2)),
      ColumnSnapshot("quantity", .integer, default: .literal(.int(-3))),
      ColumnSnapshot(
        "total", .decimal(precision: 12, scale: 2), isNullable: true,
        computed: ComputedSnapshot(SchemaExpression("price * quantity"), isStored: true)),
      ColumnSnapshot("sorted", .text, isNullable: true, collation: "C"),
      ColumnSnapshot("document", .json, isNullable: true),
      ColumnSnapshot("state", .named("mood"), default: .literal(.text("happy"))),
    ],
    primaryKey: PrimaryKeySnapshot(name: nil, columns: ["id"]),
    uniques: [UniqueSnapshot("uq_parents", columns: ["name", "quantity"])],
    checks: [
      CheckSnapshot("ck_positive", SchemaExpression("quantity < 100 AND price >= 0")),
      CheckSnapshot("ck_state", SchemaExpression("state <> 'sad' OR quantity IN (1, 2)")),
    ],
    indexes: [
      IndexSnapshot("ix_lower", elements: [.expression("lower(name)"), .descending("price")], isUnique: true),
      IndexSnapshot(
        "ix_partial", elements: [IndexElement(column: "name", nulls: .first), .column("quantity")],
        predicate: SchemaExpression("state = 'happy' AND email IS NOT NULL"), including: ["price", "email"]),
      IndexSnapshot(
        "ix_descending", elements: [IndexElement(column: "price", descending: true, nulls: .last)], method: "btree"),
      IndexSnapshot(
        "ix_document", elements: [IndexElement(column: "document", operatorClass: "jsonb_path_ops")], method: "gin"),
      IndexSnapshot(
        "ix_trigrams", elements: [IndexElement(column: "name", operatorClass: "gin_trgm_ops")], method: "gin"),
      IndexSnapshot("ix_hash", elements: [.column("name")], method: "hash"),
      IndexSnapshot(
        "ix_collated",
        elements: [
          IndexElement(column: "name", operatorClass: "text_pattern_ops", collation: "C"),
          IndexElement(expression: SchemaExpression("name || 'x'"), descending: true, collation: "POSIX"),
        ]),
    ], options: ["fillfactor": "70", "toast.autovacuum_enabled": "false"])

  static let types = TableSnapshot(
    ObjectName("types"),
    columns: [
      SQLType.boolean, .smallint, .integer, .bigint, .unsignedTinyint, .unsignedSmallint, .unsignedInteger,
      .unsignedBigint, .real, .double, .decimal(precision: 38, scale: 0), .decimal(precision: 6, scale: 6), .numeric,
      .char(1), .char(7), .varchar(1), .varchar(4000), .custom("varchar"), .text, .bytes, .uuid, .timestamp,
      .timestampWithoutTimeZone, .custom("timestamptz(3)"), .custom("timestamp(0)"), .date, .time, .custom("timetz"),
      .custom("time(2)"), .interval, .custom("interval day to second(3)"), .custom("INTERVAL(3)"), .json, .jsonText,
      .citext, .tsvector, .tsquery, .money, .inet, .cidr, .macaddr, .xml, .custom("bit"), .custom("varbit(5)"),
      .custom("\"char\""), .custom("int4range"), .custom("point"), .custom("oid"), .named("mood"), .named("select"),
      .named("Mood.Two", namespace: "Other \"Space"), .custom("pg_catalog.int8range"), .custom("float(10)"),
    ].enumerated().flatMap { index, type in
      [
        ColumnSnapshot("c\(index)", type, isNullable: index % 2 == 0),
        ColumnSnapshot("a\(index)", .array(type), isNullable: true),
      ]
    })

  static let defaults: TableSnapshot = {
    let values: [(SQLType, DefaultSnapshot)] = [
      (.boolean, .literal(.bool(true))), (.boolean, .literal(.bool(false))), (.smallint, .literal(.int(-5))),
      (.integer, .literal(.int(2_147_483_647))), (.bigint, .literal(.int(.min + 1))),
      (.bigint, .literal(.int(5))), (.unsignedBigint, .literal(.uint(.max))), (.unsignedInteger, .literal(.uint(7))),
      (.real, .literal(.double(1.5))), (.double, .literal(.double(-1e300))), (.double, .literal(.double(0.1))),
      (.double, .literal(.double(.leastNonzeroMagnitude))), (.double, .literal(.int(3))),
      (.double, .literal(.double(.infinity))),
      (.double, .literal(.double(-.infinity))), (.double, .literal(.double(.nan))), (.real, .literal(.double(.nan))),
      (.decimal(precision: 10, scale: 2), .literal(.decimal(Decimal(string: "-1.5") ?? 0))),
      (.decimal(precision: 10, scale: 2), .literal(.int(7))), (.numeric, .literal(.decimal(12))),
      (.text, .literal(.text("it's \\ a \"text\"\n, {x}"))), (.text, .literal(.text(""))),
      (.varchar(5), .literal(.text("x::y"))), (.char(3), .literal(.text("ab"))), (.citext, .literal(.text("X"))),
      (.bytes, .literal(.bytes([0, 255, 39]))), (.bytes, .literal(.bytes([]))),
      (.uuid, .literal(.uuid(UUID(uuidString: "00112233-4455-6677-8899-AABBCCDDEEFF") ?? UUID()))),
      (.timestamp, .literal(.timestamp(Timestamp(microseconds: 1_700_000_000_123_456)))),
      (.timestamp, .literal(.timestamp(Timestamp(microseconds: -1)))),
      (.date, .literal(.date(CalendarDate(days: 20_000)))),
      (.time, .literal(.time(TimeOfDay(microseconds: 36_000_000_001)))),
      (.interval, .literal(.interval(Interval(months: -14, days: 3, microseconds: -5_000_001)))),
      (.interval, .literal(.interval(Interval()))),
      (.json, .literal(.json("{\"bb\":[1,2.50,1e2,-0],\"a\":{\"\\u00e9\\n\":null},\"a\":true}"))),
      (.jsonText, .literal(.json("{\"b\" :  1}"))), (.named("mood"), .literal(.text("it's \"ok\""))),
      (.array(.integer), .literal(.array(SQLArray(element: .integer, values: [.int(1), .null, .int(-2)])))),
      (
        .array(.text), .literal(.array(SQLArray(element: .text, values: [.text("a,b"), .text("NULL"), .text("'\"{")])))
      ),
      (.array(.text), .literal(.array(SQLArray(element: .text, values: [])))),
      (.array(.bigint), .literal(.array(SQLArray(element: .bigint, values: [.int(1)])))),
      (.array(.double), .literal(.array(SQLArray(element: .double, values: [.double(1.5), .double(-2)])))),
      (.array(.uuid), .literal(.array(SQLArray(element: .uuid, values: [.null])))),
      (
        .array(.decimal(precision: 5, scale: 1)),
        .literal(.array(SQLArray(element: .decimal(precision: 5, scale: 1), values: [.decimal(1), .decimal(-2)])))
      ),
      (.array(.named("mood")), .literal(.array(SQLArray(element: .named("mood"), values: [.text("sad")])))),
      (.array(.boolean), .expression(SchemaExpression("'{t,f,NULL}'"))),
      (.array(.varchar(5)), .expression(SchemaExpression("'{\"a b\",c}'::varchar(5)[]"))),
      (.timestamp, .now), (.date, .now), (.time, .now), (.timestampWithoutTimeZone, .now), (.uuid, .randomUUID),
      (.timestamp, .expression(SchemaExpression("now()"))), (.integer, .expression(SchemaExpression("2 + 3"))),
      (.integer, .expression(SchemaExpression("(((7)))"))), (.inet, .literal(.text("10.0.0.1"))),
      (.text, .expression(SchemaExpression("lower('X')"))), (.integer, .literal(.null)),
      (.varchar(3), .literal(.null)), (.money, .literal(.int(5))),
      (.date, .expression(SchemaExpression("CURRENT_DATE"))),
    ]
    return TableSnapshot(
      ObjectName("defaults"),
      columns: values.enumerated().map {
        ColumnSnapshot("d\($0.offset)", $0.element.0, isNullable: true, default: $0.element.1)
      })
  }()

  static let arrays = TableSnapshot(
    ObjectName("no_key"), columns: [ColumnSnapshot("a", .array(.array(.integer)))], options: ["unlogged": "true"])

  static let numbered = TableSnapshot(
    ObjectName("numbered"),
    columns: [
      ColumnSnapshot("always", .integer, identity: .always), ColumnSnapshot("serial", .integer, identity: .serial),
      ColumnSnapshot("small", .smallint, identity: .serial), ColumnSnapshot("big", .custom("bigserial")),
    ],
    primaryKey: PrimaryKeySnapshot(name: "own name", columns: ["serial", "always"]))

  static let long = String(repeating: "é", count: 31) + "x"

  /// Names of 63 bytes, keywords, quotes, points, blanks and both cases.
  static let hostile = TableSnapshot(
    ObjectName("Weird \"table\".name; --"),
    columns: [
      ColumnSnapshot("select", .integer), ColumnSnapshot("Mixed Case", .integer, isNullable: true),
      ColumnSnapshot("a\"b", .text, isNullable: true), ColumnSnapshot("c.d", .text, isNullable: true),
      ColumnSnapshot("'", .text, isNullable: true, comment: "''"), ColumnSnapshot(long, .integer, isNullable: true),
      ColumnSnapshot("\\", .integer, identity: .byDefault),
    ],
    primaryKey: PrimaryKeySnapshot(name: "pk \"'.", columns: ["select", "Mixed Case"]),
    uniques: [UniqueSnapshot(String(repeating: "u", count: 63), columns: [long])],
    checks: [CheckSnapshot("ck \"'", SchemaExpression("\"a\"\"b\" <> ')' AND \"'\" <> '''('"))],
    foreignKeys: [
      ForeignKeySnapshot(
        "fk \"'", columns: ["Mixed Case", "select"], target: ObjectName("Weird \"table\".name; --"),
        targetColumns: ["select", "Mixed Case"], onDelete: .setDefault)
    ],
    indexes: [
      IndexSnapshot(
        "ix \"'.", elements: [.column("c.d"), .expression("\"a\"\"b\" || '\"('")],
        predicate: SchemaExpression("\"'\" = '('"))
    ])

  static let elsewhere = TableSnapshot(
    ObjectName("children", namespace: "Other \"Space"),
    columns: [
      ColumnSnapshot("id", .uuid, default: .randomUUID), ColumnSnapshot("parent", .bigint, isNullable: true),
      ColumnSnapshot("other", .bigint, isNullable: true), ColumnSnapshot("third", .bigint, isNullable: true),
      ColumnSnapshot("self", .uuid, isNullable: true),
      ColumnSnapshot(
        "state", .named("Mood.Two", namespace: "Other \"Space"), default: .literal(.text("a")), comment: "its state"),
    ],
    primaryKey: PrimaryKeySnapshot(name: "pk_children", columns: ["id"]),
    foreignKeys: [
      ForeignKeySnapshot(
        "fk_parent", columns: ["parent"], target: ObjectName("parents"), targetColumns: ["id"], onDelete: .cascade,
        onUpdate: .setNull),
      ForeignKeySnapshot(
        "fk_other", columns: ["other"], target: ObjectName("parents"), targetColumns: ["id"], onDelete: .restrict,
        deferral: .deferrable),
      ForeignKeySnapshot(
        "fk_third", columns: ["third"], target: ObjectName("parents"), targetColumns: ["id"], onUpdate: .restrict,
        deferral: .deferred),
      ForeignKeySnapshot(
        "fk_self", columns: ["self"], target: ObjectName("children", namespace: "Other \"Space"), targetColumns: ["id"],
        onDelete: .setNull),
    ],
    indexes: [IndexSnapshot("ix_children", elements: [.column("parent"), .column("state")])])
}
