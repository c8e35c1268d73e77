import RowanCore
import RowanPostgres
import Testing

@Suite("Schemas that change", .postgres)
struct AlterationTests {
  /// Applies A, then the changes to B and back again; each state is as a fresh one would be.
  private func there(
    _ before: TableSnapshot, _ after: TableSnapshot, _ changes: [TableChange], back: [TableChange],
    rows: [String] = [], enums: [EnumSnapshot] = [], options: DDLOptions = DDLOptions(),
    check: (SchemaDatabase) async throws -> Void = { _ in },
    sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    try await SchemaDatabase.with { db in
      let one = try db.emitter.normalize(SchemaSnapshot(dialect: "postgres", enums: enums, tables: [before]))
      let two = try db.emitter.normalize(SchemaSnapshot(dialect: "postgres", enums: enums, tables: [after]))
      try await db.create(one)
      try await db.run(rows)
      let counted = "SELECT count(*)::text FROM "
      let (name, newName) = (try db.emitter.qualified(before.name), try db.emitter.qualified(after.name))
      let count = try await db.text(counted + name)
      let former = two.tables[0].name
      var renamed = one.tables[0]
      renamed.name = former
      var steps: [SchemaChange] = []
      if one.tables[0].name != former { steps.append(.renameTable(from: one.tables[0].name, to: former)) }
      steps.append(.alterTable(TableAlteration(before: renamed, after: two.tables[0], changes: changes)))
      try await db.apply(try db.emitter.statements(for: steps, from: one, to: two, options: options))
      let found = try await db.introspect()
      SchemaComparison.expect(found.schema, two, anyColumnOrder: true, sourceLocation: sourceLocation)
      #expect(found.unrepresented == [], sourceLocation: sourceLocation)
      #expect(try await db.text(counted + newName) == count, sourceLocation: sourceLocation)
      try await check(db)
      var returned = two.tables[0]
      returned.name = one.tables[0].name
      var down: [SchemaChange] = []
      if one.tables[0].name != former { down.append(.renameTable(from: former, to: one.tables[0].name)) }
      down.append(.alterTable(TableAlteration(before: returned, after: one.tables[0], changes: back)))
      try await db.apply(try db.emitter.statements(for: down, from: two, to: one, options: options))
      SchemaComparison.expect(
        try await db.introspect().schema, one, anyColumnOrder: true, sourceLocation: sourceLocation)
      #expect(try await db.text(counted + name) == count, sourceLocation: sourceLocation)
    }
  }

  /// A table of one column that changes, and its rows.
  private func column(
    _ from: ColumnSnapshot, _ to: ColumnSnapshot, values: [String] = ["NULL"], enums: [EnumSnapshot] = [],
    options: DDLOptions = DDLOptions(), expect: [String?]? = nil, sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    let id = ColumnSnapshot("id", .integer)
    let name = ObjectName("T \"t")
    let emitter = PostgresDialect().makeDDLEmitter()
    let before = try emitter.normalize(
      SchemaSnapshot(dialect: "postgres", tables: [TableSnapshot(name, columns: [id, from])])
    ).tables[0]
    let after = try emitter.normalize(
      SchemaSnapshot(dialect: "postgres", tables: [TableSnapshot(name, columns: [id, to])])
    ).tables[0]
    let rows = values.enumerated().map { "INSERT INTO \"T \"\"t\" (id, \"c c\") VALUES (\($0.offset), \($0.element))" }
    try await there(
      before, after, [.alterColumn(from: before.columns[1], to: after.columns[1])],
      back: [.alterColumn(from: after.columns[1], to: before.columns[1])], rows: rows, enums: enums, options: options,
      check: { db in
        for (index, value) in (expect ?? []).enumerated() {
          let found = try await db.text("SELECT \"c c\"::text FROM \"T \"\"t\" WHERE id = \(index)")
          #expect(found == value, sourceLocation: sourceLocation)
        }
      }, sourceLocation: sourceLocation)
  }

  private func c(
    _ type: SQLType, null: Bool = true, default value: DefaultSnapshot? = nil, identity: IdentitySnapshot? = nil,
    collation: String? = nil, comment: String? = nil
  ) -> ColumnSnapshot {
    ColumnSnapshot(
      "c c", type, isNullable: null, default: value, identity: identity, collation: collation, comment: comment)
  }

  @Test("Types change over, and back")
  func types() async throws {
    try await column(c(.integer), c(.bigint), values: ["NULL", "-5"], expect: [nil, "-5"])
    try await column(c(.text), c(.integer), values: ["'42'", "NULL"], expect: ["42", nil])
    try await column(c(.text), c(.decimal(precision: 8, scale: 2)), values: ["'1.50'"], expect: ["1.50"])
    try await column(c(.varchar(9)), c(.uuid), values: ["NULL"], expect: [nil])
    try await column(c(.text), c(.bytes), values: ["'a\\é'"], expect: ["\\x615cc3a9"])
    try await column(c(.boolean), c(.smallint), values: ["true", "false", "NULL"], expect: ["1", "0", nil])
    try await column(c(.double), c(.decimal(precision: 10, scale: 2)), values: ["1.25"], expect: ["1.25"])
    try await column(c(.date), c(.timestamp), values: ["'2024-02-29'"], expect: ["2024-02-29 00:00:00+00"])
    try await column(c(.timestampWithoutTimeZone), c(.timestamp), values: ["'2024-02-29 10:00'"])
    try await column(c(.json), c(.text), values: ["'{\"a\": 1}'"], expect: ["{\"a\": 1}"])
    try await column(c(.jsonText), c(.json), values: ["'[1]'"], expect: ["[1]"])
    try await column(c(.integer), c(.json), values: ["7"], expect: ["7"])
    try await column(c(.array(.integer)), c(.array(.bigint)), values: ["'{1,NULL}'"], expect: ["{1,NULL}"])
    try await column(c(.array(.text)), c(.array(.integer)), values: ["'{1,2}'"], expect: ["{1,2}"])
    try await column(c(.inet), c(.text), values: ["'10.0.0.1'"])
    try await column(c(.text, collation: "C"), c(.text), values: ["'a'"], expect: ["a"])
    try await column(c(.text, collation: "C"), c(.varchar(5), collation: "POSIX"), values: ["'a'"], expect: ["a"])
    try await column(
      c(.text), c(.named("mood")), values: ["'sad'"], enums: [EnumSnapshot(ObjectName("mood"), values: ["sad"])],
      expect: ["sad"])
  }

  @Test("What fills a column changes")
  func defaults() async throws {
    try await column(c(.integer), c(.integer, default: .literal(.int(3)), comment: "it's"))
    try await column(c(.text, default: .literal(.text("7"))), c(.integer, default: .literal(.int(8))), values: ["'1'"])
    try await column(c(.integer, default: .literal(.int(3))), c(.bigint, default: .literal(.int(3))))
    try await column(c(.uuid), c(.uuid, null: false, default: .randomUUID), values: ["gen_random_uuid()"])
    try await column(
      c(.text), c(.text, null: false), values: ["'x'"], options: DDLOptions(validatesSeparately: true))
  }

  @Test("Numbering begins, changes and ends", arguments: [nil, IdentitySnapshot.always, .byDefault, .serial])
  func identity(_ from: IdentitySnapshot?) async throws {
    for to in [nil, IdentitySnapshot.always, .byDefault, .serial] where to != from {
      let values = from == .always ? [] : ["5", "9"]
      try await column(c(.integer, null: false, identity: from), c(.integer, null: false, identity: to), values: values)
      try await column(c(.integer, null: false, identity: from), c(.bigint, null: false, identity: to), values: values)
    }
    try await SchemaDatabase.with { db in
      let before = TableSnapshot(ObjectName("t"), columns: [ColumnSnapshot("id", .integer)])
      try await db.run("CREATE TABLE t (id integer NOT NULL)", "INSERT INTO t VALUES (41)")
      var after = before
      after.columns[0].identity = from ?? .byDefault
      let change = SchemaChange.alterTable(
        TableAlteration(
          before: before, after: after, changes: [.alterColumn(from: before.columns[0], to: after.columns[0])]))
      try await db.apply(
        try db.emitter.statements(
          for: [change], from: SchemaSnapshot(dialect: "postgres", tables: [before]),
          to: SchemaSnapshot(dialect: "postgres", tables: [after]), options: DDLOptions()))
      #expect(try await db.text("INSERT INTO t DEFAULT VALUES RETURNING id::text") == "42")
    }
  }

  @Test("Values that do not fit fail, and leave everything as it was")
  func narrowing() async throws {
    let cases: [(SQLType, SQLType, String)] = [
      (.bigint, .integer, "3000000000"), (.text, .integer, "'x'"), (.text, .varchar(2), "'abc'"),
      (.decimal(precision: 6, scale: 2), .decimal(precision: 6, scale: 1), "1.55"),
      (.decimal(precision: 6, scale: 2), .integer, "1.50"), (.double, .integer, "1.5"), (.double, .real, "0.1"),
      (.double, .bigint, "'NaN'"), (.bigint, .double, "9007199254740993"), (.timestamp, .date, "'2024-01-01 10:00Z'"),
      (.timestamp, .time, "'2024-01-01 10:00Z'"), (.integer, .boolean, "2"), (.uuid, .json, "gen_random_uuid()"),
      (.text, .decimal(precision: 5, scale: 1), "'1.55'"), (.bytes, .text, "'\\xff'"),
      (.array(.bigint), .array(.integer), "'{3000000000}'"), (.interval, .time, "'1 day'"), (.numeric, .numeric, "1"),
    ]
    try await SchemaDatabase.with { db in
      for (index, (from, to, value)) in cases.enumerated() where from != to {
        let before = TableSnapshot(ObjectName("t\(index)"), columns: [ColumnSnapshot("c", from, isNullable: true)])
        var after = before
        after.columns[0].type = to
        let one = SchemaSnapshot(dialect: "postgres", tables: [before])
        try await db.create(one)
        try await db.run("INSERT INTO t\(index) VALUES (NULL), (\(value))")
        let was = try await db.text("SELECT string_agg(c::text, ',') FROM t\(index)")
        let statements = try db.emitter.statements(
          for: [
            .alterTable(
              TableAlteration(
                before: before, after: after, changes: [.alterColumn(from: before.columns[0], to: after.columns[0])]))
          ], from: one, to: SchemaSnapshot(dialect: "postgres", tables: [after]), options: DDLOptions())
        #expect(statements.contains { $0.loss != nil }, "\(from) \(to)")
        await #expect(throws: RowanError.self, "\(from) \(to)") { try await db.apply(statements) }
        #expect(try await db.text("SELECT string_agg(c::text, ',') FROM t\(index)") == was)
        #expect(try await db.introspect().schema.table(ObjectName("t\(index)")) == before)
        try await db.run("DELETE FROM t\(index) WHERE c IS NOT NULL")
        try await db.apply(statements)
        #expect(try await db.introspect().schema.table(ObjectName("t\(index)")) == after)
      }
    }
  }

  @Test("Columns, constraints, indexes, names, comments and options come, go and change", arguments: [false, true])
  func everything(_ online: Bool) async throws {
    let key = PrimaryKeySnapshot(name: "pk_a", columns: ["id"])
    let before = TableSnapshot(
      ObjectName("a"), comment: "was",
      columns: [
        ColumnSnapshot("id", .integer), ColumnSnapshot("old", .text, isNullable: true),
        ColumnSnapshot("gone", .text, isNullable: true, default: .literal(.text("g"))),
        ColumnSnapshot("n", .integer, isNullable: true),
        ColumnSnapshot(
          "twice", .bigint, isNullable: true, computed: ComputedSnapshot(SchemaExpression("n * 2"), isStored: true)),
        ColumnSnapshot("parent", .integer, isNullable: true),
      ],
      primaryKey: key, uniques: [UniqueSnapshot("uq_1", columns: ["n"]), UniqueSnapshot("uq_r", columns: ["old"])],
      checks: [CheckSnapshot("ck_1", SchemaExpression("n > 0")), CheckSnapshot("ck_r", SchemaExpression("n < 1000"))],
      foreignKeys: [
        ForeignKeySnapshot("fk_1", columns: ["parent"], target: ObjectName("a"), targetColumns: ["id"])
      ],
      indexes: [
        IndexSnapshot("ix_1", elements: [.column("old")]), IndexSnapshot("ix_r", elements: [.column("n")]),
        IndexSnapshot("ix_twice", elements: [.column("twice")], predicate: SchemaExpression("twice > 4")),
      ], options: ["fillfactor": "50", "unlogged": "true"])
    let after = TableSnapshot(
      ObjectName("B b"), comment: nil,
      columns: [
        ColumnSnapshot("id", .integer), ColumnSnapshot("New", .text, isNullable: true, comment: "renamed"),
        ColumnSnapshot("n", .bigint, isNullable: false),
        ColumnSnapshot(
          "twice", .bigint, isNullable: true, computed: ComputedSnapshot(SchemaExpression("n * 2"), isStored: true)),
        ColumnSnapshot("parent", .integer, isNullable: true),
        ColumnSnapshot("more", .decimal(precision: 5, scale: 1), default: .literal(.int(2)), comment: "more"),
        ColumnSnapshot(
          "thrice", .bigint, isNullable: true, computed: ComputedSnapshot(SchemaExpression("n * 3"), isStored: true)),
      ],
      primaryKey: PrimaryKeySnapshot(name: "pk_b", columns: ["id"]),
      uniques: [UniqueSnapshot("uq_2", columns: ["n", "more"]), UniqueSnapshot("uq_s", columns: ["New"])],
      checks: [CheckSnapshot("ck_2", SchemaExpression("n <> 7")), CheckSnapshot("ck_s", SchemaExpression("n < 1000"))],
      foreignKeys: [
        ForeignKeySnapshot(
          "fk_2", columns: ["parent"], target: ObjectName("B b"), targetColumns: ["id"], onDelete: .cascade)
      ],
      indexes: [
        IndexSnapshot("ix_2", elements: [.descending("New")], isUnique: true),
        IndexSnapshot("ix_s", elements: [.column("n")]),
        IndexSnapshot("ix_twice", elements: [.column("twice")], predicate: SchemaExpression("twice > 4")),
      ], options: ["autovacuum_enabled": "false"])
    let old = ColumnSnapshot("New", .text, isNullable: true)
    try await there(
      before, after,
      [
        .dropForeignKey(before.foreignKeys[0]), .dropIndex(before.indexes[0]), .dropCheck(before.checks[0]),
        .dropUnique(before.uniques[0]), .renamePrimaryKey(from: "pk_a", to: "pk_b"),
        .renameUnique(from: "uq_r", to: "uq_s"), .renameCheck(from: "ck_r", to: "ck_s"),
        .renameIndex(from: "ix_r", to: "ix_s"), .renameColumn(from: "old", to: "New"), .dropColumn(before.columns[2]),
        .addColumn(after.columns[5]), .addColumn(after.columns[6]), .alterColumn(from: old, to: after.columns[1]),
        .alterColumn(from: before.columns[3], to: after.columns[2]), .addUnique(after.uniques[0]),
        .addCheck(after.checks[0]), .createIndex(after.indexes[0]), .addForeignKey(after.foreignKeys[0]),
        .setComment(nil), .setOptions(after.options),
      ],
      back: [
        .dropForeignKey(after.foreignKeys[0]), .dropIndex(after.indexes[0]), .dropCheck(after.checks[0]),
        .dropUnique(after.uniques[0]), .renamePrimaryKey(from: "pk_b", to: "pk_a"),
        .renameUnique(from: "uq_s", to: "uq_r"), .renameCheck(from: "ck_s", to: "ck_r"),
        .renameIndex(from: "ix_s", to: "ix_r"), .renameColumn(from: "New", to: "old"), .dropColumn(after.columns[5]),
        .dropColumn(after.columns[6]), .addColumn(before.columns[2]),
        .alterColumn(
          from: ColumnSnapshot("old", .text, isNullable: true, comment: "renamed"), to: before.columns[1]),
        .alterColumn(from: after.columns[2], to: before.columns[3]), .addUnique(before.uniques[0]),
        .addCheck(before.checks[0]), .createIndex(before.indexes[0]), .addForeignKey(before.foreignKeys[0]),
        .setComment("was"), .setOptions(before.options),
      ],
      rows: ["INSERT INTO a (id, old, n, parent) VALUES (1, 'x', 1, NULL), (2, 'y', 2, 1)"],
      options: DDLOptions(concurrentIndexes: online, validatesSeparately: online),
      check: { db in
        let row = try await db.text("SELECT \"New\" || n || twice || thrice || more FROM \"B b\" WHERE id = 2")
        #expect(row == "y2462.0")
      })
  }
}

extension DDLEmitter {
  /// A name as it stands in SQL.
  func qualified(_ name: ObjectName) throws -> String {
    try dropTable(name, ifExists: false).joined().replacing("DROP TABLE ", with: "")
  }
}
