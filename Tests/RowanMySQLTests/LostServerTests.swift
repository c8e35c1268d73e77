import Foundation
import RowanCore
import Testing

@testable import RowanMySQL

/// Servers that go away, each a private one.
@Suite(.enabled(if: TestDatabase.isRequired), .serialized, .timeLimit(.minutes(5)))
struct LostServerTests {
  @Test func killedMidQueryAndBack() async throws {
    try await VictimServer.with { server in
      let driver = try await MySQLDriver.open(server.configuration())
      let task = Task { await driver.failure("SELECT SLEEP(60)") }
      try await Task.sleep(for: .milliseconds(300))
      try server.kill()
      let error = await task.value
      #expect(error?.code == .connectionLost, "\(String(describing: error))")
      let refused = await driver.failure("SELECT 1")
      #expect(refused?.code == .connectionRefused, "\(String(describing: refused))")
      try server.start()
      let rows = try await retrying { try await driver.run("SELECT 1") }
      #expect(rows == [[.int(1)]])
      await driver.close(timeout: .seconds(1))
    }
  }

  @Test func killedMidStream() async throws {
    try await VictimServer.with { server in
      let driver = try await MySQLDriver.open(server.configuration())
      let stream = try await driver.stream(Statements.call("SELECT seq FROM seq_1_to_50000000", access: .read))
      let first = try await stream.nextBatch(limit: 10) { try $0.all().count }
      #expect(first == 10)
      try server.kill()
      // What is in the socket's buffers still comes.
      let error = await #expect(throws: RowanError.self) {
        while try await stream.nextBatch(limit: 10_000, { try $0.all().count }) != nil {}
      }
      #expect(error?.code == .connectionLost)
      await stream.close()
      try server.start()
      let rows = try await retrying { try await driver.run("SELECT 1") }
      #expect(rows == [[.int(1)]])
      await driver.close(timeout: .seconds(1))
    }
  }

  @Test func killedInsideATransaction() async throws {
    try await VictimServer.with { server in
      let driver = try await MySQLDriver.open(server.configuration())
      try await driver.run("CREATE TABLE t (id INT PRIMARY KEY)")
      let error = await #expect(throws: RowanError.self) {
        try await driver.withConnection(Lease(access: .write)) { connection in
          try await connection.begin(TransactionOptions())
          try await connection.run("INSERT INTO t VALUES (1)")
          try server.kill()
          do {
            try await connection.run("INSERT INTO t VALUES (2)")
          } catch {
            try await connection.rollback()
            throw error
          }
        }
      }
      #expect(error?.code == .connectionLost)
      try server.start()
      let rows = try await retrying { try await driver.run("SELECT COUNT(*) FROM t") }
      #expect(rows == [[.int(0)]])
      await driver.close(timeout: .seconds(1))
    }
  }

  @Test func killedBeforeCommit() async throws {
    try await VictimServer.with { server in
      let driver = try await MySQLDriver.open(server.configuration())
      try await driver.run("CREATE TABLE t (id INT PRIMARY KEY)")
      let error = await #expect(throws: RowanError.self) {
        try await driver.withConnection(Lease(access: .write)) { connection in
          try await connection.begin(TransactionOptions())
          try await connection.run("INSERT INTO t VALUES (1)")
          try server.kill()
          try await connection.commit()
        }
      }
      #expect(error?.code == .commitUnknown)
      await driver.close(timeout: .seconds(1))
    }
  }

  @Test func idleConnectionsAreReplaced() async throws {
    try await VictimServer.with { server in
      let driver = try await MySQLDriver.open(server.configuration())
      _ = try await driver.run("SELECT 1")
      try server.stop()
      try server.start()
      // The dead connection is seen before a statement is sent on it.
      let rows = try await driver.run("SELECT 2")
      #expect(rows == [[.int(2)]])
      // The same when the server closes one connection.
      let id = try await driver.run("SELECT CONNECTION_ID()")
      var number: Int64 = 0
      if case .int(let found)? = id.first?.first { number = found }
      let other = try await MySQLDriver.open(server.configuration(pool: PoolOptions(maxConnections: 1)))
      try await other.run("KILL \(number)")
      try await Task.sleep(for: .milliseconds(100))
      let again = try await driver.run("SELECT 3")
      #expect(again == [[.int(3)]])
      await other.close(timeout: .seconds(1))
      await driver.close(timeout: .seconds(1))
    }
  }

  @Test func tooManyConnections() async throws {
    try await VictimServer.with { server in
      let driver = try await MySQLDriver.open(server.configuration(pool: PoolOptions(maxConnections: 1)))
      try await driver.run("SET GLOBAL max_connections = 10")
      var others: [MySQLDriver] = []
      var code: RowanError.Code?
      for _ in 0..<15 where code == nil {
        do {
          others.append(try await MySQLDriver.open(server.configuration(pool: PoolOptions(maxConnections: 1))))
        } catch {
          code = (error as? RowanError)?.code
        }
      }
      #expect(code == .tooManyConnections)
      for other in others { await other.close(timeout: .seconds(1)) }
      await driver.close(timeout: .seconds(1))
    }
  }

  @Test func aServerWithoutEncryption() async throws {
    try await VictimServer.with { server in
      var configuration = server.configuration()
      configuration.tls = MySQLTLS(.preferred)
      let driver = try await MySQLDriver.open(configuration)
      let rows = try await driver.run("SELECT 1")
      #expect(rows == [[.int(1)]])
      await driver.close(timeout: .seconds(1))
      configuration.tls = MySQLTLS(.required)
      let error = await #expect(throws: RowanError.self) { try await MySQLDriver.open(configuration) }
      #expect(error?.code == .tlsFailed)
    }
  }

  /// What failed with the server down succeeds once the pool tries again.
  private func retrying<R>(_ body: () async throws -> R) async throws -> R {
    for _ in 0..<50 {
      do { return try await body() } catch let error as RowanError where error.code == .connectionRefused {
        try await Task.sleep(for: .milliseconds(100))
      }
    }
    return try await body()
  }
}
