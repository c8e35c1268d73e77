import Foundation
import RowanCore
import Testing

@testable import RowanMySQL

/// What is made is what is found.
@Suite(.enabled(if: TestDatabase.isRequired))
struct SchemaRoundTripTests {
  private func roundTrip(_ tables: TableSnapshot..., views: [ViewSnapshot] = []) async throws -> IntrospectedSchema {
    try await ScratchSchema.with { scratch in
      let schema = try scratch.emitter.normalize(SchemaSnapshot(dialect: "mysql", tables: tables, views: views))
      #expect(try scratch.emitter.normalize(schema) == schema, "the normal form is not its own")
      try await scratch.create(schema)
      let found = try await scratch.introspect()
      #expect(found.schema.differences(from: schema) == [])
      #expect(try scratch.emitter.normalize(found.schema) == found.schema, "what is found is not in normal form")
      // Made again of what was found, it is the same to the letter.
      try await ScratchSchema.with { second in
        try await second.create(found.schema)
        let again = try await second.introspect()
        #expect(again.schema.differences(from: found.schema, exact: true) == [])
        #expect(again.schema == found.schema)
        #expect(try again.schema.json() == found.schema.json())
      }
      return found
    }
  }

  @Test func types() async throws {
    var columns: [ColumnSnapshot] = [ColumnSnapshot("id", .bigint)]
    let types: [SQLType] = [
      .boolean, .smallint, .integer, .bigint, .unsignedTinyint, .unsignedSmallint, .unsignedInteger, .unsignedBigint,
      .real, .double, .decimal(precision: 20, scale: 4), .char(3), .varchar(40), .text, .bytes, .uuid, .timestamp,
      .date,
      .time, .interval, .json, .array(.integer), .custom("tinyint"), .custom("MEDIUMINT(5) UNSIGNED"),
      .custom("int(5) unsigned zerofill"), .custom("tinytext"), .custom("Text"), .custom("mediumtext"),
      .custom("VARBINARY( 20 )"), .custom("blob"), .custom("bit(3)"), .custom("year(4)"), .custom("datetime"),
      .custom("timestamp(3)"), .custom("time(2)"), .custom("ENUM( 'a' , 'b''c', 'd\\\\e', 'x,)y' )"),
      .custom("set('x','y')"), .custom("point"), .custom("VarChar(12)"), .custom("numeric(8,2)"),
      .custom("double precision"), .custom("bool"), .custom("integer"), .custom("double(8,2)"),
    ]
    for (index, type) in types.enumerated() {
      columns.append(ColumnSnapshot("n\(index)", type, isNullable: true))
      columns.append(ColumnSnapshot("r\(index)", type))
    }
    _ = try await roundTrip(
      TableSnapshot(ObjectName("t"), columns: columns, primaryKey: PrimaryKeySnapshot(name: "pk", columns: ["id"])))
  }

  @Test func defaults() async throws {
    let day = try #require(CalendarDate(year: 1969, month: 12, day: 31))
    let time = try #require(TimeOfDay(hour: 23, minute: 59, second: 59, microsecond: 999_999))
    let noon = try #require(TimeOfDay(hour: 12, minute: 0, second: 0, microsecond: 250_000))
    let uuid = try #require(UUID(uuidString: "00010203-0405-0607-0809-0a0b0c275cff"))
    let array = SQLArray(element: .text, values: [.text("a\"'\\,"), .null])
    let values: [(SQLType, SQLValue)] = [
      (.boolean, .bool(true)), (.boolean, .bool(false)), (.boolean, .int(1)), (.smallint, .int(-32768)),
      (.integer, .int(2_147_483_647)), (.bigint, .int(.min)), (.bigint, .bool(true)), (.unsignedTinyint, .int(255)),
      (.unsignedSmallint, .int(65535)), (.unsignedInteger, .int(4_294_967_295)), (.unsignedBigint, .uint(.max)),
      (.real, .double(0.5)), (.real, .double(0.123456789)), (.real, .double(-1.5e-20)), (.real, .int(3)),
      (.double, .double(-1e-07)), (.double, .double(1e300)), (.double, .double(0.1)),
      (.double, .double(0.12345678901234568)), (.decimal(precision: 20, scale: 4), .int(-12)),
      (.decimal(precision: 20, scale: 4), .decimal(Decimal(string: "12.0625")!)), (.char(4), .text("it's")),
      (.varchar(30), .text("a\\b")), (.varchar(30), .text("'; -- \\' é😀")), (.varchar(30), .text("")),
      (.varchar(30), .text("NULL")), (.varchar(30), .text("current_timestamp(6)")), (.varchar(30), .text("(1)")),
      (.text, .text("line\nbreak\u{0}nul")), (.text, .text("plain")), (.bytes, .bytes([0, 39, 92, 255])),
      (.bytes, .bytes([])), (.uuid, .uuid(uuid)), (.timestamp, .timestamp(Timestamp(microseconds: -1))),
      (.timestamp, .date(day)), (.date, .date(day)), (.time, .time(time)),
      (.interval, .interval(Interval(months: 14, days: -3, microseconds: 3_600_000_001))),
      (.json, .json("{\"a\": \"\\\\'\"}")), (.array(.text), .array(array)), (.custom("enum('a','b''c')"), .text("b'c")),
      (.custom("set('x','y')"), .text("x,y")), (.custom("varbinary(9)"), .bytes([0, 200])),
      (.custom("mediumint"), .int(-7)), (.custom("datetime"), .timestamp(Timestamp(microseconds: 0))),
      (.custom("time(2)"), .time(noon)), (.custom("timestamp(6)"), .timestamp(Timestamp(microseconds: 86_400_000_000))),
    ]
    var columns = values.enumerated().map { index, pair in
      ColumnSnapshot("c\(index)", pair.0, isNullable: index.isMultiple(of: 2), default: .literal(pair.1))
    }
    columns += [
      ColumnSnapshot("now_t", .timestamp, default: .now), ColumnSnapshot("now_d", .date, default: .now),
      ColumnSnapshot("now_c", .time, default: .now), ColumnSnapshot("random", .uuid, default: .randomUUID),
      ColumnSnapshot("e1", .bigint, default: .expression(SchemaExpression("1 + 2"))),
      ColumnSnapshot("e2", .bigint, default: .expression(SchemaExpression("(5)"))),
      ColumnSnapshot("e3", .varchar(20), default: .expression(SchemaExpression("concat('a', 'it''s \\\\ ')"))),
      ColumnSnapshot("e4", .timestamp, default: .expression(SchemaExpression("CURRENT_TIMESTAMP(6)"))),
      ColumnSnapshot("e5", .timestamp, default: .expression(SchemaExpression("now(6) + interval 1 day"))),
      ColumnSnapshot("none", .varchar(9), isNullable: true, default: .literal(.null)),
    ]
    let found = try await roundTrip(TableSnapshot(ObjectName("t"), columns: columns))
    let table = try #require(found.schema.tables.first)
    #expect(table.column("random")?.defaultValue == .randomUUID)
    #expect(table.column("now_t")?.defaultValue == .now)
    #expect(table.column("now_d")?.defaultValue == .now)
    #expect(table.column("now_c")?.defaultValue == .now)
    #expect(table.column("e2")?.defaultValue == .literal(.int(5)))
    #expect(table.column("e4")?.defaultValue == .now)
    #expect(table.column("none")?.defaultValue == nil)
    for column in columns {
      guard case .literal(let value) = column.defaultValue, !value.isNull else { continue }
      guard case .literal = table.column(column.name)?.defaultValue else {
        Issue.record("the default of \(column) came back as \(String(describing: table.column(column.name)))")
        continue
      }
    }
  }

  @Test func everythingAtOnce() async throws {
    let found = try await roundTrip(
      RoundTripTables.parent, RoundTripTables.everything, RoundTripTables.memory, views: RoundTripTables.views)
    #expect(found.unrepresented == [])
    let table = try #require(found.schema.table(ObjectName("everything")))
    #expect(table.column("label")?.collation == "utf8mb4_general_ci")
    #expect(table.column("twice")?.computed?.isStored == false)
    #expect(table.indexes.map(\.name) == ["ft", "ix_desc", "ix_prefix", "sp", "uq_prefix"])
    #expect(table.uniques.map(\.name) == ["uq_index", "uq_pair"])
    #expect(table.primaryKey?.name == nil)
  }

  @Test func keysThatNeedIndexes() async throws {
    let child = TableSnapshot(
      ObjectName("child"),
      columns: ["a", "b", "c", "d"].map { ColumnSnapshot($0, .bigint, isNullable: true) },
      foreignKeys: [
        ForeignKeySnapshot("fk_a", columns: ["a"], target: ObjectName("parent"), targetColumns: ["id"]),
        ForeignKeySnapshot(
          "fk_ab", columns: ["b", "c"], target: ObjectName("parent"), targetColumns: ["id", "other"],
          onDelete: .cascade, onUpdate: .restrict),
        ForeignKeySnapshot(
          "fk_a2", columns: ["a"], target: ObjectName("parent"), targetColumns: ["id"], onDelete: .setNull),
        ForeignKeySnapshot("fk_d", columns: ["d"], target: ObjectName("parent"), targetColumns: ["id"]),
      ],
      indexes: [
        IndexSnapshot("ix_d", elements: [IndexElement(column: "d"), IndexElement(column: "a")]),
        IndexSnapshot("fk_a", elements: [IndexElement(column: "a")]),
      ])
    let found = try await roundTrip(RoundTripTables.parent, child)
    #expect(found.schema.table(ObjectName("child"))?.indexes.map(\.name) == ["ix_d"])
  }

  @Test func hostileNames() async throws {
    let long = String(repeating: "名", count: 64)
    let names = ["select", "Mixed Case", "a\"b`c'd\\e; --", "dots.in.it", "naïve 表", long, "x\ny", "%_?:1$2", "`"]
    // A file is called as the table is, with five bytes for a character beyond ASCII.
    let tableNames = names.map { $0 == long ? String(repeating: "n", count: 64) : $0 }
    var tables: [TableSnapshot] = []
    for (index, name) in tableNames.enumerated() {
      tables.append(
        TableSnapshot(
          ObjectName(name), comment: name,
          columns: [ColumnSnapshot("id", .bigint)]
            + names.map { ColumnSnapshot($0, .varchar(20), isNullable: true, comment: "of \($0)") }
            + [ColumnSnapshot("doc \(name.prefix(40))", .json)],
          primaryKey: PrimaryKeySnapshot(name: nil, columns: ["id"]),
          uniques: [UniqueSnapshot(name, columns: names.suffix(2))],
          checks: [
            CheckSnapshot(
              String(("c" + name).prefix(64)),
              SchemaExpression("\(try MySQLDialect().quote(names[index])) <> 'x'"))
          ],
          foreignKeys: [
            ForeignKeySnapshot(
              String((name + "_fk").suffix(64)), columns: ["id"],
              target: ObjectName(tableNames[(index + 1) % names.count]),
              targetColumns: ["id"])
          ],
          indexes: [IndexSnapshot(String(("i" + name).prefix(64)), elements: [IndexElement(column: names[index])])]))
    }
    let schema = SchemaSnapshot(dialect: "mysql", tables: tables)
    try await ScratchSchema.with(prefix: "it's `a` \"b\" \\c") { scratch in
      let normal = try scratch.emitter.normalize(schema)
      try await scratch.create(normal)
      #expect(try await scratch.introspect().schema.differences(from: normal) == [])
    }
  }

  @Test func modelsAndViews() async throws {
    let users = TableSchema(
      "users",
      columns: [
        ColumnSchema("id", Int64.self, .primaryKey, .generated),
        ColumnSchema("email", String.self, .unique, .comment("where to write")),
        ColumnSchema("name", String?.self), ColumnSchema("age", Int.self, .check("age >= 0"), default: 0),
        ColumnSchema("created_at", Timestamp.self, default: .now),
        ColumnSchema("manager_id", Int64?.self, .references("users", onDelete: .setNull), .indexed),
        ColumnSchema("token", UUID.self, default: .randomUUID),
        ColumnSchema("total", Int.self, .computed("age * 2", stored: false)),
      ], comment: "people")
    let definition = SchemaDefinition(
      schemas: [users],
      views: [ViewSnapshot(ObjectName("adults"), query: SchemaExpression("SELECT id, name FROM users WHERE age >= 18"))]
    )
    try await ScratchSchema.with { scratch in
      let schema = try definition.snapshot(for: scratch.db.dialect)
      try await scratch.create(schema)
      #expect(try await scratch.introspect().schema.differences(from: schema) == [])
    }
  }
}
