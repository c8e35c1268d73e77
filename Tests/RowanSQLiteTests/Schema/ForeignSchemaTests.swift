import RowanCore
import Testing

@testable import RowanSQLite

@Suite("SQLite: schemas of other programs")
struct ForeignSchemaTests {
  @Test func everyWayToWriteATable() async throws {
    let found = try await withMemory { database in
      try await database.run(
        """
        create table main.[Parent] ( -- the first
          ID integer primary key asc, -- )
          `Name` nvarchar ( 160 ) not null default 'x' collate nocase unique,
          price numeric(10 , 2) default -1.5, made datetime default current_timestamp, flag bool default true,
          bare, "long" unsigned big int default 0x10 check ("long" >= 0), word text default plain,
          generated text generated always as (upper(name)), v as (price + 1) virtual
        )
        """,
        """
        CREATE TABLE IF NOT EXISTS child(a INT REFERENCES parent ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
          b INT CONSTRAINT "to b" REFERENCES parent(id) ON UPDATE SET NULL NOT DEFERRABLE, UNIQUE(A, b)
          CHECK (a > b) CONSTRAINT named CHECK (b > a), FOREIGN KEY (A) REFERENCES PARENT (Id))
        """,
        "CREATE UNIQUE INDEX I ON child(a COLLATE nocase DESC, (b), abs(b)+1, b collate binary) WHERE a /* x */>0",
        "CREATE TABLE copy AS SELECT id, name FROM parent",
        "CREATE TEMP TABLE hidden(x)")
      return try await database.introspect()
    }
    #expect(found.unrepresented == [])
    #expect(found.schema.tables.map(\.name.name) == ["Parent", "child", "copy"])
    let parent = try #require(found.schema.table(ObjectName("Parent")))
    #expect(
      parent.columns.map(\.type) == [
        .bigint, .varchar(160), .custom("numeric(10,2)"), .custom("datetime"), .boolean, .custom(""),
        .unsignedBigint, .text, .text, .custom(""),
      ])
    #expect(parent.primaryKey == PrimaryKeySnapshot(name: "pk_Parent", columns: ["ID"]))
    #expect(parent.columns[0].identity == nil)
    #expect(!parent.columns[0].isNullable)
    #expect(parent.columns[1].collation == "NOCASE")
    #expect(parent.columns[1].defaultValue == .literal(.text("x")))
    #expect(parent.columns[2].defaultValue == .literal(.double(-1.5)))
    #expect(parent.columns[3].defaultValue == .expression(CanonicalText.expression("CURRENT_TIMESTAMP")))
    #expect(parent.columns[4].defaultValue == .literal(.bool(true)))
    #expect(parent.columns[6].defaultValue == .literal(.int(16)))
    #expect(parent.columns[7].defaultValue == .literal(.text("plain")))
    #expect(parent.columns[8].computed?.expression.source == "upper(name)")
    #expect(parent.columns[9].computed?.isStored == false)
    #expect(parent.uniques == [UniqueSnapshot("uq_Parent_Name", columns: ["Name"])])
    #expect(parent.checks.map(\.expression.source) == ["\"long\" >= 0"])
    let child = try #require(found.schema.table(ObjectName("child")))
    #expect(child.foreignKeys.map(\.name) == ["fk_child_a", "fk_child_a_2", "to b"])
    #expect(child.foreignKeys.map(\.target.name) == ["Parent", "Parent", "Parent"])
    #expect(child.foreignKeys.map(\.targetColumns) == [["ID"], ["ID"], ["ID"]])
    #expect(child.foreignKeys.map(\.columns) == [["a"], ["a"], ["b"]])
    #expect(child.foreignKeys.map(\.onDelete) == [.cascade, .noAction, .noAction])
    #expect(child.foreignKeys.map(\.deferral) == [.deferred, .immediate, .immediate])
    #expect(child.uniques == [UniqueSnapshot("uq_child_a_b", columns: ["a", "b"])])
    #expect(child.checks.count == 2)
    #expect(
      child.indexes == [
        IndexSnapshot(
          "I",
          elements: [
            IndexElement(column: "a", descending: true, collation: "NOCASE"),
            IndexElement(expression: CanonicalText.expression("b")),
            IndexElement(expression: CanonicalText.expression("abs(b)+1")), IndexElement(column: "b"),
          ], isUnique: true, predicate: CanonicalText.expression("a /* x */>0"))
      ])
    #expect(child.indexes[0].predicate?.isSame(as: CanonicalText.expression("\"A\" > 0")) == true)
    // What was read can be made again, and then stays as it is.
    try await roundTrip(found.schema)
  }

  @Test func whatASnapshotCannotSay() async throws {
    let found = try await withMemory { database in
      try await database.run(
        "CREATE TABLE a(x TEXT PRIMARY KEY DESC ON CONFLICT REPLACE, y INT CONSTRAINT nn NOT NULL, UNIQUE(y COLLATE nocase))",
        "CREATE TABLE b(x INT REFERENCES missing, y INT REFERENCES a(x) MATCH FULL)",
        "CREATE TABLE twice(x INT CONSTRAINT c CHECK (x > 0) CONSTRAINT c CHECK (x < 9))",
        "CREATE TRIGGER tr AFTER INSERT ON a BEGIN SELECT 1; SELECT 2; END",
        "CREATE VIEW v(one, two) AS SELECT x, y FROM a",
        "CREATE VIRTUAL TABLE f USING fts5(body)")
      return try await database.introspect()
    }
    let lines = found.unrepresented.filter { $0.kind != "shadow table" }.map { "\($0.kind) \($0.name): \($0.reason)" }
      .sorted()
    #expect(
      lines
        == [
          "table option a: ON CONFLICT REPLACE",
          "table option a: the collation 'nocase' of a unique constraint",
          "table option a: the descending order of the primary key",
          "table option a: the name 'nn' of NOT NULL of 'y'",
          "table option b: MATCH FULL",
          "table option b: the foreign key 'fk_b_x', whose target has no such key",
          "table option twice: a second constraint called 'c', read as 'c_2'",
          "trigger a.tr: triggers are not part of a snapshot",
          "virtual table f: its columns are those of a module",
        ].sorted())
    #expect(found.unrepresented.contains { $0.kind == "shadow table" && $0.name == "f_data" })
    #expect(found.schema.tables.map(\.name.name) == ["a", "b", "twice"])
    #expect(
      found.schema.views.map(\.query.source) == [
        "WITH \"v\" (one, two) AS (SELECT x, y FROM a) SELECT * FROM \"v\""
      ])
  }

  @Test func columnsOfAView() async throws {
    try await withMemory { database in
      try await database.run(
        "CREATE TABLE a(x, y)", "INSERT INTO a VALUES (1, 2)", "CREATE VIEW v(one, two) AS SELECT x, y FROM a")
      let found = try await database.introspect().schema
      try await database.run("DROP VIEW v", "CREATE VIEW v AS \(found.views[0].query.source)")
      #expect(try await database.rows("SELECT two, one FROM v") == [["2", "1"]])
      #expect(try await database.introspect().schema == found)
    }
  }

  @Test func tablesLeftOut() async throws {
    let found = try await withMemory { database in
      try await database.run(
        "CREATE TABLE a(x)", "CREATE INDEX ia ON a(x)", "CREATE TABLE b(x)",
        "CREATE TRIGGER tr AFTER INSERT ON a BEGIN SELECT 1; END")
      return try await database.introspect(IntrospectionOptions(excludedTables: [ObjectName("a")]))
    }
    #expect(found.schema.tables.map(\.name.name) == ["b"])
    #expect(found.unrepresented == [])
  }

  /// SQLite rewrites names of renamed columns, and nothing else, in the texts it keeps.
  @Test func textsAfterRenames() async throws {
    let found = try await withMemory { database in
      try await database.run(
        "CREATE TABLE t(a INT CHECK (a > 0), b INT GENERATED ALWAYS AS (a + 1))", "CREATE INDEX i ON t(a) WHERE a > 3",
        "CREATE VIEW v AS SELECT a FROM t", "ALTER TABLE t RENAME COLUMN a TO n", "ALTER TABLE t RENAME TO u",
        "ALTER TABLE u ADD COLUMN c TEXT DEFAULT 'x'")
      return try await database.introspect().schema
    }
    let table = try #require(found.tables.first)
    #expect(table.name.name == "u")
    #expect(table.columns.map(\.name) == ["n", "b", "c"])
    #expect(table.checks[0].expression.isSame(as: CanonicalText.expression("n > 0")) == true)
    #expect(table.indexes[0].predicate?.isSame(as: CanonicalText.expression("n > 3")) == true)
    #expect(found.views[0].query.isSame(as: CanonicalText.expression("SELECT n FROM u")) == true)
  }

  @Test func threeHundredTablesTakeAFixedNumberOfQueries() async throws {
    try await withMemory { database in
      try await database.withSchemaSession { session in
        try await session.transaction { tx in
          for n in 0..<300 {
            try await tx.run(text: "CREATE TABLE t\(n)(id INTEGER PRIMARY KEY, a TEXT CHECK (a <> ''), b INT)")
            try await tx.run(text: "CREATE INDEX i\(n) ON t\(n)(a, b)")
          }
        }
      }
      let clock = ContinuousClock()
      var found: IntrospectedSchema?
      let time = try await clock.measure { found = try await database.introspect() }
      #expect(found?.schema.tables.count == 300)
      #expect(time < .seconds(5))
    }
  }
}
