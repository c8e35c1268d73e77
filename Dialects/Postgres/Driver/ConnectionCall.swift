internal import CPostgres
internal import RowanCore

/// A statement that was sent on a connection of the pool, which goes back once the statement's rows are read.
final class ConnectionCall: StartedCall, @unchecked Sendable {
  // Proof for @unchecked: only touched on the lane's thread, by the one task that started it.

  private let call: DriverCall
  private let statement: PreparedStatement
  private let connection: PostgresConnection
  private let shard: DriverShard

  init(_ call: DriverCall, _ statement: PreparedStatement, on connection: PostgresConnection, of shard: DriverShard) {
    self.call = call
    self.statement = statement
    self.connection = connection
    self.shard = shard
  }

  nonisolated(nonsending) func answer() async throws {
    do {
      try await connection.finishGroup(deadline: connection.context.deadline(nil), sql: call.compiled.sql)
    } catch {
      shard.release(connection)
      throw error
    }
  }

  func read(_ consume: (RowSource) throws -> Void) throws -> Bool {
    defer { shard.release(connection) }
    return try connection.readKnown(statement, call, consume)
  }
}

extension PostgresConnection {
  /// Sends a statement that this connection has run before, and whose rows it therefore knows how to read.
  /// - Returns: nil, nothing having happened, for any other.
  func sendKnown(_ call: DriverCall) throws(RowanError) -> PreparedStatement? {
    guard isReady, !transaction.isOpen, let known = session.statements.find(call.compiled), known.isNamed,
      known.rows != nil, known.takes(call.binds, from: 0)
    else { return nil }
    return try send(call)
  }

  /// Reads the rows of a statement of ``sendKnown(_:)``.
  /// - Returns: false for one the server has refused to run as it was prepared.
  fileprivate func readKnown(
    _ statement: PreparedStatement, _ call: DriverCall, _ consume: (RowSource) throws -> Void
  ) throws -> Bool {
    if let failure = exchange.failure {
      guard failure.error.isStalePlan, !failure.isControl, serverState == PQTRANS_IDLE else {
        throw error(failure, call)
      }
      session.statements.remove(statement, isOnServer: failure.error.state != "26000")
      return false
    }
    guard let result = exchange.takeRows(), let rows = statement.rows else {
      throw RowanError.internalFailure("a statement was answered without a result")
    }
    rows.open(result.raw)
    defer { rows.close() }
    try consume(rows)
    return true
  }
}
