import RowanCore
import RowanMySQL
import Testing

@testable import RowanTesting

/// Servers that go away under a ``Database``: what its callers, its listeners and the hooks of transactions are told.
@Suite(.enabled(if: TestDatabase.isRequired), .serialized, .timeLimit(.minutes(5)))
struct LostDatabaseTests {
  private static let pool = PoolOptions(maxConnections: 4, checkoutTimeout: .seconds(5), lanes: 1)

  private func open(_ server: VictimServer) async throws -> Database {
    try await Database.open(.mysql(server.configuration(pool: Self.pool)))
  }

  /// Waits until `condition` holds; fails when it does not in time.
  private func until(
    _ condition: () async throws -> Bool, sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    let holds = try await eventually(within: .seconds(60), condition)
    try #require(holds, "it never came true", sourceLocation: sourceLocation)
  }

  /// COMMIT is sent to a server that has stopped and dies with the answer not given.
  @Test func killedDuringCommit() async throws {
    try await VictimServer.with { server in
      let db = try await open(server)
      try await db.createTables([LogLine.self])
      let log = EventLog(db)
      let hooks = Notes<String>()
      let ids = Notes<Int>()
      let inserted = Latch(), frozen = Latch()
      let task = Task {
        try await db.labelled("job").transaction { transaction in
          transaction.onCommit { hooks.add("committed") }
          transaction.onRollback { hooks.add("rolled back") }
          ids.add(transaction.id)
          try await LogLine.insert(.init(1, "a")).run(transaction)
          inserted.open()
          await frozen.wait()
        }
      }
      try await until { inserted.isOpen }
      try server.freeze()
      frozen.open()
      try await Task.sleep(for: .milliseconds(300))
      try server.kill()
      let error = await #expect(throws: RowanError.self) { try await task.value }
      #expect(error?.code == .commitUnknown, "\(String(describing: error))")
      let events = await log.all()
      #expect(
        events.kinds.filter { $0.hasPrefix("transaction") } == [
          "transactionStart", "transactionConfirmed", "transactionUnknown",
        ])
      let marks = events.compactMap(\.transaction)
      #expect(marks.map(\.id) == ids.all + ids.all + ids.all)
      #expect(marks.map(\.depth) == [0, 0, 0] && marks.compactMap(\.label) == ["job", "job", "job"])
      #expect(marks.last.map { $0.duration > .zero } == true)
      #expect(hooks.all.isEmpty)
      try server.start()
      // It had stopped before COMMIT came; nobody but the data could tell.
      try await until { (try? await LogLine.all().fetchCount(db)) == 0 }
      #expect(hooks.all.isEmpty)
      await db.close(timeout: .seconds(2))
    }
  }

  @Test func killedAndBack() async throws {
    try await VictimServer.with { server in
      let db = try await open(server)
      try await Person.createAndFill(db)
      let log = EventLog(db)
      let hooks = Notes<String>()
      let inserted = Latch(), killed = Latch()
      let query = Task { try await SQL("SELECT SLEEP(60)").as(Int64.self).fetchAll(db) }
      let transaction = Task {
        try await db.transaction { transaction in
          transaction.onCommit { hooks.add("committed") }
          transaction.onRollback { hooks.add("rolled back") }
          try await Person.insert(.init("Alan")).run(transaction)
          inserted.open()
          await killed.wait()
          return try await Person.all().fetchCount(transaction)
        }
      }
      try await until { inserted.isOpen }
      let sleeping = SQL(
        "SELECT COUNT(*) FROM information_schema.processlist WHERE INFO LIKE '%SLEEP(60)%' AND ID <> CONNECTION_ID()"
      ).as(Int64.self)
      try await until { try await sleeping.fetchOne(db) > 0 }
      try server.kill()
      killed.open()
      let inQuery = await #expect(throws: RowanError.self) { _ = try await query.value }
      #expect(inQuery?.code == .connectionLost, "\(String(describing: inQuery))")
      #expect(inQuery?.sql?.contains("SLEEP") == true)
      let inTransaction = await #expect(throws: RowanError.self) { _ = try await transaction.value }
      #expect(inTransaction?.code == .connectionLost, "\(String(describing: inTransaction))")
      // It never came to a commit, so that it is known what became of it.
      #expect(hooks.all == ["rolled back"])
      let refused = await #expect(throws: RowanError.self) { _ = try await Person.find(ID(1)).fetchFirst(db) }
      #expect(refused?.code == .connectionRefused, "\(String(describing: refused))")
      let events = await log.all()
      #expect(
        events.kinds.filter { $0.hasPrefix("transaction") } == [
          "transactionStart", "transactionConfirmed", "transactionRollback",
        ])
      #expect(events.compactMap(\.failure).count { $0.code == .connectionLost } >= 2)
      #expect(events.kinds.contains("connectionLost"))
      try server.start()
      try await until { (try? await Person.find(ID(1)).fetchFirst(db)) != nil }
      #expect(try await Person.all().fetchCount(db) == 4)
      await db.close(timeout: .seconds(2))
    }
  }

  /// What is left of connections that nobody used is noticed before a statement is sent.
  @Test func killedWhileIdle() async throws {
    try await VictimServer.with { server in
      let db = try await open(server)
      try await Person.createAndFill(db)
      _ = try await Person.find(ID(1)).fetchFirst(db)
      let log = EventLog(db)
      try server.kill()
      try server.start()
      #expect(try await Person.find(ID(2)).fetchFirst(db)?.name == "Grace")
      try await db.transaction { transaction in
        try await Person.insert(.init("Alan")).run(transaction)
      }
      #expect(try await Person.all().fetchCount(db) == 5)
      #expect(await log.all().kinds.contains("connectionLost"))
      await db.close(timeout: .seconds(2))
    }
  }
}
