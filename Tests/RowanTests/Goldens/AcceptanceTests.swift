import Foundation
import RowanMySQL
import RowanPostgres
import RowanSQLite
import Testing

@testable import RowanCore

/// Every golden statement run on the real engines.
@Suite(.serialized) struct AcceptanceTests {
  @Test(arguments: GoldenEngine.required)
  func everyStatementIsAccepted(engine: String) async throws {
    let driver = try await GoldenEngine.open(engine)
    try await GoldenRows.fill(driver)
    for golden in GoldenTests.all {
      let compiled: Compiled
      do {
        compiled = try StatementCompiler(dialect: driver.dialect, plugins: []).compile(golden.statement, id: 0).1
      } catch let error as RowanError {
        #expect([.unsupported, .tooManyBinds].contains(error.code), "\(golden.name): \(error)")
        continue
      }
      do {
        _ = try await GoldenRows.run(golden.statement, compiled, on: driver)
      } catch {
        Issue.record("\(engine) refuses '\(golden.name)': \(error)")
      }
    }
    await driver.close(timeout: .seconds(5))
  }

  /// What a literal text is found by, whatever it holds.
  @Test(arguments: GoldenEngine.required)
  func literalTextsAreFound(engine: String) async throws {
    let driver = try await GoldenEngine.open(engine)
    try await GoldenRows.fill(driver)
    func ids(_ condition: Expr) async throws -> Int {
      let select = Statement.select(Select(GoldenTables.users).fields((.users(.id), .bigint)).filter(condition))
      return try await GoldenRows.run(select, driver, keeping: false)
    }
    let name = Expr.users(.name)
    #expect(try await ids(.like(.prefix, name, "")) == 2)
    #expect(try await ids(.like(.prefix, name, "\u{10FFFF}")) == 0)
    #expect(try await ids(.not(.like(.prefix, name, "\u{10FFFF}"))) == 2)
    #expect(try await ids(.like(.prefix, name, "a")) == 1)
    #expect(try await ids(.like(.prefix, name, "a", insensitive: true)) == 2)
    #expect(try await ids(.like(.prefix, name, "a%")) == 1)
    #expect(try await ids(.like(.suffix, name, "_z")) == 1)
    #expect(try await ids(.like(.suffix, name, "%z")) == 0)
    #expect(try await ids(.like(.contains, name, "%")) == 1)
    #expect(try await ids(.like(.contains, name, "N")) == 0)
    #expect(try await ids(.like(.pattern, name, "%\\%\\_z")) == 1)
    #expect(try await ids(.like(.pattern, name, "___")) == 1)
    await driver.close(timeout: .seconds(5))
  }
}

/// The engines of this run, each with a database of its own for the golden statements.
enum GoldenEngine {
  static let required: [String] = {
    guard let names = environment("ROWAN_TEST_ENGINES") else { return ["sqlite", "postgres", "mysql"] }
    return names.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
  }()

  private static func environment(_ name: String) -> String? {
    guard let value = ProcessInfo.processInfo.environment[name], !value.isEmpty else { return nil }
    return value
  }

  private static func url(_ name: String) throws -> ConnectionURL {
    try ConnectionURL(try #require(environment(name), "\(name) is not set, and its engine is required"))
  }

  static func open(_ engine: String) async throws -> any Driver {
    let database = "rowan_goldens"
    switch engine {
    case "sqlite":
      return try await DatabaseConfiguration.sqlite(SQLiteConfiguration(url: ConnectionURL("sqlite::memory:")))
        .connect()
    case "postgres":
      let url = try url("ROWAN_TEST_POSTGRES_URL")
      let server = try await DatabaseConfiguration.postgres(PostgresConfiguration(url)).connect()
      try await GoldenRows.execute("DROP DATABASE IF EXISTS \(database)", server)
      try await GoldenRows.execute("CREATE DATABASE \(database)", server)
      await server.close(timeout: .seconds(5))
      var own = url
      own.path = database
      return try await DatabaseConfiguration.postgres(PostgresConfiguration(own)).connect()
    default:
      let url = try url("ROWAN_TEST_MYSQL_URL")
      let server = try await DatabaseConfiguration.mysql(MySQLConfiguration(url)).connect()
      try await GoldenRows.execute("DROP DATABASE IF EXISTS \(database)", server)
      try await GoldenRows.execute("CREATE DATABASE \(database)", server)
      await server.close(timeout: .seconds(5))
      var own = url
      own.path = database
      return try await DatabaseConfiguration.mysql(MySQLConfiguration(own)).connect()
    }
  }
}

/// The rows the golden statements run on.
enum GoldenRows {
  /// Creates the tables and gives them rows, whose keys the database makes: 1, 2 and 3.
  static func fill(_ driver: any Driver) async throws {
    let emitter = driver.dialect.makeDDLEmitter()
    for table in GoldenTables.all {
      for sql in try emitter.createTable(table, ifNotExists: false) { try await execute(sql, driver) }
    }
    let users = InsertStatement(
      table: GoldenTables.users, columns: [1, 2, 3, 4, 6],
      source: .values(
        [
          .text("ann@x"), .text("Ann"), .int(30), .double(2.5), .null,
          .text("bob@x"), .null, .int(25), .double(-2.75), .int(1),
          .text("cy@x"), .text("a%_z"), .int(45), .null, .int(2),
        ], rows: 3))
    let posts = InsertStatement(
      table: GoldenTables.posts, columns: [1, 2, 3],
      source: .values(
        [.int(1), .text("first"), .int(5), .int(2), .text("second"), .null], rows: 2))
    for insert in [users, posts] { _ = try await run(.insert(insert), driver, keeping: true) }
  }

  static func execute(_ sql: String, _ driver: any Driver) async throws {
    let compiled = Compiled(id: 0, sql: sql, binds: [], bindTypes: [], access: .write, isReusable: false)
    try await driver.run(DriverCall(compiled, [])) { while try $0.next() {} }
  }

  static func run(_ statement: Statement, _ driver: any Driver, keeping: Bool) async throws -> Int {
    let compiled = try StatementCompiler(dialect: driver.dialect, plugins: []).compile(statement, id: 0).1
    return try await run(statement, compiled, on: driver, keeping: keeping)
  }

  /// Runs one statement in a transaction that is rolled back.
  static func run(
    _ statement: Statement, _ compiled: Compiled, on driver: any Driver, keeping: Bool = false
  ) async throws -> Int {
    var walk = ShapeWalk()
    walk.statement(statement)
    var context = ContextValues()
    context.values["tenant"] = .int(2)
    // Every statement has an id of its own in a real cache; here each is run once and not kept.
    let once = Compiled(
      id: 0, sql: compiled.sql, binds: compiled.binds, bindTypes: compiled.bindTypes, results: compiled.results,
      access: .write, isReusable: false)
    let call = DriverCall(once, try compiled.resolve(walk.binds, context: context))
    return try await driver.withConnection(Lease(access: .write)) { connection in
      try await connection.begin(TransactionOptions())
      let rows: Int
      do {
        rows = try await connection.run(call) { source in
          var rows = 0
          while try source.next() { rows += 1 }
          return rows
        }
      } catch {
        try await connection.rollback()
        throw error
      }
      if keeping { try await connection.commit() } else { try await connection.rollback() }
      return rows
    }
  }
}
