internal import CMariaDB
internal import RowanCore

/// A request to end what a session executes.
enum MySQLKill {
  case none
  case sent
  case delivered
  case failed
}

/// Leaving statements before their end, and making the connection good again.
///
/// `KILL QUERY` travels on a connection of its own and may arrive when its statement is over: it then kills the next
/// one. So the waiter is released at once, and the connection rests until the request has returned and a throw-away
/// statement has gone through.
extension MySQLConnection {
  /// Whether something was left that has to be cleared away.
  var needsSettling: Bool { needsSettling(besides: nil) }

  /// The same, without the rows that are still wanted.
  func needsSettling(besides reading: MySQLStatement?) -> Bool {
    if pending != nil || unread !== reading { return true }
    if case .none = kill { return false }
    return true
  }

  /// Asks the server to end the statement under way.
  func startKill() {
    guard case .none = kill else { return }
    kill = .sent
    settings.kill(thread) { [self] isDelivered in
      lane.post {
        self.kill = isDelivered ? .delivered : .failed
        self.resumeKillWaiter()
      }
    }
  }

  /// Clears away what was left.
  /// - Parameters:
  ///   - reading: the statement whose rows are wanted still.
  ///   - patience: how long that may take. Giving up costs the connection, and a transaction with it.
  /// - Returns: whether the connection can be used; if not it has been marked as broken.
  @discardableResult
  nonisolated(nonsending) func settle(
    _ reading: MySQLStatement? = nil, within patience: Duration = .seconds(1)
  ) async -> Bool {
    guard !isBroken else { return false }
    guard needsSettling(besides: reading) else { return true }
    interruption = nil
    // Rows that nobody wants any more, and no request to end them yet.
    if case .none = kill { startKill() }
    let limit = LaneInstant.now.advanced(by: patience)
    do {
      try await finishPending(limit)
      await waitForKill(limit)
      guard case .delivered = kill else { throw MySQLInterruption.closed }
      kill = .none
      try await throwAway(limit)
      // What was left may have ended with an error that ended the transaction; the flags came with the last answer.
      if transaction.isOpen, raw.pointee.server_status & UInt32(SERVER_STATUS_IN_TRANS) == 0 { transaction = .aborted }
      return true
    } catch {
      markBroken()
      return false
    }
  }

  func recover() async -> Bool {
    guard await settle() else { return false }
    await rollBack()
    return disposition == .reuse
  }

  private nonisolated(nonsending) func finishPending(_ limit: LaneInstant) async throws {
    if let left = pending {
      var wanted = left.wanted
      while wanted != 0 {
        let ready = try await wait(for: wanted, limit)
        wanted = proceed(left.call, left.statement, ready)
        pending?.wanted = wanted
      }
      pending = nil
      try await finish(left, limit)
    }
    if let statement = unread {
      var result: Int32 = 0
      while result == 0 || result == MYSQL_DATA_TRUNCATED {
        result = try await perform(.fetch, statement, deadline: limit)
        // Rows that keep coming are never waited for.
        if LaneInstant.now > limit { throw MySQLInterruption.timedOut }
      }
      unread = nil
      try await discard(statement)
    }
  }

  /// Brings a call that has ended late to the state of a call that nobody left.
  private nonisolated(nonsending) func finish(_ left: MySQLPendingCall, _ limit: LaneInstant) async throws {
    guard let statement = left.statement else {
      if mysql_field_count(raw) > 0 { throw MySQLInterruption.closed }
      return
    }
    if left.call == .close { return statement.markClosed() }
    if left.call == .direct, !statement.wasPrepared() { return }
    // Its rows are read by the loop for streams.
    if left.call == .fetch { return }
    if left.call.executes, callResult == 0, mysql_field_count(raw) > 0 {
      _ = try await perform(.store, statement, deadline: limit)
    }
    if left.call.executes || left.call == .store || left.call == .nextResult {
      mysql_stmt_free_result(statement.raw)
      if callResult == 0 { try await drain(statement, limit) }
    }
    try await discard(statement)
  }

  private nonisolated(nonsending) func waitForKill(_ limit: LaneInstant) async {
    guard case .sent = kill else { return }
    let timer = lane.schedule(at: limit) { [self] in resumeKillWaiter() }
    await withUnsafeContinuation { killWaiter = $0 }
    timer.cancel()
  }

  private func resumeKillWaiter() {
    let waiter = killWaiter
    killWaiter = nil
    waiter?.resume()
  }

  /// Lets a late request hit a statement that does nothing.
  private nonisolated(nonsending) func throwAway(_ limit: LaneInstant) async throws {
    for _ in 0..<2 {
      do {
        return try await send("DO 0", limit)
      } catch let failure as MySQLFailure where failure.number == 1317 {
        continue
      }
    }
    throw MySQLInterruption.closed
  }
}
