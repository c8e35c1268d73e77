import Foundation
import Rowan
import RowanTesting
import Testing

/// Where the closures of a database run: not where the caller was, and on a server's lane all the way through.
@Suite struct ExecutorTests {
  /// The threads a closure was seen on, before and after it waited.
  private struct Seen: Sendable {
    var threads: [String] = []

    mutating func note() {
      threads.append("\(pthread_self())")
    }
  }

  @MainActor @Test(arguments: Engines.required.filter { $0 != .sqlite })
  func closuresOfTheMainActorRunOnTheLane(_ engine: EngineName) async throws {
    let store = try await Engines.engine(engine).makeStore()
    let db = try await Database.open(store.configuration(PoolOptions(maxConnections: 2)))
    let one = SQL("SELECT 1 AS n").as(Int64.self)
    var caller = Seen()
    caller.note()
    var all: [Seen] = []
    all.append(
      try await db.transaction { transaction in
        var seen = Seen()
        seen.note()
        _ = try await one.fetchOne(transaction)
        seen.note()
        try await transaction.savepoint { inner in _ = try await one.fetchOne(inner) }
        seen.note()
        return seen
      })
    all.append(
      try await db.read { transaction in
        var seen = Seen()
        seen.note()
        _ = try await one.fetchOne(transaction)
        seen.note()
        return seen
      })
    for seen in all {
      #expect(!seen.threads.contains(caller.threads[0]))
      #expect(Set(seen.threads).count == 1, "\(seen.threads)")
    }
    await db.close()
    await store.remove()
  }
}
