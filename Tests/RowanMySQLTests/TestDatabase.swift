import Foundation
import RowanCore
import Synchronization

@testable import RowanMySQL

/// The server this run was told of.
enum TestDatabase {
  static let environment = ProcessInfo.processInfo.environment

  /// Whether this run requires the engine. If it does and names no server, the tests fail.
  static let isRequired =
    environment["ROWAN_TEST_ENGINES"].map {
      $0.split(separator: ",").contains("mysql")
    } ?? true

  struct Missing: Error, CustomStringConvertible {
    let name: String
    var description: String { "\(name) is not set, and this run requires MySQL" }
  }

  static func required(_ name: String) throws -> String {
    guard let value = environment[name] else { throw Missing(name: name) }
    return value
  }

  static func url() throws -> String { try required("ROWAN_TEST_MYSQL_URL") }

  /// The server's configuration, without encryption unless told otherwise.
  static func configuration(
    tls: MySQLTLS = MySQLTLS(.disabled), pool: PoolOptions = PoolOptions(maxConnections: 4)
  ) throws -> MySQLConfiguration {
    var configuration = try MySQLConfiguration(ConnectionURL(url()), pool: pool)
    configuration.tls = tls
    return configuration
  }

  /// A driver for the length of `body`.
  static func withDriver<R>(
    pool: PoolOptions = PoolOptions(maxConnections: 4), _ body: (MySQLDriver) async throws -> R
  ) async throws -> R {
    let driver = try await MySQLDriver.open(configuration(pool: pool))
    do {
      let result = try await body(driver)
      await driver.close(timeout: .seconds(5))
      return result
    } catch {
      await driver.close(timeout: .seconds(5))
      throw error
    }
  }

  private static let counter = Atomic<Int>(0)

  /// A name no other test uses.
  static func name(_ prefix: String) -> String {
    "\(prefix)_\(ProcessInfo.processInfo.processIdentifier)_\(counter.wrappingAdd(1, ordering: .relaxed).newValue)"
  }
}

/// Statements made by hand.
enum Statements {
  private static let ids = Atomic<Int>(0)

  static func compiled(
    _ sql: String, types: [SQLType?] = [], results: [SQLType?] = [], access: RawStatement.Access = .write,
    isReusable: Bool = true
  ) -> Compiled {
    let id = ids.wrappingAdd(1, ordering: .relaxed).newValue
    return Compiled(
      id: id, sql: sql, binds: types.indices.map { .source($0) }, bindTypes: types,
      results: results.enumerated().map { ResultStep(name: "c\($0.offset)", type: $0.element) }, access: access,
      isReusable: isReusable)
  }

  static func call(
    _ sql: String, _ values: [SQLValue] = [], types: [SQLType?]? = nil, results: [SQLType?] = [],
    access: RawStatement.Access = .write, isReusable: Bool = true, timeout: Duration? = nil
  ) -> DriverCall {
    DriverCall(
      compiled(sql, types: types ?? values.map { _ in nil }, results: results, access: access, isReusable: isReusable),
      ContiguousArray(values), timeout: timeout)
  }
}

/// What a cell holds, copied.
enum Seen: Equatable, Sendable {
  case null
  case int(Int64)
  case uint(UInt64)
  case double(Double)
  case text(String)
  case bytes([UInt8])
  case uuid([UInt8])
  case timestamp(Int64, UInt8)
  case date(Int64, UInt8)
  case time(Int64)
  case interval(Interval)
  case decimal(String)
  case json(String)
  case other(CellTag)

  init(_ cell: Cell) {
    switch cell.tag {
    case .null: self = .null
    case .int: self = .int(Int64(bitPattern: cell.bits))
    case .uint: self = .uint(cell.bits)
    case .double: self = .double(Double(bitPattern: cell.bits))
    case .text: self = .text(String(decoding: cell.bytes, as: UTF8.self))
    case .bytes: self = .bytes([UInt8](cell.bytes))
    case .uuid: self = .uuid([UInt8](cell.bytes))
    case .timestamp: self = .timestamp(Int64(bitPattern: cell.bits), cell.flags)
    case .date: self = .date(Int64(bitPattern: cell.bits), cell.flags)
    case .time: self = .time(Int64(bitPattern: cell.bits))
    case .interval:
      self = cell.pointer.map { .interval($0.load(as: Interval.self)) } ?? .other(.interval)
    case .decimal: self = .decimal(String(decoding: cell.bytes, as: UTF8.self))
    case .json: self = .json(String(decoding: cell.bytes, as: UTF8.self))
    default: self = .other(cell.tag)
    }
  }
}

extension RowSource {
  /// Every remaining row.
  func all() throws -> [[Seen]] {
    var rows: [[Seen]] = []
    while try next() { rows.append((0..<columnCount).map { Seen(cells[$0]) }) }
    return rows
  }
}

extension Driver {
  /// Runs a statement once.
  @discardableResult
  func run(_ sql: String, _ values: SQLValue..., results: [SQLType?] = []) async throws -> [[Seen]] {
    try await run(Statements.call(sql, values, results: results)) { try $0.all() }
  }

  /// The code a statement fails with.
  func failure(_ sql: String, _ values: SQLValue...) async -> RowanError? {
    do {
      _ = try await run(Statements.call(sql, values)) { try $0.all() }
      return nil
    } catch {
      return error as? RowanError
    }
  }

  /// A table for the length of `body`.
  func withTable<R>(_ columns: String, _ body: (String) async throws -> R) async throws -> R {
    let table = TestDatabase.name("t")
    try await run("CREATE TABLE \(table) (\(columns)) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin")
    do {
      let result = try await body(table)
      try await run("DROP TABLE \(table)")
      return result
    } catch {
      _ = try? await run("DROP TABLE \(table)")
      throw error
    }
  }
}

extension DriverConnection {
  /// Runs a statement once.
  @discardableResult
  func run(_ sql: String, _ values: SQLValue..., results: [SQLType?] = []) async throws -> [[Seen]] {
    try await run(Statements.call(sql, values, results: results)) { try $0.all() }
  }
}
