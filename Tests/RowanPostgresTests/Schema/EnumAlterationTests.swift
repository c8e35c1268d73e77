import RowanCore
import RowanPostgres
import Testing

@Suite("Enumerated types and views that change", .postgres)
struct EnumAlterationTests {
  private func schema(_ values: [String], default value: String?, check: String, views: [ViewSnapshot]) throws
    -> SchemaSnapshot
  {
    let mood = ObjectName("Mood \"m")
    let type = SQLType.named(mood.name)
    let table = TableSnapshot(
      ObjectName("people"),
      columns: [
        ColumnSnapshot("id", .integer), ColumnSnapshot("m", type, default: value.map { .literal(.text($0)) }),
        ColumnSnapshot(
          "ms", .array(type), isNullable: true,
          default: .literal(.array(SQLArray(element: type, values: [.text("happy")])))),
      ], checks: [CheckSnapshot("ck_m", SchemaExpression(check))],
      indexes: [
        IndexSnapshot("ix_m", elements: [.column("m")], predicate: SchemaExpression("m <> 'happy'")),
        IndexSnapshot("ix_plain", elements: [.column("m")]),
      ])
    return try PostgresDialect().makeDDLEmitter().normalize(
      SchemaSnapshot(
        dialect: "postgres", enums: [EnumSnapshot(mood, values: values, comment: "moods")], tables: [table],
        views: views))
  }

  private let views = [
    ViewSnapshot(ObjectName("a_second"), query: SchemaExpression("SELECT m FROM z_first"), comment: "v"),
    ViewSnapshot(ObjectName("z_first"), query: SchemaExpression("SELECT m, ms FROM people")),
  ]

  @Test("Values are added where they belong, and removed by making the type anew")
  func values() async throws {
    try await SchemaDatabase.with { db in
      let one = try schema(["sad", "happy"], default: "sad", check: "m <> 'happy' OR id > 0", views: views)
      let two = try schema(
        ["first", "sad", "it's", "mid", "happy", "last"], default: "sad", check: "m <> 'happy' OR id > 0", views: views)
      try await SchemaDatabase.createViews(one, db)
      try await db.run("INSERT INTO people (id) VALUES (1), (2)", "INSERT INTO people VALUES (3, 'happy', '{sad}')")
      let up = try db.emitter.statements(
        for: [.alterEnum(from: one.enums[0], to: two.enums[0])], from: one, to: two, options: DDLOptions())
      #expect(up.count == 4)
      #expect(up.allSatisfy { $0.placement == .committedBefore && $0.facts.count == 1 })
      try await db.apply(up)
      SchemaComparison.expect(try await db.introspect().schema, two)
      let down = try db.emitter.statements(
        for: [.alterEnum(from: two.enums[0], to: one.enums[0])], from: two, to: one, options: DDLOptions())
      // A row that holds a value to remove makes all of it fail.
      try await db.run("INSERT INTO people VALUES (4, 'last')")
      await #expect(throws: RowanError.self) { try await db.apply(down) }
      SchemaComparison.expect(try await db.introspect().schema, two)
      try await db.run("DELETE FROM people WHERE id = 4")
      try await db.apply(down)
      let found = try await db.introspect()
      SchemaComparison.expect(found.schema, one)
      #expect(found.unrepresented == [])
      #expect(
        try await db.text("SELECT string_agg(m::text || ms::text, ' ' ORDER BY id) FROM people")
          == "sad{happy} sad{happy} happy{sad}")
    }
  }

  @Test("A default and a check of a removed value change with it, a view too")
  func removal() async throws {
    try await SchemaDatabase.with { db in
      let one = try schema(["sad", "happy", "odd"], default: "odd", check: "m <> 'odd' OR id > 0", views: views)
      var two = try schema(["happy", "sad"], default: "sad", check: "m <> 'sad' OR id > 0", views: views)
      two.views[0].query = SchemaExpression("SELECT m, 1 AS one FROM z_first")
      try await SchemaDatabase.createViews(one, db)
      try await db.run("INSERT INTO people (id, m) VALUES (1, 'sad')")
      func steps(_ from: SchemaSnapshot, _ to: SchemaSnapshot) -> [SchemaChange] {
        [
          .alterEnum(from: from.enums[0], to: to.enums[0]), .dropView(from.views[0]),
          .alterTable(
            TableAlteration(
              before: from.tables[0], after: to.tables[0],
              changes: [
                .dropCheck(from.tables[0].checks[0]),
                .alterColumn(from: from.tables[0].columns[1], to: to.tables[0].columns[1]),
                .addCheck(to.tables[0].checks[0]),
              ])), .createView(to.views[0]),
        ]
      }
      try await db.apply(try db.emitter.statements(for: steps(one, two), from: one, to: two, options: DDLOptions()))
      SchemaComparison.expect(try await db.introspect().schema, two)
      try await db.apply(try db.emitter.statements(for: steps(two, one), from: two, to: one, options: DDLOptions()))
      SchemaComparison.expect(try await db.introspect().schema, one)
    }
  }

  @Test("A type is renamed under its columns; a column changes its type under views")
  func renames() async throws {
    try await SchemaDatabase.with { db in
      let one = try db.emitter.normalize(
        SchemaSnapshot(
          dialect: "postgres", namespaces: ["n%s 'x"], enums: [EnumSnapshot(ObjectName("mood"), values: ["a"])],
          tables: [
            TableSnapshot(
              ObjectName("t"), columns: [ColumnSnapshot("m", .named("mood")), ColumnSnapshot("n", .integer)])
          ],
          views: [
            ViewSnapshot(ObjectName("b"), query: SchemaExpression("SELECT n FROM t")),
            ViewSnapshot(ObjectName("a"), query: SchemaExpression("SELECT n FROM b"), isMaterialized: true),
          ]))
      var two = one
      let moved = ObjectName("Feeling", namespace: "n%s 'x")
      two.enums[0].name = moved
      two.tables[0].columns[0].type = .named("Feeling", namespace: "n%s 'x")
      two.tables[0].columns[1].type = .bigint
      two.sort()
      try await SchemaDatabase.createViews(one, db)
      func steps(_ from: SchemaSnapshot, _ to: SchemaSnapshot) -> [SchemaChange] {
        [
          .renameEnum(from: from.enums[0].name, to: to.enums[0].name),
          .alterTable(
            TableAlteration(
              before: from.tables[0], after: to.tables[0],
              changes: zip(from.tables[0].columns, to.tables[0].columns).map { .alterColumn(from: $0, to: $1) })),
        ]
      }
      let up = try db.emitter.statements(for: steps(one, two), from: one, to: two, options: DDLOptions())
      #expect(up.filter { $0.sql.contains("TYPE bigint") || $0.sql.contains("USING") }.count == 1)
      try await db.apply(up)
      SchemaComparison.expect(try await db.introspect().schema, two)
      try await db.apply(try db.emitter.statements(for: steps(two, one), from: two, to: one, options: DDLOptions()))
      SchemaComparison.expect(try await db.introspect().schema, one)
    }
  }

  @Test("Tables move to other namespaces and back; everything can be dropped")
  func moves() async throws {
    try await SchemaDatabase.with { db in
      let wanted = try EverythingSchema.snapshot(db.database.dialect)
      try await db.create(wanted)
      let from = ObjectName("no_key")
      let to = ObjectName("Else \"where", namespace: "Other \"Space")
      var moved = wanted
      moved.tables = moved.tables.map { table in
        var table = table
        if table.name == from { table.name = to }
        return table
      }
      moved.sort()
      try await db.apply(
        try db.emitter.statements(
          for: [.renameTable(from: from, to: to)], from: wanted, to: moved, options: DDLOptions()))
      SchemaComparison.expect(try await db.introspect().schema, moved)
      try await db.apply(
        try db.emitter.statements(
          for: [.renameTable(from: to, to: from)], from: moved, to: wanted, options: DDLOptions()))
      SchemaComparison.expect(try await db.introspect().schema, wanted)

      var drops: [SchemaChange] = wanted.views.map { .dropView($0) }
      drops += wanted.tables.filter { !$0.foreignKeys.isEmpty }.map { table in
        var bare = table
        bare.foreignKeys = []
        return .alterTable(
          TableAlteration(before: table, after: bare, changes: table.foreignKeys.map { .dropForeignKey($0) }))
      }
      drops += wanted.tables.map { .dropTable($0) }
      drops += wanted.enums.map { .dropEnum($0) } + wanted.extensions.map { .dropExtension($0) }
      drops += wanted.namespaces.map { .dropNamespace($0) }
      let empty = SchemaSnapshot(dialect: "postgres")
      let statements = try db.emitter.statements(for: drops, from: wanted, to: empty, options: DDLOptions())
      for table in wanted.tables { #expect(statements.contains { $0.loss?.contains(table.name.name) == true }) }
      try await db.apply(statements)
      let found = try await db.introspect()
      #expect(found == IntrospectedSchema(empty))
    }
  }
}

extension SchemaDatabase {
  /// Creates `schema`, whose views come in the order of their names, in the order of what they read: backwards.
  static func createViews(_ schema: SchemaSnapshot, _ db: SchemaDatabase) async throws {
    var bare = schema
    bare.views = []
    try await db.create(bare)
    try await db.apply(
      try db.emitter.statements(
        for: schema.views.reversed().map { .createView($0) }, from: bare, to: schema, options: DDLOptions()))
  }
}
