import RowanCore

enum TransactionCases {
  private struct Enough: Error, Equatable {}

  private static func count(_ db: some QueryExecutor) async throws -> Int {
    try await db.execute(LogLine.all().statement) { source in
      var rows = 0
      while try source.next() { rows += 1 }
      return rows
    }
  }

  static let cases: [ConformanceCase] =
    ending + [
      ConformanceCase("transactions/all access modes and isolation levels are taken") { trial in
        try await trial.db.createTables([LogLine.self])
        for isolation in [nil] + TransactionOptions.Isolation.allCases.map(Optional.some) {
          try await trial.db.transaction(isolation: isolation) { transaction in
            try await LogLine.insert(LogLine.Draft(1, "")).run(transaction)
          }
          _ = try await trial.db.transaction(isolation: isolation, access: .read) { try await count($0) }
        }
        try expectEqual(try await count(trial.db), 5)
      },
      ConformanceCase("transactions/read only ones refuse writes") { trial in
        try await trial.db.createTables([LogLine.self])
        try await trial.db.transaction(access: .read) { transaction in
          try expectEqual(try await count(transaction), 0)
        }
        try await expectError(.readOnlyTransaction) {
          try await trial.db.transaction(access: .read) {
            try await LogLine.insert(LogLine.Draft(1, "")).run($0)
          }
        }
        try await expectError(.readOnlyTransaction) {
          try await trial.db.read { try await SQL("DELETE FROM \(LogLine.self)").run($0) }
        }
        try await expectError(.readOnlyTransaction) {
          try await trial.db.read { transaction in
            try await transaction.batch { $0.add(LogLine.insert(LogLine.Draft(1, ""))) }
          }
        }
        try expectEqual(try await count(trial.db), 0)
        // The next one on the same connection may write again.
        for index in 0..<8 { try await LogLine.insert(LogLine.Draft(index, "")).run(trial.db) }
        try await trial.expectIntact()
      },
      ConformanceCase("transactions/a read sees one state of the data, whatever is written meanwhile") { trial in
        try await trial.db.createTables([LogLine.self])
        try await LogLine.insert(LogLine.Draft(1, "a")).run(trial.db)
        let other = try await trial.open()
        try await trial.db.read { transaction in
          try expectEqual(try await count(transaction), 1)
          try await LogLine.insert(LogLine.Draft(2, "b")).run(other)
          try await LogLine.update { $0.text = "changed" }.all.run(other)
          try expectEqual(try await count(other), 2)
          try expectEqual(try await count(transaction), 1, "inside")
          try expectEqual(try await LogLine.all().fetchOne(transaction).text, "a")
        }
        try expectEqual(try await count(trial.db), 2, "afterwards")
      },
      ConformanceCase(
        "transactions/read committed sees what others commit",
        unless: { $0.isolationLevels ? nil : "every transaction is serializable" }
      ) { trial in
        try await trial.db.createTables([LogLine.self])
        let other = try await trial.open()
        try await trial.db.transaction(isolation: .readCommitted) { transaction in
          try expectEqual(try await count(transaction), 0)
          try await LogLine.insert(LogLine.Draft(1, "")).run(other)
          try expectEqual(try await count(transaction), 1)
        }
      },
      ConformanceCase("transactions/nobody sees what is not committed") { trial in
        try await trial.db.createTables([LogLine.self])
        let other = try await trial.open()
        try await trial.db.transaction { transaction in
          try await LogLine.insert(LogLine.Draft(1, "")).run(transaction)
          try expectEqual(try await count(transaction), 1)
          try expectEqual(try await count(other), 0)
        }
        try expectEqual(try await count(other), 1)
      },
      ConformanceCase("transactions/an empty one is nothing") { trial in
        let log = EventLog(trial.db)
        try expectEqual(try await trial.db.transaction { _ in 5 }, 5)
        try expectEqual(try await trial.db.read { _ in 6 }, 6)
        do { try await trial.db.transaction { _ in throw Enough() } } catch is Enough {}
        // What is refused before it is sent leaves it empty.
        try await expectError(.missingWhere) { try await trial.db.transaction { try await LogLine.delete().run($0) } }
        _ = try await trial.db.transaction { try await $0.batch { _ in } }
        try expectEqual(await log.statements().kinds, ["queryError"])
        log.stop()
        try await trial.expectIntact()
      },
      ConformanceCase("transactions/an escaped handle is refused") { trial in
        try await trial.db.createTables([LogLine.self])
        let escaped = try await trial.db.transaction { $0 }
        try await expectError(.transactionClosed) { try await LogLine.insert(LogLine.Draft(1, "")).run(escaped) }
        try await expectError(.transactionClosed) { try await LogLine.all().fetchAll(escaped) }
        try await expectError(.transactionClosed) { try await escaped.savepoint { _ in } }
        try await expectError(.transactionClosed) { try await escaped.batch { $0.add(LogLine.delete().all) } }
        try await expectError(.transactionClosed) { for try await _ in LogLine.all().stream(escaped) {} }
        try expectEqual(try await count(trial.db), 0)
        try await trial.expectIntact()
      },
      ConformanceCase("transactions/a swallowed error never commits half of what was asked for") { trial in
        try await Person.createAndFill(trial.db)
        let outcome = Notes<RowanError.Code>()
        do {
          try await trial.db.transaction { transaction in
            try await Person.insert(Person.Draft(id: 5, "Barbara")).run(transaction)
            _ = try? await Person.insert(Person.Draft(id: 1, "Twice")).run(transaction)
          }
        } catch let error as RowanError {
          outcome.add(error.code)
        }
        let people = try await Person.all().fetchCount(trial.db)
        // PostgreSQL refuses everything after an error, COMMIT included; the others undo the failed statement alone.
        // https://www.postgresql.org/docs/15/tutorial-transactions.html
        if let aborts = trial.expected([.postgres: true, .sqlite: false, .mysql: false]) {
          try expectEqual(outcome.all, aborts ? [.transactionAborted] : [], "outcome")
        }
        try expectEqual(people, outcome.all.isEmpty ? 5 : 4, "people")
        try await trial.expectIntact()
      },
      ConformanceCase("transactions/statements after an error are run, or refused as what they are") { trial in
        try await Person.createAndFill(trial.db)
        let codes = Notes<RowanError.Code>()
        do {
          try await trial.db.transaction { transaction in
            _ = try? await Person.insert(Person.Draft(id: 1, "Twice")).run(transaction)
            do { _ = try await Person.all().fetchCount(transaction) } catch let error as RowanError {
              codes.add(error.code)
            }
          }
        } catch let error as RowanError {
          codes.add(error.code)
        }
        try expect(codes.all.isEmpty || codes.all == [.transactionAborted, .transactionAborted], "\(codes.all)")
        try await trial.expectIntact()
      },
      ConformanceCase("transactions/statements that open or end one by hand leak nothing to the next user") { trial in
        try await trial.db.createTables([LogLine.self])
        for _ in 0..<8 {
          // An engine may refuse it, or run it; either way it ends with the statement's connection.
          do { try await SQL("BEGIN").run(trial.db) } catch let error as RowanError where error.code == .unsupported {}
          try await LogLine.insert(LogLine.Draft(1, "kept")).run(trial.db)
        }
        let other = try await trial.open()
        try expectEqual(try await count(other), 8)
        try await trial.expectIntact()
      },
      ConformanceCase("transactions/one that ends by hand inside is noticed or harmless") { trial in
        try await trial.db.createTables([LogLine.self])
        for sql in ["COMMIT", "ROLLBACK"] as [SQL] {
          do {
            try await trial.db.transaction { transaction in
              try await LogLine.insert(LogLine.Draft(1, "")).run(transaction)
              try await sql.run(transaction)
            }
          } catch is RowanError {}
        }
        try await trial.expectIntact()
      },
      ConformanceCase("transactions/work left behind in a task is waited for or refused, never run outside") { trial in
        try await trial.db.createTables([LogLine.self])
        let started = Latch()
        let left = try await trial.db.transaction { transaction in
          let task = Task {
            var inserted = 0
            while !Task.isCancelled {
              do {
                try await LogLine.insert(LogLine.Draft(inserted, "")).run(transaction)
              } catch let error as RowanError where error.code == .transactionClosed {
                return inserted
              }
              inserted += 1
              started.open()
            }
            return -1
          }
          await started.wait()
          return task
        }
        let inserted = try await left.value
        try expectEqual(try await count(trial.db), inserted)
        try await trial.expectIntact()
      },
    ]

  private static let ending: [ConformanceCase] = [
    ConformanceCase("transactions/commit on return, with the closure's value") { trial in
      try await trial.db.createTables([LogLine.self])
      let value = try await trial.db.transaction { transaction in
        try await LogLine.insert(LogLine.Draft(1, "")).run(transaction)
        try await LogLine.insert(LogLine.Draft(2, "")).run(transaction)
        return try await LogLine.all().fetchCount(transaction)
      }
      try expectEqual(value, 2)
      let other = try await trial.open()
      try expectEqual(try await count(other), 2)
    },
    ConformanceCase("transactions/rollback on throw, with the closure's error") { trial in
      try await trial.db.createTables([LogLine.self])
      do {
        try await trial.db.transaction { transaction in
          try await LogLine.insert(LogLine.Draft(1, "")).run(transaction)
          throw Enough()
        }
        throw RowanError.internalFailure("nothing was thrown")
      } catch let error as Enough {
        try expectEqual(error, Enough())
      }
      try expectEqual(try await count(trial.db), 0)
      try await trial.expectIntact()
    },
    ConformanceCase("transactions/rollback after many failures leaves no connection behind") { trial in
      try await Person.createAndFill(trial.db)
      for index in 0..<20 {
        try await expectError(.uniqueViolation, .syntaxError, .unknownTable) {
          try await trial.db.transaction { transaction in
            try await Person.insert(Person.Draft(id: 50, "Barbara")).run(transaction)
            switch index % 3 {
            case 0: try await Person.insert(Person.Draft(id: 1, "Twice")).run(transaction)
            case 1: try await SQL("SELEKT 1").run(transaction)
            default: _ = try await LogLine.all().fetchAll(transaction)
            }
          }
        }
      }
      try expectEqual(try await Person.all().fetchCount(trial.db), 4)
      try await trial.expectIntact()
    },
    ConformanceCase("transactions/hooks run once each, in order, after the end they are for") { trial in
      try await trial.db.createTables([LogLine.self])
      let notes = Notes<String>()
      let db = trial.db
      try await db.transaction { transaction in
        transaction.onCommit {
          // The connection is free again.
          let rows = (try? await LogLine.all().fetchCount(db)) ?? -1
          notes.add("commit 1 of \(rows)")
        }
        transaction.onRollback { notes.add("rollback") }
        try await LogLine.insert(LogLine.Draft(1, "")).run(transaction)
        transaction.onCommit { notes.add("commit 2") }
        notes.add("body")
      }
      try expectEqual(notes.all, ["body", "commit 1 of 1", "commit 2"])
      let undone = Notes<String>()
      do {
        try await db.transaction { transaction in
          transaction.onCommit { undone.add("commit") }
          transaction.onRollback { undone.add("rollback 1") }
          transaction.onRollback { undone.add("rollback 2") }
          try await LogLine.insert(LogLine.Draft(1, "")).run(transaction)
          throw Enough()
        }
      } catch is Enough {}
      try expectEqual(undone.all, ["rollback 1", "rollback 2"])
    },
    ConformanceCase("transactions/hooks of a savepoint follow its fate") { trial in
      try await trial.db.createTables([LogLine.self])
      let notes = Notes<String>()
      try await trial.db.transaction { transaction in
        try await transaction.savepoint { inner in
          inner.onCommit { notes.add("kept") }
          inner.onRollback { notes.add("never") }
        }
        do {
          try await transaction.savepoint { inner in
            inner.onCommit { notes.add("never") }
            inner.onRollback { notes.add("undone") }
            try await inner.savepoint { innermost in innermost.onCommit { notes.add("never") } }
            throw Enough()
          }
        } catch is Enough {}
        transaction.onCommit { notes.add("outer") }
        notes.add("body")
      }
      try expectEqual(notes.all, ["body", "kept", "undone", "outer"])
    },
    ConformanceCase("transactions/a commit that fails runs the rollback hooks") { trial in
      try await trial.db.createTables([LogLine.self])
      let notes = Notes<String>()
      let task = Task { [db = trial.db] in
        try await db.transaction { transaction in
          transaction.onCommit { notes.add("commit") }
          transaction.onRollback { notes.add("rollback") }
          try await LogLine.insert(LogLine.Draft(1, "")).run(transaction)
          withUnsafeCurrentTask { $0?.cancel() }
        }
      }
      try await expectError(.cancelled) { try await task.value }
      try expectEqual(notes.all, ["rollback"])
      try expectEqual(try await count(trial.db), 0)
      try await trial.expectIntact()
    },
  ]
}
