import Foundation
import RowanCore
import Testing

@testable import RowanMySQL

/// One statement over many rows, and many statements in a row.
@Suite(.enabled(if: TestDatabase.isRequired), .timeLimit(.minutes(2)))
struct BulkTests {
  private func rows(_ count: Int, _ row: (Int) -> [SQLValue]) -> ContiguousArray<SQLValue> {
    var values = ContiguousArray<SQLValue>()
    for index in 0..<count { values += row(index) }
    return values
  }

  @Test(arguments: [0, 1, 2, 999, 1000, 1001, 3500]) func inserts(_ count: Int) async throws {
    try await TestDatabase.withDriver { driver in
      try await driver.withTable("id INT PRIMARY KEY, a BIGINT, b VARCHAR(20), c DOUBLE, d DATETIME(6)") { table in
        let insert = Statements.compiled(
          "INSERT INTO \(table) VALUES (?, ?, ?, ?, ?)", types: [.integer, .bigint, .varchar(20), .double, .timestamp])
        let values = rows(count) { index in
          [
            .int(Int64(index)), index % 3 == 0 ? .null : .int(Int64(index) * 7),
            index % 5 == 0 ? .null : .text("\(index)"),
            index % 7 == 0 ? .null : .double(Double(index) / 4),
            .timestamp(Timestamp(microseconds: Int64(index) * 1_000_003)),
          ]
        }
        let changed = try await driver.withConnection(Lease(access: .write)) { connection in
          try await connection.begin(TransactionOptions())
          let changed = try await connection.runMany(insert, values: values, rows: count)
          try await connection.commit()
          return changed
        }
        #expect(changed == count)
        let stored = try await driver.run("SELECT * FROM \(table) ORDER BY id")
        #expect(stored.count == count)
        for (index, row) in stored.enumerated() {
          let expected: [Seen] = [
            .int(Int64(index)), index % 3 == 0 ? .null : .int(Int64(index) * 7),
            index % 5 == 0 ? .null : .text("\(index)"), index % 7 == 0 ? .null : .double(Double(index) / 4),
            .timestamp(Int64(index) * 1_000_003, 0),
          ]
          if row != expected { Issue.record("row \(index) is \(row)") }
        }
      }
    }
  }

  /// A column whose values are of several kinds is executed row by row.
  @Test func mixedKinds() async throws {
    try await TestDatabase.withDriver { driver in
      try await driver.withTable("id INT PRIMARY KEY, v VARCHAR(30)") { table in
        let insert = Statements.compiled("INSERT INTO \(table) VALUES (?, ?)", types: [nil, nil])
        let values = rows(1500) { [.int(Int64($0)), $0 == 700 ? .text("text") : .int(Int64($0))] }
        let changed = try await driver.withConnection(Lease(access: .write)) {
          try await $0.runMany(insert, values: values, rows: 1500)
        }
        #expect(changed == 1500)
        let stored = try await driver.run("SELECT v FROM \(table) WHERE id IN (699, 700, 1400) ORDER BY id")
        #expect(stored == [[.text("699")], [.text("text")], [.text("1400")]])
      }
    }
  }

  @Test func aFailureMidwayIsRolledBackWithTheTransaction() async throws {
    try await TestDatabase.withDriver { driver in
      try await driver.withTable("id INT PRIMARY KEY") { table in
        let insert = Statements.compiled("INSERT INTO \(table) VALUES (?)", types: [nil])
        let values = rows(2500) { [.int(Int64($0 == 1700 ? 3 : $0))] }
        try await driver.withConnection(Lease(access: .write)) { connection in
          try await connection.begin(TransactionOptions())
          let error = await #expect(throws: RowanError.self) {
            try await connection.runMany(insert, values: values, rows: 2500)
          }
          #expect(error?.code == .uniqueViolation)
          #expect(error?.constraint == "PRIMARY")
          try await connection.rollback()
          // The statement is as good as before.
          let changed = try await connection.runMany(insert, values: [.int(1), .int(2)], rows: 2)
          #expect(changed == 2)
          let one = try await connection.run(DriverCall(insert, [.int(3)])) { $0.affectedRows }
          #expect(one == 1)
        }
        let count = try await driver.run("SELECT COUNT(*) FROM \(table)")
        #expect(count == [[.int(3)]])
      }
    }
  }

  @Test func updatesAndDeletes() async throws {
    try await TestDatabase.withDriver { driver in
      try await driver.withTable("id INT PRIMARY KEY, v INT") { table in
        try await driver.run("INSERT INTO \(table) SELECT seq, 0 FROM seq_1_to_100")
        try await driver.withConnection(Lease(access: .write)) { connection in
          let update = Statements.compiled("UPDATE \(table) SET v = ? WHERE id = ?", types: [nil, nil])
          let updated = try await connection.runMany(
            update, values: rows(50) { [.int(Int64($0)), .int(Int64($0 + 1))] }, rows: 50)
          #expect(updated == 50)
          let delete = Statements.compiled("DELETE FROM \(table) WHERE id = ?", types: [nil])
          let deleted = try await connection.runMany(delete, values: rows(200) { [.int(Int64($0))] }, rows: 200)
          #expect(deleted == 100)
        }
      }
    }
  }

  @Test func largeValuesAreSplitByThePacketsTheServerTakes() async throws {
    try await TestDatabase.withDriver { driver in
      try await driver.withTable("id INT PRIMARY KEY, v LONGTEXT") { table in
        let insert = Statements.compiled("INSERT INTO \(table) VALUES (?, ?)", types: [nil, nil])
        let big = String(repeating: "x", count: 3 << 20)
        let changed = try await driver.withConnection(Lease(access: .write)) {
          try await $0.runMany(insert, values: rows(10) { [.int(Int64($0)), .text(big)] }, rows: 10)
        }
        #expect(changed == 10)
        let stored = try await driver.run("SELECT COUNT(*), MIN(LENGTH(v)) FROM \(table)")
        #expect(stored == [[.int(10), .int(3 << 20)]])
      }
    }
  }

  @Test func refusesRowsThatDoNotMatchThePlaceholders() async throws {
    try await TestDatabase.withDriver { driver in
      let insert = Statements.compiled("DO ?, ?", types: [nil, nil])
      try await driver.withConnection(Lease(access: .write)) { connection in
        let error = await #expect(throws: RowanError.self) {
          try await connection.runMany(insert, values: [.int(1), .int(2), .int(3)], rows: 2)
        }
        #expect(error?.code == .internalError)
        let bad = await #expect(throws: RowanError.self) {
          try await connection.run(DriverCall(insert, [.int(1)])) { _ in }
        }
        #expect(bad?.code == .internalError)
      }
    }
  }

  @Test func batchesStopAtTheFirstFailure() async throws {
    try await TestDatabase.withDriver { driver in
      try await driver.withTable("id INT PRIMARY KEY") { table in
        @Sendable func insert(_ id: Int64) -> DriverCall {
          Statements.call("INSERT INTO \(table) VALUES (?)", [.int(id)])
        }
        try await driver.withConnection(Lease(access: .write)) { connection in
          let counts = try await connection.runBatch([insert(1), insert(2), Statements.call("DELETE FROM \(table)")])
          #expect(counts == [1, 1, 2])
          let error = await #expect(throws: RowanError.self) {
            try await connection.runBatch([insert(1), insert(1), insert(2)])
          }
          #expect(error?.code == .uniqueViolation)
          let none = try await connection.runBatch([])
          #expect(none.isEmpty)
        }
        let ids = try await driver.run("SELECT id FROM \(table)")
        #expect(ids == [[.int(1)]])
      }
    }
  }
}
