import Rowan
import RowanMySQL
import RowanTesting
import Testing
import WireRelay

/// What is sent for many rows.
@Suite(.enabled(if: TestDatabase.isRequired))
struct BulkWireTests {
  /// A database of its own, and what stands between it and the server.
  private func withDatabase(_ body: (Database, Relay) async throws -> Void) async throws {
    var configuration = try TestDatabase.configuration(pool: PoolOptions(maxConnections: 1, lanes: 1))
    guard case .tcp(let host, let port) = configuration.address else {
      throw TestDatabase.Missing(name: "an address for TCP")
    }
    let relay = try Relay(to: host, port: port, cutter: MySQLPackets())
    defer { relay.stop() }
    let name = TestDatabase.name("typed")
    configuration.address = .tcp(host: "127.0.0.1", port: relay.port)
    configuration.database = name
    let wanted = configuration
    try await TestDatabase.withDriver(pool: PoolOptions(maxConnections: 1)) { admin in
      try await admin.run("CREATE DATABASE \(name)")
      let failure: (any Error)?
      do {
        try await admin.run(
          """
          CREATE TABLE \(name).crates (
            id BIGINT AUTO_INCREMENT PRIMARY KEY, label VARCHAR(255) NOT NULL, weight DOUBLE)
          """)
        let db = try await Database.open(.mysql(wanted))
        do {
          try await body(db, relay)
          failure = nil
        } catch {
          failure = error
        }
        await db.close(timeout: .seconds(10))
      } catch {
        failure = error
      }
      try await admin.run("DROP DATABASE \(name)")
      if let failure { throw failure }
    }
  }

  private func crates(_ count: Int) -> [Crate.Draft] {
    (0..<count).map { .init(label: "crate \($0)", weight: $0 % 2 == 0 ? Double($0) : nil) }
  }

  /// MariaDB executes a statement of one row over arrays of values. MySQL has no such command, and is sent the rows.
  @Test func aBulkInsertIsOneExecutionOverArrays() async throws {
    try await withDatabase { db, relay in
      let version = try await SQL("SELECT VERSION() AS v").as(String.self).fetchOne(db)
      let isMariaDB = version.contains("MariaDB")
      let recorder = SQLRecorder(db)
      for round in 1...2 {
        _ = relay.take()
        let changed = try await Crate.insert(crates(100)).run(db).affectedRows
        #expect(changed == 100)
        let traffic = relay.take()
        #expect(traffic.messages.count { $0 == "B" } == (isMariaDB ? 1 : 0), "\(traffic)")
        if isMariaDB {
          #expect(!traffic.messages.contains("E"), "\(traffic)")
          #expect(traffic.messages.count { $0 == "P" } == (round == 1 ? 1 : 0), "\(traffic)")
        }
      }
      if isMariaDB {
        // One row's placeholders, whatever the number of rows.
        for event in await recorder.events(atLeast: 2) { #expect(event.bindCount == 2 && event.affectedRows == 100) }
      }
      #expect(try await Crate.all().fetchCount(db) == 200)
      #expect(try await Crate.where { $0.label == "crate 7" && $0.weight == nil }.fetchCount(db) == 2)
    }
  }

  /// What SQL by hand calls nobody knows: the statement after it is not sent before the server has prepared it.
  @Test func theFirstUseAfterSQLByHand() async throws {
    try await withDatabase { db, relay in
      guard case .executeMany = db.dialect.capabilities.bulkInsert else { return }
      func expect(_ turns: Int, _ query: Query<Crate>) async throws {
        _ = relay.take()
        _ = try await query.fetchAll(db)
        #expect(relay.take() == Relay.Traffic(turns: turns, messages: "PE"))
      }
      _ = try await Crate.all().select { ($0.id, SQL("abs(1)").expression(Int.self)) }.fetchAll(db)
      try await expect(2, Crate.where { $0.id > 1 })
      try await expect(1, Crate.where { $0.id < 1 })
      // Without a word in it, it calls nothing.
      _ = try await Crate.all().select { ($0.id, SQL("1").expression(Int.self)) }.fetchAll(db)
      try await expect(1, Crate.where { $0.weight > 1 })
    }
  }

  /// Each row has a place of its own in the arrays, in more than one execution where there are many.
  @Test func severalExecutions() async throws {
    try await withDatabase { db, relay in
      guard case .executeMany = db.dialect.capabilities.bulkInsert else { return }
      _ = relay.take()
      try await Crate.insert(crates(2500)).run(db)
      let messages = relay.take().messages
      #expect(messages.count { $0 == "B" } == 3 && !messages.contains("E"), "\(messages)")
      let sum = try await Crate.all().select { $0.weight.sum() }.fetchOne(db)
      #expect(sum == Double((0..<1250).reduce(0) { $0 + 2 * $1 }))
    }
  }
}

@Table("crates")
struct Crate: Hashable {
  @Column(.primaryKey, .generated) let id: Int64
  var label: String
  var weight: Double?
}
