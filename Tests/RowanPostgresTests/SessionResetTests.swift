import RowanCore
import RowanPostgres
import Testing

/// What a borrower did to the session does not reach the next one.
@Suite(.postgres) struct SessionResetTests {
  private static let single = PoolOptions(maxConnections: 1, lanes: 1)

  @Test(arguments: [
    ("SET ROLE rowan", "role"), ("SET SESSION AUTHORIZATION rowan", "role"), ("SET work_mem = '1234kB'", "work_mem"),
    ("SET search_path TO pg_catalog", "search_path"), ("SET statement_timeout = 12345", "statement_timeout"),
    ("BEGIN", "role"),
  ])
  func settingsAndRoles(_ command: String, _ setting: String) async throws {
    try await ServerAccess.withDriver(pool: Self.single) { driver in
      let look = "SELECT pg_backend_pid()::text || ' ' || current_setting('\(setting)')"
      let before = try await driver.query(look) { $0.string() }
      try await driver.execute(command)
      #expect(try await driver.query(look) { $0.string() } == before)
      #expect(
        try await driver.int(
          "SELECT count(*) FROM pg_stat_activity WHERE state LIKE 'idle in%' AND pid = pg_backend_pid()") == 0)
    }
  }

  @Test func anIdleTransactionsEndIsNamed() async throws {
    try await ServerAccess.withDriver(pool: Self.single) { driver in
      let error = try await rowanError {
        try await driver.withConnection(Lease(access: .write)) { raw in
          try await raw.begin(TransactionOptions())
          try await Connection(raw: raw).execute("SET LOCAL idle_in_transaction_session_timeout = 50")
          try await Task.sleep(for: .milliseconds(300))
          do {
            try await Connection(raw: raw).execute("SELECT 1")
          } catch {
            try await raw.rollback()
            throw error
          }
        }
      }
      #expect([.connectionLost, .queryTimeout].contains(error.code))
      #expect(try await driver.int("SELECT 5::int8") == 5)
    }
  }
}
