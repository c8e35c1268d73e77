import Foundation
import Rowan
import RowanMySQL
import RowanPostgres
import RowanSQLite
import RowanTesting
import Testing
import WireRelay

/// A database opened by nothing but its URL, whose scheme chooses the dialect.
@Suite struct OpenByURLTests {
  private static let dialects: [DialectProvider] = [.sqlite, .postgres, .mysql]

  private static func url(_ engine: EngineName) throws -> String {
    let environment = ProcessInfo.processInfo.environment
    switch engine {
    case .sqlite:
      return "sqlite:" + FileManager.default.temporaryDirectory.path + "/rowan-\(UUID().uuidString).db"
    case .postgres: return try #require(environment["ROWAN_TEST_POSTGRES_URL"])
    default: return try #require(environment["ROWAN_TEST_MYSQL_URL"])
    }
  }

  @Test(arguments: Engines.required) func theSchemeChoosesTheDialect(_ engine: EngineName) async throws {
    let url = try Self.url(engine)
    let database = try await Database.open(url: url, dialects: Self.dialects, plugins: [IdentityPlugin()])
    #expect(database.dialect.name == engine.name)
    let rows = try await SQL("SELECT 1 + \(Int64(1)) AS n").as(Int64.self).fetchAll(database)
    #expect(rows == [2])
    await database.close()
    if engine == .sqlite {
      for suffix in ["", "-wal", "-shm"] {
        try? FileManager.default.removeItem(atPath: url.dropFirst("sqlite:".count) + suffix)
      }
    }
  }

  @Test func aSchemeNobodyAnswersTo() async throws {
    let error = await #expect(throws: RowanError.self) {
      try await Database.open(url: "oracle://scott:tiger-0451@host/db", dialects: Self.dialects)
    }
    #expect(error?.code == .invalidURL)
    #expect(error?.hint?.contains("mysql") == true && error?.hint?.contains("sqlite") == true)
    #expect(error.map { "\($0)".contains("tiger-0451") } == false)
  }

  @Test func aDialectThatWasNotGiven() async throws {
    let error = await #expect(throws: RowanError.self) {
      try await Database.open(url: "postgres://127.0.0.1/db", dialects: [.sqlite])
    }
    #expect(error?.code == .invalidURL)
  }

  @Test(arguments: ["", ":", "sqlite", "postgres://host:port/db", "no url at all"])
  func whatIsNoURL(_ text: String) async throws {
    let error = await #expect(throws: RowanError.self) {
      try await Database.open(url: text, dialects: Self.dialects)
    }
    #expect(error?.code == .invalidURL, "\(text)")
  }

  /// A server that takes the connection and never answers: whoever is cancelled does not wait for the limit.
  @Test(.timeLimit(.minutes(2)), arguments: Engines.required.filter { $0 != .sqlite })
  func openingIsCancelled(_ engine: EngineName) async throws {
    let listener = try SilentListener()
    defer { listener.close() }
    let scheme = engine == .postgres ? "postgres" : "mysql"
    let option = engine == .postgres ? "connect_timeout" : "connect-timeout"
    let opening = Task {
      try await Database.open(
        url: "\(scheme)://user@127.0.0.1:\(listener.port)/name?\(option)=600", dialects: Self.dialects)
    }
    await listener.waitForSomebody()
    opening.cancel()
    let error = await #expect(throws: RowanError.self) { try await opening.value }
    #expect(error?.code == .cancelled)
  }

  /// A file that another connection has locked: neither does whoever waits for it.
  @Test(.timeLimit(.minutes(2))) func openingALockedFileIsCancelled() async throws {
    let path = FileManager.default.temporaryDirectory.path + "/rowan-\(UUID().uuidString).db"
    defer { try? FileManager.default.removeItem(atPath: path) }
    let holder = try await Database.open(url: "sqlite:\(path)?journal_mode=delete", dialects: Self.dialects)
    try await holder.transaction(access: .write) { tx in
      try await SQL("CREATE TABLE held (id INTEGER PRIMARY KEY)").run(tx)
      let opening = Task {
        try await Database.open(url: "sqlite:\(path)?busy_timeout=600000", dialects: Self.dialects)
      }
      try await Task.sleep(for: .milliseconds(100))
      opening.cancel()
      let error = await #expect(throws: RowanError.self) { try await opening.value }
      #expect(error?.code == .cancelled)
    }
    await holder.close()
  }
}
