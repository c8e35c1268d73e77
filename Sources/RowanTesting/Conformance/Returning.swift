import RowanCore

enum ReturningCases {
  static let cases: [ConformanceCase] = [
    ConformanceCase("returning/one inserted row, as stored") { trial in
      try await trial.db.createTables([Person.self])
      let ada = try await Person.insert(.init("Ada", age: 36)).returning().fetchOne(trial.db)
      try expectEqual(ada, try await Person.all().fetchOne(trial.db))
      try expectEqual(ada.isActive, true, "a default")
      let again = try await Person.insert(.init(id: 77, "Eve")).returning().fetchOne(trial.db)
      try expectEqual(again.id, ID(77))
    },
    ConformanceCase("returning/many inserted rows, in the order of the drafts") { trial in
      let db = trial.db
      for count in [0, 1, 2, 49, 50, 51, 120] {
        try await db.createTables([Person.self])
        let drafts = (0..<count).map { Person.Draft("p\($0)", email: "\((count - $0) * 7 % 1000)@\($0)", age: $0) }
        let rows = try await Person.insert(drafts).returning().fetchAll(db)
        try expectEqual(rows.map(\.name), drafts.map(\.name), "\(count)")
        try expectEqual(Set(rows.map(\.id)).count, count, "different keys")
        let stored = try await Person.order { $0.age.ascending() }.fetchAll(db)
        try expectEqual(rows, stored, "as stored")
        try await db.dropTables([Person.self])
      }
    },
    ConformanceCase("returning/rows that set different columns keep the order of the drafts") { trial in
      try await trial.db.createTables([Tally.self])
      let rows = try await Tally.insert([
        .init(count: 1), .init(label: "b"), .init(count: 3), .init(), .init(count: 5, note: "n"),
      ]).returning().fetchAll(trial.db)
      try expectEqual(rows.map(\.count), [1, 7, 3, 7, 5])
      try expectEqual(rows.map(\.label), ["it's", "b", "it's", "it's", "it's"])
      try expectEqual(rows.map(\.note), [nil, nil, nil, nil, "n"])
      try expectEqual(try await Tally.all().fetchCount(trial.db), 5)
    },
    ConformanceCase("returning/nothing but defaults") { trial in
      try await trial.db.createTables([Tally.self])
      let tally = try await Tally.insert(.init()).returning().fetchOne(trial.db)
      try expectEqual(tally.count, 7)
      try expectEqual(try await Tally.find(tally.id).fetchOne(trial.db), tally)
    },
    ConformanceCase("returning/a composite key and a key made by the client") { trial in
      try await trial.db.createTables([Membership.self])
      let rows = try await Membership.insert([.init(2, 1), .init(1, 2, "owner")]).returning().fetchAll(trial.db)
      try expectEqual(rows.map(\.role), ["member", "owner"])
      try expectEqual(rows.map(\.userID), [2, 1])
    },
    ConformanceCase("returning/is all or nothing") { trial in
      try await trial.db.createTables([Person.self])
      let db = trial.db
      try await expectError(.uniqueViolation) {
        try await Person.insert([.init("a"), .init("b"), .init("a")]).returning().fetchAll(db)
      }
      try expectEqual(try await Person.all().fetchCount(db), 0)
    },
    ConformanceCase("returning/updated rows") { trial in
      try await Person.createAndFill(trial.db)
      let rows = try await Person.update { $0.score = $0.score + 1 }.where { $0.isActive.isTrue && $0.score < 9 }
        .returning().fetchAll(trial.db)
      try expectEqual(Set(rows.map(\.name)), ["Grace", "Linus"])
      try expectEqual(Set(rows.map(\.score)), [9.25, 8])
      let out = try await Person.update { $0.isActive = false }.where { $0.isActive.isTrue && $0.id < ID(3) }
        .returning().fetchAll(trial.db)
      try expectEqual(Set(out.map(\.isActive)), [false], "rows that the condition no longer finds")
      try expectEqual(out.count, 2)
      let none = try await Person.update { $0.score = 0 }.where { $0.id == ID(99) }.returning().fetchFirst(trial.db)
      try expectEqual(none, nil)
      try await expectError(.notFound) {
        try await Person.update { $0.score = 0 }.where { $0.id == ID(99) }.returning().fetchOne(trial.db)
      }
      try await expectError(.tooManyRows) {
        try await Person.update { $0.score = 0 }.all.returning().fetchOne(trial.db)
      }
    },
    ConformanceCase("returning/deleted rows") { trial in
      try await Person.createAndFill(trial.db)
      let rows = try await Person.delete().where { $0.managerID == ID(1) && $0.name == "Grace" }.returning()
        .fetchAll(trial.db)
      try expectEqual(rows.map(\.name), ["Grace"])
      try expectEqual(rows.first?.score, 8.25)
      try expectEqual(try await Person.all().fetchCount(trial.db), 3)
      let all = try await Person.delete().where { $0.id == ID(4) }.returning().fetchOne(trial.db)
      try expectEqual(all.name, "Dennis")
    },
    ConformanceCase("returning/hundreds of updated rows") { trial in
      let db = trial.db
      try await db.createTables([Person.self])
      try await Person.insert((0..<1200).map { Person.Draft("p\($0)", score: 0) }).run(db)
      let rows = try await Person.update { $0.score = $0.score + 1 }.where { $0.score == 0 }.returning().fetchAll(db)
      try expectEqual(rows.count, 1200)
      try expectEqual(Set(rows.map(\.score)), [1])
      let gone = try await Person.delete().where { $0.score == 1 }.returning().fetchAll(db)
      try expectEqual(gone.count, 1200)
    },
    ConformanceCase("sandbox/what a body throws is thrown on, and rolled back all the same") { trial in
      struct Stop: Error {}
      try await trial.db.createTables([Person.self])
      var isThrown = false
      do {
        try await trial.db.sandbox { tx in
          try await Person.insert(.init("Ada")).run(tx)
          throw Stop()
        }
      } catch is Stop {
        isThrown = true
      }
      try expect(isThrown, "nothing was thrown")
      try expectEqual(try await Person.all().fetchCount(trial.db), 0)
    },
    ConformanceCase("returning/inside a transaction") { trial in
      try await trial.db.createTables([Person.self])
      try await trial.db.sandbox { tx in
        let rows = try await Person.insert([.init("a"), .init("b")]).returning().fetchAll(tx)
        try expectEqual(rows.map(\.name), ["a", "b"])
        let updated = try await Person.update { $0.age = 1 }.where { $0.id == rows[0].id }.returning().fetchOne(tx)
        try expectEqual(updated.age, 1)
        try expectEqual(try await Person.delete().all.returning().fetchAll(tx).count, 2)
      }
      try expectEqual(try await Person.all().fetchCount(trial.db), 0)
    },
  ]
}
