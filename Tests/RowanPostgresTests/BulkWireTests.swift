import Rowan
import RowanPostgres
import RowanTesting
import Testing
import WireRelay

/// What is sent for many rows and many statements, and how often it waits for the server.
@Suite(.postgres)
struct BulkWireTests {
  private func crates(_ count: Int) -> [Crate.Draft] {
    (0..<count).map { .init(label: "crate \($0)", weight: $0 % 2 == 0 ? Double($0) : nil) }
  }

  /// A hundred rows are one statement with an array for each column, and no transaction around it.
  @Test func aBulkInsertIsOneStatementOfArrays() async throws {
    try await TypedDatabase.with { typed in
      let recorder = SQLRecorder(typed.db)
      for messages in ["PBDES", "BDES"] {
        _ = typed.relay.take()
        let changed = try await Crate.insert(crates(100)).run(typed.db).affectedRows
        #expect(changed == 100)
        #expect(typed.relay.take() == Relay.Traffic(turns: 1, messages: messages))
      }
      await typed.db.eventsDelivered()
      let statements = await recorder.statements(atLeast: 2)
      #expect(statements.count == 2)
      for sql in statements { #expect(sql.lowercased().contains("unnest(")) }
      #expect(try await Crate.all().fetchCount(typed.db) == 200)
      #expect(try await Crate.where { $0.label == "crate 7" && $0.weight == nil }.fetchCount(typed.db) == 2)
    }
  }

  /// Inside a transaction, BEGIN travels with it.
  @Test func aBulkInsertInsideATransaction() async throws {
    try await TypedDatabase.with { typed in
      try await typed.db.transaction { transaction in
        _ = typed.relay.take()
        try await Crate.insert(crates(100)).run(transaction)
        #expect(typed.relay.take() == Relay.Traffic(turns: 1, messages: "PBDEPBDES"))
      }
      #expect(typed.relay.take() == Relay.Traffic(turns: 1, messages: "PBDES"))
    }
  }

  /// Ten statements wait for the server once, BEGIN included; COMMIT once more.
  @Test(arguments: [false, true]) func aBatchIsOneTurn(ownTransaction: Bool) async throws {
    @Sendable func fill(_ batch: inout Batch) {
      for number in 0..<9 { batch.add(Crate.insert(.init(label: "crate \(number)", weight: Double(number)))) }
      batch.add(Crate.update { $0.label = "heavy" }.where { $0.weight > 6.5 })
    }
    let ten = "PBDE" + "PBDE" + String(repeating: "BDE", count: 8) + "PBDES"
    try await TypedDatabase.with { typed in
      let changed: [Int]
      _ = try await SQL("SELECT 1").run(typed.db)
      _ = typed.relay.take()
      if ownTransaction {
        changed = try await typed.db.transaction { transaction in
          let results = try await transaction.batch { fill(&$0) }
          #expect(typed.relay.take() == Relay.Traffic(turns: 1, messages: ten))
          return results.map(\.affectedRows)
        }
        #expect(typed.relay.take() == Relay.Traffic(turns: 1, messages: "PBDES"))
      } else {
        changed = try await typed.db.batch { fill(&$0) }.map(\.affectedRows)
        #expect(typed.relay.take() == Relay.Traffic(turns: 2, messages: ten + "PBDES"))
      }
      #expect(changed == Array(repeating: 1, count: 9) + [2])
    }
  }

  /// A stream has the server work out the rows of a batch, and no more: a sequence tells how many there were.
  @Test func aStreamIsReadBatchByBatch() async throws {
    try await ServerAccess.withDriver(pool: PoolOptions(maxConnections: 2, lanes: 1)) { driver in
      let sequence = Statements.name("worked_out")
      try await driver.execute("CREATE SEQUENCE \(sequence) AS int8")
      let numbers = Statements.compile("SELECT nextval('\(sequence)') FROM generate_series(1, 100000)")
      let stream = try await driver.stream(DriverCall(numbers, []))
      for batch in 1...3 {
        #expect(try await stream.nextBatch(limit: 10) { try Statements.readAll($0) { $0.int64() }.count } == 10)
        #expect(try await driver.int("SELECT last_value FROM \(sequence)") == Int64(batch * 10))
      }
      await stream.close()
      #expect(try await driver.int("SELECT last_value FROM \(sequence)") == 30)
      try await driver.execute("DROP SEQUENCE \(sequence)")
    }
  }
}
