import RowanCore
import RowanPostgres
import Testing

@testable import RowanTesting

/// Servers that go away under a ``Database``: what its callers, its listeners and the hooks of transactions are told.
@Suite(.postgres, .serialized)
struct LostDatabaseTests {
  private static let pool = PoolOptions(maxConnections: 4, checkoutTimeout: .seconds(5), lanes: 1)

  private func number(_ query: SQL, _ db: Database) async throws -> Int64 {
    try await query.as(Int64.self).fetchOne(db)
  }

  /// A deferred trigger makes COMMIT take its time.
  @Test func killedDuringCommit() async throws {
    try await VictimServer.with { victim in
      let db = try await Database.open(.postgres(try victim.configuration(pool: Self.pool)))
      try await SQL("CREATE TABLE slow (n int8)").run(db)
      try await SQL(
        """
        CREATE FUNCTION slow_commit() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN PERFORM pg_sleep(60); RETURN NULL; END $$
        """
      ).run(db)
      try await SQL(
        """
        CREATE CONSTRAINT TRIGGER slow AFTER INSERT ON slow DEFERRABLE INITIALLY DEFERRED
        FOR EACH ROW EXECUTE FUNCTION slow_commit()
        """
      ).run(db)
      let log = EventLog(db)
      let hooks = Notes<String>()
      let ids = Notes<Int>()
      let task = Task {
        try await db.labelled("job").transaction { transaction in
          transaction.onCommit { hooks.add("committed") }
          transaction.onRollback { hooks.add("rolled back") }
          ids.add(transaction.id)
          try await SQL("INSERT INTO slow VALUES (1)").run(transaction)
        }
      }
      try await until {
        try await number("SELECT count(*) FROM pg_stat_activity WHERE query = 'COMMIT' AND state = 'active'", db) > 0
      }
      try await victim.kill()
      let error = try await rowanError { try await task.value }
      #expect(error.code == .commitUnknown, "\(error)")
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
      try await victim.start()
      // It died before the transaction was committed; nobody but the data could tell.
      try await until { (try? await number("SELECT count(*) FROM slow", db)) == 0 }
      #expect(hooks.all.isEmpty)
      await db.close(timeout: .seconds(5))
    }
  }

  @Test(arguments: [false, true]) func killedAndBack(multiplex: Bool) async throws {
    try await VictimServer.with { victim in
      let db = try await Database.open(.postgres(try victim.configuration(pool: Self.pool, multiplex: multiplex)))
      try await Person.createAndFill(db)
      let log = EventLog(db)
      let hooks = Notes<String>()
      let open = Counter(), killed = Counter()
      let query = Task { try await SQL("SELECT 1::int8 FROM pg_sleep(60)").as(Int64.self).fetchAll(db) }
      let transaction = Task {
        try await db.transaction { transaction in
          transaction.onCommit { hooks.add("committed") }
          transaction.onRollback { hooks.add("rolled back") }
          try await Person.insert(.init("Alan")).run(transaction)
          open.add()
          try await killed.wait(for: 1)
          return try await Person.all().fetchCount(transaction)
        }
      }
      try await open.wait(for: 1)
      try await until {
        try await number(
          """
          SELECT count(*) FROM pg_stat_activity
          WHERE query LIKE '%pg_sleep(60)%' AND state = 'active' AND pid <> pg_backend_pid()
          """, db) > 0
      }
      try await victim.kill()
      killed.add()
      let inQuery = try await rowanError { try await query.value }
      #expect(inQuery.code == .connectionLost && inQuery.sql?.contains("pg_sleep") == true, "\(inQuery)")
      let inTransaction = try await rowanError { try await transaction.value }
      #expect(inTransaction.code == .connectionLost, "\(inTransaction)")
      // It never came to a commit, so that it is known what became of it.
      #expect(hooks.all == ["rolled back"])
      let refused = try await rowanError { try await Person.find(ID(1)).fetchFirst(db) }
      #expect([.connectionRefused, .connectionLost].contains(refused.code), "\(refused)")
      let events = await log.all()
      #expect(
        events.kinds.filter { $0.hasPrefix("transaction") } == [
          "transactionStart", "transactionConfirmed", "transactionRollback",
        ])
      #expect(events.compactMap(\.failure).count { $0.code == .connectionLost } >= 2)
      #expect(events.kinds.contains("connectionLost"))
      try await victim.start()
      try await until { (try? await Person.find(ID(1)).fetchFirst(db)) != nil }
      #expect(try await Person.all().fetchCount(db) == 4)
      await db.close(timeout: .seconds(5))
    }
  }

  /// What is left of connections that nobody used is noticed before a statement is sent.
  @Test(arguments: [false, true]) func killedWhileIdle(multiplex: Bool) async throws {
    try await VictimServer.with { victim in
      let db = try await Database.open(.postgres(try victim.configuration(pool: Self.pool, multiplex: multiplex)))
      try await Person.createAndFill(db)
      // The shared connection is opened when it is first asked for.
      for _ in 0..<50 { _ = try await Person.find(ID(1)).fetchFirst(db) }
      let log = EventLog(db)
      try await victim.kill()
      try await victim.start()
      #expect(try await Person.find(ID(2)).fetchFirst(db)?.name == "Grace")
      try await db.transaction { transaction in
        try await Person.insert(.init("Alan")).run(transaction)
      }
      #expect(try await Person.all().fetchCount(db) == 5)
      #expect(await log.all().kinds.contains("connectionLost"))
      await db.close(timeout: .seconds(5))
    }
  }
}
