import Foundation
import RowanCore
import Testing

@testable import RowanSQLite

@Suite struct DriverErrorTests {
  static func schema() async throws -> TestDatabase {
    let db = try await TestDatabase()
    try await db.driver.query("CREATE TABLE teams (id INTEGER PRIMARY KEY)")
    try await db.driver.query(
      """
      CREATE TABLE users (
        id INTEGER PRIMARY KEY, email TEXT NOT NULL, team INTEGER REFERENCES teams (id), age INTEGER,
        CONSTRAINT adult CHECK (age >= 18), UNIQUE (email, team))
      """)
    try await db.driver.query("CREATE UNIQUE INDEX by_lower ON users (lower(email)) WHERE team IS NULL")
    try await db.driver.query("INSERT INTO teams VALUES (1)")
    try await db.driver.query("INSERT INTO users VALUES (1, 'secret-value', 1, 20), (9, 'secret-value', NULL, 20)")
    return db
  }

  private func check(
    _ code: RowanError.Code, _ sql: String, _ values: SQLValue..., table: String? = nil, columns: [String] = [],
    constraint: String? = nil, location: SourceLocation = #_sourceLocation
  ) async throws {
    let db = try await Self.schema()
    let error = await expectError(code, location) {
      let call = DriverCall(compiled(sql, .write), ContiguousArray(values))
      try await db.driver.run(call) { _ = try Answer($0) }
    }
    #expect(error?.table == table, sourceLocation: location)
    #expect(error?.columns == columns, sourceLocation: location)
    #expect(error?.constraint == constraint, sourceLocation: location)
    #expect(error?.sql == sql, sourceLocation: location)
    #expect(error.map { "\($0)".contains("secret-value") } == false, sourceLocation: location)
    // The connection is fit for use afterwards.
    #expect(try await db.driver.query("SELECT count(*) FROM users").first == .int(2), sourceLocation: location)
    try await db.driver.query("INSERT INTO teams VALUES (77)")
  }

  @Test func constraints() async throws {
    let secret = SQLValue.text("secret-value")
    try await check(
      .uniqueViolation, "INSERT INTO users VALUES (1, ?, 1, 20)", .text("x"), table: "users", columns: ["id"])
    try await check(
      .uniqueViolation, "INSERT INTO users VALUES (2, ?, 1, 20)", secret, table: "users", columns: ["email", "team"])
    try await check(
      .uniqueViolation, "INSERT INTO users VALUES (2, upper(?), NULL, 20)", secret, constraint: "by_lower")
    try await check(
      .notNullViolation, "INSERT INTO users VALUES (2, ?, 1, 20)", .null, table: "users", columns: ["email"])
    try await check(.checkViolation, "INSERT INTO users VALUES (2, ?, 1, 3)", secret, constraint: "adult")
    try await check(.foreignKeyViolation, "INSERT INTO users VALUES (2, ?, 9, 20)", .text("y"))
    try await check(.foreignKeyViolation, "DELETE FROM teams")
    try await check(.valueOutOfRange, "INSERT INTO teams VALUES (?)", secret)
  }

  @Test func statements() async throws {
    try await check(.syntaxError, "SELEC 1")
    try await check(.syntaxError, "SELECT 1; SELECT 2")
    try await check(.syntaxError, "SELECT 1 -- a\u{0}b")
    try await check(.emptyStatement, "")
    try await check(.emptyStatement, " ; -- nothing\n/* at all */")
    try await check(.unknownTable, "SELECT * FROM nowhere", table: "nowhere")
    try await check(.unknownColumn, "SELECT emial FROM users", columns: ["emial"])
    try await check(.unknownColumn, "SELECT \"emial\" FROM users", columns: ["emial"])
    try await check(.unknownColumn, "INSERT INTO users (emial) VALUES (1)")
    try await check(.invalidIdentifier, "CREATE TABLE sqlite_mine (x)")
    try await check(.nestingTooDeep, "SELECT " + String(repeating: "1+", count: 2000) + "1")
    try await check(.valueOutOfRange, "SELECT sum(x) FROM (SELECT 9223372036854775807 AS x UNION ALL SELECT 1)")
  }

  @Test func trailingCommentsAreNoSecondStatement() async throws {
    let db = try await TestDatabase()
    #expect(try await db.driver.query("SELECT 1; -- one\n ; /* and no more */ ;").first == .int(1))
    #expect(try await db.driver.query("WITH x AS (SELECT 2) SELECT * FROM x;").first == .int(2))
  }

  /// What the library says of a failing JSON path or full-text query quotes the value.
  @Test func messagesMadeWhileRunningAreNotPassedOn() async throws {
    try await check(.serverError, "SELECT json_extract('{}', ?)", .text("secret-value"))
  }

  @Test func triggersAndStrictTables() async throws {
    let db = try await TestDatabase()
    try await db.driver.query("CREATE TABLE t (n INTEGER) STRICT")
    let strict = await expectError(.valueOutOfRange) {
      try await db.driver.query("INSERT INTO t VALUES (?)", .text("secret-value"))
    }
    #expect(strict?.table == "t")
    #expect(strict?.columns == ["n"])
    try await db.driver.query(
      "CREATE TRIGGER no_delete BEFORE DELETE ON t BEGIN SELECT RAISE(ABORT, 'rows stay'); END")
    try await db.driver.query("INSERT INTO t VALUES (1)")
    await expectError(.checkViolation) { try await db.driver.query("DELETE FROM t") }
  }

  @Test func tooManyPlaceholders() async throws {
    let db = try await TestDatabase()
    let count = db.driver.dialect.capabilities.maxBinds + 1
    let sql = "SELECT 1 WHERE 1 IN (\(Array(repeating: "?", count: count).joined(separator: ",")))"
    await expectError(.tooManyBinds) {
      try await db.driver.run(
        DriverCall(compiled(sql), ContiguousArray(repeating: .int(1), count: count))
      ) { _ = try Answer($0) }
    }
  }

  @Test func aStatementDeclaredAsAReadMustNotWrite() async throws {
    let db = try await Self.schema()
    for sql in ["DELETE FROM users", "INSERT INTO teams VALUES (5) RETURNING id", "CREATE TABLE x (y)", "VACUUM"] {
      await expectError(.readOnlyTransaction) { try await db.driver.query(sql, access: .read) }
    }
    await expectError(.unsupported) { try await db.driver.query("PRAGMA query_only = 0", access: .read) }
    #expect(try await db.driver.query("EXPLAIN QUERY PLAN DELETE FROM users", access: .read).rows.isEmpty == false)
    #expect(try await db.driver.query("PRAGMA table_info(users)", access: .read).rows.count == 4)
  }

  @Test func filesThatAreNoDatabase() async throws {
    let db = try await TestDatabase()
    let folder = db.folder
    func open(_ path: String, _ change: (inout SQLiteConfiguration) -> Void = { _ in }) async throws {
      var configuration = SQLiteConfiguration(path: path)
      configuration.busyTimeout = .milliseconds(50)
      change(&configuration)
      try await SQLiteDriver(configuration).query("SELECT * FROM sqlite_schema")
    }
    await expectError(.unknownDatabase) { try await open(folder.appendingPathComponent("none/x.db").path) }
    await expectError(.unknownDatabase) { try await open(folder.path) }
    await expectError(.unknownDatabase) {
      try await open(folder.appendingPathComponent("y.db").path) { $0.mode = .readWrite }
    }
    await expectError(.unknownDatabase) {
      try await open(folder.appendingPathComponent("y.db").path) { $0.mode = .readOnly }
    }
    await expectError(.invalidConfiguration) { try await open("") }
    let text = folder.appendingPathComponent("text.db")
    try Data(String(repeating: "this is no database ", count: 300).utf8).write(to: text)
    await expectError(.databaseCorrupt) { try await open(text.path) }
  }

  @Test func aDamagedFileIsReported() async throws {
    let db = try await TestDatabase { $0.journalMode = .delete }
    try await db.driver.query("CREATE TABLE t (x TEXT)")
    try await db.driver.withConnection(Lease(access: .write)) { connection in
      for _ in 0..<200 {
        try await connection.query("INSERT INTO t VALUES (?)", .text(String(repeating: "x", count: 500)))
      }
    }
    await db.driver.close(timeout: .seconds(1))
    let file = try FileHandle(forUpdating: URL(fileURLWithPath: db.path))
    try file.seek(toOffset: 4096)
    try file.write(contentsOf: Data(repeating: 0xAB, count: 4096 * 8))
    try file.close()
    let damaged = try await SQLiteDriver(SQLiteConfiguration(path: db.path))
    await expectError(.databaseCorrupt) { try await damaged.query("SELECT sum(length(x)) FROM t") }
  }

  @Test func aReadOnlyDatabaseIsRead() async throws {
    let db = try await Self.schema()
    await db.driver.close(timeout: .seconds(1))
    var configuration = SQLiteConfiguration(path: db.path)
    configuration.mode = .readOnly
    let reader = try await SQLiteDriver(configuration)
    #expect(try await reader.query("SELECT count(*) FROM users").first == .int(2))
    await expectError(.readOnlyDatabase) { try await reader.query("DELETE FROM users") }
    configuration.isImmutable = true
    let frozen = try await SQLiteDriver(configuration)
    #expect(try await frozen.query("SELECT count(*) FROM users").first == .int(2))
  }

  @Test func aFullDiskIsReported() async throws {
    let db = try await TestDatabase()
    try await db.driver.query("CREATE TABLE t (x BLOB)")
    try await db.driver.withConnection(Lease(access: .write)) { connection in
      try await connection.query("PRAGMA max_page_count = 10")
      await expectError(.diskFull) {
        try await connection.query("INSERT INTO t VALUES (zeroblob(1000000))")
      }
      try await connection.begin(TransactionOptions())
      await expectError(.diskFull) {
        try await connection.query("INSERT INTO t VALUES (zeroblob(1000000))")
      }
      try await connection.rollback()
    }
    try await db.driver.query("INSERT INTO t VALUES (zeroblob(1000000))")
  }

  @Test func aVanishedFileDoesNotComeBackEmpty() async throws {
    let db = try await Self.schema()
    for name in ["test.db", "test.db-wal", "test.db-shm"] {
      try? FileManager.default.removeItem(at: db.folder.appendingPathComponent(name))
    }
    await expectError(.unknownDatabase) { try await db.driver.query("SELECT count(*) FROM users") }
  }
}
