internal import CMariaDB
internal import RowanCore

/// One session with the server, which belongs to one lane for life.
final class MySQLConnection: DriverConnection, PooledConnection, @unchecked Sendable {
  // Proof for @unchecked: every mutable field is only touched on the lane's thread. The public calls go to the lane
  // first (`onLane`), what other threads send comes by `lane.post`, and the last reference is dropped after `close`.

  let lane: Lane
  let server: MySQLServer
  let thread: UInt
  let settings: Settings
  /// The C connection; owned by ``handle``, and valid until ``close()``.
  let raw: UnsafeMutablePointer<MYSQL>
  private var handle: MySQLHandle?
  var source: FDSource?
  /// The result of the call that ended last.
  var callResult: Int32 = 0
  /// The call that is under way, or was left before its end.
  var pending: MySQLPendingCall?
  /// The statement whose result is stored and about to be read.
  var executed: MySQLStatement?
  /// The statement whose rows are still on the wire.
  var unread: MySQLStatement?
  /// Why the operation under way has to stop.
  var interruption: MySQLInterruption?
  var cache: MySQLStatementCache
  /// Whether the statement the server was last asked to prepare may change anything.
  var lastPreparedWrites = false
  var transaction = MySQLTransaction.none
  var kill = MySQLKill.none
  // Proof for the unsafe continuation: it is taken out before it is resumed, by the request's return or by the limit.
  var killWaiter: UnsafeContinuation<Void, Never>?
  /// Whether it is to be closed rather than used again: lost, or in a state nobody vouches for.
  private(set) var isBroken = false
  /// Whether it failed, or the server closed it.
  private var isLost = false
  /// Whether a statement has changed the session's state.
  var isDirty = false
  /// The limit the session has now, where it is not the configured one.
  var sessionLimit: Duration?
  private var operation: UInt64 = 0
  /// Whether an operation is under way.
  var isBusy = false

  /// What all connections of a driver have in common.
  struct Settings: Sendable {
    var cacheCapacity: Int
    var statementTimeout: Duration?
    /// Who is told of connections.
    var observer: ConnectionObserver
    /// Ends what a session executes, on a helper thread, and then calls back.
    var kill: @Sendable (_ thread: UInt, _ done: @escaping @Sendable (Bool) -> Void) -> Void
  }

  /// Takes over an opened connection. Call it on the lane.
  init(_ opened: MySQLOpened, on lane: Lane, _ settings: Settings) throws {
    guard let handle = opened.take() else { throw RowanError.internalFailure("a connection was taken twice") }
    raw = handle.raw
    server = opened.facts.server
    thread = opened.facts.thread
    self.lane = lane
    self.settings = settings
    cache = MySQLStatementCache(capacity: settings.cacheCapacity)
    sessionLimit = settings.statementTimeout
    self.handle = consume handle
    source = try FDSource(fd: mysql_get_socket(raw), on: lane)
    settings.observer.opened()
  }

  deinit { shut() }

  /// Runs `body` on the lane.
  nonisolated(nonsending) func onLane<R: Sendable>(
    _ label: StaticString, _ body: @Sendable () async throws -> R
  ) async throws -> R {
    do {
      return try await lane.run(label: label, body)
    } catch LaneError.closed {
      throw MySQLDriver.closedError
    }
  }

  /// Runs `body` as one operation of this connection.
  /// - Parameters:
  ///   - sql: the statement, for errors.
  ///   - isCancellable: whether the task's cancellation ends it. What ends a transaction is not.
  ///   - reading: the statement whose rows it reads on.
  ///   - body: the operation. It throws ``MySQLFailure``, ``MySQLInterruption`` or final errors.
  nonisolated(nonsending) func operate<R: Sendable>(
    _ sql: String?, isCancellable: Bool = true, reading: MySQLStatement? = nil,
    _ body: @Sendable () async throws -> R
  ) async throws -> R {
    let number = try await begin(sql, isCancellable: isCancellable, reading: reading)
    defer { isBusy = false }
    do {
      return
        isCancellable
        ? try await withTaskCancellationHandler {
          try await body()
        } onCancel: {
          lane.post { self.interrupt(number) }
        } : try await body()
    } catch {
      throw failed(error, sql)
    }
  }

  /// Begins an operation, which sets ``isBusy``.
  /// - Returns: its number.
  nonisolated(nonsending) func begin(
    _ sql: String?, isCancellable: Bool, reading: MySQLStatement? = nil
  ) async throws -> UInt64 {
    guard !isBusy else { throw RowanError.internalFailure("two statements at once on one connection") }
    if isCancellable, Task.isCancelled { throw MySQLConnection.cancelledError(sql) }
    if unread !== reading, pending == nil, case .none = kill {
      throw RowanError(
        .unsupported, "a statement of a transaction while one of its streams is being read is not supported by mysql",
        hint: "read the stream to its end first, or fetch the rows at once", sql: sql)
    }
    isBusy = true
    if needsSettling(besides: reading) { await settle(reading, within: .seconds(10)) }
    guard !isBroken, source != nil else {
      isBusy = false
      throw lostError(sql)
    }
    interruption = nil
    return nextOperation()
  }

  /// Counts one operation more.
  func nextOperation() -> UInt64 {
    operation &+= 1
    return operation
  }

  /// Ends the operation with this number, if it is still under way.
  func interrupt(_ number: UInt64) {
    guard isBusy, operation == number, interruption == nil else { return }
    interruption = .cancelled
    source?.interrupt(throwing: MySQLInterruption.cancelled)
  }

  /// The error to throw for `error`, after drawing the conclusions for the connection.
  func failed(_ error: any Error, _ sql: String?) -> any Error {
    switch error {
    case let failure as MySQLFailure:
      if failure.endsConnection { lost(failure.error(sql: nil)) }
      if transaction.isOpen, failure.endsTransaction(rollbackOnTimeout: server.rollbackOnTimeout) {
        transaction = .aborted
      }
      return failure.error(sql: sql)
    case MySQLInterruption.cancelled:
      startKill()
      return MySQLConnection.cancelledError(sql)
    case MySQLInterruption.timedOut:
      startKill()
      return RowanError(
        .queryTimeout, "the statement took longer than it may", hint: "raise its timeout, or make it faster", sql: sql)
    case is MySQLInterruption:
      // The server would go on with it for nobody.
      if pending != nil { startKill() }
      markBroken()
      return lostError(sql)
    default:
      if pending != nil { startKill() }
      return error
    }
  }

  static func cancelledError(_ sql: String?) -> RowanError {
    RowanError(.cancelled, "the task was cancelled", sql: sql, cause: CancellationError())
  }

  private func lostError(_ sql: String?) -> RowanError {
    RowanError(
      .connectionLost, "the connection to the server was lost", hint: "run it again if that is safe", sql: sql)
  }

  /// Notes that the connection has failed.
  private func lost(_ error: RowanError) {
    if !isLost { settings.observer.lost(error) }
    isLost = true
    markBroken()
  }

  /// Makes sure that the connection is closed when it is given back.
  func markBroken() { isBroken = true }

  var isUsable: Bool {
    guard !isBroken, let source else { return false }
    // The late answer to a call that was left is not the server's farewell.
    if needsSettling || !source.hasUnclaimedInput { return true }
    // What came between two batches of a stream was read with the next one; the source did not see that.
    if rowan_mysql_has_input(source.fd) == 0 { return true }
    // What a server says unasked is its farewell.
    lost(lostError(nil))
    return false
  }

  /// How it goes back to its pool.
  var disposition: PoolDisposition {
    if isBroken || isDirty || source == nil { return .discard }
    if needsSettling { return .quarantine }
    let status = raw.pointee.server_status
    return transaction.isNone && status & UInt32(SERVER_STATUS_IN_TRANS) == 0 ? .reuse : .discard
  }

  /// Whether a transaction is open, one of raw SQL included.
  var hasTransaction: Bool {
    if !transaction.isNone { return true }
    return !isBroken && !needsSettling && raw.pointee.server_status & UInt32(SERVER_STATUS_IN_TRANS) != 0
  }

  /// https://mariadb.com/kb/en/mariadb-connectorc-types-and-definitions/#status-flags
  var isAutocommitting: Bool {
    if isBroken || needsSettling || !transaction.isNone { return true }
    let status = raw.pointee.server_status
    return status & UInt32(SERVER_STATUS_IN_TRANS) == 0 && status & UInt32(SERVER_STATUS_AUTOCOMMIT) != 0
  }

  /// Ends whatever transaction is open.
  nonisolated(nonsending) func endTransaction() async {
    if transaction.isNone { transaction = .open }
    await rollBack()
  }

  func close() async { shut() }

  /// Closes everything. What is under way is abandoned; the server rolls back.
  private func shut() {
    guard handle != nil else { return }
    if !isLost { settings.observer.closed() }
    // The source before its descriptor, and the connection before its statements, which then only free memory.
    source?.close()
    source = nil
    if pending != nil || unread != nil { rowan_mysql_hang_up(mysql_get_socket(raw)) }
    handle = nil
    // The library has taken a statement that it is closing off its list, and would reach for the connection again.
    if let left = pending, left.call == .close { left.statement?.markClosed() }
    pending = nil
    unread = nil
    executed = nil
    cache.removeAll()
    isBroken = true
  }
}
