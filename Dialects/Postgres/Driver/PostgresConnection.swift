internal import CPostgres
internal import RowanCore

/// What the connections of one driver have in common.
final class DriverContext: Sendable {
  let configuration: PostgresConfiguration
  let catalog = TypeCatalog()
  let observer = ConnectionObserver()
  let connector: Connector
  /// Cancel requests open a connection of their own, which blocks; they must not queue behind anything else.
  let cancelThreads = BlockingThreads(limit: 4)

  init(_ configuration: PostgresConfiguration) {
    self.configuration = configuration
    connector = Connector(configuration)
  }
}

/// One connection, lent to one task at a time.
final class PostgresConnection: PooledConnection, @unchecked Sendable {
  // Proof for @unchecked: every mutable member is only touched on the lane's thread. The entry points come through
  // `Lane.run`, callbacks through `Lane.post`, and the pool calls its members on the lane.

  let lane: Lane
  let context: DriverContext
  let session: Session
  let exchange = Exchange()
  let transaction = TransactionState()
  /// Whether a group was left before it was answered, and a cancel request is on its way.
  private(set) var isUnsettled = false
  private var isCancelDelivered = true
  private var cancelWaiter: (@Sendable () -> Void)?
  private var isBusy = false
  private var cursors: UInt64 = 0
  private var isForced = false
  /// Called once, on the lane, when the session has ended.
  var whenClosed: ((PostgresConnection) -> Void)?

  /// The session is new, in order, and used by nobody else.
  init(_ session: Session, _ context: DriverContext) {
    self.session = session
    self.context = context
    lane = session.lane
  }

  /// Opens a connection. Runs on its lane.
  static func open(on lane: Lane, _ context: DriverContext) async throws -> PostgresConnection {
    let opened = try await context.connector.open(on: lane)
    guard let handle = opened.take() else { throw RowanError.internalFailure("a connection was taken twice") }
    return PostgresConnection(try Session(handle, on: lane, context), context)
  }

  var isUsable: Bool { session.isUsable }

  func close() async {
    exchange.dropRows()
    session.close()
    whenClosed?(self)
    whenClosed = nil
  }

  /// Ends the session under a statement that is still running, which fails.
  func closeByForce() {
    isForced = true
    // The server would go on with it for nobody, and keep its locks.
    if isBusy { requestCancel() }
    session.lose()
  }

  /// A name for a cursor that this session has not used yet.
  func nextCursor() -> String {
    cursors &+= 1
    return "rowan_cursor_\(cursors)"
  }

  /// What the server says of the transaction.
  var serverState: PGTransactionStatusType { PQtransactionStatus(session.raw) }

  /// How the connection goes back to its pool.
  var disposition: PoolDisposition {
    if session.isLost { return .discard }
    return isUnsettled || isBusy || serverState != PQTRANS_IDLE || exchange.changedSession ? .quarantine : .reuse
  }

  /// Whether a statement can be sent at once; if not, ``prepareToSend(sql:)`` says why, or mends it.
  var isReady: Bool {
    !session.isLost && !isBusy && !isUnsettled && !Task.isCancelled
      && session.statements.discardedCount < PostgresConnection.discardInterval
      && (!transaction.isOpen || transaction.isUnsent || serverState == PQTRANS_INTRANS)
  }

  /// Checks that a statement can be sent now, and makes it so.
  func prepareToSend(sql: String?) async throws {
    if isForced { throw RowanError.databaseClosed() }
    if session.isLost { throw session.lostError(sql: sql) }
    guard !isBusy else {
      throw RowanError.internalFailure("a connection was given a statement while it ran another")
    }
    if Task.isCancelled { throw RowanError.taskCancelled(sql: sql) }
    if isUnsettled { try await settle(sql: sql) }
    if session.statements.discardedCount >= PostgresConnection.discardInterval { try await dropDiscarded() }
    try checkTransaction(sql: sql)
    if transaction.isOpen, serverState == PQTRANS_INERROR {
      throw RowanError(
        .transactionAborted, "an earlier statement of the transaction has failed",
        hint: "roll back, or back to a savepoint, before the next statement", sql: sql)
    }
  }

  /// Whether a statement has ended the transaction behind the library's back: the server says with every answer
  /// whether one is open. What came after would be committed statement by statement.
  /// https://www.postgresql.org/docs/15/protocol-message-formats.html
  var hasTransactionEnded: Bool { transaction.isOpen && !transaction.isUnsent && serverState == PQTRANS_IDLE }

  /// - Throws: ``RowanError/Code/transactionAborted`` when the transaction is over on the server already.
  func checkTransaction(sql: String?) throws(RowanError) {
    guard hasTransactionEnded else { return }
    throw RowanError(
      .transactionAborted, "a statement has ended the transaction, such as COMMIT or ROLLBACK written by hand",
      hint: "let the closure end the transaction: it commits when it returns and rolls back when it throws", sql: sql)
  }

  /// Statements that pile up before their names are freed on the server.
  static let discardInterval = 16

  /// Frees the names of statements that made room. A failure, such as a name that is gone, concerns nobody.
  private func dropDiscarded() async throws {
    guard !transaction.isOpen, serverState == PQTRANS_IDLE else { return }
    exchange.start()
    for statement in session.statements.takeDiscarded() {
      try session.send("DEALLOCATE \(String(cString: statement.name))")
      exchange.append(.ignored)
    }
    try await finishGroup(deadline: nil, isInterruptible: false)
  }

  /// Starts a group with the commands the transaction has waiting.
  func startGroup(keepingAffected: Bool = false) throws(RowanError) {
    exchange.start(keepingAffected: keepingAffected)
    for step in transaction.pending {
      try session.send(step.sql)
      exchange.append(.control)
    }
  }

  /// Sends the Sync and waits for its answer.
  /// - Parameter isInterruptible: whether cancellation of the task ends the wait.
  /// - Throws: ``RowanError/Code/cancelled`` and ``RowanError/Code/queryTimeout`` at once, while the server is told to
  ///   cancel; ``RowanError/Code/connectionLost``.
  nonisolated(nonsending) func finishGroup(
    deadline: LaneInstant?, isInterruptible: Bool = true, sql: String? = nil
  ) async throws {
    let session = session
    try session.sync()
    exchange.markSynced()
    isBusy = true
    do {
      // Watching for cancellation costs a tenth of a short query, so that it starts with the first tick of the lane's
      // timer: a query that is still running then is a long one.
      let patience = lane.now.adding(nanoseconds: 5_000_000)
      var watches = isInterruptible && deadline.map { $0 <= patience } ?? false
      repeat {
        let interest: FDSource.Interest = try session.flush() ? .both : .read
        if watches {
          try await session.source.wait(interest, deadline: deadline)
        } else {
          do {
            try await session.source.waitIgnoringCancellation(
              interest, deadline: isInterruptible ? patience : deadline)
          } catch LaneError.deadlineExceeded where isInterruptible {
            watches = true
            continue
          }
        }
      } while try !takeAnswer()
    } catch {
      isBusy = false
      throw abandon(error, sql: sql)
    }
    isBusy = false
    transaction.sent(exchange.controlsDone)
  }

  /// Reads what has arrived.
  /// - Returns: whether the group is over.
  private func takeAnswer() throws(RowanError) -> Bool {
    if PQconsumeInput(session.raw) == 0 {
      // A farewell may have come before the end.
      _ = try exchange.advance(session)
      throw session.lostError()
    }
    return try exchange.advance(session)
  }

  /// Sends what libpq holds back while a large group is being made, reading meanwhile: a server whose answers nobody
  /// takes stops reading.
  func drainOutput(deadline: LaneInstant?, sql: String?) async throws {
    isBusy = true
    defer { isBusy = false }
    do {
      while try session.flush() {
        try await session.source.wait(.both, deadline: deadline)
        if PQconsumeInput(session.raw) == 0 { throw session.lostError() }
      }
    } catch {
      throw abandon(error, sql: sql)
    }
  }

  /// Waits for the answer to the group's Sync, whatever becomes of the task.
  private func answer(deadline: LaneInstant) async throws {
    repeat {
      let interest: FDSource.Interest = try session.flush() ? .both : .read
      try await session.source.waitIgnoringCancellation(interest, deadline: deadline)
    } while try !takeAnswer()
  }

  /// Leaves the group, and has the server told to cancel it.
  private func abandon(_ error: any Error, sql: String?) -> RowanError {
    if isForced { return RowanError.databaseClosed().naming(sql) }
    if let error = error as? RowanError { return error.naming(sql) }
    switch error {
    case LaneError.deadlineExceeded:
      requestCancel()
      return RowanError(
        .queryTimeout, "the statement took longer than its limit, and was cancelled",
        hint: "raise the limit, or make the statement faster", sql: sql)
    case is CancellationError:
      requestCancel()
      return RowanError.taskCancelled(sql: sql)
    case LaneError.closed:
      requestCancel()
      return RowanError(.databaseClosed, "the database was closed while the statement ran", sql: sql)
    default: return session.lostError(sql: sql)
    }
  }

  private func requestCancel() {
    isUnsettled = true
    isCancelDelivered = false
    let key = session.cancelKey
    context.cancelThreads.submit { [lane] in
      key.send()
      lane.post { self.cancelReturned() }
    }
  }

  private func cancelReturned() {
    isCancelDelivered = true
    let waiter = cancelWaiter
    cancelWaiter = nil
    waiter?()
  }

  /// How long a transaction that wants to go on waits for a statement it has left.
  static let patience = Duration.seconds(10)

  /// Brings a connection whose statement was left back into order: the cancel request has returned, the answer is
  /// read, and a throw-away statement has taken a cancel that came late.
  /// - Parameter limit: how long that may take. Giving up costs the connection, and a transaction with it.
  func settle(sql: String? = nil, within limit: Duration = PostgresConnection.patience) async throws {
    let deadline = LaneInstant.now.advanced(by: limit)
    do {
      if !exchange.isSynced {
        try session.sync()
        exchange.markSynced()
      }
      isBusy = true
      defer { isBusy = false }
      try await answer(deadline: deadline)
      transaction.sent(exchange.controlsDone)
      await cancelDelivery(until: deadline)
      guard isCancelDelivered else { throw session.lostError() }
      exchange.start()
      try session.send("SELECT")
      exchange.append(.ignored)
      try session.sync()
      exchange.markSynced()
      try await answer(deadline: deadline)
      isUnsettled = false
    } catch {
      session.lose()
      throw RowanError(
        .connectionLost, "the connection did not come back within \(limit) of a cancelled statement",
        hint: "the pool replaces the connection", sql: sql, cause: error)
    }
  }

  private func cancelDelivery(until deadline: LaneInstant) async {
    guard !isCancelDelivered else { return }
    // Proof for the unsafe continuation: whichever of the cancel's return and the timer comes first takes the waiter
    // out before it resumes.
    await withUnsafeContinuation { (continuation: UnsafeContinuation<Void, Never>) in
      cancelWaiter = { continuation.resume() }
      lane.schedule(at: deadline) {
        let waiter = self.cancelWaiter
        self.cancelWaiter = nil
        waiter?()
      }
    }
  }

  /// Proves a connection clean that came back with a statement or a transaction open, or with changed settings.
  func recover() async -> Bool {
    do {
      if isUnsettled { try await settle(within: .seconds(1)) }
      if serverState != PQTRANS_IDLE { try await command("ROLLBACK", within: .seconds(1)) }
      if exchange.changedSession {
        // RESET ALL leaves out the role and the session's user, with which the next task would go on.
        // https://www.postgresql.org/docs/15/sql-reset.html
        for sql in ["SET SESSION AUTHORIZATION DEFAULT", "RESET ROLE", "RESET ALL"] {
          try await command(sql, within: .seconds(1))
        }
        try await command("UNLISTEN *", within: .seconds(1))
        exchange.noteSessionIsClean()
      }
      transaction.end()
      return serverState == PQTRANS_IDLE
    } catch {
      session.lose()
      return false
    }
  }

  /// Runs a command of the library's own, which cancellation does not interrupt.
  func command(_ sql: String, within limit: Duration?) async throws {
    exchange.start()
    try session.send(sql)
    exchange.append(.statement(0))
    try await finishGroup(
      deadline: limit.map { LaneInstant.now.advanced(by: $0) }, isInterruptible: false, sql: sql)
    if let failure = exchange.failure { throw failure.error.rowanError(sql: sql) }
  }
}

extension LaneInstant {
  /// The instant so much later.
  func adding(nanoseconds more: UInt64) -> LaneInstant {
    let (sum, overflow) = nanoseconds.addingReportingOverflow(more)
    return overflow ? .never : LaneInstant(nanoseconds: sum)
  }
}

extension RowanError {
  /// The error for a statement whose task was cancelled.
  static func taskCancelled(sql: String?) -> RowanError {
    RowanError(.cancelled, "the task was cancelled", sql: sql, cause: CancellationError())
  }
}
