import RowanCore
import Testing
import WireRelay

@testable import RowanMySQL

/// How often a statement waits for the server, and what is sent for it.
@Suite(.enabled(if: TestDatabase.isRequired))
struct FirstUseTests {
  private func withRelay(
    cache: Int = 100, _ body: (MySQLDriver, Relay) async throws -> Void
  ) async throws {
    var configuration = try TestDatabase.configuration(
      pool: PoolOptions(maxConnections: 1, statementCacheCapacity: cache, lanes: 1))
    guard case .tcp(let host, let port) = configuration.address else {
      throw TestDatabase.Missing(name: "an address for TCP")
    }
    let relay = try Relay(to: host, port: port, cutter: MySQLPackets())
    defer { relay.stop() }
    configuration.address = .tcp(host: "127.0.0.1", port: relay.port)
    let driver = try await MySQLDriver.open(configuration)
    do {
      try await body(driver, relay)
      await driver.close(timeout: .seconds(5))
    } catch {
      await driver.close(timeout: .seconds(5))
      throw error
    }
  }

  /// What the first uses of `statement` and then two more send, and find.
  private func expect(
    _ first: Relay.Traffic, _ compiled: Compiled, _ values: [SQLValue], _ found: [[Seen]], _ driver: MySQLDriver,
    _ relay: Relay
  ) async throws {
    for traffic in [first, Relay.Traffic(turns: 1, messages: "E"), Relay.Traffic(turns: 1, messages: "E")] {
      _ = relay.take()
      let rows = try await driver.run(DriverCall(compiled, ContiguousArray(values))) { try $0.all() }
      #expect(rows == found, "\(compiled.sql)")
      #expect(relay.take() == traffic, "\(compiled.sql)")
    }
  }

  /// Lets a statement that reads be the one prepared last: nothing is sent at once after one that writes.
  private func calm(_ driver: MySQLDriver, _ relay: Relay? = nil) async throws {
    try await driver.run(DriverCall(Statements.compiled("SELECT 0", access: .read), [])) { _ in }
    _ = relay?.take()
  }

  private let once = Relay.Traffic(turns: 1, messages: "PE")
  private let twice = Relay.Traffic(turns: 2, messages: "PE")

  /// Both requests are on their way before either is answered.
  @Test func theFirstUseOfAStatement() async throws {
    try await withRelay { driver, relay in
      try await driver.withTable("id INT PRIMARY KEY, v VARCHAR(20)") { table in
        try await calm(driver)
        let insert = Statements.compiled("INSERT IGNORE INTO \(table) VALUES (?, ?)", types: [nil, nil])
        try await expect(once, insert, [.int(1), .text("a")], [], driver, relay)
        try await calm(driver)
        let read = Statements.compiled(
          "SELECT v, '?', `id` FROM \(table) WHERE id = ? /* by ? */", types: [nil], access: .read)
        try await expect(once, read, [.int(1)], [[.text("a"), .text("?"), .int(1)]], driver, relay)
        let all = Statements.compiled("SELECT id FROM \(table)", access: .read)
        try await expect(once, all, [], [[.int(1)]], driver, relay)
        let odd = Statements.compiled("SELECT ? * 1/*a*/*LENGTH('*/ ? ') /* ' */", types: [nil], access: .read)
        try await expect(once, odd, [.int(7)], [[.int(35)]], driver, relay)
      }
    }
  }

  /// Where only the server knows what is a placeholder, and where the requests are long, it is asked first.
  @Test(arguments: [
    "SELECT ? -- ?", "SELECT ? # ?", "SELECT /*! ? */", "SELECT ?, 'it\\'s' ", "SELECT /*M! ? */",
  ]) func textsThatOnlyTheServerUnderstands(sql: String) async throws {
    try await withRelay { driver, relay in
      let compiled = Statements.compiled(sql, types: [nil], access: .read)
      let rows = try await driver.run(DriverCall(compiled, [.int(7)])) { try $0.all() }
      #expect(rows.first?.first == .int(7))
      _ = relay.take()
      let again = Statements.compiled(sql, types: [nil], access: .read)
      _ = try await driver.run(DriverCall(again, [.int(7)])) { _ in }
      #expect(relay.take() == twice)
    }
  }

  @Test func longRequests() async throws {
    try await withRelay { driver, relay in
      let long = String(repeating: "x", count: 20_000)
      let values = Statements.compiled("SELECT LENGTH(?)", types: [nil], access: .read)
      try await expect(twice, values, [.text(long)], [[.int(20_000)]], driver, relay)
      let text = Statements.compiled("SELECT LENGTH('\(long)'), ?", types: [nil], access: .read)
      try await expect(twice, text, [.int(1)], [[.int(20_000), .int(1)]], driver, relay)
    }
  }

  /// A text inside which a placeholder was written has none: it is refused, and not executed.
  @Test func aPlaceholderInQuotes() async throws {
    try await withRelay { driver, _ in
      try await driver.withTable("v VARCHAR(20)") { table in
        let failure = await driver.failure("INSERT INTO \(table) VALUES ('?')", .text("a"))
        #expect(failure?.code == .internalError)
        #expect(await driver.failure("INSERT INTO \(table) VALUES (?)") != nil)
        let count = try await driver.run("SELECT COUNT(*) FROM \(table)")
        #expect(count == [[.int(0)]])
      }
    }
  }

  /// What cannot be prepared is told by its own error, and leaves nothing in the way of what comes next.
  @Test func statementsThatFailAtOnce() async throws {
    try await withRelay { driver, relay in
      try await driver.withTable("id INT PRIMARY KEY") { table in
        let wrong = await driver.failure("SELECT nothing FROM \(table) WHERE id = ?", .int(1))
        #expect(wrong?.server?.number == 1054)
        #expect(await driver.failure("SELEC ?", .int(1))?.code == .syntaxError)
        #expect(try await driver.run("SELECT ?", .int(2)) == [[.int(2)]])

        // The one before was prepared: what cannot be must not be executed in its place.
        let insert = Statements.compiled("INSERT INTO \(table) VALUES (?)", types: [nil])
        try await driver.run(DriverCall(insert, [.int(1)])) { _ in }
        #expect(await driver.failure("INSERT INTO nowhere VALUES (?)", .int(5))?.server?.number == 1146)
        #expect(try await driver.run("SELECT id FROM \(table)") == [[.int(1)]])

        // It was prepared, and executing it failed: it need not be prepared again.
        let doubled = Statements.compiled("INSERT INTO \(table) (id) VALUES (?)", types: [nil])
        try await calm(driver)
        for traffic in [once, Relay.Traffic(turns: 1, messages: "E")] {
          _ = relay.take()
          await #expect(throws: RowanError.self) { try await driver.run(DriverCall(doubled, [.int(1)])) { _ in } }
          #expect(relay.take() == traffic)
        }
        try await driver.run(DriverCall(doubled, [.int(2)])) { _ in }
        #expect(try await driver.run("SELECT id FROM \(table) ORDER BY id") == [[.int(1)], [.int(2)]])
      }
    }
  }

  /// A full cache closes what was used longest ago, before the new one gives results.
  @Test func statementsThatMakeWay() async throws {
    try await withRelay(cache: 1) { driver, relay in
      for value in 1...4 {
        let read = Statements.compiled("SELECT \(value) UNION ALL SELECT ?", types: [nil], access: .read)
        let rows = try await driver.run(DriverCall(read, [.int(9)])) { try $0.all() }
        #expect(rows == [[.int(Int64(value))], [.int(9)]])
        #expect(relay.take().messages.hasSuffix(value == 1 ? "PE" : "CPE"))
      }
    }
  }

  /// What a statement inside a procedure fails with is no reason to call the procedure again.
  @Test func proceduresThatFailInside() async throws {
    try await withRelay { driver, relay in
      try await driver.withTable("id INT AUTO_INCREMENT PRIMARY KEY") { table in
        let body = ["EXECUTE nobody", "PREPARE s FROM 'PREPARE q FROM ''SELECT 1'''"]
        for (inside, number) in zip(body, [1243, 1295]) {
          let name = TestDatabase.name("p")
          try await driver.run("CREATE PROCEDURE \(name)() BEGIN INSERT INTO \(table) VALUES (); \(inside); END")
          try await driver.run("DELETE FROM \(table)")
          let call = Statements.compiled("CALL \(name)()")
          try await calm(driver, relay)
          for calls in 1...3 {
            let error = await #expect(throws: RowanError.self) { try await driver.run(DriverCall(call, [])) { _ in } }
            #expect(error?.server?.number == number)
            let count = try await driver.run("SELECT COUNT(*) FROM \(table)")
            #expect(count == [[.int(Int64(calls))]], "\(inside)")
          }
          try await driver.run("DROP PROCEDURE \(name)")
        }
      }
    }
  }

  @Test func librariesThatAreOldEnough() {
    for (version, isKnown) in [
      ("3.3.0", true), ("3.4.5", true), ("4.0.0", true), ("3.2.7", false), ("3.1.30", false), ("", false),
      ("3", false),
    ] {
      #expect(MySQLSession.libraryExecutesDirectly(version) == isKnown, "\(version)")
    }
    #expect(!MySQLSession.libraryExecutesDirectly(nil))
  }

  /// What makes way does not take the results of a procedure with it, nor the error that comes last.
  @Test func proceduresThatPushOthersOut() async throws {
    try await withRelay(cache: 1) { driver, _ in
      try await driver.withTable("id INT PRIMARY KEY") { table in
        let (good, bad) = (TestDatabase.name("p"), TestDatabase.name("p"))
        try await driver.run("CREATE PROCEDURE \(good)(n INT) BEGIN SELECT n; SELECT n + 1; END")
        try await driver.run("CREATE PROCEDURE \(bad)(n INT) BEGIN SELECT n; SIGNAL SQLSTATE '45000'; END")
        let read = Statements.compiled("SELECT ?", types: [nil], access: .read)
        let write = Statements.compiled("REPLACE INTO \(table) VALUES (?)", types: [nil])
        for before in [read, write] {
          for after in [good, bad] {
            try await driver.run(DriverCall(before, [.int(1)])) { _ in }
            // The statement prepared last does not write, so that the call goes at once.
            if before === write { try await calm(driver) }
            let call = Statements.compiled("CALL \(after)(?)", types: [nil], access: .read)
            if after == good {
              #expect(try await driver.run(DriverCall(call, [.int(4)])) { try $0.all() } == [[.int(4)]])
            } else {
              let error = await #expect(throws: RowanError.self) {
                try await driver.run(DriverCall(call, [.int(4)])) { _ in }
              }
              #expect(error?.server?.sqlState == "45000")
            }
          }
        }
        try await driver.run("DROP PROCEDURE \(good)")
        try await driver.run("DROP PROCEDURE \(bad)")
      }
    }
  }

  /// Where the server has no room for another statement, it must not execute an older one that writes.
  @Test func aServerWithoutRoomForStatements() async throws {
    try await VictimServer.with { server in
      let driver = try await MySQLDriver.open(server.configuration(pool: PoolOptions(maxConnections: 1)))
      try await driver.run("CREATE TABLE kept (id INT PRIMARY KEY)")
      try await driver.run("INSERT INTO kept VALUES (1), (2), (3)")
      let number = Statements.compiled("SELECT id FROM kept WHERE id = ?", types: [nil], access: .read)
      let delete = Statements.compiled("DELETE FROM kept WHERE id = ?", types: [nil])
      let other = try await MySQLDriver.open(server.configuration(pool: PoolOptions(maxConnections: 1)))
      // Prepared while there is room.
      let raise = Statements.compiled("SET GLOBAL max_prepared_stmt_count = 16382")
      try await other.run(DriverCall(raise, [])) { _ in }
      for last in [number, delete] {
        try await driver.run(DriverCall(last, [.int(1)])) { _ in }
        try await other.run("SET GLOBAL max_prepared_stmt_count = 0")
        let read = Statements.compiled("SELECT * FROM kept WHERE id = ?", types: [nil], access: .read)
        let error = await #expect(throws: RowanError.self) {
          try await driver.run(DriverCall(read, [.int(2)])) { _ in }
        }
        #expect(error?.server?.number == 1461)
        try await other.run(DriverCall(raise, [])) { _ in }
        // What was prepared is still there, and what was not can be.
        try await driver.run(DriverCall(last, [.int(1)])) { _ in }
        #expect(try await driver.run(DriverCall(read, [.int(2)])) { try $0.all() } == [[.int(2)]])
      }
      await other.close(timeout: .seconds(1))
      await driver.close(timeout: .seconds(1))
    }
  }

  /// After a statement that writes the next one is prepared first, and the one after that is not.
  @Test func statementsAfterOneThatWrites() async throws {
    try await withRelay { driver, relay in
      try await driver.withTable("id INT PRIMARY KEY") { table in
        try await calm(driver)
        let write = Statements.compiled("REPLACE INTO \(table) VALUES (?)", types: [nil])
        try await expect(once, write, [.int(1)], [], driver, relay)
        let read = Statements.compiled("SELECT id FROM \(table) WHERE id = ?", types: [nil], access: .read)
        try await expect(twice, read, [.int(1)], [[.int(1)]], driver, relay)
        let another = Statements.compiled("SELECT id + 1 FROM \(table) WHERE id = ?", types: [nil], access: .read)
        try await expect(once, another, [.int(1)], [[.int(2)]], driver, relay)
      }
    }
  }

  /// Encryption reads and writes in its own time.
  @Test func overTLS() async throws {
    let configuration = try TestDatabase.configuration(tls: MySQLTLS(.required), pool: PoolOptions(maxConnections: 2))
    let driver = try await MySQLDriver.open(configuration)
    for length in [1, 100, 10_000] {
      let text = String(repeating: "x", count: length)
      let read = Statements.compiled("SELECT REPEAT(?, 100)", types: [nil], access: .read)
      let rows = try await driver.run(DriverCall(read, [.text(text)])) { try $0.all() }
      #expect(rows == [[.text(String(repeating: text, count: 100))]])
      #expect(await driver.failure("SELECT nothing, ?", .text(text))?.server?.number == 1054)
    }
    await driver.close(timeout: .seconds(5))
  }

  /// The second answer never comes: the first is what the statement failed with, and the connection is not used again.
  @Test func theConnectionEndsBetweenTwoAnswers() async throws {
    try await withRelay { driver, relay in
      try await calm(driver)
      // The first packet is the answer to the request to prepare.
      relay.hangUp { bytes in 4 + Int(bytes[0]) + Int(bytes[1]) << 8 }
      #expect(await driver.failure("SELECT nothing")?.server?.number == 1054)
      #expect(try await driver.run("SELECT 1") == [[.int(1)]])
    }
  }

  /// A procedure gives more than one result, and rows in between.
  @Test func procedures() async throws {
    try await withRelay { driver, _ in
      let name = TestDatabase.name("p")
      try await driver.run(
        "CREATE PROCEDURE \(name)(n INT) BEGIN SELECT n AS a; SELECT n + 1 AS b, n AS c; END")
      let call = Statements.compiled("CALL \(name)(?)", types: [nil])
      for _ in 0..<3 {
        #expect(try await driver.run(DriverCall(call, [.int(4)])) { try $0.all() } == [[.int(4)]])
        #expect(try await driver.run("SELECT 1") == [[.int(1)]])
      }
      try await driver.run("DROP PROCEDURE \(name)")
    }
  }

  /// Left while the answer is awaited, and the connection goes on.
  @Test func firstUsesThatAreLeft() async throws {
    try await withRelay { driver, relay in
      let slow = Statements.compiled("SELECT SLEEP(?), 1", types: [nil], access: .read)
      let began = ContinuousClock.now
      let failure = await #expect(throws: RowanError.self) {
        try await driver.run(DriverCall(slow, [.int(30)], timeout: .milliseconds(50))) { _ in }
      }
      #expect(failure?.code == .queryTimeout)
      #expect(try await driver.run("SELECT ?", .int(2)) == [[.int(2)]])
      _ = relay.take()
      let task = Task { try await driver.run(DriverCall(slow, [.int(30)])) { _ in } }
      while !relay.take().messages.contains("E") { try await Task.sleep(for: .milliseconds(1)) }
      task.cancel()
      await #expect(throws: RowanError.self) { try await task.value }
      #expect(try await driver.run("SELECT ?", .int(3)) == [[.int(3)]])
      #expect(ContinuousClock.now - began < .seconds(30))
      let rows = try await driver.run(DriverCall(slow, [.int(0)])) { try $0.all() }
      #expect(rows == [[.int(0), .int(1)]])
    }
  }
}
