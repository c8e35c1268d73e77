import RowanCore

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

enum RawSQLCases {
  static let cases: [ConformanceCase] = [
    ConformanceCase("raw SQL/every interpolation is bound") { trial in
      try await Person.createAndFill(trial.db)
      let db = trial.db
      let name = "Ada'; DROP TABLE people; --"
      let none: [Int64] = try await SQL("SELECT id FROM people WHERE name = \(name)").as(Int64.self).fetchAll(db)
      try expectEqual(none, [])
      let found = try await SQL("SELECT name, age FROM people WHERE id = \(2) OR age > \(Int?.some(36)) ORDER BY id")
        .as(String.self, Int?.self).fetchAll(db)
      try expectRows(found, [("Grace", nil), ("Dennis", 70)], by: ==)
      let query: SQL = "SELECT name FROM people WHERE is_active = \(false)"
      try expectEqual(try await query.as(String.self).fetchOne(db), "Dennis")
      let ids = SQL("SELECT id FROM people WHERE name = \(name)")
      try trial.assertSQL(
        .raw(RawStatement(parts: ids.parts, args: ids.args, access: .read)),
        [
          .sqlite: "SELECT id FROM people WHERE name = ?", .postgres: "SELECT id FROM people WHERE name = $1",
          .mysql: "SELECT id FROM people WHERE name = ?",
        ])
    },
    ConformanceCase("raw SQL/lists") { trial in
      try await Person.createAndFill(trial.db)
      let db = trial.db
      func names(_ ids: [Int64]) async throws -> [String] {
        try await SQL("SELECT name FROM people WHERE id IN (\(list: ids)) ORDER BY id").as(String.self).fetchAll(db)
      }
      try expectEqual(try await names([1, 3]), ["Ada", "Linus"])
      try expectEqual(try await names([2]), ["Grace"])
      try expectEqual(try await names([]), [])
    },
    ConformanceCase("raw SQL/identifiers, tables and fragments") { trial in
      try await Person.createAndFill(trial.db)
      let db = trial.db
      let column = "age"
      let adults = SQL("\(identifier: column) >= \(30)")
      let sorted: SQL = "ORDER BY \(identifier: "people", "id")"
      let query = SQL("SELECT name FROM \(Person.self) WHERE (\(adults)) AND name <> \("Ada") \(sorted)")
      try expectEqual(try await query.as(String.self).fetchAll(db), ["Dennis"])
      try await expectError(.unknownColumn) {
        try await SQL("SELECT \(identifier: "nope\"; --") FROM people WHERE id = \(1) AND \(identifier: "x y") = 1")
          .as(String.self).fetchAll(db)
      }
    },
    ConformanceCase("raw SQL/inside typed queries") { trial in
      try await Person.createAndFill(trial.db)
      let upper = Person.order { $0.id.ascending() }.limit(1).select {
        SQL("upper(\($0.name)) ").expression(String.self)
      }
      try await trial.assertQuery(upper, rows: ["ADA"])
      let least = 8.0
      try await trial.assertQuery(
        Person.where { $0.isActive.isTrue && SQL("\($0.score) > \(least)").condition }.order { $0.id.ascending() }
          .select { $0.name }, rows: ["Ada", "Grace"])
      try await trial.assertQuery(
        Person.where { row in SQL("\(row.age == 36) OR \(row.age == 21)").condition && row.name != "Ada" }
          .select { $0.name }, rows: ["Linus"])
    },
    ConformanceCase("raw SQL/records and whole tables") { trial in
      try await Person.createAndFill(trial.db)
      let people = try await SQL(
        "SELECT id, name, email, age, score, is_active, manager_id FROM people WHERE id < \(3) ORDER BY id"
      ).as(Person.self).fetchAll(trial.db)
      try expectEqual(people, try await Person.where { $0.id < ID(3) }.order { $0.id.ascending() }.fetchAll(trial.db))
    },
    ConformanceCase("raw SQL/every type by position") { trial in
      let db = trial.db
      try await db.createTables([Stored<DecimalKind>.self, Stored<UUIDKind>.self, Stored<TimestampKind>.self])
      let decimal = try expectPresent(Decimal(string: "12345678901234567890.0123456789"))
      try await Stored<DecimalKind>.insert(.init(1, decimal)).run(db)
      let uuid = UUID.v7()
      try await Stored<UUIDKind>.insert(.init(1, uuid)).run(db)
      let instant = Timestamp(microseconds: 1_700_000_000_123_456)
      try await Stored<TimestampKind>.insert(.init(1, instant)).run(db)
      let row = try await SQL(
        """
        SELECT d.value, u.value, t.value, t.maybe FROM \(Stored<DecimalKind>.self) d, \(Stored<UUIDKind>.self) u, \
        \(Stored<TimestampKind>.self) t WHERE u.value = \(uuid) AND t.value = \(instant)
        """
      ).as(Decimal.self, UUID.self, Timestamp.self, Timestamp?.self).fetchOne(db)
      try expectEqual(row.0, decimal)
      try expectEqual(row.1, uuid)
      try expectEqual(row.2, instant)
      try expectEqual(row.3, nil)
    },
    ConformanceCase("raw SQL/writes") { trial in
      try await Person.createAndFill(trial.db)
      let db = trial.db
      let result = try await SQL("UPDATE people SET score = \(1.5) WHERE age > \(30)").run(db)
      try expectEqual(result.affectedRows, 2)
      try await expectError(.uniqueViolation) {
        try await SQL("UPDATE people SET email = \("same")").run(db)
      }
      try expectEqual(try await SQL("DELETE FROM people WHERE id = \(4)").run(db).affectedRows, 1)
    },
    ConformanceCase(
      "raw SQL/writes that return rows", unless: { $0.insertReturning ? nil : "the engine has no INSERT … RETURNING" }
    ) { trial in
      try await trial.db.createTables([Tally.self])
      let id = try await SQL("INSERT INTO tallies (label) VALUES (\("x")) RETURNING id")
        .as(Int64.self, access: .write).fetchOne(trial.db)
      try expectEqual(try await Tally.find(id).fetchOne(trial.db).label, "x")
    },
    ConformanceCase("raw SQL/placeholders and quotes in the text are the user's") { trial in
      try await Person.createAndFill(trial.db)
      let found = try await SQL("SELECT '?', '$1', '100%', \("bound?"), ':a' FROM people WHERE id = \(1)")
        .as(String.self, String.self, String.self, String.self, String.self).fetchOne(trial.db)
      try expect(found == ("?", "$1", "100%", "bound?", ":a"), "\(found)")
    },
    ConformanceCase("raw SQL/syntax errors, unknown tables and columns are typed") { trial in
      try await Person.createAndFill(trial.db)
      let db = trial.db
      try await expectError(.syntaxError) { try await SQL("SELEKT 1").as(Int.self).fetchAll(db) }
      try await expectError(.unknownTable) { try await SQL("SELECT 1 FROM nowhere").as(Int.self).fetchAll(db) }
      try await expectError(.unknownColumn) { try await SQL("SELECT absent FROM people").as(Int.self).fetchAll(db) }
      try await expectError(.emptyStatement) { try await SQL(" ").run(db) }
      try await expectError(.emptyStatement) { try await SQL(" -- nothing").run(db) }
      try await expectError(.emptyStatement) { try await SQL("/* nothing */ ;").as(Int64.self).fetchAll(db) }
      try expectEqual(try await Person.all().fetchCount(db), 4, "the pool is intact")
    },
    ConformanceCase("raw SQL/one statement at a time") { trial in
      try await Person.createAndFill(trial.db)
      let db = trial.db
      try await expectError(.syntaxError, .unsupported, .serverError) {
        try await SQL("DELETE FROM people WHERE id = 4; DELETE FROM people WHERE id = 3").run(db)
      }
      try expectEqual(try await Person.all().fetchCount(db), 4)
    },
  ]
}
