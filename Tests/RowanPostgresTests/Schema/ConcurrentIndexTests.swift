import RowanCore
import RowanPostgres
import Testing

@Suite("Statements that run outside transactions, or apart", .postgres)
struct ConcurrentIndexTests {
  private let table = TableSnapshot(
    ObjectName("t", namespace: "s s"),
    columns: [ColumnSnapshot("id", .integer), ColumnSnapshot("n", .integer, isNullable: true)],
    primaryKey: PrimaryKeySnapshot(name: "pk_t", columns: ["id"]))

  private func snapshot(_ table: TableSnapshot) -> SchemaSnapshot {
    SchemaSnapshot(dialect: "postgres", namespaces: ["s s"], tables: [table])
  }

  private func statements(
    _ db: SchemaDatabase, _ after: TableSnapshot, _ changes: [TableChange], _ options: DDLOptions
  ) throws -> [SchemaStatement] {
    try db.emitter.statements(
      for: [.alterTable(TableAlteration(before: table, after: after, changes: changes))], from: snapshot(table),
      to: snapshot(after), options: options)
  }

  @Test("A build that left an invalid index behind can be run again")
  func resumed() async throws {
    try await SchemaDatabase.with { db in
      try await db.create(snapshot(table))
      try await db.run("INSERT INTO \"s s\".t VALUES (1, 1), (2, 1)")
      var after = table
      after.indexes = [IndexSnapshot("ix n", elements: [.column("n")], isUnique: true)]
      let index = after.indexes[0]
      let made = try statements(db, after, [.createIndex(index)], DDLOptions(concurrentIndexes: true))
      #expect(made.map(\.placement) == [.outside, .outside])
      #expect(made[0].facts == [])
      #expect(made[1].facts == [SchemaFact(.index, table.name, "ix n")])
      await #expect(throws: RowanError.self) { try await db.apply(made) }
      let between = try await db.introspect()
      #expect(between.schema == snapshot(table))
      #expect(!made[1].facts[0].holds(in: between.schema))
      #expect(between.unrepresented.map(\.kind) == ["invalid index"])
      try await db.run("DELETE FROM \"s s\".t WHERE id = 2")
      try await db.apply(made)
      #expect(try await db.introspect() == IntrospectedSchema(snapshot(after)))
      #expect(made[1].facts[0].holds(in: try await db.introspect().schema))
    }
  }

  @Test("Constraints are added first and checked after, in a transaction of their own")
  func validated() async throws {
    try await SchemaDatabase.with { db in
      try await db.create(snapshot(table))
      try await db.run("INSERT INTO \"s s\".t VALUES (1, 1), (2, NULL)")
      var after = table
      after.columns[1].isNullable = false
      after.checks = [CheckSnapshot("ck", SchemaExpression("n > 0"))]
      after.foreignKeys = [
        ForeignKeySnapshot("fk", columns: ["n"], target: table.name, targetColumns: ["id"], onDelete: .cascade)
      ]
      let made = try statements(
        db, after,
        [
          .alterColumn(from: table.columns[1], to: after.columns[1]), .addCheck(after.checks[0]),
          .addForeignKey(after.foreignKeys[0]),
        ], DDLOptions(validatesSeparately: true))
      #expect(
        made.map(\.placement) == [
          .committedBefore, .committedBefore, .together, .together, .committedBefore, .together, .committedBefore,
          .together,
        ])
      // The row without a number stops it; the constraint that is not checked yet can be checked again.
      await #expect(throws: RowanError.self) { try await db.apply(made) }
      #expect(try await db.introspect().unrepresented.map(\.reason) == ["its rows are not checked yet"])
      try await db.run("UPDATE \"s s\".t SET n = 2 WHERE n IS NULL")
      try await db.apply(Array(made.dropFirst()))
      let found = try await db.introspect()
      SchemaComparison.expect(found.schema, snapshot(after))
      #expect(found.unrepresented == [])
    }
  }

  @Test("What rows do not satisfy fails, and leaves everything as it was")
  func failures() async throws {
    try await SchemaDatabase.with { db in
      try await db.create(snapshot(table))
      try await db.run("INSERT INTO \"s s\".t VALUES (1, 1), (2, 1), (3, NULL)")
      var plain = table
      plain.columns.append(ColumnSnapshot("more", .text))
      var unique = table
      unique.uniques = [UniqueSnapshot("uq", columns: ["n"])]
      var filled = table
      filled.columns[1].isNullable = false
      var checked = table
      checked.checks = [CheckSnapshot("ck", SchemaExpression("n > 1"))]
      let cases: [(TableSnapshot, TableChange, RowanError.Code)] = [
        (plain, .addColumn(plain.columns[2]), .notNullViolation),
        (unique, .addUnique(unique.uniques[0]), .uniqueViolation),
        (filled, .alterColumn(from: table.columns[1], to: filled.columns[1]), .notNullViolation),
        (checked, .addCheck(checked.checks[0]), .checkViolation),
      ]
      for (after, change, code) in cases {
        let made = try statements(db, after, [change], DDLOptions())
        let error = await #expect(throws: RowanError.self) { try await db.apply(made) }
        #expect(error?.code == code)
        #expect(try await db.introspect().schema == snapshot(table))
      }
    }
  }
}
