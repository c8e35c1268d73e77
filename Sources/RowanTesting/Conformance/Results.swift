import RowanCore

/// What plugins are told of statements that have run.
enum ResultCases {
  private static func observed(_ trial: Trial) async throws -> (db: Database, results: Notes<QueryResult>) {
    let results = Notes<QueryResult>()
    let plugin = HookPlugin("results", results: { results.add($0) })
    return (try await trial.open(plugins: [plugin]), results)
  }

  private static func short(_ results: [QueryResult]) -> [String] {
    results.map {
      "\($0.kind) \($0.tables.map(\.name).joined(separator: " ")) \($0.query.rows) \($0.query.affectedRows)"
    }
  }

  static let cases: [ConformanceCase] = [
    ConformanceCase("results/what ran, on which tables, before the caller goes on") { trial in
      try await Person.createAndFill(trial.db)
      let (db, results) = try await observed(trial)
      var seen = 0
      /// What was told since the last time: at once, not some time later.
      func told() -> [String] {
        let all = results.all
        defer { seen = all.count }
        return short(Array(all[seen...]))
      }
      _ = try await Person.where { $0.age > 30 }.fetchAll(db)
      try expectEqual(told(), ["select people 2 0"])
      _ = try await Person.find(ID(1)).fetchOne(db)
      try expectEqual(told(), ["select people 1 0"])
      try await Person.insert(.init("Eve")).run(db)
      try expectEqual(told(), ["insert people 0 1"])
      try await Person.update { $0.score = 1 }.where { $0.id < ID(3) }.run(db)
      try expectEqual(told(), ["update people 0 2"])
      try await Person.delete().where { $0.name == "Eve" }.run(db)
      try expectEqual(told(), ["delete people 0 1"])
      _ = try await SQL("SELECT name FROM people").as(String.self).fetchAll(db)
      try expectEqual(told(), ["raw  4 0"])
      try await db.createTables([LogLine.self])
      try expect(told().allSatisfy { $0.hasPrefix("schema  ") }, "DDL")
      try await LogLine.insert((0..<120).map { .init($0, "line") }).run(db)
      let bulk = results.all[seen...]
      try expect(bulk.allSatisfy { $0.kind == .insert && $0.tables.map(\.name) == ["log_lines"] }, "\(told())")
      try expectEqual(bulk.map(\.query.affectedRows).reduce(0, +), 120)
      _ = told()
      try await db.batch { batch in
        batch.add(LogLine.insert(.init(0, "x")))
        batch.add(Person.update { $0.score = 2 }.all)
      }
      try expectEqual(told(), ["insert log_lines 0 1", "update people 0 4"])
      _ = try db.sql(Person.all().statement)
      try expectEqual(told(), [], "asking for the text runs nothing")
    },
    ConformanceCase("results/tables of joins, sub-queries and other plugins' rewrites") { trial in
      try await Person.createAndFill(trial.db)
      try await trial.db.createTables([LogLine.self, Tally.self])
      let results = Notes<QueryResult>()
      let audit = HookPlugin(
        "no tallies",
        rewrite: { statement in
          guard case .select(var select) = statement else { return statement }
          let tallies = Select(scope: select.scope + 1, base: .table(Tally.schema))
          select.and(.not(.node(.exists(tallies))))
          return .select(select)
        })
      let watch = HookPlugin("results", results: { results.add($0) })
      let db = try await trial.open(plugins: [watch, audit])
      _ = try await Person.where { p in LogLine.where { $0.text == p.name }.exists() }.fetchAll(db)
      _ = try await Person.join(Person.self) { a, b in a.id == b.id }.select { a, b in (a, b) }.fetchAll(db)
      try await Person.delete().where { p in LogLine.where { $0.text == p.name }.exists() }.run(db)
      try expectEqual(
        results.all.map { $0.tables.map(\.name) },
        [["people", "log_lines", "tallies"], ["people", "tallies"], ["people", "log_lines"]])
    },
    ConformanceCase("results/inside a transaction each statement is told, though it may be undone") { trial in
      try await Person.createAndFill(trial.db)
      let (db, results) = try await observed(trial)
      struct Undo: Error {}
      do {
        try await db.transaction { transaction in
          try await Person.update { $0.score = 1 }.all.run(transaction)
          try expectEqual(results.all.map(\.query.transaction), [transaction.id])
          throw Undo()
        }
      } catch is Undo {}
      try expectEqual(short(results.all), ["update people 0 4"])
    },
    ConformanceCase("results/what failed or was refused is not told") { trial in
      try await Person.createAndFill(trial.db)
      let (db, results) = try await observed(trial)
      try await expectError(.uniqueViolation) { try await Person.insert(.init(id: 1, "Ada")).run(db) }
      try await expectError(.missingWhere) { try await Person.delete().run(db) }
      try await expectError(.decodingFailed) {
        try await SQL("SELECT name FROM people").as(Int64.self).fetchAll(db)
      }
      try expectEqual(results.all.count, 0)
    },
    ConformanceCase("results/a stream is told once, when it ends or is let go") { trial in
      try await trial.db.createTables([LogLine.self])
      try await LogLine.insert((0..<100).map { .init($0, "line") }).run(trial.db)
      let (db, results) = try await observed(trial)
      var count = 0
      for try await _ in LogLine.all().stream(db, batchSize: 30) {
        count += 1
        if count == 50 { try expectEqual(results.all.count, 0, "before the end") }
      }
      try expectEqual(short(results.all), ["select log_lines 100 0"])
      for try await _ in LogLine.all().stream(db, batchSize: 30) { break }
      try expect(await eventually { results.all.count == 2 }, "a stream let go is not told")
    },
    ConformanceCase("results/no value, and listeners are told as ever") { trial in
      try await Person.createAndFill(trial.db)
      let secret = Secret()
      let (db, results) = try await observed(trial)
      try await Person.insert(.init(secret.text, age: 40)).run(db)
      let log = EventLog(db)
      _ = try await Person.where { $0.name == secret.text && $0.score < Double(secret.number) }.fetchAll(db)
      try expectEqual(await log.statements().kinds, ["query"])
      log.stop()
      try await Person.update { $0.name = "x" }.where { $0.name == secret.text }.run(db)
      try expectEqual(short(results.all), ["insert people 0 1", "select people 1 0", "update people 0 1"])
      for result in results.all {
        try expect(result.query.duration > .zero, "it took no time")
        try secret.expectAbsent(from: result.query)
        try secret.expectAbsent(from: "\(result)")
      }
    },
  ]
}
