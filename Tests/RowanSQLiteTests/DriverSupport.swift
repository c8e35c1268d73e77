import Foundation
import RowanCore
import Synchronization
import Testing

@testable import RowanSQLite

/// A database in a folder of its own, removed when the test lets go of it.
final class TestDatabase: Sendable {
  let folder: URL
  let driver: SQLiteDriver

  var path: String { folder.appendingPathComponent("test.db").path }

  init(_ change: (inout SQLiteConfiguration) -> Void = { _ in }) async throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("rowan-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    var configuration = SQLiteConfiguration(path: folder.appendingPathComponent("test.db").path)
    change(&configuration)
    driver = try await SQLiteDriver(configuration)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }
}

/// One value of a row, copied out of its cell.
enum Found: Equatable, Sendable {
  case null
  case int(Int64)
  case double(UInt64)
  case text(String)
  case bytes([UInt8])
  case uuid([UInt8])
  case timestamp(Int64)
  case date(Int64)
  case time(Int64)
  case interval(Interval)
  case decimal(String)
  case json(String)
  case other(CellTag)

  init(_ cell: Cell) {
    switch cell.tag {
    case .null: self = .null
    case .int: self = .int(Int64(bitPattern: cell.bits))
    case .double: self = .double(cell.bits)
    case .text: self = .text(String(decoding: cell.bytes, as: UTF8.self))
    case .bytes: self = .bytes([UInt8](cell.bytes))
    case .uuid: self = .uuid([UInt8](cell.bytes))
    case .timestamp: self = .timestamp(Int64(bitPattern: cell.bits))
    case .date: self = .date(Int64(bitPattern: cell.bits))
    case .time: self = .time(Int64(bitPattern: cell.bits))
    case .interval: self = .interval(cell.pointer?.loadUnaligned(as: Interval.self) ?? Interval())
    case .decimal: self = .decimal(String(decoding: cell.bytes, as: UTF8.self))
    case .json: self = .json(String(decoding: cell.bytes, as: UTF8.self))
    default: self = .other(cell.tag)
    }
  }
}

/// What a statement gave back.
struct Answer: Equatable, Sendable {
  var rows: [[Found]] = []
  var affected = 0
  var lastInsertID: Int64?

  init(_ source: RowSource) throws {
    while try source.next() { rows.append((0..<source.columnCount).map { Found(source.cells[$0]) }) }
    affected = source.affectedRows
    lastInsertID = source.lastInsertID
  }

  var first: Found? { rows.first?.first }
}

private let nextID = Atomic(0)

/// A statement as the core would compile it.
func compiled(
  _ sql: String, _ access: RawStatement.Access? = nil, results: [SQLType?] = [], reusable: Bool = true
) -> Compiled {
  let placeholders = sql.utf8.count { $0 == UInt8(ascii: "?") }
  let isRead = sql.uppercased().hasPrefix("SELECT") || sql.uppercased().hasPrefix("WITH")
  return Compiled(
    id: nextID.wrappingAdd(1, ordering: .relaxed).oldValue, sql: sql,
    binds: (0..<placeholders).map { .source($0) }, bindTypes: Array(repeating: nil, count: placeholders),
    results: results.map { ResultStep(name: "c", type: $0) }, access: access ?? (isRead ? .read : .write),
    isReusable: reusable)
}

extension Driver {
  @discardableResult
  func query(
    _ sql: String, _ values: SQLValue..., access: RawStatement.Access? = nil, results: [SQLType?] = [],
    timeout: Duration? = nil
  ) async throws -> Answer {
    let call = DriverCall(compiled(sql, access, results: results), ContiguousArray(values), timeout: timeout)
    return try await run(call) { try Answer($0) }
  }
}

extension DriverConnection {
  @discardableResult
  func query(
    _ sql: String, _ values: SQLValue..., access: RawStatement.Access? = nil, results: [SQLType?] = [],
    timeout: Duration? = nil
  ) async throws -> Answer {
    let call = DriverCall(compiled(sql, access, results: results), ContiguousArray(values), timeout: timeout)
    return try await run(call) { try Answer($0) }
  }
}

/// The error that `body` throws, which must be a ``RowanError`` of `code`.
@discardableResult
func expectError(
  _ code: RowanError.Code, _ location: SourceLocation = #_sourceLocation, _ body: () async throws -> Void
) async -> RowanError? {
  do {
    try await body()
    Issue.record("nothing was thrown, where \(code.rawValue) was expected", sourceLocation: location)
  } catch let error as RowanError {
    #expect(error.code == code, "\(error)", sourceLocation: location)
    return error
  } catch {
    Issue.record("\(error) was thrown, where \(code.rawValue) was expected", sourceLocation: location)
  }
  return nil
}

/// A task whose long queries run on threads of their own: two of them on the pool of a machine with two cores would
/// leave no thread to cancel them from.
func away<R: Sendable>(_ body: @escaping @Sendable () async throws -> R) throws -> Task<R, any Error> {
  let group = try LaneGroup(LaneGroupConfiguration(count: 1))
  let lane = group.pick()
  return Task(executorPreference: lane) {
    defer { withExtendedLifetime(group) {} }
    return try await body()
  }
}
