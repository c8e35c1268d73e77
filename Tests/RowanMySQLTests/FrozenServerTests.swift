import RowanCore
import RowanMySQL
import Testing

/// A server that is there and says nothing.
@Suite(.enabled(if: TestDatabase.isRequired), .serialized, .timeLimit(.minutes(5)))
struct FrozenServerTests {
  @Test func aStatementEndsByItsOwnDeadline() async throws {
    try await VictimServer.with { server in
      let pool = PoolOptions(maxConnections: 2, checkoutTimeout: .seconds(5), lanes: 1)
      let db = try await Database.open(.mysql(server.configuration(pool: pool)))
      let one = SQL("SELECT 1").as(Int64.self)
      #expect(try await one.fetchOne(db) == 1)
      try server.freeze()
      let limit = Duration.milliseconds(400)
      var start = ContinuousClock.now
      let lone = await #expect(throws: RowanError.self) { try await one.fetchOne(db.withTimeout(limit)) }
      let duration = start.duration(to: .now)
      #expect(lone?.code == .queryTimeout)
      #expect(duration >= limit && duration < .seconds(5), "\(duration)")
      // In a transaction, whose connection is held and cannot be rolled back.
      start = .now
      let error = await #expect(throws: RowanError.self) {
        try await db.withTimeout(limit).transaction(timeout: .seconds(2)) { try await one.fetchOne($0) }
      }
      let transaction = start.duration(to: .now)
      let codes: [RowanError.Code] = [.queryTimeout, .poolTimeout, .connectionLost, .connectTimeout]
      #expect(error.map { codes.contains($0.code) } == true, "\(String(describing: error))")
      #expect(transaction < .seconds(20), "\(transaction)")
      try server.thaw()
      var answer: Int64?
      for _ in 0..<100 where answer == nil {
        answer = try? await one.fetchOne(db)
        if answer == nil { try await Task.sleep(for: .milliseconds(100)) }
      }
      #expect(answer == 1)
      await db.close(timeout: .seconds(2))
    }
  }
}
