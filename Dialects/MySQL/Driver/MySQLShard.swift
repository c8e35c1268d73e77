internal import RowanCore

/// What one lane has: its share of the connections, and the statements that wait for one.
final class MySQLShard: Sendable {
  let lane: Lane
  /// How many connections there can be.
  private let capacity: Int
  private let checkoutTimeout: Duration
  private let pool: LanePool<MySQLConnection>
  private let spare = SpareConnection<MySQLConnection>()
  private let queue: MySQLCallQueue

  init(
    on lane: Lane, _ options: PoolOptions, share: Int, minimum: Int,
    open: @escaping @Sendable () async throws -> MySQLConnection
  ) {
    self.lane = lane
    capacity = share
    checkoutTimeout = options.checkoutTimeout
    queue = MySQLCallQueue(on: lane, limit: options.checkoutTimeout)
    pool = LanePool(
      on: lane, PoolConfiguration(minimum: min(minimum, share), maximum: share), acquireTimeout: checkoutTimeout,
      open: open)
  }

  /// Sends a statement on a connection that is free now, or has it wait for one.
  /// - Returns: nil, nothing having happened, where connections are still to be opened, and for a statement the
  ///   connection has not prepared yet.
  func start(_ call: DriverCall, driver: ObjectIdentifier) throws -> MySQLStartedCall? {
    guard call.timeout == nil, call.compiled.isReusable, !Task.isCancelled else { return nil }
    if let connection = spare.take(or: pool) {
      do {
        if let sent = try connection.sendKnown(call) { return MySQLStartedCall(call, sent, of: self, driver) }
      } catch {
        release(connection)
        throw error
      }
      release(connection)
      return nil
    }
    // Each connection that is lent comes back to `release`, which serves the queue.
    guard !spare.isClosed, let counts = pool.counts, counts.holders >= capacity else { return nil }
    let queued = MySQLStartedCall(call, nil, of: self, driver)
    queue.append(queued)
    return queued
  }

  /// Takes a statement out of the queue.
  func leave(_ call: MySQLStartedCall) { queue.remove(call) }

  /// The error for a task whose statement did not get a connection. Called by the task.
  func failure(_ error: any Error, _ call: DriverCall, driver: ObjectIdentifier) -> any Error {
    guard let error = error as? MySQLWaitTimedOut else { return error }
    let failure = PoolError.timedOut(waited: error.waited, holders: pool.counts?.holders ?? 0, capacity: capacity)
    return failure.failure(isStatementLimit: false, driver: driver, sql: call.compiled.sql)
  }

  /// Borrows a connection. Called on the lane.
  /// - Parameters:
  ///   - deadline: the caller's own limit; the pool's holds as well.
  ///   - sql: the statement, if the limit is one's.
  ///   - site: where it is asked for, if that is known.
  nonisolated(nonsending) func acquire(
    _ deadline: LaneInstant?, driver: ObjectIdentifier, sql: String?, site: CallSite? = nil
  ) async throws -> MySQLConnection {
    if !Task.isCancelled, let idle = spare.take(or: pool) { return idle }
    let patience = LaneInstant.now.advanced(by: checkoutTimeout)
    let limit = deadline.map { min($0, patience) } ?? patience
    spare.expect()
    let arrival = queue.arrive()
    defer {
      queue.depart(arrival)
      spare.unexpect()
    }
    do {
      return try await pool.acquire(deadline: limit)
    } catch {
      serveQueue()
      switch error {
      case let failure as PoolError:
        let isStatementLimit = sql != nil && deadline.map { $0 <= patience } ?? false
        throw failure.failure(isStatementLimit: isStatementLimit, driver: driver, sql: sql, site: site)
      case is CancellationError: throw MySQLConnection.cancelledError(sql)
      default: throw error
      }
    }
  }

  /// A task that was handed a connection has given it back to the pool, or has found it dead: nobody else tells the
  /// statements that wait.
  private func serveQueue() {
    guard lane.isCurrent else { return lane.post { self.serveQueue() } }
    while !queue.isEmpty, let connection = spare.take(or: pool) { release(connection) }
    if let counts = pool.counts, counts.holders < capacity { sendQueueAway() }
  }

  private func sendQueueAway() { while let waiting = queue.removeFirst() { waiting.sendAway() } }

  /// Gives a connection back, to the statement that waits longest if there is one.
  func release(_ connection: MySQLConnection) {
    guard lane.isCurrent else { return lane.post { self.release(connection) } }
    guard connection.disposition == .reuse, connection.isUsable else {
      // With it, the queue may have lost the last connection that would have served it.
      sendQueueAway()
      return pool.release(connection, connection.disposition)
    }
    // Those that wait for the pool and those of the queue are served in the order in which they came.
    while !isPoolNext, let waiting = queue.removeFirst() {
      if waiting.send(on: connection) { return }
    }
    let disposition = connection.disposition
    if disposition == .reuse, spare.put(connection) { return }
    pool.release(connection, disposition)
  }

  private var isPoolNext: Bool {
    spare.isExpected && queue.isPoolNext(waiting: pool.counts?.waiters ?? 0)
  }

  /// Refuses new borrowers, fails the waiting ones, and returns when every connection is back and closed.
  func close() async {
    try? await lane.run(label: "close") {
      if let connection = self.spare.close() { self.pool.release(connection) }
      while let waiting = self.queue.removeFirst() { waiting.fail(MySQLDriver.closedError) }
    }
    await pool.close()
  }
}
