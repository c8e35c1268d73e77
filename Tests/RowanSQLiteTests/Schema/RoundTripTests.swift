import Foundation
import RowanCore
import Testing

@testable import RowanSQLite

@Suite("SQLite: a schema comes back as it was made")
struct RoundTripTests {
  static let types: [SQLType] = [
    .boolean, .smallint, .integer, .bigint, .unsignedTinyint, .unsignedSmallint, .unsignedInteger, .unsignedBigint,
    .real, .double, .decimal(precision: 10, scale: 2), .char(3), .varchar(255), .text, .bytes, .uuid, .timestamp,
    .date, .time, .interval, .json, .array(.bigint), .array(.array(.decimal(precision: 5, scale: 1))),
    .custom("GEOMETRY"), .custom("NUMERIC(10,2)"), .custom(""),
  ]

  @Test(arguments: types) func type(_ type: SQLType) async throws {
    let normal = try await roundTrip(schema(table("t", column("c", type))))
    #expect(normal.tables[0].columns[1].type == type)
  }

  @Test(arguments: types) func strictType(_ type: SQLType) async throws {
    let given = schema(table("t", column("c", type), options: ["strict": "true"]))
    if case .custom = type {
      #expect(await failure { _ = try emitter.normalize(given) }?.code == .unsupported)
      return
    }
    let normal = try await roundTrip(given)
    #expect(normal.tables[0].columns[1].type == type)
    #expect(normal.tables[0].options == ["strict": "true"])
  }

  static let literals: [(SQLType, SQLValue)] = [
    (.text, .null), (.boolean, .bool(true)), (.boolean, .bool(false)), (.integer, .int(-7)), (.bigint, .int(.min)),
    (.bigint, .int(.max)), (.double, .double(1.5)), (.double, .double(-1e-300)), (.double, .double(3)),
    (.real, .double(0.1)), (.text, .text("it's \"quoted\" -- no comment")), (.text, .text("")),
    (.text, .text("a\u{0}b")), (.varchar(9), .text("x")), (.bytes, .bytes([0, 255, 16])), (.bytes, .bytes([])),
    (.uuid, .uuid(UUID(uuidString: "00112233-4455-6677-8899-aabbccddeeff") ?? UUID())),
    (.timestamp, .timestamp(Timestamp(microseconds: -1_234_567))), (.date, .date(CalendarDate(days: -3))),
    (.time, .time(TimeOfDay(microseconds: 86_399_999_999))), (.interval, .interval(Interval(months: 1, days: -2))),
    (.decimal(precision: 12, scale: 3), .decimal(Decimal(string: "-12345678.125") ?? 0)),
    (.json, .json("{\"a\": [1, \"it's\"]}")),
  ]

  @Test(arguments: literals) func literal(_ type: SQLType, _ value: SQLValue) async throws {
    let normal = try await roundTrip(schema(table("t", column("c", type, default: .literal(value)))))
    #expect(normal.tables[0].columns[1].defaultValue == .literal(value))
  }

  @Test func literalsOfOtherKinds() async throws {
    let list = SQLArray(element: .bigint, values: [.int(1), .null])
    let normal = try await roundTrip(
      schema(
        table(
          "t", column("a", .array(.bigint), default: .literal(.array(list))),
          column("b", .decimal(precision: 5, scale: 0), default: .literal(.int(7))),
          column("c", .double, default: .literal(.int(7))))))
    #expect(normal.tables[0].columns[1].defaultValue == .literal(.json("[1,null]")))
    #expect(normal.tables[0].columns[2].defaultValue == .literal(.decimal(7)))
    #expect(normal.tables[0].columns[3].defaultValue == .literal(.double(7)))
  }

  @Test(arguments: [SQLType.timestamp, .date, .time]) func now(_ type: SQLType) async throws {
    let normal = try await roundTrip(schema(table("t", column("c", type, default: .now))))
    #expect(normal.tables[0].columns[1].defaultValue == .now)
  }

  @Test func functions() async throws {
    let normal = try await roundTrip(
      schema(
        table(
          "t", column("a", .uuid, default: .randomUUID),
          column("b", .text, default: .expression(SchemaExpression("lower( 'ABC' ) || char(41)"))))))
    #expect(normal.tables[0].columns[1].defaultValue == .randomUUID)
    #expect(
      normal.tables[0].columns[2].defaultValue
        == .expression(CanonicalText.expression("lower( 'ABC' ) || char(41)")))
  }

  /// Every feature at once.
  static let everything = schema(
    TableSnapshot(
      ObjectName("Order \"items\""),
      columns: [
        ColumnSnapshot("order", .bigint), ColumnSnapshot("select", .varchar(64), collation: "NOCASE"),
        ColumnSnapshot("a.b", .text, isNullable: true, collation: "RTRIM"),
        ColumnSnapshot("total", .decimal(precision: 10, scale: 2), default: .literal(.decimal(0))),
        ColumnSnapshot(
          "twice", .integer, isNullable: true,
          computed: ComputedSnapshot(SchemaExpression("\"order\" * 2"), isStored: true)),
        ColumnSnapshot(
          "short", .text, isNullable: true,
          computed: ComputedSnapshot(SchemaExpression("substr(\"select\", 1, 3)"), isStored: false)),
        ColumnSnapshot("user", .bigint, isNullable: true), ColumnSnapshot("größe", .double, isNullable: true),
      ], primaryKey: PrimaryKeySnapshot(name: "it's the key", columns: ["order", "select"]),
      uniques: [
        UniqueSnapshot("uq one", columns: ["a.b"]), UniqueSnapshot("uq two", columns: ["user", "größe"]),
      ],
      checks: [
        CheckSnapshot("positive", SchemaExpression("total >= '0' AND (\"order\" > 0)")),
        CheckSnapshot("text", SchemaExpression("\"a.b\" <> ')' /* ) */ OR \"a.b\" IS NULL")),
      ],
      foreignKeys: [
        ForeignKeySnapshot(
          "fk user", columns: ["user"], target: ObjectName("users"), targetColumns: ["id"], onDelete: .setNull,
          onUpdate: .cascade, deferral: .deferred),
        ForeignKeySnapshot(
          "fk self", columns: ["order", "select"], target: ObjectName("Order \"items\""),
          targetColumns: ["order", "select"], onDelete: .restrict, onUpdate: .setDefault, deferral: .deferrable),
      ],
      indexes: [
        IndexSnapshot(
          "ix \"all\"",
          elements: [
            IndexElement(column: "a.b", descending: true, collation: "NOCASE"), IndexElement(column: "total"),
            IndexElement(expression: SchemaExpression("lower(\"select\")"), descending: true),
          ], isUnique: true, predicate: SchemaExpression("\"größe\" IS NOT NULL AND total > '1'")),
        IndexSnapshot("ix_plain", elements: [IndexElement(column: "user")]),
      ], options: ["without_rowid": "true"]),
    table("users", column("name", .text)),
    TableSnapshot(
      ObjectName("codes"), columns: [ColumnSnapshot("code", .char(2)), column("n", .uuid, default: .randomUUID)],
      primaryKey: PrimaryKeySnapshot(name: "pk_codes", columns: ["code"]),
      options: ["strict": "true", "without_rowid": "true"]),
    TableSnapshot(ObjectName("keyless"), columns: [column("x", .json)]),
    views: [
      ViewSnapshot(
        ObjectName("all users"), query: SchemaExpression("SELECT id, name AS \"the name\" FROM users WHERE id > 0"))
    ])

  @Test func everyFeature() async throws { try await roundTrip(Self.everything) }

  @Test func longNamesAndMixedCase() async throws {
    let long = String(repeating: "Länge_", count: 40)
    try await roundTrip(
      schema(
        TableSnapshot(
          ObjectName(long), columns: [ColumnSnapshot(long, .text), ColumnSnapshot("`]'", .text, isNullable: true)],
          primaryKey: PrimaryKeySnapshot(name: "pk_" + long, columns: [long]),
          indexes: [IndexSnapshot("ix_" + long, elements: [IndexElement(column: "`]'")])])))
  }

  @Test func normalFormSaysWhatIsStored() throws {
    var given = table("t", column("c", .text))
    given.comment = "gone"
    given.columns[1].comment = "gone"
    given.columns[1].collation = "binary"
    given.columns[0].type = .smallint
    given.columns[0].identity = .serial
    given.primaryKey?.name = nil
    given.options = ["strict": "false"]
    let normal = try emitter.normalize(schema(given)).tables[0]
    #expect(normal == table("t", column("c", .text)))
  }

  @Test func compositeKeysAndPlainIntegerKeys() async throws {
    let normal = try await roundTrip(
      schema(
        TableSnapshot(
          ObjectName("a"), columns: [ColumnSnapshot("x", .integer), ColumnSnapshot("y", .date)],
          primaryKey: PrimaryKeySnapshot(name: "pk", columns: ["y", "x"])),
        TableSnapshot(
          ObjectName("b"), columns: [ColumnSnapshot("x", .integer)],
          primaryKey: PrimaryKeySnapshot(name: "pk", columns: ["x"])),
        TableSnapshot(
          ObjectName("c"), columns: [ColumnSnapshot("x", .text, isNullable: true)],
          primaryKey: PrimaryKeySnapshot(name: "pk", columns: ["x"]))))
    #expect(normal.tables[0].columns[0].type == .integer)
    #expect(normal.tables[1].columns[0].type == .integer)
    #expect(normal.tables[2].columns[0].isNullable)
  }
}
