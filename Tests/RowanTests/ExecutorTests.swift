import Foundation
import Rowan
import RowanTesting
import Testing

/// Where the closures of a database run: on a server's lane all the way through, wherever the caller was; for an engine
/// in process, on the thread it is called on.
@Suite struct ExecutorTests {
  /// The threads a closure was seen on, before and after it waited, and the lanes that owned them.
  private struct Seen: Sendable {
    var threads: [String] = []
    var lanes: [ObjectIdentifier?] = []
    /// Whether each was one of the database's.
    var areOfTheDatabase: [Bool] = []

    mutating func note(_ db: Database) {
      threads.append(Self.thread)
      let lane = Lane.current
      lanes.append(lane.map { ObjectIdentifier($0) })
      // The lane that a database prefers is the current one where that is its own.
      areOfTheDatabase.append(lane != nil && db.lane as? Lane === lane)
    }

    static var thread: String { "\(pthread_self())" }
  }

  @MainActor @Test(arguments: Engines.required.filter { $0 != .sqlite })
  func closuresOfTheMainActorRunOnTheLane(_ engine: EngineName) async throws {
    let store = try await Engines.engine(engine).makeStore()
    let db = try await Database.open(store.configuration(PoolOptions(maxConnections: 4, lanes: 2)))
    let one = SQL("SELECT 1 AS n").as(Int64.self)
    var caller = Seen()
    caller.note(db)
    #expect(caller.lanes == [nil])
    var all: [Seen] = []
    all.append(
      try await db.transaction { transaction in
        var seen = Seen()
        seen.note(db)
        _ = try await one.fetchOne(transaction)
        seen.note(db)
        try await transaction.savepoint { inner in _ = try await one.fetchOne(inner) }
        seen.note(db)
        for try await _ in one.stream(transaction) { seen.note(db) }
        await Task.yield()
        seen.note(db)
        return seen
      })
    all.append(
      try await db.read { transaction in
        var seen = Seen()
        seen.note(db)
        _ = try await one.fetchOne(transaction)
        seen.note(db)
        return seen
      })
    for seen in all {
      #expect(!seen.threads.contains(caller.threads[0]))
      #expect(Set(seen.threads).count == 1, "\(seen.threads)")
      #expect(seen.areOfTheDatabase.allSatisfy { $0 }, "\(seen.areOfTheDatabase)")
      #expect(Set(seen.lanes).count == 1)
    }
    caller.note(db)
    // The main actor's own thread may be another by now.
    #expect(caller.lanes == [nil, nil])
    await db.close()
    await store.remove()
  }

  /// Where the rows of a query are read, which waits for nothing else.
  private func reading(_ db: Database) async throws -> Seen {
    let statement = SQL("SELECT 1 AS n").as(Int64.self).statement
    return try await db.execute(statement) { source in
      var seen = Seen()
      while try source.next() { seen.note(db) }
      return seen
    }
  }

  /// A server's rows are read on the lane of their connection, SQLite's where the query was asked for.
  @Test(arguments: Engines.required) func rowsAreReadWhereTheConnectionLives(_ engine: EngineName) async throws {
    let store = try await Engines.engine(engine).makeStore()
    let db = try await Database.open(store.configuration(PoolOptions(maxConnections: 4, lanes: 2)))
    #expect((db.lane == nil) == (engine == .sqlite))
    let seen = try await Task.detached {
      // Opens the connection that reads: nothing is waited for from here on.
      _ = try await reading(db)
      let thread = Seen.thread
      return (caller: thread, reader: try await reading(db))
    }.value
    #expect(seen.reader.threads.count == 1)
    if engine == .sqlite {
      #expect(seen.reader.threads == [seen.caller])
      #expect(seen.reader.lanes == [nil])
    } else {
      #expect(seen.reader.threads != [seen.caller])
      #expect(seen.reader.areOfTheDatabase == [true])
    }
    await db.close()
    await store.remove()
  }

  /// Nor do the reads of a transaction go anywhere, which wait for nothing there.
  @Test(.enabled(if: Engines.required.contains(.sqlite)))
  func readsInsideATransactionOnSQLiteStayOnTheThread() async throws {
    let store = try await Engines.engine(.sqlite).makeStore()
    let db = try await Database.open(store.configuration(PoolOptions(maxConnections: 2)))
    let one = SQL("SELECT 1 AS n").as(Int64.self)
    let seen = try await Task.detached {
      _ = try await reading(db)
      let thread = Seen.thread
      let inside = try await db.read { transaction in
        var seen = Seen()
        for _ in 0..<3 {
          seen.note(db)
          _ = try await one.fetchOne(transaction)
        }
        seen.note(db)
        return seen
      }
      return (caller: thread, inside: inside)
    }.value
    #expect(seen.inside.threads.allSatisfy { $0 == seen.caller }, "\(seen)")
    #expect(seen.inside.lanes.allSatisfy { $0 == nil })
    await db.close()
    await store.remove()
  }
}
