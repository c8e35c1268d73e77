import Foundation
import RowanCore
import RowanPostgres
import Synchronization
import Testing

/// The server the tests run against, as the environment names it.
enum ServerAccess {
  /// Whether this run wants PostgreSQL at all.
  static let isWanted: Bool = {
    guard let engines = environment("ROWAN_TEST_ENGINES") else { return true }
    return engines.split(separator: ",").contains { $0.trimmingCharacters(in: .whitespaces) == "postgres" }
  }()

  static func environment(_ name: String) -> String? {
    guard let value = ProcessInfo.processInfo.environment[name], !value.isEmpty else { return nil }
    return value
  }

  /// A variable without which a test cannot run, and so fails.
  static func required(_ name: String) throws -> String {
    try #require(environment(name), "\(name) is not set, and PostgreSQL is wanted")
  }

  static func configuration(
    pool: PoolOptions = PoolOptions(maxConnections: 4, lanes: 2), multiplex: Bool = false
  ) throws -> PostgresConfiguration {
    var configuration = try PostgresConfiguration(ConnectionURL(required("ROWAN_TEST_POSTGRES_URL")), pool: pool)
    configuration.multiplex = multiplex
    return configuration
  }

  /// Runs `body` with a driver, and closes it.
  static func withDriver<R>(
    pool: PoolOptions = PoolOptions(maxConnections: 4, lanes: 2), multiplex: Bool = false,
    _ body: (PostgresDriver) async throws -> R
  ) async throws -> R {
    try await withDriver(try configuration(pool: pool, multiplex: multiplex), body)
  }

  static func withDriver<R>(
    _ configuration: PostgresConfiguration, _ body: (PostgresDriver) async throws -> R
  ) async throws -> R {
    let driver = try await PostgresDriver.open(configuration)
    do {
      let result = try await body(driver)
      await driver.close(timeout: .seconds(10))
      return result
    } catch {
      await driver.close(timeout: .seconds(10))
      throw error
    }
  }
}

extension Trait where Self == ConditionTrait {
  /// Runs the test where PostgreSQL is wanted.
  static var postgres: Self { .enabled(if: ServerAccess.isWanted, "ROWAN_TEST_ENGINES leaves out postgres") }
}

/// Statements as the core would hand them over.
enum Statements {
  private static let next = Atomic<Int>(1)

  static func compile(
    _ sql: String, _ types: [SQLType?] = [], results: [SQLType?] = [], access: RawStatement.Access = .read,
    isPointRead: Bool = false, isReusable: Bool = true
  ) -> Compiled {
    Compiled(
      id: next.wrappingAdd(1, ordering: .relaxed).oldValue, sql: sql, binds: types.indices.map { .source($0) },
      bindTypes: types, results: results.enumerated().map { ResultStep(name: "c\($0.offset)", type: $0.element) },
      access: access, isPointRead: isPointRead, isReusable: isReusable)
  }

  static func name(_ base: String) -> String {
    "\(base)_\(ProcessInfo.processInfo.processIdentifier)_\(next.wrappingAdd(1, ordering: .relaxed).oldValue)"
  }
}

/// What both drivers and connections can do, so that tests read alike.
protocol Runs {
  func run<R: Sendable>(_ call: DriverCall, _ consume: @Sendable (RowSource) throws -> R) async throws -> R
}

extension PostgresDriver: Runs {}

struct Connection: Runs {
  let raw: any DriverConnection
  func run<R: Sendable>(_ call: DriverCall, _ consume: @Sendable (RowSource) throws -> R) async throws -> R {
    try await raw.run(call, consume)
  }
}

extension Runs {
  /// Runs a statement and answers the rows it changed.
  @discardableResult
  func execute(
    _ sql: String, _ binds: [SQLValue] = [], _ types: [SQLType?]? = nil, timeout: Duration? = nil
  ) async throws -> Int {
    let compiled = Statements.compile(
      sql, types ?? binds.map { _ in nil }, access: .write, isReusable: false)
    return try await run(DriverCall(compiled, ContiguousArray(binds), timeout: timeout)) { rows in
      while try rows.next() {}
      return rows.affectedRows
    }
  }

  /// Runs a query and reads every row.
  func query<T: Sendable>(
    _ compiled: Compiled, _ binds: [SQLValue] = [], timeout: Duration? = nil,
    _ read: @Sendable (inout RowReader) throws -> T
  ) async throws -> [T] {
    try await run(DriverCall(compiled, ContiguousArray(binds), timeout: timeout)) { rows in
      try Statements.readAll(rows, read)
    }
  }

  /// Runs a query that is prepared for this call alone.
  func query<T: Sendable>(
    _ sql: String, _ binds: [SQLValue] = [], _ types: [SQLType?]? = nil, timeout: Duration? = nil,
    _ read: @Sendable (inout RowReader) throws -> T
  ) async throws -> [T] {
    try await query(Statements.compile(sql, types ?? binds.map { _ in nil }), binds, timeout: timeout, read)
  }

  func int(_ sql: String, _ binds: [SQLValue] = []) async throws -> Int64 {
    try #require(try await query(sql, binds) { $0.int64() }.first)
  }
}

extension Statements {
  static func readAll<T>(_ rows: RowSource, _ read: (inout RowReader) throws -> T) throws -> [T] {
    var out: [T] = []
    while try rows.next() {
      var reader = RowReader(cells: rows.cells, count: rows.columnCount)
      let value = try read(&reader)
      if let failure = reader.failure { throw failure }
      out.append(value)
    }
    return out
  }
}

/// The error a body throws, which has to be Rowan's.
func rowanError<T>(
  _ body: () async throws -> T, sourceLocation: SourceLocation = #_sourceLocation
) async throws -> RowanError {
  do {
    _ = try await body()
  } catch let error as RowanError {
    return error
  }
  Issue.record("nothing was thrown", sourceLocation: sourceLocation)
  throw RowanError.internalFailure("nothing was thrown")
}

/// A number that tasks count up.
final class Counter: Sendable {
  private let value = Atomic<Int>(0)

  var count: Int { value.load(ordering: .sequentiallyConsistent) }

  func add() { value.add(1, ordering: .sequentiallyConsistent) }

  /// Returns once `count` is reached.
  func wait(for wanted: Int) async throws { try await until { count >= wanted } }
}

/// Returns once `condition` holds; fails when it does not within a minute.
func until(
  _ condition: () async throws -> Bool, sourceLocation: SourceLocation = #_sourceLocation
) async throws {
  let limit = ContinuousClock.now.advanced(by: .seconds(60))
  while try await !condition() {
    try #require(ContinuousClock.now < limit, "it never came true", sourceLocation: sourceLocation)
    try await Task.sleep(for: .milliseconds(2))
  }
}
