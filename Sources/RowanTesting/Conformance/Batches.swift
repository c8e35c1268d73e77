import RowanCore

enum BatchCases {
  static let cases: [ConformanceCase] = [
    ConformanceCase("batches/an empty batch does nothing") { trial in
      try expectEqual(try await trial.db.batch { _ in }, [])
      try await trial.db.transaction { try expectEqual(try await $0.batch { _ in }, []) }
    },
    ConformanceCase("batches/different statements, with counts in order") { trial in
      try await Person.createAndFill(trial.db)
      let results = try await trial.db.batch {
        $0.add(Person.insert(Person.Draft(id: 5, "Barbara", age: 40)))
        $0.add(Person.update { $0.age = 1 }.where { $0.isActive == true })
        $0.add(Person.delete().where { $0.id == ID(99) })
        $0.add(SQL("DELETE FROM \(Person.self) WHERE name = \("Barbara")"))
        $0.add(Person.update { $0.score = 0.0 }.all)
      }
      try expectEqual(results.map(\.affectedRows), [1, 4, 0, 1, 4])
    },
    ConformanceCase("batches/one result for each that was added, whatever it takes to run it") { trial in
      try await trial.db.createTables([Tally.self])
      let results = try await trial.db.batch {
        $0.add(Tally.insert([]))
        // Three sets of columns.
        $0.add(Tally.insert([.init(id: 1), .init(id: 2, count: 2), .init(id: 3), .init(id: 4, note: .some("n"))]))
        $0.add(Tally.update { $0.count = 9 }.where { $0.id == 1 })
      }
      try expectEqual(results.map(\.affectedRows), [0, 4, 1])
      let rows = try await Tally.order { $0.id.ascending() }.fetchAll(trial.db)
      try expectEqual(rows.map(\.count), [9, 2, 7, 7])
      try expectEqual(rows.map(\.note), [nil, nil, nil, "n"])
    },
    ConformanceCase("batches/a long insert in a batch is split as it is elsewhere") { trial in
      try await trial.db.createTables([LogLine.self])
      let results = try await trial.db.batch {
        $0.add(LogLine.insert((0..<20_000).map { LogLine.Draft($0, "line \($0)") }))
        $0.add(LogLine.delete().where { $0.level < 5 })
      }
      try expectEqual(results.map(\.affectedRows), [20_000, 5])
    },
    ConformanceCase("batches/a thousand statements") { trial in
      try await trial.db.createTables([LogLine.self])
      let results = try await trial.db.batch { batch in
        for index in 0..<1000 { batch.add(LogLine.insert(LogLine.Draft(index, "line \(index)"))) }
      }
      try expectEqual(results.count, 1000)
      try expect(results.allSatisfy { $0.affectedRows == 1 }, "a count is not 1")
      let levels = try await LogLine.order { $0.level.ascending() }.select { $0.level }.fetchAll(trial.db)
      try expectEqual(levels, Array(0..<1000))
    },
    ConformanceCase("batches/a failure midway undoes all of it") { trial in
      try await Person.createAndFill(trial.db)
      let error = try await expectError(.uniqueViolation) {
        try await trial.db.batch {
          $0.add(Person.insert(Person.Draft(id: 5, "Barbara")))
          $0.add(Person.insert(Person.Draft(id: 5, "Again")))
          $0.add(Person.insert(Person.Draft(id: 6, "Never")))
        }
      }
      try expect(error.sql?.isEmpty == false, "the failing statement is not named")
      try expectEqual(try await Person.all().fetchCount(trial.db), 4)
      try await trial.expectIntact()
    },
    ConformanceCase("batches/a value that cannot be sent undoes all of it") { trial in
      try await trial.db.createTables([LogLine.self, Stored<DoubleKind>.self])
      // No engine has a table of this name.
      try await expectError(.unknownTable) {
        try await trial.db.batch {
          $0.add(LogLine.insert(LogLine.Draft(1, "a")))
          $0.add(SQL("DELETE FROM no_such_table"))
        }
      }
      try await expectError(.encodingFailed, .valueOutOfRange, .syntaxError) {
        try await trial.db.batch {
          $0.add(LogLine.insert(LogLine.Draft(2, "a")))
          $0.add(Stored<DoubleKind>.update { $0.value = .nan }.where { $0.id == 1 })
          $0.add(SQL("THIS IS NO SQL"))
        }
      }
      try expectEqual(try await LogLine.all().fetchCount(trial.db), 0)
      try await trial.expectIntact()
    },
    ConformanceCase("batches/inside a transaction they share its fate") { trial in
      try await trial.db.createTables([LogLine.self])
      struct Enough: Error {}
      do {
        try await trial.db.transaction { transaction in
          let results = try await transaction.batch {
            $0.add(LogLine.insert(LogLine.Draft(1, "a")))
            $0.add(LogLine.insert(LogLine.Draft(2, "b")))
            $0.add(LogLine.update { $0.text = "c" }.all)
          }
          try expectEqual(results.map(\.affectedRows), [1, 1, 2])
          try expectEqual(try await LogLine.where { $0.text == "c" }.fetchCount(transaction), 2)
          throw Enough()
        }
      } catch is Enough {}
      try expectEqual(try await LogLine.all().fetchCount(trial.db), 0)
    },
    ConformanceCase("batches/a failure inside a savepoint leaves the transaction usable") { trial in
      try await Person.createAndFill(trial.db)
      try await trial.db.transaction { transaction in
        try await Person.insert(Person.Draft(id: 5, "Barbara")).run(transaction)
        try await expectError(.uniqueViolation) {
          try await transaction.savepoint { savepoint in
            try await savepoint.batch {
              $0.add(Person.insert(Person.Draft(id: 6, "Gone")))
              $0.add(Person.insert(Person.Draft(id: 1, "Twice")))
            }
          }
        }
        try await Person.insert(Person.Draft(id: 7, "Margaret")).run(transaction)
      }
      let names = try await Person.where { $0.id > ID(4) }.order { $0.id.ascending() }.select { $0.name }
        .fetchAll(trial.db)
      try expectEqual(names, ["Barbara", "Margaret"])
    },
    ConformanceCase("batches/rows nobody reads are thrown away") { trial in
      try await Person.createAndFill(trial.db)
      let results = try await trial.db.batch {
        $0.add(SQL("SELECT id FROM \(Person.self)"))
        $0.add(Person.delete().where { $0.id == ID(4) })
        $0.add(SQL("SELECT id FROM \(Person.self)"))
      }
      try expectEqual(results.count, 3)
      try expectEqual(results.last?.affectedRows ?? -1 >= 0, true)
      try expectEqual(results[1].affectedRows, 1)
      try await trial.expectIntact()
    },
    ConformanceCase("batches/an error in the closure runs nothing") { trial in
      try await trial.db.createTables([LogLine.self])
      struct Enough: Error {}
      do {
        try await trial.db.batch {
          $0.add(LogLine.insert(LogLine.Draft(1, "a")))
          throw Enough()
        }
      } catch is Enough {}
      try expectEqual(try await LogLine.all().fetchCount(trial.db), 0)
    },
  ]
}
