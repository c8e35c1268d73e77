import Foundation
import Rowan
import RowanTesting
import Testing

@testable import RowanCore

/// A database nobody has a handle of any more gives its connections back to the server.
@Suite struct LettingGoTests {
  private static let required = Engines.required

  private func session(_ engine: EngineName) -> RawQuery<Int64> {
    (engine == .postgres ? SQL("SELECT CAST(pg_backend_pid() AS bigint) AS id") : SQL("SELECT CONNECTION_ID() AS id"))
      .as(Int64.self)
  }

  private func isThere(_ id: Int64, _ engine: EngineName, _ db: Database) async throws -> Bool {
    let count =
      engine == .postgres
      ? SQL("SELECT count(*) AS n FROM pg_stat_activity WHERE pid = \(id)")
      : SQL("SELECT count(*) AS n FROM information_schema.processlist WHERE id = \(id)")
    return try await count.as(Int64.self).fetchOne(db) > 0
  }

  @Test(arguments: required.filter { $0 != .sqlite }) func sessionsEnd(_ engine: EngineName) async throws {
    let store = try await Engines.engine(engine).makeStore()
    let watcher = try await Database.open(store.configuration(PoolOptions(maxConnections: 1)))
    let id = try await {
      let db = try await Database.open(store.configuration(PoolOptions(maxConnections: 2)))
      return try await self.session(engine).fetchOne(db)
    }()
    var isOver = false
    for _ in 0..<3000 where !isOver {
      isOver = try await !isThere(id, engine, watcher)
      if !isOver { try await Task.sleep(for: .milliseconds(10)) }
    }
    #expect(isOver)
    await watcher.close()
    await store.remove()
  }

  /// A stream keeps what it reads from.
  @Test(arguments: required) func streamsGoOn(_ engine: EngineName) async throws {
    let store = try await Engines.engine(engine).makeStore()
    let rows = try await {
      let db = try await Database.open(store.configuration(PoolOptions(maxConnections: 2)))
      return SQL("SELECT 1 AS n UNION ALL SELECT 2 UNION ALL SELECT 3").as(Int64.self).stream(db, batchSize: 1)
    }()
    var found: [Int64] = []
    for try await row in rows { found.append(row) }
    #expect(found.sorted() == [1, 2, 3])
    await store.remove()
  }

  /// References that do not keep what they name.
  private struct Parts {
    weak var core: DatabaseCore?
    weak var hub: EventHub?
    weak var observer: ConnectionObserver?

    var areGone: Bool { core == nil && hub == nil && observer == nil }
  }

  /// Neither its events nor what its driver reports to outlives a database that was listened to.
  @Test(arguments: required) func eventsAreLetGo(_ engine: EngineName) async throws {
    let store = try await Engines.engine(engine).makeStore()
    let parts = try await {
      let db = try await Database.open(store.configuration(PoolOptions(maxConnections: 2)))
      let token = db.on { _ in }
      #expect(try await SQL("SELECT 1 AS n").as(Int64.self).fetchOne(db) == 1)
      token.cancel()
      return Parts(core: db.core, hub: db.core.events, observer: db.core.driver.connectionObserver)
    }()
    for _ in 0..<3000 where !parts.areGone { try await Task.sleep(for: .milliseconds(10)) }
    #expect(parts.areGone)
    await store.remove()
  }
}
