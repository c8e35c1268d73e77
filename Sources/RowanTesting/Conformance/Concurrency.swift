import RowanCore

enum ConcurrencyCases {
  private static func single(_ timeout: Duration = .seconds(60)) -> PoolOptions {
    PoolOptions(maxConnections: 1, checkoutTimeout: timeout, connectTimeout: .seconds(30), lanes: 1)
  }

  /// Runs `body` while a transaction of `db` holds a connection that may write.
  static func holding(_ db: Database, _ body: () async throws -> Void) async throws {
    let held = Latch()
    let free = Latch()
    let holder = Task {
      try await db.transaction { transaction in
        _ = try await SQL("SELECT 1 AS n").as(Int64.self).fetchOne(transaction)
        held.open()
        await free.wait()
      }
    }
    await held.wait()
    do {
      try await body()
    } catch {
      free.open()
      _ = await holder.result
      throw error
    }
    free.open()
    try await holder.value
  }

  static let cases: [ConformanceCase] =
    nested + closing + [
      ConformanceCase("concurrency/a thousand tasks on four connections") { trial in
        try await Person.createAndFill(trial.db)
        try await trial.db.createTables([LogLine.self])
        let db = trial.db
        try await withThrowingTaskGroup { group in
          for index in 0..<1000 {
            group.addTask {
              let id = Int64(index % 4 + 1)
              switch index % 4 {
              case 0: try await LogLine.insert(LogLine.Draft(index, "\(index)")).run(db)
              case 1: try expectEqual(try await Person.find(ID(id)).fetchOne(db).id.rawValue, id)
              case 2: try expectEqual(try await Person.where { $0.id == ID(id) }.fetchAll(db).count, 1)
              default:
                let answer = try await db.read { transaction in
                  try await SQL("SELECT \(Int64(index)) AS n").as(Int64.self).fetchOne(transaction)
                }
                try expectEqual(answer, Int64(index))
              }
            }
          }
          try await group.waitForAll()
        }
        try expectEqual(try await LogLine.all().fetchCount(db), 250)
        try await trial.expectIntact()
      },
      ConformanceCase("concurrency/a task group inside a transaction") { trial in
        try await trial.db.createTables([LogLine.self])
        let total = try await trial.db.transaction { transaction in
          try await withThrowingTaskGroup(of: Int.self) { group in
            for index in 0..<50 {
              group.addTask {
                try await LogLine.insert(LogLine.Draft(index, "")).run(transaction)
                return try await LogLine.where { $0.level == index }.fetchCount(transaction)
              }
            }
            return try await group.reduce(0, +)
          }
        }
        try expectEqual(total, 50)
        try expectEqual(try await LogLine.all().fetchCount(trial.db), 50)
      },
      ConformanceCase("concurrency/async let and an unstructured task inside a transaction") { trial in
        try await trial.db.createTables([LogLine.self])
        try await trial.db.transaction { transaction in
          async let first = LogLine.insert(LogLine.Draft(1, "")).run(transaction)
          async let second = LogLine.insert(LogLine.Draft(2, "")).run(transaction)
          let third = Task { try await LogLine.insert(LogLine.Draft(3, "")).run(transaction) }
          let fourth = Task.detached { try await LogLine.insert(LogLine.Draft(4, "")).run(transaction) }
          let results = try await [first, second, third.value, fourth.value]
          try expectEqual(results.map(\.affectedRows), [1, 1, 1, 1])
        }
        try expectEqual(try await LogLine.all().fetchCount(trial.db), 4)
      },
      ConformanceCase("concurrency/read, compute, write: writers that lock lose no update") { trial in
        try await trial.db.createTables([Tally.self])
        try await Tally.insert(Tally.Draft(id: 1, count: 0)).run(trial.db)
        let other = try await trial.open()
        let locks = trial.capabilities.rowLocks
        try await withThrowingTaskGroup { group in
          for index in 0..<60 {
            // Two databases over the same data.
            let db = index % 2 == 0 ? trial.db : other
            group.addTask {
              try await db.transaction { transaction in
                let query = locks ? Tally.find(1).locked() : Tally.find(1)
                let count = try await query.fetchOne(transaction).count
                try await Tally.update { $0.count = count + 1 }.where { $0.id == 1 }.run(transaction)
              }
            }
          }
          try await group.waitForAll()
        }
        try expectEqual(try await Tally.find(1).fetchOne(trial.db).count, 60)
        try await trial.expectIntact()
        try await trial.expectIntact(other)
      },
      ConformanceCase("concurrency/a wait for a connection ends in time and says how many are held") { trial in
        let db = try await trial.open(pool: single(.milliseconds(200)))
        try await db.createTables([LogLine.self])
        try await holding(db) {
          let error = try await expectError(.poolTimeout) {
            try await LogLine.insert(LogLine.Draft(1, "")).run(db)
          }
          try expect(error.message.contains("1"), "the holders are not counted: \(error)")
          try await expectError(.poolTimeout) {
            try await db.transaction { try await LogLine.insert(LogLine.Draft(1, "")).run($0) }
          }
        }
        try await trial.expectIntact(db)
      },
      ConformanceCase("concurrency/a transaction's own patience") { trial in
        let db = try await trial.open(pool: single())
        try await db.createTables([LogLine.self])
        try await holding(db) {
          try await expectError(.poolTimeout) {
            try await db.transaction(timeout: .milliseconds(150)) { try await LogLine.delete().all.run($0) }
          }
        }
        try await trial.expectIntact(db)
      },
      ConformanceCase("concurrency/started on a lane, and away from it") { trial in
        try await Person.createAndFill(trial.db)
        let db = trial.db
        if let lane = db.lane {
          let name = try await Task(executorPreference: lane) {
            try await Person.find(ID(1)).fetchOne(db).name
          }.value
          try expectEqual(name, "Ada")
        }
        let count = try await db.offload { try await Person.all().fetchCount(db) }
        try expectEqual(count, 4)
        let inside = try await db.transaction { transaction in
          try await db.offload { try await Person.all().fetchCount(transaction) }
        }
        try expectEqual(inside, 4)
      },
    ]

  private static let nested: [ConformanceCase] = [
    ConformanceCase("concurrency/asking for the connection one holds is an error that names the places, no deadlock") {
      trial in
      let db = try await trial.open(pool: single(.milliseconds(300)))
      try await db.createTables([LogLine.self])
      let error = try await expectError(.nestedCheckout) {
        try await db.transaction { transaction in
          try await LogLine.insert(LogLine.Draft(1, "")).run(transaction)
          try await LogLine.insert(LogLine.Draft(2, "")).run(db)
        }
      }
      // A statement does not know its place.
      try expectEqual(error.message.ranges(of: "Concurrency.swift:").count, 1, error.message)
      let places = Notes<UInt>()
      let both = try await expectError(.nestedCheckout) {
        places.add(#line + 1)
        try await db.transaction { transaction in
          try await LogLine.insert(LogLine.Draft(1, "")).run(transaction)
          places.add(#line + 1)
          try await db.transaction { try await LogLine.insert(LogLine.Draft(2, "")).run($0) }
        }
      }
      for place in places.all {
        try expect(both.message.contains("Concurrency.swift:\(place)"), "line \(place) is not named: \(both)")
      }
      try expectEqual(places.all.count, 2)
      try expectEqual(try await LogLine.all().fetchCount(db), 0)
      try await trial.expectIntact(db)
    },
    ConformanceCase(
      "concurrency/asking for another connection while some are free is no error",
      unless: { $0.concurrentWriters ? nil : "the engine has one writer" }
    ) { trial in
      let db = try await trial.open(pool: PoolOptions(maxConnections: 4, checkoutTimeout: .seconds(5), lanes: 2))
      try await db.createTables([LogLine.self])
      for index in 0..<10 {
        try await db.transaction { transaction in
          try await LogLine.insert(LogLine.Draft(index, "outer")).run(transaction)
          try await db.transaction { try await LogLine.insert(LogLine.Draft(index, "inner")).run($0) }
        }
      }
      try expectEqual(try await LogLine.all().fetchCount(db), 20)
      try await trial.expectIntact(db)
    },
    ConformanceCase("concurrency/asking another database from inside a transaction is fine") { trial in
      try await trial.db.createTables([LogLine.self])
      let other = try await trial.open(pool: single())
      try await trial.db.transaction { transaction in
        try expectEqual(try await LogLine.all().fetchCount(other), 0, "rows before the insert")
        try await LogLine.insert(LogLine.Draft(1, "")).run(transaction)
        try expectEqual(try await LogLine.all().fetchCount(transaction), 1, "rows inside")
        try expectEqual(try await LogLine.all().fetchCount(other), 0, "rows that are not committed, seen from outside")
      }
      try expectEqual(try await LogLine.all().fetchCount(other), 1, "rows after the commit")
      try await trial.db.read { transaction in
        // The first read is what the snapshot is of.
        try expectEqual(try await LogLine.all().fetchCount(transaction), 1, "rows of the snapshot")
        try await LogLine.insert(LogLine.Draft(2, "")).run(other)
        try expectEqual(try await LogLine.all().fetchCount(other), 2, "rows of the other database")
        try expectEqual(try await LogLine.all().fetchCount(transaction), 1, "rows of the snapshot, read again")
      }
      try expectEqual(try await LogLine.all().fetchCount(trial.db), 2, "rows at the end")
    },
    ConformanceCase("concurrency/a task that outlives the transaction it began in waits like any other") { trial in
      let db = try await trial.open(pool: single(.milliseconds(300)))
      try await db.createTables([LogLine.self])
      let go = Latch()
      let left = try await db.transaction { _ in
        Task {
          await go.wait()
          try await LogLine.insert(LogLine.Draft(1, "")).run(db)
        }
      }
      try await holding(db) {
        go.open()
        try await expectError(.poolTimeout) { try await left.value }
      }
      try await trial.expectIntact(db)
    },
    ConformanceCase("concurrency/hooks may use the database") { trial in
      let db = try await trial.open(pool: single())
      try await db.createTables([LogLine.self])
      let notes = Notes<Int>()
      try await db.transaction { transaction in
        try await LogLine.insert(LogLine.Draft(1, "")).run(transaction)
        transaction.onCommit {
          if (try? await LogLine.insert(LogLine.Draft(2, "")).run(db)) != nil { notes.add(2) }
        }
      }
      try expectEqual(notes.all, [2])
      try expectEqual(try await LogLine.all().fetchCount(db), 2)
    },
  ]

  private static let closing: [ConformanceCase] = [
    ConformanceCase("closing/everything is refused afterwards") { trial in
      let db = try await trial.open()
      try await db.createTables([LogLine.self])
      await db.close()
      await db.close()
      try await expectError(.databaseClosed) { try await LogLine.all().fetchAll(db) }
      try await expectError(.databaseClosed) { try await LogLine.insert(LogLine.Draft(1, "")).run(db) }
      try await expectError(.databaseClosed) { try await db.transaction { _ in } }
      try await expectError(.databaseClosed) { try await db.read { _ in } }
      try await expectError(.databaseClosed) { try await db.batch { $0.add(LogLine.delete().all) } }
      try await expectError(.databaseClosed) { for try await _ in LogLine.all().stream(db) {} }
      try await expectError(.databaseClosed) { try await Tally.find(1).fetchFirst(db) }
    },
    ConformanceCase("closing/what runs is waited for, what waits is refused") { trial in
      let db = try await trial.open(pool: single())
      try await db.createTables([LogLine.self])
      let held = Latch()
      let free = Latch()
      let holder = Task {
        try await db.transaction { transaction in
          try await LogLine.insert(LogLine.Draft(1, "kept")).run(transaction)
          held.open()
          await free.wait()
          try await LogLine.insert(LogLine.Draft(2, "kept")).run(transaction)
        }
      }
      await held.wait()
      let waiters = (0..<5).map { index in Task { try await LogLine.insert(LogLine.Draft(index, "no")).run(db) } }
      try await Task.sleep(for: .milliseconds(100))
      let closed = Latch()
      let closer = Task {
        await db.close(timeout: .seconds(60))
        closed.open()
      }
      for waiter in waiters { try await expectError(.databaseClosed) { try await waiter.value } }
      try expect(!closed.isOpen, "closed while a transaction was open")
      free.open()
      try await holder.value
      await closer.value
      let lines = try await LogLine.order { $0.level.ascending() }.fetchAll(trial.db)
      try expectEqual(lines.map(\.text), ["kept", "kept"])
    },
    ConformanceCase("closing/what does not end in time is cut off, and rolled back") { trial in
      let db = try await trial.open()
      try await db.createTables([LogLine.self])
      let ready = Latch()
      let runner = Task {
        try await db.transaction { transaction in
          try await LogLine.insert(LogLine.Draft(1, "")).run(transaction)
          ready.open()
          _ = try await trial.patiently { try await trial.engine.slowQuery.as(Int64.self).fetchAll(transaction) }
        }
      }
      await ready.wait()
      try await Task.sleep(for: .milliseconds(100))
      let started = ContinuousClock.now
      await db.close(timeout: .milliseconds(300))
      try await expectError(.databaseClosed, .connectionLost) { try await runner.value }
      let took = started.duration(to: .now)
      try expect(took < .seconds(120), "closing took \(took)")
      let isUndone = await eventually { (try? await LogLine.all().fetchCount(trial.db)) == 0 }
      try expect(isUndone, "the transaction was not rolled back")
    },
    ConformanceCase("closing/from inside a transaction does not hang") { trial in
      let db = try await trial.open()
      try await db.createTables([LogLine.self])
      let started = ContinuousClock.now
      do {
        try await db.transaction { transaction in
          try await LogLine.insert(LogLine.Draft(1, "")).run(transaction)
          await db.close(timeout: .milliseconds(200))
        }
      } catch let error as RowanError {
        // A connection closed by force under a commit leaves its outcome open.
        let codes: [RowanError.Code] = [.databaseClosed, .connectionLost, .commitUnknown]
        try expect(codes.contains(error.code), "\(error)")
      }
      let took = started.duration(to: .now)
      try expect(took < .seconds(120), "closing took \(took)")
      await db.close(timeout: .milliseconds(200))
    },
    ConformanceCase("closing/while many start") { trial in
      let db = try await trial.open()
      try await db.createTables([LogLine.self])
      let inserted = Notes<Int>()
      try await withThrowingTaskGroup { group in
        for index in 0..<100 {
          group.addTask {
            do {
              try await LogLine.insert(LogLine.Draft(index, "")).run(db)
              inserted.add(index)
            } catch let error as RowanError where error.code == .databaseClosed {}
          }
          if index == 50 { group.addTask { await db.close() } }
        }
        try await group.waitForAll()
      }
      let found = try await LogLine.order { $0.level.ascending() }.select { $0.level }.fetchAll(trial.db)
      try expectEqual(found, inserted.all.sorted())
    },
  ]
}
