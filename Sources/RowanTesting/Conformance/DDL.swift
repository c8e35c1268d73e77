import RowanCore

enum DDLCases {
  static let cases: [ConformanceCase] = [
    ConformanceCase("DDL/referenced tables are created first and dropped last") { trial in
      let db = trial.db
      try await db.createTables([Review.self, Book.self, Person.self])
      try await db.dropTables([Person.self, Review.self, Book.self])
      try await expectError(.unknownTable) { try await Person.all().fetchAll(db) }
    },
    ConformanceCase("DDL/if it exists, if it does not") { trial in
      let db = trial.db
      try await db.createTables([Person.self])
      try await db.createTables([Person.self], ifNotExists: true)
      try await expectError(.serverError, .syntaxError) { try await db.createTables([Person.self]) }
      try await db.dropTables([Person.self])
      try await db.dropTables([Person.self], ifExists: true)
      try await expectError(.unknownTable) { try await db.dropTables([Person.self]) }
    },
    ConformanceCase("DDL/constraints hold and have names") { trial in
      try await Review.createAndFill(trial.db)
      let db = trial.db
      let once = try await expectError(.uniqueViolation) {
        try await Review.insert(.init(of: 1, by: 2, stars: 1)).run(db)
      }
      try expect(once.constraint == "reviews_once" || once.columns == ["book_id", "reader_id"], "\(once)")
      let stars = try await expectError(.checkViolation) {
        try await Review.insert(.init(of: 3, by: 1, stars: 6)).run(db)
      }
      try expectEqual(stars.constraint, "reviews_stars")
      try await expectError(.checkViolation) { try await Book.insert(.init(by: 1, "x", pages: 0)).run(db) }
      try await expectError(.notNullViolation) {
        try await SQL("INSERT INTO people (email) VALUES (\("a@b"))").run(db)
      }
    },
    ConformanceCase("DDL/defaults of every kind") { trial in
      let db = trial.db
      try await db.createTables([Tally.self, Membership.self])
      try await SQL("INSERT INTO memberships (user_id, group_id) VALUES (1, 1)").run(db)
      try expectEqual(try await Membership.all().fetchOne(db).role, "member")
      try expectEqual(try await Tally.insert(.init()).returning().fetchOne(db).label, "it's")
    },
    ConformanceCase("DDL/generated keys grow and can be given") { trial in
      let db = trial.db
      try await db.createTables([Tally.self])
      let one = try await Tally.insert(.init()).returning().fetchOne(db)
      try await Tally.insert(.init(id: one.id + 10)).run(db)
      try expectEqual(try await Tally.find(one.id + 10).fetchCount(db), 1)
    },
    ConformanceCase("DDL/a statement survives a change of its table") { trial in
      let db = trial.db
      try await db.createTables([Tally.self])
      try await Tally.insert(.init(id: 1)).run(db)
      for _ in 0..<3 { _ = try await Tally.all().fetchAll(db) }
      try await SQL("ALTER TABLE tallies ADD COLUMN extra INTEGER").run(db)
      for _ in 0..<6 { try expectEqual(try await Tally.all().fetchAll(db).count, 1) }
      try await db.dropTables([Tally.self])
      try await db.createTables([Tally.self])
      for _ in 0..<6 { try expectEqual(try await Tally.all().fetchAll(db).count, 0) }
      try await Tally.insert(.init(id: 1)).run(db)
      try expectEqual(try await Tally.find(1).fetchCount(db), 1)
    },
    ConformanceCase("DDL/every column type can be declared") { trial in
      let db = trial.db
      try await db.createTables([
        Stored<Int16Kind>.self, Stored<Int32Kind>.self, Stored<Int64Kind>.self, Stored<UInt8Kind>.self,
        Stored<UInt16Kind>.self, Stored<UInt32Kind>.self, Stored<UInt64Kind>.self, Stored<BoolKind>.self,
        Stored<FloatKind>.self, Stored<DoubleKind>.self, Stored<DecimalKind>.self, Stored<StringKind>.self,
        Stored<VarcharKind>.self, Stored<BytesKind>.self, Stored<UUIDKind>.self, Stored<TimestampKind>.self,
        Stored<CalendarDateKind>.self, Stored<TimeOfDayKind>.self, Stored<IntervalKind>.self,
        Stored<DocumentKind>.self, Stored<IntegersKind>.self,
      ])
    },
  ]
}
