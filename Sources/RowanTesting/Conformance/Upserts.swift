import RowanCore

enum UpsertCases {
  static let cases: [ConformanceCase] = [
    ConformanceCase("upserts/ignore leaves the present row as it is") { trial in
      try await Person.createAndFill(trial.db)
      let db = trial.db
      let one = try await Person.insert(.init("Other", email: "Ada@example.com")).ignoringConflicts().run(db)
      if !trial.capabilities.countsIgnoredRows { try expectEqual(one.affectedRows, 0) }
      let many = try await Person.insert([
        .init("Eve"), .init("Other", email: "Ada@example.com"), .init("Third", email: "Grace@example.com"),
      ]).ignoringConflicts().run(db)
      if !trial.capabilities.countsIgnoredRows { try expectEqual(many.affectedRows, 1) }
      let names = try await Person.order { $0.id.ascending() }.select { $0.name }.fetchAll(db)
      try expectEqual(names, ["Ada", "Grace", "Linus", "Dennis", "Eve"])
    },
    ConformanceCase("upserts/update with the row that could not be inserted") { trial in
      try await Person.createAndFill(trial.db)
      let db = trial.db
      let upsert = Person.insert([
        .init("Countess", email: "Ada@example.com", age: 37, score: 1), .init("Eve", age: 5),
      ]).onConflict({ $0.email }) { row, new in
        row.name = new.name
        row.age = new.age
        row.score = row.score + new.score
      }
      try await upsert.run(db)
      let ada = try await Person.find(ID(1)).fetchOne(db)
      try expectEqual(ada.name, "Countess")
      try expectEqual(ada.age, 37)
      try expectEqual(ada.score, 10.5)
      try expectEqual(try await Person.where { $0.name == "Eve" }.fetchCount(db), 1)
      try expectEqual(try await Person.all().fetchCount(db), 5)
    },
    ConformanceCase("upserts/update with values, and columns of the present row read as they were") { trial in
      try await Person.createAndFill(trial.db)
      let db = trial.db
      try await Person.insert(.init("N", email: "Ada@example.com")).onConflict({ $0.email }) { row, new in
        row.name = row.email
        row.age = row.age + 1
        row.isActive = false
      }.run(db)
      let ada = try await Person.find(ID(1)).fetchOne(db)
      try expectEqual(ada.name, "Ada@example.com")
      try expectEqual(ada.age, 37)
      try expectEqual(ada.isActive, false)
    },
    ConformanceCase("upserts/many rows in one statement and over several batches") { trial in
      let db = trial.db
      try await db.createTables([Person.self])
      let drafts = (0..<130).map { Person.Draft("p\($0)", score: 1) }
      let upsert = Person.insert(drafts).onConflict({ $0.email }) { row, new in row.score = row.score + new.score }
      try await upsert.run(db)
      try await upsert.run(db)
      let scores = try await Person.all().select { ($0.score.min(), $0.score.max(), $0.id.count()) }.fetchOne(db)
      try expectEqual(scores.0, 2)
      try expectEqual(scores.1, 2)
      try expectEqual(scores.2, 130)
    },
    ConformanceCase("upserts/returning gives the rows as they are now") { trial in
      try await Person.createAndFill(trial.db)
      let rows = try await Person.insert([.init("Eve"), .init("Countess", email: "Ada@example.com")])
        .onConflict({ $0.email }) { row, new in row.name = new.name }.returning().fetchAll(trial.db)
      try expectEqual(rows.map(\.name), ["Eve", "Countess"])
      try expectEqual(rows.map(\.email), ["Eve@example.com", "Ada@example.com"])
      try expectEqual(rows.last?.id, ID(1))
      try expectEqual(rows.last?.score, 9.5)
      let ignored = try await Person.insert([.init("Other", email: "Ada@example.com"), .init("New")])
        .ignoringConflicts()
        .returning().fetchAll(trial.db)
      try expectEqual(ignored.map(\.name), ["New"])
      let none = try await Person.insert(.init("Other", email: "Ada@example.com")).ignoringConflicts().returning()
        .fetchFirst(trial.db)
      try expectEqual(none, nil)
    },
    ConformanceCase("upserts/columns that are unique together") { trial in
      try await trial.db.createTables([Membership.self])
      try await Membership.insert(.init(1, 7, "guest")).run(trial.db)
      try await Membership.insert([.init(1, 7, "owner"), .init(2, 7, "guest")])
        .onConflict({ ($0.userID, $0.groupID) }) { row, new in row.role = new.role }.run(trial.db)
      let rows = try await Membership.order { $0.userID.ascending() }.fetchAll(trial.db)
      try expectEqual(rows.map(\.role), ["owner", "guest"])
    },
    ConformanceCase("upserts/another constraint still fails") { trial in
      try await Book.createAndFill(trial.db)
      try await expectError(.checkViolation) {
        try await Book.insert(.init(id: 1, by: 1, "x", pages: 0)).onConflict({ $0.id }) { row, new in
          row.title = new.title
        }
        .run(trial.db)
      }
      try await expectError(.foreignKeyViolation) {
        try await Book.insert(.init(id: 9, by: 99, "x")).onConflict({ $0.id }) { row, new in row.title = new.title }
          .run(trial.db)
      }
      try await expectError(.foreignKeyViolation) {
        try await Book.insert(.init(id: 9, by: 99, "x")).ignoringConflicts().run(trial.db)
      }
    },
    ConformanceCase(
      "upserts/a conflict on another key than the target is a unique violation",
      unless: {
        $0.conflictTarget ? nil : "the engine's upsert takes any unique key for its target"
      }
    ) { trial in
      try await Person.createAndFill(trial.db)
      try await expectError(.uniqueViolation) {
        try await Person.insert(.init(id: 1, "x", email: "new@example.com")).onConflict({ $0.email }) { row, new in
          row.name = new.name
        }.run(trial.db)
      }
    },
    ConformanceCase("upserts/on columns that are unique together") { trial in
      let db = trial.db
      try await db.createTables([Membership.self])
      try await Membership.insert([.init(1, 1, "owner"), .init(1, 2), .init(2, 1)]).run(db)
      let upsert = Membership.insert([.init(1, 2, "admin"), .init(2, 2, "guest")])
        .onConflict({ ($0.userID, $0.groupID) }) { row, new in row.role = new.role }
      try await upsert.run(db)
      let rows = try await Membership.order { $0.userID.ascending() }.order { $0.groupID.ascending() }.fetchAll(db)
      try expectEqual(rows.map(\.role), ["owner", "admin", "member", "guest"])
      let returned = try await upsert.returning().fetchAll(db)
      try expectEqual(returned.map { [$0.userID, $0.groupID] }, [[1, 2], [2, 2]])
      try expectEqual(try await Membership.all().fetchCount(db), 4)
    },
  ]
}
