import RowanPostgres
import Testing

@testable import RowanCore

@Suite(.postgres)
struct PoolBehaviourTests {
  @Test func nestedCheckout() async throws {
    var pool = PoolOptions(maxConnections: 1, lanes: 1)
    pool.checkoutTimeout = .milliseconds(300)
    try await ServerAccess.withDriver(pool: pool) { driver in
      let mark = TransactionMark(driver: ObjectIdentifier(driver), access: .write, site: CallSite("file", 7))
      try await driver.withConnection(Lease(access: .write)) { _ in
        let error = try await TransactionMark.$stack.withValue(mark) {
          try await rowanError { try await driver.execute("SELECT 1") }
        }
        #expect(error.code == .nestedCheckout)
        #expect(error.message.hasPrefix("a connection was asked for from inside"))
        let lease = Lease(access: .write, site: CallSite("inner", 9))
        let both = try await TransactionMark.$stack.withValue(mark) {
          try await rowanError { try await driver.withConnection(lease) { _ in } }
        }
        #expect(both.code == .nestedCheckout)
        #expect(both.message.contains("asked for at inner:9 from inside") && both.message.hasSuffix("opened at file:7"))
      }
    }
  }

  @Test func reportsConnections() async throws {
    let opened = Counter()
    let closed = Counter()
    let lost = Counter()
    try await ServerAccess.withDriver(pool: PoolOptions(maxConnections: 2, lanes: 1)) { driver in
      driver.connectionObserver?.listen { event in
        switch event {
        case .connectionOpened: opened.add()
        case .connectionClosed: closed.add()
        case .connectionLost: lost.add()
        default: break
        }
      }
      try await driver.withConnection(Lease(access: .read)) { first in
        try await driver.withConnection(Lease(access: .read)) { second in
          let other = try await Connection(raw: second).int("SELECT pg_backend_pid()::int8")
          _ = try await Connection(raw: first).query("SELECT pg_terminate_backend($1::int4)", [.int(other)]) {
            $0.bool()
          }
          #expect(
            try await rowanError { try await Connection(raw: second).int("SELECT 1::int8") }.code == .connectionLost)
        }
      }
      #expect(opened.count == 1 && lost.count == 1)
      #expect(try await driver.int("SELECT 1::int8") == 1)
    }
    #expect(closed.count >= 1)
  }

  @Test func statementsThatRefuseATransaction() async throws {
    try await ServerAccess.withDriver { driver in
      let table = Statements.name("outside")
      try await driver.execute("CREATE TABLE \(table) (n int8)")
      try await driver.execute("VACUUM \(table)")
      try await driver.execute("CREATE INDEX CONCURRENTLY \(table)_ix ON \(table) (n)")
      #expect(try await rowanError { try await driver.execute("SELECT 1\0; DROP TABLE \(table)") }.code == .syntaxError)
      try await driver.execute("DROP TABLE \(table)")
    }
  }

  @Test func keepsAMinimum() async throws {
    var configuration = try ServerAccess.configuration(
      pool: PoolOptions(maxConnections: 4, minConnections: 3, lanes: 2))
    let name = Statements.name("minimum")
    configuration.applicationName = name
    try await ServerAccess.withDriver(configuration) { driver in
      // One statement at a time needs one connection; those of this driver alone are counted.
      try await until {
        try await driver.int("SELECT count(*) FROM pg_stat_activity WHERE application_name = $1", [.text(name)]) == 3
      }
    }
  }
}
