internal import CSQLite
internal import RowanCore

/// One open connection, used by one borrower at a time.
final class SQLiteConnection: @unchecked Sendable {
  // Proof for @unchecked: a pool lends a connection to one borrower at a time and passes it on under its lock; the core
  // does not overlap calls on a borrowed connection.

  /// What the connection may do.
  enum Role {
    /// It refuses to write (`query_only`).
    case reader
    /// It may write.
    case writer
  }

  enum TransactionState { case none, read, write }

  private let handle: SQLiteHandle
  private let settings: ConnectionSettings
  private let authorizer: Authorizer
  let role: Role
  let busyTimeout: Duration
  let statementTimeout: Duration?
  let interruption: Interruption
  // Proof for the unchecked exclusivity here: the one borrower's calls do not overlap, and none calls back.

  /// What the current borrower opened.
  @exclusivity(unchecked) var transaction = TransactionState.none
  /// Whether the current borrower asked to read only.
  @exclusivity(unchecked) var isLeasedForReading = false
  /// Whether the connection must be closed instead of lent again.
  @exclusivity(unchecked) var isBroken = false
  // A stream refers to its connection until it ends, at the latest with the loan.
  @exclusivity(unchecked) private var streams: [BorrowedStream] = []
  @exclusivity(unchecked) private var cache: StatementCache
  @exclusivity(unchecked) private var controls = ControlStatements()

  var db: OpaquePointer { handle.pointer }

  private let observer: ConnectionObserver?

  init(
    _ handle: consuming SQLiteHandle, role: Role, configuration: SQLiteConfiguration, closing: ClosingFlag,
    observer: ConnectionObserver?
  ) {
    self.observer = observer
    self.handle = handle
    self.role = role
    settings = ConnectionSettings(configuration: configuration, role: role)
    authorizer = Authorizer(role: role)
    busyTimeout = configuration.busyTimeout
    statementTimeout = configuration.pool.statementTimeout
    interruption = Interruption(closing: closing)
    cache = StatementCache(capacity: configuration.pool.statementCacheCapacity)
    interruption.install(on: self.handle.pointer)
    authorizer.install(on: self.handle.pointer)
  }

  deinit {
    controls.finalize()
    observer?.closed()
  }

  var isQueryOnly: Bool { role == .reader || isLeasedForReading || transaction == .read }

  /// What the library behind the connection can do.
  var capabilities: Capabilities {
    // https://sqlite.org/c3ref/limit.html
    let limit = sqlite3_limit(db, SQLITE_LIMIT_VARIABLE_NUMBER, -1)
    return SQLiteDialect.capabilities(version: Int(sqlite3_libversion_number()), maxBinds: Int(limit))
  }

  /// Prepares or finds the statement, binds it and makes its first step.
  /// - Returns: nil when the database is locked and nothing has happened.
  func start(_ compiled: Compiled, _ values: UnsafeBufferPointer<SQLValue>) throws -> SQLiteStatement? {
    if transaction != .none, sqlite3_get_autocommit(db) != 0 { throw aborted(compiled.sql) }
    if !streams.isEmpty { sweepStreams() }
    let statement: SQLiteStatement
    if let cached = cache.take(compiled) {
      statement = cached
    } else {
      guard let prepared = try prepare(compiled) else { return nil }
      statement = prepared
    }
    if !statement.isReadOnly, compiled.access == .read || isQueryOnly {
      release(statement)
      throw SQLiteError.readOnlyTransaction(sql: compiled.sql)
    }
    do {
      try statement.bind(values)
    } catch {
      release(statement)
      throw error
    }
    let code = statement.start()
    if code == SQLITE_ROW || code == SQLITE_DONE { return statement }
    if Self.isLock(code) {
      statement.abandon()
      release(statement)
      return nil
    }
    let error = statement.fail(code)
    release(statement)
    throw error
  }

  /// Makes a statement available to the next caller.
  func release(_ statement: SQLiteStatement) {
    if statement.arena.isLarge {
      sqlite3_clear_bindings(statement.pointer)
      statement.arena.reset()
    }
    statement.isBusy = false
  }

  /// Whether the code is that of a lock that may go away.
  static func isLock(_ code: Int32) -> Bool { code & 0xff == SQLITE_BUSY && code != rowan_sqlite_busy_snapshot }

  private func prepare(_ compiled: Compiled) throws -> SQLiteStatement? {
    let flags = compiled.isReusable ? UInt32(SQLITE_PREPARE_PERSISTENT) : 0
    var prepared: OpaquePointer?
    authorizer.start()
    let code = try SingleStatement.prepare(compiled.sql, on: self, flags: flags, &prepared)
    if Self.isLock(code) { return nil }
    guard code == SQLITE_OK, let prepared else { throw failure(code, compiled.sql, .prepare) }
    let statement = SQLiteStatement(prepared, compiled, on: self)
    statement.isBusy = true
    if compiled.isReusable, !authorizer.isSpecial { cache.insert(statement) }
    return statement
  }

  /// Runs one of the library's own statements.
  func control(_ statement: ControlStatements.Name) -> Int32 {
    if !streams.isEmpty { sweepStreams() }
    return authorizer.withOwn { controls.run(statement, on: db) }
  }

  /// Notes a stream that was opened on this loan.
  func add(_ stream: BorrowedStream) { streams.append(stream) }

  /// Ends the statements of streams that were closed. A stream can be closed from anywhere, and so only says that it
  /// was; the connection's borrower does the rest.
  private func sweepStreams() {
    for stream in streams where stream.isClosed { stream.end() }
    streams.removeAll { $0.isClosed }
  }

  /// Makes the connection as it was before it was lent: no rows pending, no transaction.
  /// - Returns: whether it may be lent again.
  func settle() -> Bool {
    interruption.deadline = .none
    if !streams.isEmpty {
      for stream in streams { stream.end() }
      streams = []
    }
    transaction = .none
    isLeasedForReading = false
    if sqlite3_get_autocommit(db) == 0 {
      interruption.isShielded = true
      let code = control(.rollback)
      interruption.isShielded = false
      if code != SQLITE_OK, sqlite3_get_autocommit(db) == 0 { isBroken = true }
    }
    if authorizer.isTainted { restoreSettings() }
    return !isBroken
  }

  /// A file is opened anew; a database in memory would be lost with its connection.
  private func restoreSettings() {
    authorizer.clearTaint()
    let isMemory = settings.configuration.location == .memory
    let isRestored = isMemory && (try? authorizer.withOwn { try settings.apply(to: db) }) != nil
    if !isRestored { isBroken = true }
  }

  /// The error for a result code this connection has just returned.
  func failure(_ code: Int32, _ sql: String?, _ phase: SQLiteError.Phase) -> RowanError {
    if code & 0xff == SQLITE_INTERRUPT, let reason = interruption.takeReason() {
      return Self.stopped(reason, sql)
    }
    if code == SQLITE_AUTH, var denial = authorizer.takeDenial() {
      denial.sql = sql
      return denial
    }
    return SQLiteError.error(
      code, message: String(cString: sqlite3_errmsg(db)), sql: sql, phase: phase, isQueryOnly: isQueryOnly)
  }

  static func stopped(_ reason: Interruption.Reason, _ sql: String?) -> RowanError {
    switch reason {
    case .cancelled: cancelled(sql)
    case .timeout:
      RowanError(
        .queryTimeout, "the statement ran longer than its time limit", hint: "raise the limit, or add an index",
        sql: sql)
    case .closed:
      RowanError(.databaseClosed, "the database was closed while the statement ran", hint: nil, sql: sql)
    }
  }

  static func cancelled(_ sql: String?) -> RowanError {
    RowanError(.cancelled, "the task was cancelled", hint: nil, sql: sql, cause: CancellationError())
  }

  private func aborted(_ sql: String) -> RowanError {
    RowanError(
      .transactionAborted, "the transaction has been rolled back by an earlier failure", hint: "run it again", sql: sql)
  }
}
