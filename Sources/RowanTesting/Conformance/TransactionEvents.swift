import RowanCore

/// What events say of transactions, savepoints, connections and lanes.
enum TransactionEventCases {
  private struct Enough: Error {}

  static let cases: [ConformanceCase] = [
    ConformanceCase("events/a transaction starts, runs its statements and is committed, all under one number") {
      trial in
      try await trial.db.createTables([LogLine.self])
      let log = EventLog(trial.db)
      let id = try await trial.db.labelled("job").transaction { transaction in
        try await LogLine.insert(.init(1, "a")).run(transaction)
        _ = try await LogLine.all().fetchAll(transaction)
        return transaction.id
      }
      try await LogLine.insert(.init(2, "b")).run(trial.db)
      let events = await log.statements()
      try expectEqual(
        events.kinds,
        ["transactionStart", "transactionConfirmed", "query", "query", "transactionCommit", "query"])
      let marks = events.compactMap(\.transaction)
      try expectEqual(marks.map(\.id), [id, id, id])
      try expectEqual(marks.map(\.depth), [0, 0, 0])
      try expectEqual(marks.compactMap(\.label), ["job", "job", "job"])
      try expectEqual(marks.map(\.duration), marks.map(\.duration).sorted())
      try expectEqual(marks.first?.duration, .zero)
      try expect((marks.last?.duration ?? .zero) > .zero, "it took no time")
      for mark in marks {
        try expect(mark.location.contains("TransactionEvents.swift:"), "the place is \(mark.location)")
      }
      try expectEqual(events.compactMap(\.query).map(\.transaction), [id, id, nil])
      try expectEqual(events.compactMap(\.query).map(\.label), ["job", "job", nil])
    },
    ConformanceCase("events/a transaction that fails is rolled back") { trial in
      try await trial.db.createTables([LogLine.self])
      let log = EventLog(trial.db)
      do {
        try await trial.db.transaction { transaction in
          try await LogLine.insert(.init(1, "a")).run(transaction)
          throw Enough()
        }
      } catch is Enough {}
      try await expectError(.unknownTable) {
        try await trial.db.transaction { try await Person.all().fetchAll($0) }
      }
      try expectEqual(
        await log.statements().kinds,
        [
          "transactionStart", "transactionConfirmed", "query", "transactionRollback", "transactionStart", "queryError",
          "transactionRollback",
        ])
      let ids = await log.statements().compactMap(\.transaction?.id)
      try expectEqual(ids.count, 5)
      try expect(Set(ids[..<3]).count == 1 && ids[3] == ids[4] && ids[0] != ids[3], "the numbers are \(ids)")
    },
    ConformanceCase("events/savepoints tell their depth and how they end") { trial in
      try await trial.db.createTables([LogLine.self])
      let log = EventLog(trial.db)
      try await trial.db.transaction { transaction in
        try await transaction.savepoint { outer in
          try await LogLine.insert(.init(1, "a")).run(outer)
          do {
            try await outer.savepoint { inner in
              try await LogLine.insert(.init(2, "b")).run(inner)
              throw Enough()
            }
          } catch is Enough {}
        }
        try await transaction.transaction { _ in }
      }
      let events = await log.statements()
      try expectEqual(
        events.kinds,
        [
          "transactionStart", "savepointStart", "transactionConfirmed", "query", "savepointStart", "query",
          "savepointRollback", "savepointRelease", "savepointStart", "savepointRelease", "transactionCommit",
        ])
      let marks = events.compactMap(\.transaction)
      try expectEqual(marks.map(\.depth), [0, 1, 0, 2, 2, 1, 1, 1, 0])
      try expectEqual(Set(marks.map(\.id)).count, 1)
      for (event, mark) in zip(events.filter { $0.transaction != nil }, marks) where event.kind.hasSuffix("Start") {
        try expectEqual(mark.duration, .zero, event.kind)
      }
      for mark in marks { try expect(mark.location.contains("TransactionEvents.swift:"), mark.location) }
    },
    ConformanceCase("events/what takes several statements is a transaction of its own") { trial in
      try await trial.db.createTables([LogLine.self])
      let log = EventLog(trial.db)
      _ = try await trial.db.read { try await LogLine.all().fetchAll($0) }
      try expectEqual(
        await log.statements().kinds, ["transactionStart", "transactionConfirmed", "query", "transactionCommit"])
      try await trial.db.transaction { transaction in
        try await transaction.batch {
          $0.add(LogLine.insert(.init(1, "a")))
          $0.add(LogLine.insert(.init(2, "b")))
        }
      }
      let events = await log.statements().dropFirst(4)
      try expectEqual(
        events.map(\.kind), ["transactionStart", "transactionConfirmed", "query", "query", "transactionCommit"])
    },
    ConformanceCase("events/whatever a transaction sends first starts it, and the first answer confirms it") { trial in
      let db = trial.db
      try await db.createTables([LogLine.self])
      func check(_ what: String, _ body: @Sendable (Transaction) async throws -> Void) async throws {
        let log = EventLog(db)
        try await db.transaction(body)
        let kinds = await log.statements().kinds.filter { $0 != "queryError" }
        log.stop()
        try expectEqual(kinds.first, "transactionStart", what)
        try expectEqual(
          kinds.filter { $0.hasPrefix("transaction") },
          ["transactionStart", "transactionConfirmed", "transactionCommit"], what)
        let confirmed = try expectPresent(kinds.firstIndex(of: "transactionConfirmed"), what)
        let query = try expectPresent(kinds.firstIndex(of: "query"), what)
        try expect(confirmed < query, "\(what): \(kinds)")
      }
      try await check("a statement") { try await LogLine.insert(.init(1, "a")).run($0) }
      try await check("a batch") { transaction in
        try await transaction.batch { $0.add(LogLine.insert(.init(2, "b"))) }
      }
      try await check("many rows") { transaction in
        try await LogLine.insert((3..<203).map { .init($0, "c") }).run(transaction)
      }
      try await check("a stream") { for try await _ in LogLine.all().stream($0, batchSize: 50) {} }
      try await check("a stream without rows") { for try await _ in LogLine.limit(0).stream($0) {} }
      try await check("a statement after one that was refused") { transaction in
        try await expectError(.missingWhere) { try await LogLine.delete().run(transaction) }
        _ = try await LogLine.all().fetchCount(transaction)
      }
      // Not every engine is asked for it, but all report it.
      let log = EventLog(db)
      try await db.transaction { try await $0.savepoint { _ in } }
      try expectEqual(
        await log.statements().kinds, ["transactionStart", "savepointStart", "savepointRelease", "transactionCommit"])
    },
    ConformanceCase("events/connections are reported, and the end of the database") { trial in
      // One more than are held: a driver may keep one for reads that share it.
      let database = try await trial.open(pool: PoolOptions(maxConnections: 4, checkoutTimeout: .seconds(60), lanes: 1))
      let log = EventLog(database)
      let together = Latch(3)
      try await withThrowingTaskGroup(of: Void.self) { group in
        for _ in 0..<3 {
          group.addTask {
            try await database.read { transaction in
              _ = try await SQL("SELECT 1 AS n").as(Int64.self).fetchAll(transaction)
              together.open()
              await together.wait()
            }
          }
        }
        try await group.waitForAll()
      }
      // The first may have been opened before anybody listened.
      let opened = await log.all().filter { $0.kind == "connectionOpened" }.count
      try expect(opened >= 2, "\(opened) connections were opened")
      await database.close()
      let events = await log.all()
      let closed = events.filter { $0.kind == "connectionClosed" }.count
      try expect(closed >= opened, "\(opened) connections were opened and \(closed) closed")
      try expect(!events.contains { $0.kind == "connectionLost" }, "a connection was lost")
      try expectEqual(events.filter { $0.kind == "closed" }.count, 1)
    },
    ConformanceCase("events/a lane that does not get back to its connections is reported") { trial in
      // An engine in process has none.
      guard let lane = trial.db.lane as? Lane else { return }
      let log = EventLog(trial.db)
      let limit = Duration.milliseconds(50)
      let isReported = await eventually {
        await Task(executorPreference: lane) {
          lane.mark("a long computation")
          let end = ContinuousClock.now.advanced(by: limit * 6)
          while ContinuousClock.now < end {}
        }.value
        return await log.all().contains { event in
          guard case .laneStalled(let stall) = event else { return false }
          return stall.lane == lane.index && stall.entryPoint == "a long computation" && stall.duration >= limit
        }
      }
      try expect(isReported, "nothing was reported of a lane that stood still")
      // It goes on as if nothing had been.
      try await trial.expectIntact()
    },
  ]
}
