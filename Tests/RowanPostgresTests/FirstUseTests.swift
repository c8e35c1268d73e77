import RowanCore
import RowanPostgres
import Testing
import WireRelay

/// How often a statement waits for the server, and what is sent for it.
@Suite(.postgres)
struct FirstUseTests {
  private func withRelay(
    _ pool: PoolOptions, multiplex: Bool = false, _ body: (PostgresDriver, Relay) async throws -> Void
  ) async throws {
    var configuration = try ServerAccess.configuration(pool: pool, multiplex: multiplex)
    let relay = try Relay(to: configuration.host, port: configuration.port, cutter: PostgresMessages())
    defer { relay.stop() }
    configuration.host = "127.0.0.1"
    configuration.port = relay.port
    configuration.tls = .disable
    try await ServerAccess.withDriver(configuration) { driver in try await body(driver, relay) }
  }

  /// The statement is parsed on the way, with one Sync for both.
  @Test(arguments: [false, true]) func theFirstUseOfAStatement(multiplex: Bool) async throws {
    let pool = PoolOptions(maxConnections: multiplex ? 2 : 1, lanes: 1)
    try await withRelay(pool, multiplex: multiplex) { driver, relay in
      if multiplex { _ = try await driver.openShared() } else { _ = try await driver.int("SELECT 0::int8") }
      let statement = Statements.compile("SELECT $1::int8", [.bigint], isPointRead: multiplex)
      for messages in ["PBDES", "BDES", "BDES"] {
        _ = relay.take()
        let found = try await driver.query(statement, [.int(3)]) { $0.int64() }
        #expect(found == [3])
        #expect(relay.take() == Relay.Traffic(turns: 1, messages: messages))
      }
    }
  }

  /// BEGIN travels with the first statement, parsed on the way or not.
  @Test func theFirstStatementOfATransaction() async throws {
    try await withRelay(PoolOptions(maxConnections: 1, lanes: 1)) { driver, relay in
      _ = try await driver.int("SELECT 0::int8")
      let statement = Statements.compile("SELECT $1::int8", [.bigint])
      for messages in ["PBDEPBDES", "PBDEBDES"] {
        try await driver.withConnection(Lease(access: .write)) { raw in
          _ = relay.take()
          try await raw.begin(TransactionOptions())
          let found = try await Connection(raw: raw).query(statement, [.int(3)]) { $0.int64() }
          #expect(found == [3])
          #expect(relay.take() == Relay.Traffic(turns: 1, messages: messages))
          try await raw.commit()
          #expect(relay.take() == Relay.Traffic(turns: 1, messages: "PBDES"))
        }
      }
    }
  }
}
