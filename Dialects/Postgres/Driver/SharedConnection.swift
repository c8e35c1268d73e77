internal import CPostgres
internal import RowanCore

/// One connection over which many tasks read single rows at once, each query with a Sync of its own, so that a failure
/// is its own too. Only statements of the library that find one row by a key go here: a slow one would hold up those
/// behind it.
///
/// A task that is cancelled is let go, and its answer dropped. No cancel request is ever sent: it would hit whoever
/// the server is busy with. While the oldest query is a long one, waiting for a lock say, no more are taken.
final class SharedConnection: @unchecked Sendable {
  // Proof for @unchecked: every mutable member is only touched on the lane's thread. The entry points are called on it,
  // callbacks come through the lane.
  // Proof for the unchecked exclusivity: no method that calls others is inside an access to a member.

  private enum State {
    case closed(retryAt: LaneInstant)
    case opening
    case open(Session)
  }

  private let lane: Lane
  private let context: DriverContext
  private let depth: Int
  @exclusivity(unchecked) private var state = State.closed(retryAt: LaneInstant(nanoseconds: 0))
  private let queue = WaiterQueue()
  @exclusivity(unchecked) private var isClosing = false
  @exclusivity(unchecked) private var isWriting = false
  @exclusivity(unchecked) private var timer: LaneTimer?
  /// Whether the oldest query has seen so many ticks that whoever queued up behind it might wait as long.
  @exclusivity(unchecked) private var isStuck = false
  private static let patientTicks = 4
  /// The last query that was under way when the timer was set.
  @exclusivity(unchecked) private var rouseBefore: SharedWaiter?
  @exclusivity(unchecked) private var drained: UnsafeContinuation<Void, Never>?

  init(on lane: Lane, _ context: DriverContext) {
    self.lane = lane
    self.context = context
    depth = Swift.max(1, context.configuration.multiplexDepth)
  }

  /// The session, if a query can be sent now. Starts opening one where there is none.
  func available() -> Session? {
    switch state {
    case .open(let session):
      return queue.count < depth && !isStuck && !isClosing ? session : nil
    case .closed(let retryAt):
      if !isClosing, lane.now >= retryAt { open() }
      return nil
    case .opening: return nil
    }
  }

  /// Sends one query.
  func start(_ call: DriverCall, on session: Session) throws -> SharedWaiter {
    if Task.isCancelled { throw RowanError.taskCancelled(sql: call.compiled.sql) }
    return try submit(call, on: session)
  }

  /// Runs one query.
  /// - Parameter lookUp: reads the catalogue's entries of types that are not built in, over another connection.
  /// - Returns: nil if the statement has to be prepared again.
  func run<R: Sendable>(
    _ call: DriverCall, on session: Session, lookUp: @Sendable (Set<UInt32>) async throws -> Void,
    _ consume: @Sendable (RowSource) throws -> R
  ) async throws -> R? {
    let waiter = try start(call, on: session)
    try await waiter.answer()
    guard let result = try waiter.settled() else { return nil }
    let rows: ResultRows
    if let known = waiter.statement.rows {
      rows = known
    } else {
      rows = try await ResultRows(plan(result, call.compiled, session, lookUp))
      waiter.statement.rows = rows
    }
    rows.open(result)
    defer { rows.close() }
    return try consume(rows)
  }

  /// Takes no more queries, and closes the connection once the last is answered.
  func close() async {
    isClosing = true
    guard queue.count > 0 else { return shut() }
    // Proof for the unsafe continuation: taken out by the one that resumes it, when the queue is empty.
    await withUnsafeContinuation { drained = $0 }
  }

  /// Fails what is still under way, and closes the connection.
  func closeNow() {
    isClosing = true
    fail(RowanError(.databaseClosed, "the database was closed while the statement ran"))
  }

  private func submit(_ call: DriverCall, on session: Session) throws(RowanError) -> SharedWaiter {
    if session.isLost { throw session.lostError(sql: call.compiled.sql) }
    let (statement, isNew) = try session.statement(call.compiled, call.binds, from: 0, count: call.binds.count)
    do {
      try session.parameters.encode(call.binds, statement.types)
    } catch {
      throw error.naming(call.compiled.sql)
    }
    do throws(RowanError) {
      if session.statements.discardedCount >= PostgresConnection.discardInterval { try dropDiscarded(session) }
      if isNew {
        try session.sendPrepare(statement)
        // Those that follow find it at once: the server works in order.
        session.statements.insert(statement)
      }
      try session.sendExecute(statement)
      let waiter = SharedWaiter(call, statement, on: session, preparing: isNew)
      queue.append(waiter)
      try session.sync()
      try flush(session)
      watch(waiter)
      return waiter
    } catch {
      fail(error)
      throw error.naming(call.compiled.sql)
    }
  }

  private func dropDiscarded(_ session: Session) throws(RowanError) {
    for statement in session.statements.takeDiscarded() {
      try session.send("DEALLOCATE \(String(cString: statement.name))")
      let waiter = SharedWaiter(nil, statement, on: session, preparing: false)
      waiter.isDetached = true
      queue.append(waiter)
      try session.sync()
    }
  }

  private func flush(_ session: Session) throws(RowanError) {
    let isLeft = try session.flush()
    guard isLeft != isWriting else { return }
    do {
      try session.source.setHandlerInterest(isLeft ? .both : .read)
    } catch {
      throw session.lostError()
    }
    isWriting = isLeft
  }

  /// Called by the lane when something has arrived, or can be sent.
  private func pump() {
    guard case .open(let session) = state, !session.isLost else { return }
    do throws(RowanError) {
      let isAlive = PQconsumeInput(session.raw) != 0
      try take(session)
      if !isAlive { throw session.lostError() }
      try flush(session)
    } catch {
      fail(error)
    }
    if isClosing, queue.count == 0 { shut() }
  }

  private func take(_ session: Session) throws(RowanError) {
    let raw = session.raw
    while let waiter = queue.first, PQisBusy(raw) == 0 {
      guard let result = PQgetResult(raw) else {
        guard waiter.endCommand() else { throw session.lostError() }
        continue
      }
      if PQresultStatus(result) == PGRES_PIPELINE_SYNC {
        PQclear(result)
        queue.removeFirst()
        isStuck = false
        if waiter.failure != nil, waiter.isPreparing { session.statements.remove(waiter.statement, isOnServer: false) }
        waiter.finish()
        continue
      }
      if waiter.take(result) { continue }
      if PQstatus(raw) == CONNECTION_BAD { throw session.lostError() }
      if let failure = waiter.failure, failure.endsSession {
        session.lose()
        throw failure.rowanError()
      }
    }
    if PQstatus(raw) == CONNECTION_BAD { throw session.lostError() }
  }

  private func plan(
    _ result: OpaquePointer, _ compiled: Compiled, _ session: Session,
    _ lookUp: @Sendable (Set<UInt32>) async throws -> Void
  ) async throws -> ColumnPlan {
    do throws(ColumnPlan.Missing) {
      return try ColumnPlan(result, compiled.results, session.catalog)
    } catch {
      try await lookUp(error.oids)
    }
    return try ColumnPlan(result, compiled.results, session.catalog)
  }

  private func open() {
    state = .opening
    lane.detach { [self] in
      do {
        let opened = try await context.connector.open(on: lane)
        guard let handle = opened.take() else { return }
        let session = try Session(handle, on: lane, context)
        guard !isClosing else { return session.close() }
        // Held until `shut` removes the handler: a weak reference costs more than the call.
        try session.source.setHandler(.read) { [self] _ in pump() }
        state = .open(session)
      } catch {
        // Queries take the ordinary connections meanwhile, whose pool reports the reason.
        state = .closed(retryAt: lane.now.advanced(by: .seconds(1)))
      }
    }
  }

  private func fail(_ error: RowanError) {
    shut()
    while let waiter = queue.first {
      queue.removeFirst()
      waiter.detach(error)
    }
  }

  private func shut() {
    if case .open(let session) = state {
      session.source.removeHandler()
      session.close()
    }
    isWriting = false
    isStuck = false
    state = .closed(retryAt: isClosing ? .never : lane.now)
    timer?.cancel()
    timer = nil
    rouseBefore = nil
    let waiting = drained
    drained = nil
    waiting?.resume()
  }

  /// The session's own limit cuts a query off; this lets its task go when the server says nothing at all.
  private func watch(_ waiter: SharedWaiter) {
    if let limit = context.configuration.pool.statementTimeout {
      waiter.deadline = lane.now.advanced(by: limit + .seconds(1))
    }
    if timer == nil { schedule() }
  }

  private func schedule() {
    rouseBefore = queue.last
    timer = lane.schedule(at: lane.now.adding(nanoseconds: 5_000_000)) { [weak self] in self?.tick() }
  }

  /// Called every few milliseconds while queries are under way: those that have seen two ticks are long ones.
  private func tick() {
    timer = nil
    guard queue.count > 0 else { return rouseBefore = nil }
    let now = lane.now
    let newest = rouseBefore
    var isOld = newest.map { !$0.isFinished } ?? false
    queue.forEach { waiter in
      waiter.ticks += 1
      if isOld { waiter.rouse() }
      if waiter === newest { isOld = false }
      guard waiter.deadline <= now else { return }
      waiter.detach(
        RowanError(
          .queryTimeout, "the server did not answer within the limit",
          hint: "the shared connection is kept; its answer is dropped when it comes"))
    }
    isStuck = (queue.first?.ticks ?? 0) >= Self.patientTicks
    schedule()
  }
}
