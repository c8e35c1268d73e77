import Foundation
import RowanCore
import Testing
import WireRelay

@testable import RowanMySQL

/// What stands between a configuration and a session.
@Suite(.enabled(if: TestDatabase.isRequired), .timeLimit(.minutes(3)))
struct ConnectTests {
  private func failure(
    _ change: (inout MySQLConfiguration) throws -> Void
  ) async throws -> RowanError? {
    var configuration = try TestDatabase.configuration()
    try change(&configuration)
    do {
      let driver = try await MySQLDriver.open(configuration)
      await driver.close(timeout: .seconds(1))
      return nil
    } catch {
      return error as? RowanError
    }
  }

  private func cipher(_ tls: MySQLTLS, host: String? = nil) async throws -> Seen? {
    var configuration = try TestDatabase.configuration(tls: tls)
    if let host, case .tcp(_, let port) = configuration.address { configuration.address = .tcp(host: host, port: port) }
    let driver = try await MySQLDriver.open(configuration)
    do {
      let row = try await driver.run("SHOW SESSION STATUS LIKE 'Ssl_cipher'")
      await driver.close(timeout: .seconds(1))
      return row.first?.last
    } catch {
      await driver.close(timeout: .seconds(1))
      throw error
    }
  }

  @Test func aWrongPassword() async throws {
    let error = try #require(try await failure { $0.password = "hunter2" })
    #expect(error.code == .authenticationFailed)
    #expect(error.server?.number == 1045)
    #expect(error.message.contains("Access denied"))
    #expect(!"\(error)".contains("hunter2"))
  }

  @Test func anUnknownDatabase() async throws {
    let limit = Duration.seconds(60)
    let start = ContinuousClock.now
    let error = try #require(
      try await failure {
        $0.database = "no_such_database"
        $0.pool.connectTimeout = limit
      })
    #expect(error.code == .unknownDatabase)
    #expect(error.server?.number == 1049)
    #expect(error.message.contains("Unknown database 'no_such_database'"))
    // The server's answer is told when it comes, not when the time to connect is over.
    #expect(ContinuousClock.now - start < limit)
  }

  @Test func aRefusedPort() async throws {
    let start = ContinuousClock.now
    let error = try await failure { $0.address = .tcp(host: "127.0.0.1", port: 1) }
    #expect(error?.code == .connectionRefused)
    let socket = try await failure { $0.address = .socket(path: "/nowhere/mysqld.sock") }
    #expect(socket?.code == .connectionRefused)
    let host = try await failure { $0.address = .tcp(host: "no-such-host.invalid", port: 3306) }
    #expect(host?.code == .connectionRefused || host?.code == .connectTimeout)
    #expect(ContinuousClock.now - start < .seconds(12))
  }

  /// A listener that never says a word.
  @Test func aServerThatDoesNotAnswer() async throws {
    let listener = try SilentListener()
    defer { listener.close() }
    let start = ContinuousClock.now
    let error = try await failure {
      $0.address = .tcp(host: "127.0.0.1", port: listener.port)
      $0.pool.connectTimeout = .milliseconds(300)
    }
    #expect(error?.code == .connectTimeout)
    #expect(ContinuousClock.now - start < .seconds(10))
  }

  /// Neither do the threads that connect: there are few of them, and a server that comes back elsewhere needs them.
  @Test func helperThreadsDoNotStayWithAServerThatDoesNotAnswer() async throws {
    let listener = try SilentListener()
    defer { listener.close() }
    var configuration = try TestDatabase.configuration()
    configuration.address = .tcp(host: "127.0.0.1", port: listener.port)
    configuration.pool.connectTimeout = .seconds(1)
    let opener = MySQLOpener(configuration: configuration)
    let threads = BlockingThreads(limit: 1)
    threads.submit { _ = try? opener.open() }
    threads.submit { _ = try? opener.killQuery(1) }
    let start = ContinuousClock.now
    await threads.drain(within: .seconds(15))
    #expect(ContinuousClock.now - start < .seconds(12))
  }

  @Test func aUnixSocket() async throws {
    let path = try TestDatabase.required("ROWAN_TEST_MYSQL_SOCKET")
    var configuration = try TestDatabase.configuration(tls: MySQLTLS(.verifyIdentity))
    configuration.address = .socket(path: path)
    let driver = try await MySQLDriver.open(configuration)
    let rows = try await driver.run("SELECT 1")
    #expect(rows == [[.int(1)]])
    await driver.close(timeout: .seconds(1))
  }

  @Test func encryption() async throws {
    let authority = try TestDatabase.required("ROWAN_TEST_TLS_CA")
    #expect(try await cipher(MySQLTLS(.disabled)) == .text(""))
    for tls in [
      MySQLTLS(.preferred), MySQLTLS(.required), MySQLTLS(.verifyCA, authority: authority),
      MySQLTLS(.verifyIdentity, authority: authority),
    ] {
      #expect(try await cipher(tls) != .text(""), "\(tls)")
      #expect(try await cipher(tls, host: "localhost") != .text(""), "\(tls)")
    }
  }

  @Test func certificatesAreVerified() async throws {
    let other = try TestDatabase.required("ROWAN_TEST_TLS_OTHER_CA")
    for tls in [
      MySQLTLS(.verifyCA, authority: other), MySQLTLS(.verifyIdentity, authority: other), MySQLTLS(.verifyIdentity),
      MySQLTLS(.verifyCA, authority: "/nowhere.pem"),
    ] {
      let error = try await failure { $0.tls = tls }
      #expect(error?.code == .tlsFailed, "\(tls): \(String(describing: error))")
    }
  }

  /// The certificate is for localhost and 127.0.0.1; 0.0.0.0 leads to the same server, and is not in it.
  @Test func certificatesNameTheHost() async throws {
    let authority = try TestDatabase.required("ROWAN_TEST_TLS_CA")
    for host in ["localhost", "127.0.0.1"] {
      #expect(try await cipher(MySQLTLS(.verifyIdentity, authority: authority), host: host) != .text(""), "\(host)")
    }
    let stranger = "0.0.0.0"
    let error = try await failure {
      $0.tls = MySQLTLS(.verifyIdentity, authority: authority)
      if case .tcp(_, let port) = $0.address { $0.address = .tcp(host: stranger, port: port) }
    }
    #expect(error?.code == .tlsFailed, "\(String(describing: error))")
    #expect(try await cipher(MySQLTLS(.verifyCA, authority: authority), host: stranger) != .text(""))
  }

  @Test func largeResultsAndStreamsOverTLS() async throws {
    let driver = try await MySQLDriver.open(TestDatabase.configuration(tls: MySQLTLS(.required)))
    let text = String(repeating: "tls", count: 1 << 20)
    let rows = try await driver.run("SELECT ?", .text(text))
    #expect(rows == [[.text(text)]])
    let stream = try await driver.stream(
      Statements.call("SELECT seq, REPEAT('x', 100) FROM seq_1_to_50000", access: .read))
    var count = 0
    while let batch = try await stream.nextBatch(limit: 999, { try $0.all().count }) { count += batch }
    #expect(count == 50_000)
    let task = Task { try await driver.run("SELECT SLEEP(10)") }
    try await Task.sleep(for: .milliseconds(100))
    task.cancel()
    let error = await #expect(throws: RowanError.self) { try await task.value }
    #expect(error?.code == .cancelled)
    await driver.close(timeout: .seconds(2))
  }

  @Test func theServerIsRecognised() async throws {
    try await TestDatabase.withDriver { driver in
      let capabilities = driver.dialect.capabilities
      let isMariaDB = try await driver.run("SELECT VERSION() LIKE '%MariaDB%'") == [[.int(1)]]
      #expect(capabilities.insertReturning == isMariaDB)
      #expect((capabilities.bulkInsert == .executeMany) == isMariaDB)
      #expect(!capabilities.transactionalDDL)
    }
    let old = MySQLServer(
      isMariaDB: true, number: 100_335, description: "10.3.35-MariaDB", maxPacket: 1, rollbackOnTimeout: false,
      hasBulkExecution: true, executesDirectly: true)
    #expect(throws: RowanError.self) { try old.check() }
  }
}
