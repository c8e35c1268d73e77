internal import CSQLite
internal import RowanCore

extension SQLiteConnection: DriverConnection {
  func run<R: Sendable>(_ call: DriverCall, _ consume: @Sendable (RowSource) throws -> R) async throws -> R {
    if call.timeout != nil || statementTimeout != nil { return try await runLimited(call, consume) }
    if let statement = try start(call) { return try read(statement, consume) }
    return try read(try await startWhenUnlocked(call), consume)
  }

  func runNow(_ call: DriverCall, _ consume: (RowSource) throws -> Void) throws -> Bool {
    guard call.timeout == nil, statementTimeout == nil, let statement = try start(call) else { return false }
    try read(statement, consume)
    return true
  }

  private func runLimited<R: Sendable>(
    _ call: DriverCall, _ consume: @Sendable (RowSource) throws -> R
  ) async throws -> R {
    limit(call.timeout)
    defer { unlimit() }
    if let statement = try start(call) { return try read(statement, consume) }
    return try read(try await startWhenUnlocked(call), consume)
  }

  /// Limits the work that follows, to the configured time where none is given.
  func limit(_ timeout: Duration?) {
    interruption.deadline = (timeout ?? statementTimeout).map(Deadline.after) ?? .none
  }

  /// Lifts the limit.
  func unlimit() { interruption.deadline = .none }

  /// Starts the statement; nil when the database is locked.
  func start(_ call: DriverCall) throws -> SQLiteStatement? {
    if Task.isCancelled { throw Self.cancelled(call.compiled.sql) }
    return try call.binds.withUnsafeBufferPointer { try start(call.compiled, $0) }
  }

  func startWhenUnlocked(_ call: DriverCall) async throws -> SQLiteStatement {
    try await whenUnlocked(call.compiled.sql) { try self.start(call) }
  }

  func read<R>(_ statement: SQLiteStatement, _ consume: (RowSource) throws -> R) throws -> R {
    defer { release(statement) }
    let result: R
    do {
      result = try consume(statement)
    } catch {
      // The changes of a statement that writes are made; only reading them failed.
      try? statement.complete()
      throw error
    }
    try statement.complete()
    return result
  }

  /// Tries again until a lock held elsewhere is gone, without blocking the thread.
  /// - Parameter attempt: returns nil while the database is locked.
  func whenUnlocked<R>(_ sql: String?, _ attempt: () throws -> R?) async throws -> R {
    var pause = Duration.milliseconds(1)
    let limit = Deadline.after(busyTimeout)
    while true {
      let now = Deadline.now
      if now >= interruption.deadline { throw Self.stopped(.timeout, sql) }
      if now >= limit { throw failure(SQLITE_BUSY, sql, .step) }
      do {
        try await Task.sleep(for: min(pause, min(limit, interruption.deadline).left(from: now)))
      } catch {
        throw Self.cancelled(sql)
      }
      pause = min(pause * 2, .milliseconds(25))
      if let result = try attempt() { return result }
    }
  }

  var isAutocommitting: Bool { transaction != .none || sqlite3_get_autocommit(db) != 0 }

  func begin(_ options: TransactionOptions) async throws {
    guard transaction == .none else { throw RowanError.internalFailure("a transaction is open already") }
    if Task.isCancelled { throw Self.cancelled(nil) }
    if options.access == .write, isQueryOnly { throw SQLiteError.readOnlyTransaction() }
    try await control(options.access == .write ? .beginImmediate : .begin)
    transaction = options.access == .write ? .write : .read
  }

  func commit() async throws {
    try checkOpen()
    try await control(.commit)
    transaction = .none
  }

  func rollback() async throws {
    transaction = .none
    // A full disk, an interrupted write and a few other failures roll back by themselves.
    // https://sqlite.org/lang_transaction.html#response_to_errors_within_a_transaction
    if sqlite3_get_autocommit(db) != 0 { return }
    do {
      try await control(.rollback)
    } catch {
      isBroken = true
      throw error
    }
  }

  func savepoint(_ depth: Int) async throws {
    try checkOpen()
    try await control(.savepoint(depth))
  }

  func releaseSavepoint(_ depth: Int) async throws {
    try checkOpen()
    try await control(.release(depth))
  }

  func rollbackToSavepoint(_ depth: Int) async throws {
    try checkOpen()
    try await control(.rollbackTo(depth))
    try await control(.release(depth))
  }

  private func checkOpen() throws {
    if sqlite3_get_autocommit(db) == 0 { return }
    throw RowanError(
      .transactionAborted, "the transaction has been rolled back by an earlier failure", hint: "run it again")
  }

  private func control(_ name: ControlStatements.Name) async throws {
    interruption.isShielded = true
    defer { interruption.isShielded = false }
    let code: Int32 = control(name)
    if code == SQLITE_OK { return }
    guard Self.isLock(code) else { throw failure(code, name.sql, .step) }
    try await whenUnlocked(name.sql) {
      let code: Int32 = control(name)
      if code == SQLITE_OK { return () }
      if Self.isLock(code) { return nil }
      throw failure(code, name.sql, .step)
    }
  }
}
