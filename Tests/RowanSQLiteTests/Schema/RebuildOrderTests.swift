import RowanCore
import Testing

@testable import RowanSQLite

/// The orders in which a table can be built anew that lose rows or break the schema, each shown to do so, beside ours.
@Suite("SQLite: the order in which a table is built anew")
struct RebuildOrderTests {
  static let parent = table(
    "parent", column("name", .text), indexes: [IndexSnapshot("ix_parent", elements: [IndexElement(column: "name")])])
  static let child = table(
    "child", column("parent_id", .bigint),
    foreignKeys: [
      ForeignKeySnapshot(
        "fk", columns: ["parent_id"], target: ObjectName("parent"), targetColumns: ["id"], onDelete: .cascade)
    ])
  static let trigger =
    "CREATE TRIGGER \"log it\" AFTER INSERT ON parent BEGIN INSERT INTO log VALUES (new.name || ';'); END"
  static let view = "CREATE VIEW names AS SELECT name FROM parent"

  static func fill(_ database: Database, view: Bool = false) async throws {
    try await database.create(schema(parent, child))
    try await database.run(
      "CREATE TABLE log (line TEXT)", "INSERT INTO parent (id, name) VALUES (1, 'a'), (2, 'b')",
      "INSERT INTO child (parent_id) VALUES (1), (2)", trigger)
    if view { try await database.run(Self.view) }
  }

  static let create = "CREATE TABLE new_parent (id INTEGER PRIMARY KEY, name TEXT NOT NULL)"
  static let copy = "INSERT INTO new_parent SELECT id, name FROM parent"
  static let drop = "DROP TABLE parent"
  static let rename = "ALTER TABLE new_parent RENAME TO parent"

  /// Runs statements within a transaction, others before it, and says how many children are left.
  static func children(before: [String], _ statements: [String], view: Bool = false) async throws -> String? {
    try await withMemory { database in
      try await fill(database, view: view)
      try await database.withSchemaSession { session in
        for statement in before { try await session.run(text: statement) }
        try await session.transaction { transaction in
          for statement in statements { try await transaction.run(text: statement) }
        }
      }
      return try await database.text("SELECT CAST(count(*) AS TEXT) FROM child")
    }
  }

  @Test func keysSwitchedOffInsideTheTransactionAreNot() async throws {
    let left = try await Self.children(
      before: [], ["PRAGMA foreign_keys=OFF", Self.create, Self.copy, Self.drop, Self.rename])
    #expect(left == "0")
  }

  @Test func deferredKeysCascadeAllTheSame() async throws {
    let left = try await Self.children(
      before: [], ["PRAGMA defer_foreign_keys=ON", Self.create, Self.copy, Self.drop, Self.rename])
    #expect(left == "0")
  }

  @Test func renamingTheOldTableFirstTakesItsReferencesAlong() async throws {
    try await withMemory { database in
      try await Self.fill(database)
      try await database.run(
        "PRAGMA foreign_keys=OFF", "ALTER TABLE parent RENAME TO old_parent",
        "CREATE TABLE parent (id INTEGER PRIMARY KEY, name TEXT NOT NULL)",
        "INSERT INTO parent SELECT id, name FROM old_parent", "DROP TABLE old_parent")
      let child = try await database.introspect().schema.table(ObjectName("child"))
      #expect(child?.foreignKeys.first?.target.name == "old_parent")
      let error = await failure { try await database.run("INSERT INTO child (parent_id) VALUES (1)") }
      #expect(error?.code == .unknownTable)
    }
  }

  @Test func aViewStopsTheRename() async throws {
    let error = await failure {
      _ = try await Self.children(
        before: ["PRAGMA foreign_keys=OFF"], [Self.create, Self.copy, Self.drop, Self.rename], view: true)
    }
    #expect(error?.code == .syntaxError)
    #expect(error?.message.contains("error in view names") == true)
  }

  @Test func triggersAndIndexesGoWithTheTable() async throws {
    try await withMemory { database in
      try await Self.fill(database)
      try await database.run("PRAGMA foreign_keys=OFF", Self.create, Self.copy, Self.drop, Self.rename)
      let found = try await database.introspect()
      #expect(found.schema.table(ObjectName("parent"))?.indexes == [])
      #expect(found.unrepresented == [])
    }
  }

  @Test func keysOffForTheConnectionHideWhatIsBroken() async throws {
    try await withMemory { database in
      try await Self.fill(database)
      // Without a check before the commit, a copy that leaves rows out goes unnoticed.
      try await database.run(
        "PRAGMA foreign_keys=OFF", Self.create, "INSERT INTO new_parent SELECT id, name FROM parent WHERE id = 1",
        Self.drop, Self.rename)
      #expect(try await database.rows("SELECT \"table\" FROM pragma_foreign_key_check") == [["child"]])
    }
  }

  /// Ours: rows of both tables, the index, the trigger, the view and the reference are all there.
  @Test func ours() async throws {
    var after = Self.parent
    after.columns[1].isNullable = false
    let before = try emitter.normalize(schema(Self.parent, Self.child))
    let goal = try emitter.normalize(schema(after, Self.child))
    let statements = try steps(before, goal)
    #expect(isRebuild(statements))
    try await withMemory { database in
      try await Self.fill(database, view: true)
      try await database.migrate(statements)
      let found = try await database.introspect()
      #expect(found.schema.tables.filter { $0.name.name != "log" } == goal.tables)
      #expect(found.schema.views.map(\.name.name) == ["names"])
      #expect(found.unrepresented.map(\.name) == ["parent.log it"])
      #expect(try await database.rows("SELECT id, parent_id FROM child") == [["1", "1"], ["2", "2"]])
      #expect(try await database.rows("SELECT * FROM names ORDER BY 1") == [["a"], ["b"]])
      try await database.run("INSERT INTO parent (name) VALUES ('c')", "DELETE FROM parent WHERE id = 1")
      #expect(try await database.rows("SELECT line FROM log") == [["c;"]])
      #expect(try await database.rows("SELECT id FROM child") == [["2"]])
      await #expect(throws: RowanError.self) { try await database.run("INSERT INTO parent (name) VALUES (NULL)") }
      await #expect(throws: RowanError.self) { try await database.run("INSERT INTO child (parent_id) VALUES (77)") }
    }
  }
}
