internal import CPostgres
internal import RowanCore

/// Rows in batches, through a cursor. The cursor's transaction is the connection's own where there is one, else the
/// stream opens one that ends with it.
///
/// A statement's time limit holds for each batch. Statements that no cursor takes, such as an INSERT with RETURNING,
/// run as a whole with the first batch.
final class PostgresStream: DriverStream, @unchecked Sendable {
  // Proof for @unchecked: the mutable members are only touched on the lane; the deinit has the only reference.

  private enum State {
    case new
    case cursor(String, ownsTransaction: Bool)
    /// Everything has arrived; nothing is left to ask the server for.
    case whole
    case finished
  }

  private let call: DriverCall
  private let connection: PostgresConnection
  private let release: @Sendable (PostgresConnection) -> Void
  private var state = State.new
  private var rows: ResultRows?
  private var result: HeldResult?
  private var isReleased = false

  /// A result that is held over several batches.
  private final class HeldResult {
    let handle: ResultHandle
    var next: Int32 = 0

    init(_ handle: consuming ResultHandle) { self.handle = handle }
  }

  /// - Parameters:
  ///   - isOwner: whether the connection was borrowed for the stream alone.
  ///   - release: gives the connection back; called once, on the lane.
  init(
    _ call: DriverCall, on connection: PostgresConnection, isOwner: Bool,
    release: @escaping @Sendable (PostgresConnection) -> Void
  ) {
    self.call = call
    self.connection = connection
    self.release = release
    isReleased = !isOwner
  }

  deinit {
    guard !isReleased else { return }
    // Dropped without `close`: the connection is cleaned before its next use.
    connection.lane.post { [connection, release] in release(connection) }
  }

  func nextBatch<R: Sendable>(
    limit: Int, _ consume: @Sendable (RowSource) throws -> R
  ) async throws -> R? {
    try await connection.onLane("stream") {
      do {
        return try await self.batch(limit: Int32(clamping: max(1, limit)), consume)
      } catch {
        await self.finish(isFailed: true)
        throw error
      }
    }
  }

  func close() async {
    // A lane that is closed has closed the connection.
    try? await connection.onLane("closeStream") { await self.finish(isFailed: false) }
  }

  private func batch<R: Sendable>(limit: Int32, _ consume: @Sendable (RowSource) throws -> R) async throws -> R? {
    let deadline = connection.context.deadline(call.timeout)
    switch state {
    case .finished: return nil
    case .new where PostgresStream.isCursorQuery(call.compiled): try await open(limit, deadline)
    case .new: try await runWhole(deadline)
    case .cursor(let name, _):
      if result == nil { try await fetch(name, limit, deadline) }
    case .whole: break
    }
    guard let result, let rows else {
      throw RowanError.internalFailure("a stream has no result to read")
    }
    let count = PQntuples(result.handle.raw)
    let from = result.next
    let end = from + Swift.min(limit, count - from)
    guard from < end else {
      // An empty batch, or what is left of a whole result.
      await finish(isFailed: false)
      return nil
    }
    rows.open(result.handle.raw, rows: from..<end)
    let value: R
    do {
      defer { rows.close() }
      value = try consume(rows)
    }
    result.next = end
    if end == count, case .cursor = state {
      self.result = nil
      // A short batch is the last one.
      if count < limit { await finish(isFailed: false) }
    }
    return value
  }

  /// Declares the cursor and reads its first rows, in one round trip.
  private func open(_ limit: Int32, _ deadline: LaneInstant?) async throws {
    let connection = connection
    let compiled = call.compiled
    try await connection.prepareToSend(sql: compiled.sql)
    let name = connection.nextCursor()
    let declare = Compiled(
      id: -1, sql: "DECLARE \(name) NO SCROLL CURSOR FOR \(compiled.sql)", binds: [], bindTypes: compiled.bindTypes,
      access: .read, isReusable: false)
    let session = connection.session
    let (statement, _) = try session.statement(declare, call.binds, from: 0, count: call.binds.count)
    do {
      try session.parameters.encode(call.binds, statement.types)
    } catch {
      throw error.naming(compiled.sql)
    }
    let ownsTransaction = !connection.transaction.isOpen
    try connection.startGroup()
    if ownsTransaction {
      try session.send("BEGIN")
      connection.exchange.append(.control)
    }
    try session.sendExecute(statement)
    connection.exchange.append(.statement(0))
    state = .cursor(name, ownsTransaction: ownsTransaction)
    try await receive(name, limit, deadline)
  }

  private func fetch(_ name: String, _ limit: Int32, _ deadline: LaneInstant?) async throws {
    try await connection.prepareToSend(sql: call.compiled.sql)
    try connection.startGroup()
    try await receive(name, limit, deadline)
  }

  private func receive(_ name: String, _ limit: Int32, _ deadline: LaneInstant?) async throws {
    try connection.session.send("FETCH FORWARD \(limit) FROM \(name)")
    connection.exchange.append(.statement(0))
    try await connection.finishGroup(deadline: deadline, sql: call.compiled.sql)
    try await keepResult(deadline)
  }

  /// Runs a statement that no cursor takes.
  private func runWhole(_ deadline: LaneInstant?) async throws {
    try await connection.prepareToSend(sql: call.compiled.sql)
    let session = connection.session
    let once = Compiled(
      id: -1, sql: call.compiled.sql, binds: [], bindTypes: call.compiled.bindTypes, access: call.compiled.access,
      isReusable: false)
    let (statement, _) = try session.statement(once, call.binds, from: 0, count: call.binds.count)
    do {
      try session.parameters.encode(call.binds, statement.types)
    } catch {
      throw error.naming(call.compiled.sql)
    }
    try connection.startGroup()
    try session.sendExecute(statement)
    connection.exchange.append(.statement(0))
    try await connection.finishGroup(deadline: deadline, sql: call.compiled.sql)
    try await keepResult(deadline)
    state = .whole
  }

  private func keepResult(_ deadline: LaneInstant?) async throws {
    if let failure = connection.exchange.failure { throw connection.error(failure, call) }
    guard let result = connection.exchange.takeRows() else {
      throw RowanError.internalFailure("a statement was answered without a result")
    }
    let held = HeldResult(result)
    if rows == nil {
      rows = ResultRows(
        try await connection.plan(held.handle.raw, call.compiled.results, deadline: deadline))
    }
    self.result = held
  }

  /// Ends the cursor, and the transaction that was opened for it, and gives the connection back.
  private func finish(isFailed: Bool) async {
    guard case let old = state, !isFinished else { return }
    state = .finished
    result = nil
    if case .cursor(let name, let ownsTransaction) = old, !connection.session.isLost, !connection.isUnsettled {
      if ownsTransaction {
        let sql = isFailed || connection.serverState == PQTRANS_INERROR ? "ROLLBACK" : "COMMIT"
        try? await connection.command(sql, within: .seconds(5))
      } else if connection.serverState == PQTRANS_INTRANS {
        try? await connection.command("CLOSE \(name)", within: .seconds(5))
      }
    }
    guard !isReleased else { return }
    isReleased = true
    release(connection)
  }

  private var isFinished: Bool { if case .finished = state { true } else { false } }

  /// Whether a cursor can be declared for the statement.
  /// https://www.postgresql.org/docs/15/sql-declare.html
  static func isCursorQuery(_ compiled: Compiled) -> Bool {
    guard compiled.access == .read else { return false }
    let start = compiled.sql.drop { $0.isWhitespace || $0 == "(" }.prefix(7).lowercased()
    return ["select", "with", "values", "table"].contains { start.hasPrefix($0) }
  }
}
