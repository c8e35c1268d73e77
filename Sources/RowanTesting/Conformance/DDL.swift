import RowanCore

enum DDLCases {
  private static let circle: [any Table.Type] = [
    Linked<LinkedFirst>.self, Linked<LinkedSecond>.self, Linked<LinkedThird>.self,
  ]

  /// A row of the first table, from which the others lead back to it, and one that closes the circle.
  private static func fillCircle(_ db: Database) async throws {
    try await Linked<LinkedFirst>.insert(.init("a", 1)).run(db)
    try await Linked<LinkedThird>.insert(.init("c", 1, to: ("a", 1))).run(db)
    try await Linked<LinkedSecond>.insert(.init("b", 1, to: ("c", 1))).run(db)
    try await Linked<LinkedFirst>.insert(.init("a", 2, to: ("b", 1))).run(db)
    try await expectError(.foreignKeyViolation) {
      try await Linked<LinkedFirst>.insert(.init("a", 3, to: ("c", 1))).run(db)
    }
    try await expectError(.foreignKeyViolation) {
      try await Linked<LinkedSecond>.insert(.init("b", 2, to: ("a", 1))).run(db)
    }
    try await expectError(.foreignKeyViolation) {
      try await Linked<LinkedThird>.insert(.init("c", 2, to: ("b", 1))).run(db)
    }
  }

  static let cases: [ConformanceCase] = [
    ConformanceCase("DDL/referenced tables are created first and dropped last") { trial in
      let db = trial.db
      try await db.createTables([Review.self, Book.self, Person.self])
      try await db.dropTables([Person.self, Review.self, Book.self])
      try await expectError(.unknownTable) { try await Person.all().fetchAll(db) }
    },
    ConformanceCase("DDL/keys over several columns order the tables too") { trial in
      let db = trial.db
      try await db.createTables([Linked<LinkedLeaf>.self, Linked<LinkedRoot>.self])
      try await Linked<LinkedRoot>.insert(.init("a", 1)).run(db)
      try await Linked<LinkedLeaf>.insert(.init("b", 1, to: ("a", 1))).run(db)
      try await expectError(.foreignKeyViolation) {
        try await Linked<LinkedLeaf>.insert(.init("b", 2, to: ("a", 2))).run(db)
      }
      try await db.dropTables([Linked<LinkedRoot>.self, Linked<LinkedLeaf>.self])
      try await expectError(.unknownTable) { try await Linked<LinkedLeaf>.all().fetchAll(db) }
    },
    ConformanceCase("DDL/a table that refers to itself") { trial in
      let db = trial.db
      try await db.createTables([Linked<LinkedSelf>.self])
      try await Linked<LinkedSelf>.insert(.init("a", 1)).run(db)
      try await Linked<LinkedSelf>.insert(.init("a", 2, to: ("a", 1))).run(db)
      try await expectError(.foreignKeyViolation) {
        try await Linked<LinkedSelf>.insert(.init("a", 3, to: ("b", 1))).run(db)
      }
      try await db.dropTables([Linked<LinkedSelf>.self])
      try await expectError(.unknownTable) { try await Linked<LinkedSelf>.all().fetchAll(db) }
    },
    ConformanceCase("DDL/tables that refer to each other in a circle") { trial in
      let db = trial.db
      try await db.createTables(circle)
      try await fillCircle(db)
      try await db.dropTables(circle)
      try await expectError(.unknownTable) { try await Linked<LinkedFirst>.all().fetchAll(db) }
      try await expectError(.unknownTable) { try await Linked<LinkedSecond>.all().fetchAll(db) }
      try await expectError(.unknownTable) { try await Linked<LinkedThird>.all().fetchAll(db) }
      try await expectError(.unknownTable) { try await db.dropTables(circle) }
      try await db.createTables(circle.reversed())
      try await fillCircle(db)
      try await trial.expectIntact()
    },
    ConformanceCase("DDL/a circle of tables, if it exists, if it does not") { trial in
      let db = trial.db
      try await db.dropTables(circle, ifExists: true)
      try await db.createTables(circle, ifNotExists: true)
      try await fillCircle(db)
      try await db.createTables(circle, ifNotExists: true)
      try expectEqual(try await Linked<LinkedFirst>.all().fetchCount(db), 2)
      try await expectError(.foreignKeyViolation) {
        try await Linked<LinkedThird>.insert(.init("c", 9, to: ("nowhere", 9))).run(db)
      }
      try await db.dropTables(circle, ifExists: true)
      try await expectError(.unknownTable) { try await Linked<LinkedThird>.all().fetchAll(db) }
      try await db.dropTables(circle, ifExists: true)
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
