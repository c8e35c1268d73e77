import Foundation
import Rowan
import RowanMySQL
import RowanPostgres
import RowanSQLite
import RowanTesting
import Testing

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
}
