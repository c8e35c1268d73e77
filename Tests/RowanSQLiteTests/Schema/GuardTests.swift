import RowanCore
import Testing

@testable import RowanSQLite

@Suite("SQLite: a migration that cannot be done changes nothing")
struct GuardTests {
  static let before = schema(
    table(
      "t", column("a", .text), column("b", .bigint),
      indexes: [IndexSnapshot("i", elements: [IndexElement(column: "a")])]),
    table(
      "u", column("t_id", .bigint),
      foreignKeys: [ForeignKeySnapshot("fk", columns: ["t_id"], target: ObjectName("t"), targetColumns: ["id"])]))

  static func changed(_ change: (inout TableSnapshot) -> Void) throws -> SchemaSnapshot {
    var schema = before
    change(&schema.tables[0])
    return try emitter.normalize(schema)
  }

  /// The error of a migration of filled tables, after which nothing is different.
  static func error(
    _ after: SchemaSnapshot, rows: [String], _ location: SourceLocation = #_sourceLocation
  ) async throws -> RowanError? {
    let statements = try steps(try emitter.normalize(before), after)
    return try await withMemory { database in
      try await database.create(before)
      try await database.run(rows)
      let everything = try await database.everything("t", "u")
      let error = await failure(location) { try await database.migrate(statements) }
      #expect(try await database.everything("t", "u") == everything, sourceLocation: location)
      #expect(
        try await database.rows(
          "SELECT foreign_keys, legacy_alter_table FROM pragma_foreign_keys, pragma_legacy_alter_table")
          == [["1", "0"]], sourceLocation: location)
      // What failed once can be tried again once its cause is gone.
      try await database.run("DELETE FROM u", "DELETE FROM t")
      try await database.migrate(statements)
      #expect(try await database.introspect().schema.inOrder == after.inOrder, sourceLocation: location)
      return error
    }
  }

  @Test func columnThatMustHaveAValue() async throws {
    let after = try Self.changed { $0.columns.append(ColumnSnapshot("x", .text)) }
    #expect(try await Self.error(after, rows: ["INSERT INTO t (a) VALUES ('1')"])?.code == .notNullViolation)
  }

  @Test func nullIntoNotNull() async throws {
    let after = try Self.changed { $0.columns[1].isNullable = false }
    #expect(try await Self.error(after, rows: ["INSERT INTO t (b) VALUES (1)"])?.code == .notNullViolation)
  }

  @Test func duplicates() async throws {
    let rows = ["INSERT INTO t (a) VALUES ('1'), ('1')"]
    let unique = try Self.changed { $0.uniques = [UniqueSnapshot("uq", columns: ["a"])] }
    #expect(try await Self.error(unique, rows: rows)?.code == .uniqueViolation)
    let index = try Self.changed {
      $0.indexes.append(IndexSnapshot("j", elements: [IndexElement(column: "a")], isUnique: true))
    }
    #expect(try await Self.error(index, rows: rows)?.code == .uniqueViolation)
  }

  @Test func check() async throws {
    let after = try Self.changed { $0.checks = [CheckSnapshot("small", SchemaExpression("b < 5"))] }
    let error = try await Self.error(after, rows: ["INSERT INTO t (b) VALUES (7)"])
    #expect(error?.code == .checkViolation)
    #expect(error?.server?.constraint == "small")
  }

  @Test func keyWithoutItsRow() async throws {
    let after = try Self.changed {
      $0.foreignKeys = [
        ForeignKeySnapshot("f", columns: ["b"], target: ObjectName("u"), targetColumns: ["id"])
      ]
    }
    let error = try await Self.error(after, rows: ["INSERT INTO t (b) VALUES (7)"])
    #expect(error?.code == .foreignKeyViolation)
    #expect(error?.message.contains("'t' to 'u'") == true)
  }

  @Test func droppedTableThatIsReferredTo() async throws {
    var after = Self.before
    after.tables[1].foreignKeys = []
    after.tables.removeFirst()
    let goal = try emitter.normalize(after)
    let statements = try steps(try emitter.normalize(Self.before), goal)
    try await withMemory { database in
      try await database.create(Self.before)
      try await database.run("INSERT INTO t (a) VALUES ('1')", "INSERT INTO u (t_id) VALUES (1)")
      try await database.migrate(statements)
      #expect(try await database.rows("SELECT t_id FROM u") == [["1"]])
    }
  }

  @Test func narrowingNamesTheColumn() async throws {
    let after = try Self.changed { $0.columns[2].type = .smallint }
    let error = try await Self.error(after, rows: ["INSERT INTO t (b) VALUES (3), (70000)"])
    #expect(error?.code == .checkViolation)
    #expect(error?.message.contains("t.b holds nothing but what smallint can") == true)
    #expect(error?.message.contains("70000") == false)
  }

  /// Run by someone who left foreign keys on, or who would lose a trigger.
  @Test func withoutTheHooks() async throws {
    let after = try Self.changed { $0.columns[2].type = .double }
    let statements = try steps(try emitter.normalize(Self.before), after)
    try await withMemory { database in
      try await database.create(Self.before)
      try await database.run("INSERT INTO t (a) VALUES ('1')")
      let everything = try await database.everything("t", "u")
      func run() async throws {
        try await database.withSchemaSession { session in
          try await session.transaction { transaction in
            for statement in statements { try await transaction.run(text: statement.sql) }
          }
        }
      }
      let keys = await failure { try await run() }
      #expect(keys?.message.contains("foreign keys are off") == true)
      #expect(try await database.everything("t", "u") == everything)
      try await database.run("CREATE TRIGGER tr AFTER INSERT ON T BEGIN SELECT 1; END")
      let trigger = await failure {
        try await database.withSchemaSession { session in
          try await session.run(text: "PRAGMA foreign_keys=OFF")
          try await session.transaction { transaction in
            for statement in statements { try await transaction.run(text: statement.sql) }
          }
        }
      }
      #expect(trigger?.message.contains("loses no trigger") == true)
      try await database.migrate(statements)
      #expect(try await database.introspect().unrepresented.map(\.name) == ["T.tr"])
    }
  }

  /// A view or a trigger nobody told the migration of, which names what it takes away.
  @Test(arguments: [
    "CREATE VIEW v AS SELECT b FROM t", "CREATE TRIGGER tr AFTER INSERT ON t BEGIN UPDATE t SET a = b; END",
    "CREATE TRIGGER tr AFTER INSERT ON u BEGIN SELECT b FROM t; END",
  ])
  func whatElseNamesAColumn(_ sql: String) async throws {
    let after = try Self.changed {
      $0.columns.remove(at: 2)
      $0.columns[1].isNullable = false
    }
    let statements = try steps(try emitter.normalize(Self.before), after)
    #expect(isRebuild(statements))
    try await withMemory { database in
      try await database.create(Self.before)
      try await database.run(sql)
      let everything = try await database.everything("t", "u")
      let error = await failure { try await database.migrate(statements) }
      #expect(error?.code == .syntaxError)
      #expect(error?.message.contains("no such column: b") == true)
      #expect(try await database.everything("t", "u") == everything)
    }
  }

  /// A view that is made again for the sake of a table keeps what it has.
  @Test func triggersOfAView() async throws {
    let view = ViewSnapshot(ObjectName("v"), query: SchemaExpression("SELECT a FROM t"))
    var before = Self.before
    before.views = [view]
    var after = before
    after.tables[0].columns[2].type = .double
    let statements = try steps(try emitter.normalize(before), try emitter.normalize(after))
    try await withMemory { database in
      try await database.create(before)
      try await database.run("CREATE TRIGGER tr INSTEAD OF INSERT ON v BEGIN INSERT INTO t (a) VALUES (new.a); END")
      try await database.migrate(statements)
      try await database.run("INSERT INTO v (a) VALUES ('x')")
      #expect(try await database.rows("SELECT a FROM t") == [["x"]])
      #expect(statements.contains { $0.sql.contains("view v loses no trigger") })
    }
  }

  @Test func hooksAreForMigrationsThatDropTables() {
    func hooks(_ statements: String...) -> MigrationHooks { emitter.migrationHooks(for: statements) }
    #expect(
      hooks("ALTER TABLE t ADD COLUMN x", "DELETE FROM t", "DROP TABLE temp.x", "DROP VIEW v") == MigrationHooks())
    #expect(hooks("drop table if exists [t] -- x").settings.map(\.name) == ["foreign_keys", "legacy_alter_table"])
    #expect(hooks("DROP TABLE t").asides.isEmpty)
    let rebuilt = hooks("DROP TABLE main.T", "ALTER TABLE new RENAME TO \"t\"").asides
    #expect(rebuilt.map(\.before) == [0] && rebuilt.map(\.after) == [1])
    #expect(rebuilt.first?.query.contains("lower('t')") == true)
    let renamed = hooks(
      "ALTER TABLE s RENAME TO t", "ALTER TABLE t RENAME a TO b", "CREATE TABLE new (b)", "DROP TABLE t",
      "ALTER TABLE new RENAME TO t", "DROP TABLE u", "ALTER TABLE newer RENAME TO u"
    ).asides
    #expect(renamed.map(\.before) == [3, 5] && renamed.map(\.after) == [4, 6])
  }

  /// A migration by hand that builds a table anew in the documented order, and does something about triggers itself.
  @Test(arguments: [
    (["DROP TRIGGER IF EXISTS a"], [], ["b"]), (["DROP TRIGGER a"], [], ["b"]),
    ([], ["CREATE TRIGGER a AFTER UPDATE ON t BEGIN SELECT 2; END"], ["a", "b"]),
    (["CREATE TRIGGER c AFTER UPDATE ON t BEGIN SELECT 3; END"], [], ["a", "b", "c"]),
    (["UPDATE t SET n = 5"], [], ["a", "b"]),
  ])
  func triggersThatTheMigrationKnows(_ before: [String], _ after: [String], _ names: [String]) async throws {
    let rebuild = [
      "CREATE TABLE new (id INTEGER PRIMARY KEY, n TEXT)", "INSERT INTO new SELECT * FROM t", "DROP TABLE t",
      "ALTER TABLE new RENAME TO t",
    ]
    try await withMemory { database in
      try await database.run(
        "CREATE TABLE t (id INTEGER PRIMARY KEY, n)", "CREATE TABLE log (line)", "INSERT INTO t VALUES (1, 2)",
        "CREATE TRIGGER a AFTER UPDATE ON t BEGIN INSERT INTO log VALUES ('a'); END",
        "CREATE TRIGGER b AFTER UPDATE ON t BEGIN INSERT INTO log VALUES ('b'); END")
      try await database.migrate((before + rebuild + after).map { SchemaStatement($0) })
      let left = try await database.rows("SELECT name FROM sqlite_schema WHERE type = 'trigger' ORDER BY name")
      #expect(left == names.map { [$0] })
      let fired = try await database.rows("SELECT count(*) FROM log")
      #expect(fired == [[before.first?.hasPrefix("UPDATE") == true ? "2" : "0"]])
    }
  }

  /// The trigger of a view that makes way would not know the new name.
  @Test func aViewWithTriggersOverATableThatIsRenamed() async throws {
    let statements = [
      "DROP VIEW v", "ALTER TABLE t RENAME TO t2", "CREATE VIEW v AS SELECT a FROM t2",
    ].map { SchemaStatement($0) }
    try await withMemory { database in
      try await database.create(Self.before)
      try await database.run("CREATE VIEW v AS SELECT a FROM t")
      try await database.migrate(statements)
      try await database.run("ALTER TABLE t2 RENAME TO t", "DROP VIEW v", "CREATE VIEW v AS SELECT a FROM t")
      try await database.run("CREATE TRIGGER tr INSTEAD OF INSERT ON v BEGIN INSERT INTO t (a) VALUES (new.a); END")
      let everything = try await database.everything("t", "u")
      let error = await failure { try await database.migrate(statements) }
      #expect(error?.code == .unsupported)
      #expect(error?.message.contains("'tr' of 'v'") == true, "\(error?.message ?? "")")
      #expect(try await database.everything("t", "u") == everything)
    }
  }

  /// A key that is no rowid may hold NULL in SQLite, and would become the next number.
  @Test func aKeyThatIsNull() async throws {
    let after = try Self.changed { $0.columns[2].type = .double }
    let statements = try steps(try emitter.normalize(Self.before), after)
    try await withMemory { database in
      try await database.run(
        "CREATE TABLE t (id INT PRIMARY KEY, a TEXT, b BIGINT)", "CREATE INDEX i ON t (a)",
        "CREATE TABLE u (id INTEGER PRIMARY KEY, t_id BIGINT)", "INSERT INTO t VALUES (NULL, 'x', 1), (5, 'y', 2)")
      let error = await failure { try await database.migrate(statements) }
      #expect(error?.code == .checkViolation)
      #expect(error?.message.contains("the primary key") == true, "\(error?.message ?? "")")
      #expect(try await database.rows("SELECT count(*) FROM t WHERE id IS NULL") == [["1"]])
    }
  }

  /// A table whose triggers follow it to its new name before it is built anew under that, and their texts with it.
  @Test func triggersOfATableThatIsRenamedAndBuiltAnew() async throws {
    var after = try Self.changed {
      $0.name = ObjectName("t2")
      $0.columns[1].name = "a2"
      $0.indexes[0].elements[0].column = "a2"
      $0.columns[2].type = .double
    }
    after.tables[1].columns[1].name = "t2_id"
    after.tables[1].columns[1].type = .text
    after.tables[1].foreignKeys = []
    let goal = try emitter.normalize(after)
    var renames = SchemaRenames()
    renames.tables = [ObjectName("t2"): ObjectName("t")]
    renames.columns = [ObjectName("t2"): ["a2": "a"], ObjectName("u"): ["t2_id": "t_id"]]
    let statements = try steps(try emitter.normalize(Self.before), goal, renames)
    try await withMemory { database in
      try await database.create(Self.before)
      try await database.run(
        "CREATE TABLE log (line)",
        "CREATE TRIGGER t_log AFTER INSERT ON t BEGIN INSERT INTO log SELECT new.a || count(t_id) FROM u; END",
        "CREATE TRIGGER u_log AFTER INSERT ON u BEGIN INSERT INTO log SELECT max(a) FROM t; END",
        "INSERT INTO t (a) VALUES ('x')")
      try await database.migrate(statements)
      try await database.run("INSERT INTO t2 (a2) VALUES ('y')", "INSERT INTO u (t2_id) VALUES ('1')")
      #expect(try await database.rows("SELECT line FROM log") == [["x0"], ["y0"], ["y"]])
      #expect(try await database.introspect().unrepresented.map(\.name).sorted() == ["t2.t_log", "u.u_log"])
    }
  }
}
