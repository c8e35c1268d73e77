internal import CPostgres
internal import RowanCore

/// The operations the core calls. Each comes to the lane first; on it already, that costs a comparison.
extension PostgresConnection: DriverConnection {
  /// Runs `body` on the lane.
  func onLane<R: Sendable>(_ label: StaticString, _ body: @Sendable () async throws -> R) async throws -> R {
    do {
      return try await lane.run(label: label, body)
    } catch LaneError.closed {
      throw RowanError.databaseClosed()
    }
  }

  func run<R: Sendable>(_ call: DriverCall, _ consume: @Sendable (RowSource) throws -> R) async throws -> R {
    try await onLane("run") {
      try await self.execute(call, deadline: self.context.deadline(call.timeout), consume)
    }
  }

  func runMany(_ compiled: Compiled, values: ContiguousArray<SQLValue>, rows: Int) async throws -> Int {
    try await onLane("runMany") {
      try await self.executeMany(compiled, values: values, rows: rows, deadline: nil)
    }
  }

  func runBatch(_ calls: [DriverCall]) async throws -> [Int] {
    try await onLane("runBatch") {
      let limit = calls.compactMap(\.timeout).reduce(nil as Duration?) { ($0 ?? .zero) + $1 }
      return try await self.executeBatch(calls, deadline: limit.map { self.lane.now.advanced(by: $0) })
    }
  }

  func stream(_ call: DriverCall) async throws -> any DriverStream {
    PostgresStream(call, on: self, isOwner: false) { _ in }
  }

  var isAutocommitting: Bool { session.isLost || transaction.isOpen || serverState == PQTRANS_IDLE }

  func begin(_ options: TransactionOptions) async throws {
    try await onLane("begin") { try self.open(options) }
  }

  func commit() async throws {
    try await onLane("commit") { try await self.commitTransaction() }
  }

  func rollback() async throws {
    try await onLane("rollback") { await self.rollbackTransaction() }
  }

  func savepoint(_ depth: Int) async throws {
    try await onLane("savepoint") {
      try await self.prepareToSend(sql: nil)
      self.transaction.savepoint(depth)
    }
  }

  func releaseSavepoint(_ depth: Int) async throws {
    try await onLane("releaseSavepoint") {
      try await self.prepareToSend(sql: nil)
      self.transaction.release(depth)
    }
  }

  func rollbackToSavepoint(_ depth: Int) async throws {
    try await onLane("rollbackToSavepoint") { try await self.rollbackSavepoint(depth) }
  }
}

extension DriverContext {
  /// When a statement has to be done. The server enforces the session's limit by itself; ours comes after it, for a
  /// server that says nothing at all.
  func deadline(_ timeout: Duration?) -> LaneInstant? {
    if let timeout { return LaneInstant.now.advanced(by: timeout) }
    return configuration.pool.statementTimeout.map { LaneInstant.now.advanced(by: $0 + .seconds(1)) }
  }
}
