import RowanCore

/// What an engine cannot do is refused before anything is sent, and the error names the feature, the dialect and another
/// way.
enum RefusalCases {
  private static func expectRefusal<R>(
    _ trial: Trial, file: StaticString = #fileID, line: UInt = #line, _ body: () async throws -> R
  ) async throws {
    let error = try await expectError(.unsupported, file: file, line: line, body)
    try expect(
      error.message.contains(trial.engine.name.name), "the dialect is not named: \(error)", file: file, line: line)
    try expect(!(error.hint ?? "").isEmpty, "no other way is named: \(error)", file: file, line: line)
    try await trial.expectIntact()
  }

  static let cases: [ConformanceCase] = [
    ConformanceCase("refusals/a full join", unless: { $0.fullJoin ? "the engine has FULL JOIN" : nil }) { trial in
      try await Book.createAndFill(trial.db)
      try await expectRefusal(trial) {
        try await Person.fullJoin(Book.self) { $0.id == $1.authorID }.fetchAll(trial.db)
      }
    },
    ConformanceCase(
      "refusals/a sub-query grouped or ordered by outer columns",
      unless: { $0.correlatedOrder ? "the engine groups and orders by outer columns" : nil }
    ) { trial in
      try await Book.createAndFill(trial.db)
      try await expectRefusal(trial) {
        try await Person.all().select { person in
          Book.all().group { $0.pages - person.age.coalesce(7) }.select { _, row in row.id.count() }.limit(1).scalar()
        }.fetchAll(trial.db)
      }
      try await expectRefusal(trial) {
        try await Person.all().select { person in
          Book.all().order { ($0.pages - person.age.coalesce(7)).ascending() }.select { $0.pages }.limit(1).scalar()
        }.fetchAll(trial.db)
      }
    },
    ConformanceCase(
      "refusals/a sub-query of HAVING grouped by the outer key",
      unless: { $0.correlatedGroupKeys ? "the engine groups by outer keys" : nil }
    ) { trial in
      try await Book.createAndFill(trial.db)
      try await expectRefusal(trial) {
        try await Book.all().group { $0.pages % 100 }.having { key, _ in
          (key * 0 + 4).in(Book.all().group { $0.pages + key }.select { _, row in row.id.count() })
        }.select { key, _ in key }.fetchAll(trial.db)
      }
    },
    ConformanceCase(
      "refusals/intersections and differences",
      unless: { $0.intersectAndExcept ? "the engine has INTERSECT and EXCEPT" : nil }
    ) { trial in
      try await Person.createAndFill(trial.db)
      let names = Person.all().select { $0.name }
      try await expectRefusal(trial) { try await names.intersect(names).fetchAll(trial.db) }
      try await expectRefusal(trial) { try await names.except(names).fetchAll(trial.db) }
    },
    ConformanceCase("refusals/row locks", unless: { $0.rowLocks ? "the engine has row locks" : nil }) { trial in
      try await Person.createAndFill(trial.db)
      try await expectRefusal(trial) { try await Person.all().locked().fetchAll(trial.db) }
      try await expectRefusal(trial) { try await Person.all().locked(.share, .noWait).fetchAll(trial.db) }
    },
    ConformanceCase(
      "refusals/an upsert on one of several unique keys",
      unless: { $0.conflictTarget ? "the engine's upsert has a target" : nil }
    ) { trial in
      try await Person.createAndFill(trial.db)
      try await expectRefusal(trial) {
        try await Person.insert(.init(id: 1, "x", email: "new@example.com")).onConflict({ $0.email }) { row, new in
          row.name = new.name
        }.run(trial.db)
      }
      try expectEqual(try await Person.find(ID(1)).fetchOne(trial.db).name, "Ada")
    },
    ConformanceCase("refusals/integers above Int64.max", unless: { $0.unsignedBigint ? "the engine has them" : nil }) {
      trial in
      try await trial.db.createTables([Stored<UInt64Kind>.self])
      try await expectError(.valueOutOfRange, .unsupported) {
        try await Stored<UInt64Kind>.insert(.init(1, UInt64.max)).run(trial.db)
      }
      try expectEqual(try await Stored<UInt64Kind>.all().fetchCount(trial.db), 0)
    },
    ConformanceCase("refusals/DDL is undone with its transaction, or commits by itself") { trial in
      struct Undone: Error {}
      do {
        try await trial.db.transaction { tx in
          try await SQL("CREATE TABLE made_inside (id INTEGER)").run(tx)
          throw Undone()
        }
      } catch is Undone {
      } catch let error as RowanError where error.code == .transactionAborted && !trial.capabilities.transactionalDDL {}
      let count = SQL("SELECT count(*) AS n FROM made_inside").as(Int64.self)
      if trial.capabilities.transactionalDDL {
        try await expectError(.unknownTable) { try await count.fetchOne(trial.db) }
      } else {
        try expectEqual(try await count.fetchOne(trial.db), 0)
      }
      try await trial.expectIntact()
    },
  ]
}
