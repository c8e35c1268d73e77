import Foundation
import Synchronization
import Testing

@testable import RowanCore
@testable import RowanSQLite

/// Connection events in the order they came.
private final class EventLog: Sendable {
  private let list = Mutex<[String]>([])

  var names: [String] { list.withLock { $0 } }

  func add(_ event: DatabaseEvent) {
    switch event {
    case .connectionOpened: list.withLock { $0.append("opened") }
    case .connectionClosed: list.withLock { $0.append("closed") }
    default: list.withLock { $0.append("other") }
    }
  }
}

@Suite struct DriverConfigurationTests {
  private func settings(_ db: TestDatabase, _ access: RawStatement.Access) async throws -> [String: Found] {
    try await db.driver.withConnection(Lease(access: access)) { connection in
      var found: [String: Found] = [:]
      var names = [
        "synchronous", "foreign_keys", "temp_store", "cache_size", "mmap_size", "query_only", "trusted_schema",
      ]
      // SQLite counts this one as a write even when it only asks.
      if access == .write { names.append("journal_mode") }
      for name in names {
        found[name] = try await connection.query("PRAGMA \(name)", access: access).first
      }
      return found
    }
  }

  @Test(arguments: [RawStatement.Access.read, .write]) func everyConnectionHasTheSettings(
    access: RawStatement.Access
  ) async throws {
    let standard = try await settings(try await TestDatabase(), access)
    var expected: [String: Found] = [
      "synchronous": .int(1), "foreign_keys": .int(1), "temp_store": .int(2),
      "cache_size": .int(-16_384), "mmap_size": .int(0), "query_only": .int(access == .read ? 1 : 0),
      "trusted_schema": .int(0),
    ]
    if access == .write { expected["journal_mode"] = .text("wal") }
    #expect(standard == expected)
    let other = try await settings(
      try await TestDatabase {
        $0.journalMode = .truncate
        $0.synchronous = .full
        $0.foreignKeys = false
        $0.temporaryInMemory = false
        $0.cacheSize = 1 << 20
        $0.memoryMapSize = 1 << 20
      }, access)
    #expect(other["synchronous"] == .int(2))
    #expect(other["foreign_keys"] == .int(0))
    #expect(other["temp_store"] == .int(0))
    #expect(other["cache_size"] == .int(-1024))
    #expect(other["mmap_size"] == .int(1 << 20))
    #expect(access == .read || other["journal_mode"] == .text("truncate"))
  }

  @Test(arguments: SQLiteConfiguration.JournalMode.allCases) func everyJournalModeWorks(
    mode: SQLiteConfiguration.JournalMode
  ) async throws {
    let db = try await TestDatabase { $0.journalMode = mode }
    try await db.driver.query("CREATE TABLE t (x INTEGER)")
    try await withThrowingTaskGroup(of: Void.self) { group in
      for task in 0..<40 {
        group.addTask {
          if task % 2 == 0 {
            try await db.driver.query("INSERT INTO t VALUES (1)")
          } else {
            #expect(try await db.driver.query("SELECT count(*) FROM t").rows.count == 1)
          }
        }
      }
      try await group.waitForAll()
    }
    #expect(try await db.driver.query("SELECT count(*) FROM t").first == .int(20))
  }

  @Test func aProcessCanKeepAFileToItself() async throws {
    let db = try await TestDatabase { $0.isExclusiveToProcess = true }
    try await db.driver.query("CREATE TABLE t (x INTEGER)")
    try await db.driver.query("INSERT INTO t VALUES (1)")
    #expect(try await db.driver.query("SELECT x FROM t").first == .int(1))
  }

  @Test(arguments: ["a b.db", "x?mode=ro.db", "100%.db", "é👍.db", "file:x.db", "#1.db"]) func oddFileNames(
    name: String
  ) async throws {
    let db = try await TestDatabase { configuration in
      if case .file(let path) = configuration.location {
        configuration.location = .file((path as NSString).deletingLastPathComponent + "/" + name)
      }
    }
    try await db.driver.query("CREATE TABLE t (x)")
    #expect(try await db.driver.query("SELECT count(*) FROM t").first == .int(0))
    #expect(FileManager.default.fileExists(atPath: db.folder.appendingPathComponent(name).path))
  }

  @Test func urls() async throws {
    func configuration(_ url: String) throws -> SQLiteConfiguration {
      try SQLiteConfiguration(url: try ConnectionURL(url))
    }
    #expect(try configuration("sqlite:app.db").location == .file("app.db"))
    #expect(try configuration("sqlite:data/app.db").location == .file("data/app.db"))
    #expect(try configuration("sqlite:///var/lib/a%20b.db").location == .file("/var/lib/a b.db"))
    #expect(try configuration("sqlite:/var/lib/app.db").location == .file("/var/lib/app.db"))
    #expect(try configuration("sqlite::memory:").location == .memory)
    let full = try configuration(
      "sqlite:a.db?mode=ro&immutable=true&exclusive=1&busy_timeout=250&journal_mode=delete&synchronous=extra"
        + "&foreign_keys=off&temp_memory=0&cache_size=4096&mmap_size=8192&readers=3&statement_cache=9&checkout_timeout=70"
    )
    #expect(full.mode == .readOnly && full.isImmutable && full.isExclusiveToProcess && !full.foreignKeys)
    #expect(full.busyTimeout == .milliseconds(250) && full.journalMode == .delete && full.synchronous == .extra)
    #expect(!full.temporaryInMemory && full.cacheSize == 4096 && full.memoryMapSize == 8192)
    #expect(full.pool.maxConnections == 3 && full.pool.statementCacheCapacity == 9)
    #expect(full.pool.checkoutTimeout == .milliseconds(70))
    for bad in [
      "sqlite:", "sqlite://host/a.db", "sqlite:a.db?mode=w", "sqlite:a.db?bussy_timeout=1", "sqlite:a.db?readers=x",
    ] {
      await expectError(.invalidURL) { _ = try configuration(bad) }
    }
  }

  @Test func aChangeOfFolderDoesNotMoveTheDatabase() async throws {
    let db = try await TestDatabase()
    #expect(try await db.driver.query("PRAGMA database_list", access: .read).rows.first?.last == .text(db.path))
  }

  @Test func connectionsAreReported() async throws {
    let db = try await TestDatabase { $0.pool.maxConnections = 2 }
    let events = EventLog()
    db.driver.connectionObserver?.listen { events.add($0) }
    for _ in 0..<3 { try await db.driver.query("SELECT 1") }
    #expect(events.names == ["opened"])
    await db.driver.close(timeout: .seconds(1))
    #expect(events.names == ["opened", "closed", "closed"])
  }

  @Test func capabilitiesAreThoseOfTheLibrary() async throws {
    let db = try await TestDatabase { $0.location = .memory }
    #expect(db.driver.dialect.capabilities.insertReturning)
    #expect(db.driver.dialect.capabilities.maxBinds >= 999)
  }
}
