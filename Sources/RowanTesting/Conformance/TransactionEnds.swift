import RowanCore

/// Ends of transactions and databases that come from elsewhere, or too late.
enum TransactionEndCases {
  private struct Undo: Error {}

  private static func levels(_ db: Database) async throws -> [Int] {
    try await LogLine.order { $0.level.ascending() }.select { $0.level }.fetchAll(db)
  }

  static let cases: [ConformanceCase] = [
    ConformanceCase("transactions/one ended by hand has failed, and nothing more of it is run") { trial in
      let db = trial.db
      try await db.createTables([LogLine.self])
      let probed = Notes<RowanError.Code>()
      _ = try? await db.transaction { transaction in
        try await LogLine.insert(.init(-1, "probe")).run(transaction)
        do { try await SQL("COMMIT").run(transaction) } catch let error as RowanError { probed.add(error.code) }
      }
      try expectEqual(try await levels(db), [-1])
      // An engine that refuses the statement has nothing to notice: the transaction goes on.
      if probed.all == [.unsupported] { return }
      try await LogLine.delete().all.run(db)
      for (index, end) in (["COMMIT", "ROLLBACK"] as [SQL]).enumerated() {
        try await expectError(.transactionAborted) {
          try await db.transaction { transaction in
            try await LogLine.insert(.init(index * 10, "before")).run(transaction)
            let error = try await expectError(.transactionAborted) { try await end.run(transaction) }
            try expect(error.sql != nil, "the statement is not named")
            try await expectError(.transactionAborted) {
              try await LogLine.insert(.init(index * 10 + 1, "after")).run(transaction)
            }
            try await expectError(.transactionAborted) {
              try await transaction.batch { $0.add(LogLine.insert(.init(index * 10 + 2, "after"))) }
            }
          }
        }
        try await expectError(.transactionAborted) {
          try await db.transaction { transaction in
            try await LogLine.insert(.init(index * 10 + 3, "last")).run(transaction)
            try await expectError(.transactionAborted) { try await end.run(transaction) }
          }
        }
      }
      try expectEqual(try await levels(db), [0, 3])
      try await trial.expectIntact()
    },
    ConformanceCase("transactions/DDL that commits by itself fails the transaction it ends") { trial in
      let db = trial.db
      try await db.createTables([LogLine.self])
      let body: @Sendable (Transaction) async throws -> Void = { transaction in
        try await LogLine.insert(.init(1, "before")).run(transaction)
        try await SQL("CREATE TABLE made_inside (id INTEGER)").run(transaction)
        try await LogLine.insert(.init(2, "after")).run(transaction)
      }
      if trial.capabilities.transactionalDDL {
        try await db.transaction { try await body($0) }
        try expectEqual(try await levels(db), [1, 2])
      } else {
        let error = try await expectError(.transactionAborted) { try await db.transaction { try await body($0) } }
        try expectEqual(error.sql, "CREATE TABLE made_inside (id INTEGER)")
        try expectEqual(try await levels(db), [1])
      }
      try await trial.expectIntact()
    },
    ConformanceCase("transactions/hooks added after the end run if they are due") { trial in
      let db = trial.db
      try await db.createTables([LogLine.self])
      let committed = try await db.transaction { transaction in
        try await LogLine.insert(.init(1, "")).run(transaction)
        return transaction
      }
      let notes = Notes<String>()
      committed.onRollback { notes.add("never") }
      committed.onCommit { notes.add("commit") }
      try expect(await eventually { notes.all == ["commit"] }, "\(notes.all)")
      let undone = Notes<Transaction>()
      do {
        try await db.transaction { transaction in
          undone.add(transaction)
          try await LogLine.insert(.init(2, "")).run(transaction)
          throw Undo()
        }
      } catch is Undo {}
      undone.all[0].onCommit { notes.add("never") }
      undone.all[0].onRollback { notes.add("rollback") }
      try expect(await eventually { notes.all == ["commit", "rollback"] }, "\(notes.all)")
    },
    ConformanceCase("transactions/hooks of a savepoint that has ended follow its fate") { trial in
      let notes = Notes<String>()
      try await trial.db.createTables([LogLine.self])
      try await trial.db.transaction { transaction in
        let kept = try await transaction.savepoint { $0 }
        let undone = Notes<Transaction>()
        do {
          try await transaction.savepoint { inner in
            undone.add(inner)
            try await inner.savepoint { undone.add($0) }
            throw Undo()
          }
        } catch is Undo {}
        for handle in undone.all {
          handle.onCommit { notes.add("never") }
          handle.onRollback { notes.add("undone") }
        }
        kept.onCommit { notes.add("kept") }
        kept.onRollback { notes.add("never") }
      }
      try expectEqual(notes.all, ["undone", "undone", "kept"])
    },
    ConformanceCase("failures/whoever closes a database twice waits twice") { trial in
      let db = try await trial.open()
      let log = EventLog(db)
      let isHeld = Latch()
      let letGo = Latch()
      let transaction = Task {
        try await db.transaction { transaction in
          _ = try await SQL("SELECT 1").as(Int64.self).fetchOne(transaction)
          isHeld.open()
          await letGo.wait()
        }
      }
      await isHeld.wait()
      let notes = Notes<String>()
      let first = Task {
        await db.close(timeout: .seconds(20))
        notes.add("closed")
      }
      try? await Task.sleep(for: .milliseconds(100))
      let second = Task {
        await db.close(timeout: .seconds(20))
        notes.add("closed")
      }
      try? await Task.sleep(for: .milliseconds(100))
      try expectEqual(notes.all, [])
      letGo.open()
      await first.value
      await second.value
      _ = try? await transaction.value
      try expectEqual(notes.all.count, 2)
      try expectEqual(await log.all().filter { $0.kind == "closed" }.count, 1)
    },
  ]
}
