import RowanCore
import RowanPostgres
import Testing

/// A server that is there and says nothing.
@Suite(.postgres, .serialized)
struct FrozenServerTests {
  @Test func aStatementEndsByItsOwnDeadline() async throws {
    let victim = try await VictimServer()
    do {
      let pool = PoolOptions(maxConnections: 2, checkoutTimeout: .seconds(5), lanes: 1)
      let db = try await Database.open(.postgres(try victim.configuration(pool: pool)))
      let one = SQL("SELECT 1").as(Int64.self)
      #expect(try await one.fetchOne(db) == 1)
      try await victim.freeze()
      let limit = Duration.milliseconds(400)
      var start = ContinuousClock.now
      #expect(try await rowanError { try await one.fetchOne(db.withTimeout(limit)) }.code == .queryTimeout)
      let duration = start.duration(to: .now)
      #expect(duration >= limit && duration < .seconds(5), "\(duration)")
      // In a transaction, whose connection is held and cannot be rolled back.
      start = .now
      let error = try await rowanError {
        try await db.withTimeout(limit).transaction(timeout: .seconds(2)) { try await one.fetchOne($0) }
      }
      #expect([.queryTimeout, .poolTimeout, .connectionLost, .connectTimeout].contains(error.code), "\(error)")
      let transaction = start.duration(to: .now)
      #expect(transaction < .seconds(20), "\(transaction)")
      try await victim.thaw()
      var answer: Int64?
      for _ in 0..<100 where answer == nil {
        answer = try? await one.fetchOne(db)
        if answer == nil { try await Task.sleep(for: .milliseconds(100)) }
      }
      #expect(answer == 1)
      await db.close(timeout: .seconds(2))
      try await victim.remove()
    } catch {
      try await victim.remove()
      throw error
    }
  }
}
