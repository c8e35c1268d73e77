import RowanCore

enum CancellationCases {
  /// Runs `body` in a task of its own, cancels it once `ready` is open and a moment has passed, and fails unless it ends
  /// soon with ``RowanCore/RowanError/Code/cancelled``.
  private static func cancelled<R: Sendable>(
    _ trial: Trial, once ready: Latch? = nil, after delay: Duration = .milliseconds(100),
    file: StaticString = #fileID, line: UInt = #line, _ body: @escaping @Sendable () async throws -> R
  ) async throws {
    let task = Task { try await trial.patiently(body) }
    await ready?.wait()
    try await Task.sleep(for: delay)
    let started = ContinuousClock.now
    task.cancel()
    try await expectError(.cancelled, file: file, line: line) { try await task.value }
    let took = started.duration(to: .now)
    try expect(took < .seconds(120), "a cancelled task went on for \(took)", file: file, line: line)
  }

  private static func slow(_ trial: Trial) -> RawQuery<Int64> { trial.engine.slowQuery.as(Int64.self) }

  static let cases: [ConformanceCase] =
    timeLimits + [
      ConformanceCase("cancellation/before anything starts") { trial in
        try await trial.db.createTables([LogLine.self])
        let db = trial.db
        let bodies: [@Sendable () async throws -> Void] = [
          { _ = try await LogLine.all().fetchAll(db) },
          { _ = try await LogLine.insert(LogLine.Draft(1, "")).run(db) },
          { _ = try await LogLine.insert((0..<100).map { LogLine.Draft($0, "") }).run(db) },
          { _ = try await db.transaction { try await LogLine.insert(LogLine.Draft(1, "")).run($0) } },
          { _ = try await db.read { try await LogLine.all().fetchAll($0) } },
          { _ = try await db.batch { $0.add(LogLine.insert(LogLine.Draft(1, ""))) } },
          { for try await _ in LogLine.all().stream(db) {} },
        ]
        for body in bodies {
          let begin = Latch()
          let task = Task {
            await begin.wait()
            try await body()
          }
          task.cancel()
          begin.open()
          try await expectError(.cancelled) { try await task.value }
        }
        try expectEqual(try await LogLine.all().fetchCount(db), 0)
        try await trial.expectIntact()
      },
      ConformanceCase("cancellation/while waiting for a connection") { trial in
        let db = try await trial.open(pool: PoolOptions(maxConnections: 1, checkoutTimeout: .seconds(60), lanes: 1))
        try await db.createTables([LogLine.self])
        try await ConcurrencyCases.holding(db) {
          for _ in 0..<3 {
            try await cancelled(trial) { try await LogLine.insert(LogLine.Draft(2, "waiter")).run(db) }
            try await cancelled(trial) {
              try await db.transaction { try await LogLine.insert(LogLine.Draft(2, "")).run($0) }
            }
            try await cancelled(trial) { try await db.batch { $0.add(LogLine.insert(LogLine.Draft(2, ""))) } }
          }
        }
        try expectEqual(try await LogLine.all().fetchCount(db), 0)
        try await trial.expectIntact(db)
      },
      ConformanceCase("cancellation/a running query, on every connection at once") { trial in
        let db = trial.db
        for _ in 0..<2 {
          try await withThrowingTaskGroup { group in
            for _ in 0..<6 { group.addTask { try await cancelled(trial) { try await slow(trial).fetchAll(db) } } }
            try await group.waitForAll()
          }
        }
        try await trial.expectIntact()
      },
      ConformanceCase("cancellation/a running statement on the write side") { trial in
        let db = trial.db
        try await cancelled(trial) { try await trial.engine.slowQuery.run(db) }
        try await trial.expectIntact()
      },
      ConformanceCase("cancellation/inside a transaction, which is rolled back") { trial in
        try await trial.db.createTables([LogLine.self])
        let db = trial.db
        let notes = Notes<String>()
        for _ in 0..<3 {
          let ready = Latch()
          try await cancelled(trial, once: ready) {
            try await db.transaction { transaction in
              transaction.onCommit { notes.add("commit") }
              transaction.onRollback { notes.add("rollback") }
              try await LogLine.insert(LogLine.Draft(1, "")).run(transaction)
              ready.open()
              _ = try await slow(trial).fetchAll(transaction)
            }
          }
        }
        try expectEqual(notes.all, ["rollback", "rollback", "rollback"])
        try expectEqual(try await LogLine.all().fetchCount(db), 0)
        try await trial.expectIntact()
      },
      ConformanceCase("cancellation/inside a savepoint") { trial in
        try await trial.db.createTables([LogLine.self])
        let db = trial.db
        let ready = Latch()
        try await cancelled(trial, once: ready) {
          try await db.transaction { transaction in
            try await LogLine.insert(LogLine.Draft(1, "")).run(transaction)
            try await transaction.savepoint { inner in
              try await LogLine.insert(LogLine.Draft(2, "")).run(inner)
              ready.open()
              _ = try await slow(trial).fetchAll(inner)
            }
          }
        }
        try expectEqual(try await LogLine.all().fetchCount(db), 0)
        try await trial.expectIntact()
      },
      ConformanceCase("cancellation/swallowed in a transaction's closure is still not committed") { trial in
        try await trial.db.createTables([LogLine.self])
        let db = trial.db
        let ready = Latch()
        try await cancelled(trial, once: ready) {
          try await db.transaction { transaction in
            try await LogLine.insert(LogLine.Draft(1, "")).run(transaction)
            ready.open()
            _ = try? await slow(trial).fetchAll(transaction)
          }
        }
        try expectEqual(try await LogLine.all().fetchCount(db), 0)
        try await trial.expectIntact()
      },
      ConformanceCase("cancellation/of one child, which the transaction survives or not, but never in part") { trial in
        try await trial.db.createTables([LogLine.self])
        let db = trial.db
        let committed = Notes<Bool>()
        do {
          try await db.transaction { transaction in
            try await LogLine.insert(LogLine.Draft(1, "")).run(transaction)
            let child = Task { try await trial.patiently { try await slow(trial).fetchAll(transaction) } }
            try await Task.sleep(for: .milliseconds(100))
            child.cancel()
            _ = try? await child.value
            try await LogLine.insert(LogLine.Draft(2, "")).run(transaction)
          }
          committed.add(true)
        } catch let error as RowanError where error.code == .transactionAborted {}
        try expectEqual(try await LogLine.all().fetchCount(db), committed.all.isEmpty ? 0 : 2)
        try await trial.expectIntact()
      },
      ConformanceCase("cancellation/during a batch, all of which is undone") { trial in
        try await trial.db.createTables([LogLine.self])
        let db = trial.db
        try await cancelled(trial, after: .milliseconds(200)) {
          try await db.batch {
            $0.add(LogLine.insert(LogLine.Draft(1, "")))
            $0.add(trial.engine.slowQuery)
            $0.add(LogLine.insert(LogLine.Draft(2, "")))
          }
        }
        try expectEqual(try await LogLine.all().fetchCount(db), 0)
        try await trial.expectIntact()
      },
      ConformanceCase("cancellation/while streaming") { trial in
        try await trial.db.createTables([LogLine.self])
        let db = trial.db
        try await LogLine.insert((0..<2000).map { LogLine.Draft($0, "") }).run(db)
        for _ in 0..<6 {
          let rows = Notes<Int>()
          let task = Task {
            for try await line in LogLine.order({ $0.level.ascending() }).stream(db, batchSize: 10) {
              rows.add(line.level)
              if line.level == 100 { withUnsafeCurrentTask { $0?.cancel() } }
            }
          }
          try await expectError(.cancelled) { try await task.value }
          try expect(rows.all.count < 200, "\(rows.all.count) rows after a cancel at 100")
        }
        try await cancelled(trial) { for try await _ in slow(trial).stream(db) {} }
        try await trial.expectIntact()
      },
      ConformanceCase("cancellation/reads that share a connection: the neighbours get their own answers") { trial in
        try await Person.createAndFill(trial.db)
        let db = trial.db
        let answers = Notes<Int>()
        for round in 0..<5 {
          try await withThrowingTaskGroup { group in
            for index in 0..<60 {
              group.addTask {
                let id = Int64(index % 4 + 1)
                let task = Task { try await Person.find(ID(id)).fetchFirst(db) }
                if index % 3 == 0 {
                  if round > 0 { try await Task.sleep(for: .microseconds(200 * round)) }
                  task.cancel()
                  // Too late is no error.
                  if case .failure(let error as RowanError) = await task.result, error.code != .cancelled {
                    throw error
                  }
                } else {
                  let person = try expectPresent(try await task.value)
                  try expectEqual(person.id.rawValue, id, "the answer to a neighbour")
                  answers.add(1)
                }
              }
            }
            try await group.waitForAll()
          }
        }
        try expectEqual(answers.all.count, 200)
        try await trial.expectIntact()
      },
      ConformanceCase("cancellation/a storm at every moment") { trial in
        try await trial.db.createTables([LogLine.self])
        let db = trial.db
        let inserted = Notes<Int>()
        await withTaskGroup { group in
          for index in 0..<200 {
            group.addTask {
              let task = Task {
                switch index % 4 {
                case 0: _ = try await LogLine.insert(LogLine.Draft(index, "storm")).run(db)
                case 1:
                  try await db.transaction { try await LogLine.insert(LogLine.Draft(index, "storm")).run($0) }
                case 2:
                  try await db.batch { $0.add(LogLine.insert(LogLine.Draft(index, "storm"))) }
                default:
                  for try await _ in LogLine.all().stream(db, batchSize: 5) {}
                }
              }
              try? await Task.sleep(for: .microseconds(50 * (index % 40)))
              task.cancel()
              if case .success = await task.result, index % 4 != 3 { inserted.add(index) }
            }
          }
        }
        let found = Set(try await LogLine.where { $0.text == "storm" }.select { $0.level }.fetchAll(db))
        // What was reported as done is there; what was cancelled outside a transaction may have been done all the same.
        for index in inserted.all { try expect(found.contains(index), "\(index) was reported as inserted") }
        for index in found where index % 4 != 0 {
          try expect(inserted.all.contains(index), "\(index) was cancelled and is there")
        }
        try await trial.expectIntact()
      },
    ]

  private static let timeLimits: [ConformanceCase] = [
    ConformanceCase("time limits/a query of its own") { trial in
      let db = trial.db
      for _ in 0..<3 {
        let error = try await expectError(.queryTimeout) {
          try await trial.patiently { try await slow(trial).fetchAll(db.withTimeout(.milliseconds(150))) }
        }
        try expect(error.sql != nil, "the statement is not named")
      }
      try await trial.expectIntact()
    },
    ConformanceCase("time limits/all connections at once, and the next statements are not hit") { trial in
      let db = trial.db.withTimeout(.milliseconds(100))
      for _ in 0..<3 {
        try await withThrowingTaskGroup { group in
          for _ in 0..<2 {
            group.addTask {
              try await expectError(.queryTimeout) { try await trial.patiently { try await slow(trial).fetchAll(db) } }
            }
          }
          try await group.waitForAll()
        }
        for number in 0..<20 {
          let answer = try await SQL("SELECT \(Int64(number)) AS n").as(Int64.self).fetchOne(trial.db)
          try expectEqual(Int(answer), number)
        }
      }
      try await trial.expectIntact()
    },
    ConformanceCase("time limits/of the pool") { trial in
      let db = try await trial.open(
        pool: PoolOptions(
          maxConnections: 4, checkoutTimeout: .seconds(60), connectTimeout: .seconds(30),
          statementTimeout: .milliseconds(200), lanes: 2))
      try await expectError(.queryTimeout) { try await trial.patiently { try await slow(trial).fetchAll(db) } }
      try await expectError(.queryTimeout) {
        try await trial.patiently { try await db.transaction { try await slow(trial).fetchAll($0) } }
      }
      // A longer one of the statement's own goes before it.
      let started = ContinuousClock.now
      try await expectError(.queryTimeout) {
        try await trial.patiently { try await slow(trial).fetchAll(db.withTimeout(.seconds(2))) }
      }
      try expect(started.duration(to: .now) > .seconds(1), "the pool's limit cut a statement with a longer one")
      try await trial.expectIntact(db)
    },
    ConformanceCase("time limits/inside a transaction, which is not left open") { trial in
      try await trial.db.createTables([LogLine.self])
      try await expectError(.queryTimeout) {
        try await trial.db.transaction { transaction in
          try await LogLine.insert(LogLine.Draft(1, "")).run(transaction)
          _ = try await trial.patiently {
            try await slow(trial).fetchAll(transaction.withTimeout(.milliseconds(150)))
          }
        }
      }
      try expectEqual(try await LogLine.all().fetchCount(trial.db), 0)
      try await trial.expectIntact()
    },
    ConformanceCase("time limits/waiting for a connection counts") { trial in
      let db = try await trial.open(pool: PoolOptions(maxConnections: 1, checkoutTimeout: .seconds(60), lanes: 1))
      try await db.createTables([LogLine.self])
      try await ConcurrencyCases.holding(db) {
        try await expectError(.queryTimeout) {
          try await LogLine.insert(LogLine.Draft(2, "")).run(db.withTimeout(.milliseconds(150)))
        }
        try await expectError(.poolTimeout) {
          try await db.transaction(timeout: .milliseconds(150)) { try await LogLine.delete().all.run($0) }
        }
      }
      try await trial.expectIntact(db)
    },
    ConformanceCase("time limits/of nothing or less are over at once, or too late to matter") { trial in
      for limit in [Duration.zero, .seconds(-5)] {
        let db = trial.db.withTimeout(limit)
        let started = ContinuousClock.now
        try await expectError(.queryTimeout) { try await trial.patiently { try await slow(trial).fetchAll(db) } }
        let took = started.duration(to: .now)
        try expect(took < .seconds(120), "a statement without any time went on for \(took)")
        // Its answer may be there before anybody looks at the time.
        do {
          try expectEqual(try await SQL("SELECT 1 AS n").as(Int64.self).fetchOne(db), 1)
        } catch let error as RowanError where error.code == .queryTimeout {}
      }
      let rows = try await SQL("SELECT 1 AS n").as(Int64.self).fetchAll(trial.db.withTimeout(.seconds(1_000_000)))
      try expectEqual(rows, [1])
      try await trial.expectIntact()
    },
  ]
}
