internal import CMariaDB
internal import RowanCore

/// A statement that was sent, and is answered by the connection it was sent on.
struct MySQLSentStatement {
  let connection: MySQLConnection
  let statement: MySQLStatement
  /// The operation it is to the connection.
  let number: UInt64
  /// The readiness it waits for; 0 when it was answered at once.
  let wanted: Int32
  let deadline: LaneInstant?
}

/// Statements that are sent without waiting for anything.
extension MySQLConnection {
  /// Sends a statement that this connection has prepared already.
  /// - Returns: nil, nothing having happened, for any other, and where something has to be waited for first.
  func sendKnown(_ call: DriverCall) throws -> MySQLSentStatement? {
    guard isFree, sessionLimit == settings.statementTimeout, let statement = cache.find(call.compiled),
      !statement.givesManyResults, statement.parameters.count == call.binds.count
    else { return nil }
    do {
      try fill(statement, call)
    } catch {
      throw failed(error, call.compiled.sql)
    }
    isBusy = true
    interruption = nil
    let number = nextOperation()
    executed = statement
    let wanted = start(.execute, statement)
    if wanted != 0 { pending = MySQLPendingCall(call: .execute, wanted: wanted, statement: statement) }
    return MySQLSentStatement(
      connection: self, statement: statement, number: number, wanted: wanted, deadline: defaultDeadline)
  }

  /// Whether nothing is under way, left over, or to be sent first.
  private var isFree: Bool {
    !isBusy && !isBroken && source != nil && transaction.isNone && !needsSettling
  }

  /// Waits for the answer to a statement of ``sendKnown(_:)``, and stores its rows.
  /// - Parameter waited: how the first wait has ended, if somebody has waited already.
  /// - Returns: false for a statement the server has refused to execute as it was prepared.
  nonisolated(nonsending) func answer(
    _ sent: MySQLSentStatement, _ call: DriverCall, waited: Result<FDSource.Readiness, any Error>?
  ) async throws -> Bool {
    defer { isBusy = false }
    let statement = sent.statement
    do {
      let wanted = try proceed(sent, after: waited)
      if wanted != 0 { try await finish(.execute, wanted, sent) }
      guard callResult == 0 else { throw statement.failure }
      try await store(statement) { wanted in try await self.finish(.store, wanted, sent) }
      return true
    } catch let failure as MySQLFailure where failure.asksForPreparing && !failure.endsConnection && executed != nil {
      executed = nil
      do {
        try await discard(statement)
      } catch {
        throw failed(error, call.compiled.sql)
      }
      if failure.hasRun(call.compiled) { throw failed(failure, call.compiled.sql) }
      return false
    } catch {
      executed = nil
      throw failed(error, call.compiled.sql)
    }
  }

  /// Reads the rows of a statement that was answered.
  func readKnown(_ sent: MySQLSentStatement, _ call: DriverCall, _ consume: (RowSource) throws -> Void) throws {
    let result = Result { try read(call, consume) }
    executed = nil
    if sent.statement.leavesTrace { isDirty = true }
    mysql_stmt_free_result(sent.statement.raw)
    // A procedure that gave one result when it was run last. Reading the others would have to wait.
    if hasMoreResults { markBroken() }
    noteSessionState()
    do {
      try result.get()
    } catch {
      throw failed(error, call.compiled.sql)
    }
  }

  /// Goes on with a statement whose first wait has ended.
  private func proceed(_ sent: MySQLSentStatement, after waited: Result<FDSource.Readiness, any Error>?) throws -> Int32
  {
    switch waited {
    case nil: return sent.wanted
    case .success(let ready):
      let wanted = proceed(.execute, sent.statement, bits(ready, sent.wanted))
      if wanted == 0 { pending = nil } else { pending?.wanted = wanted }
      return wanted
    // It is a long one.
    case .failure(LaneError.deadlineExceeded): return sent.wanted
    case .failure(let interruption as MySQLInterruption): throw interruption
    case .failure: throw MySQLInterruption.closed
    }
  }

  /// Runs a call to its end, watching for the task's cancellation once it has taken a while: that costs a tenth of a
  /// short query.
  private nonisolated(nonsending) func finish(_ call: MySQLCall, _ first: Int32, _ sent: MySQLSentStatement)
    async throws
  {
    let statement = sent.statement
    var wanted = first
    pending = MySQLPendingCall(call: call, wanted: wanted, statement: statement)
    let patience = patience
    let limit = sent.deadline.map { min($0, patience) } ?? patience
    do {
      while wanted != 0 {
        let ready = try await wait(for: wanted, limit)
        wanted = proceed(call, statement, ready)
        pending?.wanted = wanted
      }
      pending = nil
    } catch MySQLInterruption.timedOut where sent.deadline.map({ $0 > limit }) ?? true {
      let (left, number) = (wanted, sent.number)
      try await withTaskCancellationHandler {
        try await finish(call, statement, left, sent.deadline)
      } onCancel: {
        lane.post { self.interrupt(number) }
      }
    }
  }

  /// Until when a statement is a short one.
  var patience: LaneInstant { lane.now.advanced(by: .milliseconds(5)) }
}

extension MySQLFailure {
  /// Whether the statement may have been executed all the same, and a write must not run twice. With other columns than
  /// before, it has. That the server does not know a prepared statement may be said of one inside a procedure.
  func hasRun(_ compiled: Compiled) -> Bool {
    guard compiled.access == .write else { return false }
    if number == Int(CR_NEW_STMT_METADATA) { return true }
    return !["INSERT", "UPDATE", "DELETE", "REPLACE", "SELECT", "WITH"].contains(compiled.firstWord)
  }
}
