import Foundation
import RowanCore
import Testing

@testable import RowanSQLite

/// Many rows for a file that somebody else has locked: their transaction waits for the lock, or, where the file is
/// attached inside a transaction that is open already, their first row does.
@Suite struct DriverBulkLockTests {
  /// The database, another file of its own, and who writes to that.
  struct Files {
    let db: TestDatabase
    let other: SQLiteDriver
    let otherPath: String

    init(busyTimeout: Duration) async throws {
      db = try await TestDatabase { $0.busyTimeout = busyTimeout }
      try await db.driver.query("CREATE TABLE t (id INTEGER PRIMARY KEY, x TEXT)")
      otherPath = db.folder.appendingPathComponent("other.db").path
      other = try await SQLiteDriver(SQLiteConfiguration(path: otherPath))
      try await other.query("CREATE TABLE u (id INTEGER PRIMARY KEY, x TEXT)")
    }

    /// The driver that locks the file, which is the attached one or the database's own.
    func holder(isAttached: Bool) async throws -> SQLiteDriver {
      if isAttached { return other }
      return try await SQLiteDriver(SQLiteConfiguration(path: db.path))
    }

    /// Inserts three rows and returns how many it inserted, leaving the transaction open where there is one.
    func insert(isAttached: Bool, on connection: any DriverConnection) async throws -> Int {
      if isAttached {
        try await connection.begin(TransactionOptions())
        try await connection.query("INSERT INTO t VALUES (100, 'before')")
        try await connection.query("ATTACH ? AS other", .text(otherPath))
      }
      let insert = compiled("INSERT INTO \(isAttached ? "other.u" : "t") (id, x) VALUES (?, ?)", .write)
      return try await connection.runMany(insert, values: DriverBulkTests.values(1...3), rows: 3)
    }

    /// How many rows both tables have.
    func counts() async throws -> [Found?] {
      let own = try await db.driver.query("SELECT count(*) FROM t").first
      let attached = try await other.query("SELECT count(*) FROM u").first
      return [own, attached]
    }
  }

  @Test(arguments: [false, true]) func aLockThatGoesAwayIsTaken(isAttached: Bool) async throws {
    let files = try await Files(busyTimeout: .seconds(60))
    let holder = try await files.holder(isAttached: isAttached)
    let gate = AsyncStream<Void>.makeStream()
    let holding = Task {
      try await holder.withConnection(Lease(access: .write)) { connection in
        try await connection.begin(TransactionOptions())
        gate.continuation.finish()
        try await Task.sleep(for: .milliseconds(80))
        try await connection.commit()
      }
    }
    for await _ in gate.stream {}
    try await files.db.driver.withConnection(Lease(access: .write)) { (connection: any DriverConnection) async throws in
      #expect(try await files.insert(isAttached: isAttached, on: connection) == 3)
      if isAttached { try await connection.commit() }
    }
    try await holding.value
    #expect(try await files.counts() == (isAttached ? [.int(1), .int(3)] : [.int(3), .int(0)]))
  }

  @Test(arguments: [false, true]) func aLockThatStaysIsReported(isAttached: Bool) async throws {
    let files = try await Files(busyTimeout: .milliseconds(60))
    let holder = try await files.holder(isAttached: isAttached)
    try await holder.withConnection(Lease(access: .write)) { (held: any DriverConnection) async throws in
      try await held.begin(TransactionOptions())
      try await files.db.driver.withConnection(Lease(access: .write)) { connection in
        let started = ContinuousClock.now
        await expectError(.databaseLocked) { _ = try await files.insert(isAttached: isAttached, on: connection) }
        #expect(ContinuousClock.now - started >= .milliseconds(55))
        // Nothing but the rows is undone.
        if isAttached { try await connection.commit() }
      }
      try await held.rollback()
    }
    #expect(try await files.counts() == [.int(isAttached ? 1 : 0), .int(0)])
  }

  @Test(arguments: [false, true]) func waitingCanBeCancelled(isAttached: Bool) async throws {
    let files = try await Files(busyTimeout: .seconds(60))
    let holder = try await files.holder(isAttached: isAttached)
    try await holder.withConnection(Lease(access: .write)) { (held: any DriverConnection) async throws in
      try await held.begin(TransactionOptions())
      let task = Task {
        try await files.db.driver.withConnection(Lease(access: .write)) { connection in
          _ = try await files.insert(isAttached: isAttached, on: connection)
        }
      }
      try await Task.sleep(for: .milliseconds(30))
      task.cancel()
      await expectError(.cancelled) { try await task.value }
      try await held.rollback()
    }
    #expect(try await files.counts() == [.int(0), .int(0)])
  }
}
