import RowanCore

enum RetryingCases {
  private static func oneWriter(_ capabilities: Capabilities) -> String? {
    capabilities.concurrentWriters ? nil : "writers queue, so that none disturbs another"
  }

  // Rows are found by a key: without an index, InnoDB locks every row it reads.
  private static func fill(_ db: Database) async throws {
    try await db.createTables([Tally.self])
    try await Tally.insert([Tally.Draft(id: 1, count: 0), Tally.Draft(id: 2, count: 0)]).run(db)
  }

  /// Changes two rows in the order given, stopping between them until the other side has done its first.
  private static func cross(
    _ db: Database, _ first: Int, _ second: Int, _ met: Latch, _ retrying: RetryPolicy, _ attempts: Notes<Int>
  ) async throws {
    try await db.transaction(retrying: retrying) { transaction in
      attempts.add(first)
      try await Tally.update { $0.count = first }.where { $0.id == Int64(first) }.run(transaction)
      met.open()
      await met.wait()
      try await Tally.update { $0.count = first }.where { $0.id == Int64(second) }.run(transaction)
    }
  }

  static let cases: [ConformanceCase] = [
    ConformanceCase("retrying/as often as the policy says, for the codes it says") { trial in
      struct Enough: Error {}
      func attempts(_ policy: RetryPolicy, _ error: any Error) async -> Int {
        let notes = Notes<Int>()
        _ = try? await trial.db.transaction(retrying: policy) { _ in
          notes.add(1)
          throw error
        }
        return notes.all.count
      }
      let serialization = RowanError(.serializationFailure, "again")
      try expectEqual(await attempts(.never, serialization), 1, "never")
      try expectEqual(await attempts(.serializationFailures, serialization), 3, "serialization failure")
      try expectEqual(await attempts(.serializationFailures, RowanError(.deadlock, "again")), 3, "deadlock")
      try expectEqual(await attempts(.serializationFailures, RowanError(.uniqueViolation, "no")), 1, "another code")
      try expectEqual(await attempts(.serializationFailures, Enough()), 1, "another error")
      try expectEqual(await attempts(RetryPolicy(attempts: 5, codes: [.lockTimeout]), RowanError(.lockTimeout, "")), 5)
      try expectEqual(await attempts(RetryPolicy(attempts: 0, codes: [.lockTimeout]), RowanError(.lockTimeout, "")), 1)
    },
    ConformanceCase("retrying/the attempt that succeeds is the only one that is kept") { trial in
      try await trial.db.createTables([LogLine.self])
      let notes = Notes<String>()
      let value = try await trial.db.transaction(retrying: .serializationFailures) { transaction in
        let attempt = notes.all.filter { $0 == "body" }.count
        notes.add("body")
        transaction.onRollback { notes.add("rollback") }
        transaction.onCommit { notes.add("commit") }
        try await LogLine.insert(LogLine.Draft(attempt, "")).run(transaction)
        if attempt < 2 { throw RowanError(.serializationFailure, "again") }
        return attempt
      }
      try expectEqual(value, 2)
      try expectEqual(notes.all, ["body", "rollback", "body", "rollback", "body", "commit"])
      try expectEqual(try await LogLine.all().select { $0.level }.fetchAll(trial.db), [2])
    },
    ConformanceCase("retrying/cancelled between attempts") { trial in
      // The latch opens when the fifth attempt is over. So many attempts go on for minutes, and end with the deadlock:
      // a cancellation that nobody notices fails instead of hanging.
      let over = Latch(5)
      let task = Task { [db = trial.db] in
        try await db.transaction(retrying: RetryPolicy(attempts: 1000, codes: [.deadlock])) { transaction in
          transaction.onRollback { over.open() }
          throw RowanError(.deadlock, "again")
        }
      }
      await over.wait()
      task.cancel()
      try await expectError(.cancelled) { try await task.value }
      try await trial.expectIntact()
    },
    ConformanceCase("retrying/a deadlock is typed, and its victim rolled back", unless: oneWriter) { trial in
      try await fill(trial.db)
      let db = trial.db
      let met = Latch(2)
      let attempts = Notes<Int>()
      let errors = Notes<RowanError>()
      await withTaskGroup { group in
        for (first, second) in [(1, 2), (2, 1)] {
          group.addTask {
            do {
              try await cross(db, first, second, met, .never, attempts)
            } catch let error as RowanError {
              errors.add(error)
            } catch {}
          }
        }
      }
      let error = try expectPresent(errors.all.first, "a victim")
      try expectEqual(errors.all.count, 1, "victims")
      try expectEqual(error.code, .deadlock)
      let counts = try await Tally.all().select { $0.count }.fetchAll(trial.db)
      try expect(counts == [1, 1] || counts == [2, 2], "mixed: \(counts)")
      try await trial.expectIntact()
    },
    ConformanceCase("retrying/a deadlock is over after another try", unless: oneWriter) { trial in
      try await fill(trial.db)
      let db = trial.db
      let met = Latch(2)
      let attempts = Notes<Int>()
      try await withThrowingTaskGroup { group in
        for (first, second) in [(1, 2), (2, 1)] {
          group.addTask { try await cross(db, first, second, met, .serializationFailures, attempts) }
        }
        try await group.waitForAll()
      }
      try expect(attempts.all.count >= 3, "\(attempts.all.count) attempts: there was no deadlock")
      let counts = try await Tally.all().select { $0.count }.fetchAll(trial.db)
      try expect(counts == [1, 1] || counts == [2, 2], "mixed: \(counts)")
      try await trial.expectIntact()
    },
    ConformanceCase("retrying/of two that read and write the same rows no update is lost", unless: oneWriter) { trial in
      try await fill(trial.db)
      let db = trial.db
      let met = Latch(2)
      try await withThrowingTaskGroup { group in
        for _ in 0..<2 {
          group.addTask {
            try await db.transaction(
              isolation: .serializable, retrying: RetryPolicy(attempts: 10, codes: [.serializationFailure, .deadlock])
            ) { transaction in
              let count = try await Tally.find(1).fetchOne(transaction).count
              met.open()
              await met.wait()
              try await Tally.update { $0.count = count + 1 }.where { $0.id == 1 }.run(transaction)
            }
          }
        }
        try await group.waitForAll()
      }
      try expectEqual(try await Tally.find(1).fetchOne(trial.db).count, 2)
      try await trial.expectIntact()
    },
  ]
}
