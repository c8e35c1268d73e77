internal import CMariaDB
internal import RowanCore

/// Running statements.
extension MySQLConnection {
  func run<R: Sendable>(_ call: DriverCall, _ consume: @Sendable (RowSource) throws -> R) async throws -> R {
    try await run(call, deadline: call.timeout.map { LaneInstant.now.advanced(by: $0) }, consume)
  }

  /// Runs one statement, which has to end at `deadline` if there is one, and otherwise within the driver's own limit.
  nonisolated(nonsending) func run<R: Sendable>(
    _ call: DriverCall, deadline: LaneInstant?, _ consume: @Sendable (RowSource) throws -> R
  ) async throws -> R {
    try await onLane("mysql.run") { try await self.runHere(call, deadline, consume) }
  }

  /// The same, by a task that is on the lane.
  nonisolated(nonsending) func runHere<R: Sendable>(
    _ call: DriverCall, _ deadline: LaneInstant?, _ consume: @Sendable (RowSource) throws -> R
  ) async throws -> R {
    let number = try await begin(call.compiled.sql, isCancellable: true)
    defer { isBusy = false }
    let limit = deadline ?? defaultDeadline
    do {
      try await withTaskCancellationHandler {
        try await self.execute(call, limit)
      } onCancel: {
        lane.post { self.interrupt(number) }
      }
      // The rows are read outside the part that waits, which need not know what they become.
      let result = Result { try read(call, consume) }
      if let statement = executed {
        executed = nil
        if statement.leavesTrace { isDirty = true }
        mysql_stmt_free_result(statement.raw)
        if hasMoreResults {
          statement.givesManyResults = true
          try await drain(statement, limit)
        }
        if !call.compiled.isReusable { try await discard(statement) }
      }
      noteSessionState()
      if !transaction.isNone { try checkTransaction(call.compiled.sql) }
      return try result.get()
    } catch {
      executed = nil
      throw failed(error, call.compiled.sql)
    }
  }

  /// Reads the rows of the statement that was executed.
  func read<R>(_ call: DriverCall, _ consume: (RowSource) throws -> R) throws -> R {
    guard let statement = executed else {
      // It travelled as text.
      return try withUnsafeTemporaryAllocation(of: Cell.self, capacity: 1) { cells in
        guard let start = cells.baseAddress else { throw RowanError.internalFailure("no memory for a cell") }
        let rows = RowSource(cells: start, columnCount: 0)
        rows.affectedRows = Int(clamping: mysql_affected_rows(raw))
        return try consume(rows)
      }
    }
    let rows = MySQLStoredRows(statement.plan, statement.raw)
    defer { rows.end() }
    // For a read, the library counts the rows that were read.
    if call.compiled.access == .write {
      rows.affectedRows = Int(clamping: mysql_stmt_affected_rows(statement.raw))
      let id = mysql_stmt_insert_id(statement.raw)
      rows.lastInsertID = id == 0 ? nil : Int64(exactly: id)
    }
    return try consume(rows)
  }

  /// When a statement without a timeout of its own has to end. The server ends it first, where it can: that costs no
  /// second connection.
  var defaultDeadline: LaneInstant? {
    settings.statementTimeout.map { LaneInstant.now.advanced(by: $0 + (server.isMariaDB ? .seconds(1) : .zero)) }
  }

  /// Lets the session run longer than its limit if the statement may.
  nonisolated(nonsending) func adjustLimit(_ timeout: Duration?, _ deadline: LaneInstant?) async throws {
    guard let usual = settings.statementTimeout else { return }
    let wanted = timeout.map { max($0, usual) } ?? usual
    guard wanted != sessionLimit, let setting = MySQLSession.limitSetting(wanted, isMariaDB: server.isMariaDB) else {
      return
    }
    try await send("SET SESSION \(setting)", deadline)
    sessionLimit = wanted
  }

  /// Executes, and stores the first result; the statement is then in ``executed``, unless it travelled as text.
  private nonisolated(nonsending) func execute(_ call: DriverCall, _ deadline: LaneInstant?) async throws {
    if !transaction.isReady { try await openTransaction(deadline) }
    if settings.statementTimeout != nil { try await adjustLimit(call.timeout, deadline) }
    executed = nil
    do {
      if call.compiled.isReusable, let statement = cache.find(call.compiled) {
        try await execute(statement, call, deadline)
      } else if let direct = try direct(call) {
        try await execute(direct, call.compiled, deadline)
      } else {
        try await executePrepared(call, deadline)
      }
    } catch let failure as MySQLFailure {
      // Said of what was executed, it is about a statement inside a procedure.
      if failure.isUnpreparable, executed == nil, call.binds.isEmpty { return try await executeText(call, deadline) }
      guard let statement = executed, !failure.endsConnection else { throw failure }
      executed = nil
      guard failure.asksForPreparing else {
        if !call.compiled.isReusable { try await discard(statement) }
        throw failure
      }
      try await discard(statement)
      if failure.hasRun(call.compiled) { throw failure }
      try await executePrepared(call, deadline)
    }
  }

  /// Prepares a statement, and then executes it.
  nonisolated(nonsending) func executePrepared(_ call: DriverCall, _ deadline: LaneInstant?) async throws {
    try await execute(try await prepared(call.compiled, deadline), call, deadline)
  }

  private nonisolated(nonsending) func execute(
    _ statement: MySQLStatement, _ call: DriverCall, _ deadline: LaneInstant?
  ) async throws {
    try fill(statement, call)
    executed = statement
    let wanted = start(.execute, statement)
    if wanted != 0 { try await finish(.execute, statement, wanted, deadline) }
    guard callResult == 0 else { throw statement.failure }
    try await store(statement) { wanted in try await self.finish(.store, statement, wanted, deadline) }
  }

  /// Takes over the values of one execution.
  func fill(_ statement: MySQLStatement, _ call: DriverCall) throws {
    try statement.parameters.set(call.binds, call.compiled)
    try check(packet: statement.parameters.byteCount, call.compiled)
    try bind(statement)
  }

  /// Stores the rows of a statement that was executed, if it gives any.
  /// - Parameter finish: runs the call to its end; given the readiness it waits for.
  nonisolated(nonsending) func store(
    _ statement: MySQLStatement, _ finish: nonisolated(nonsending) (Int32) async throws -> Void
  ) async throws {
    guard mysql_field_count(raw) > 0 else { return }
    statement.refreshPlan()
    let wanted = start(.store, statement)
    if wanted != 0 { try await finish(wanted) }
    guard callResult == 0 else {
      let failure = statement.failure
      executed = nil
      await dispose(of: statement, after: failure)
      throw failure
    }
  }

  /// Closes a statement that failed while its rows were read, which the library leaves between two states. It is done
  /// while the connection is still ours: what is let go later is closed in the middle of the next borrower's traffic.
  nonisolated(nonsending) func dispose(of statement: MySQLStatement, after failure: MySQLFailure) async {
    cache.remove(statement)
    if unread === statement { unread = nil }
    if failure.endsConnection { return }
    do {
      try await discard(statement)
    } catch is MySQLFailure {
      markBroken()
    } catch {
      // It was left before its end, which the next to use the connection settles.
    }
  }

  /// Hands the library the values the statement holds.
  func bind(_ statement: MySQLStatement) throws {
    if statement.parameters.count > 0, mysql_stmt_bind_param(statement.raw, statement.parameters.binds) != 0 {
      throw statement.failure
    }
  }

  /// Executes with the values the statement holds.
  nonisolated(nonsending) func executeBound(_ statement: MySQLStatement, _ deadline: LaneInstant?) async throws {
    try bind(statement)
    guard try await perform(.execute, statement, deadline: deadline) == 0 else { throw statement.failure }
  }

  /// A packet that is too large costs the connection, so it is refused before it is sent.
  func check(packet bytes: Int, _ compiled: Compiled) throws {
    guard bytes + 1024 > server.maxPacket else { return }
    throw RowanError(
      .valueOutOfRange,
      "the values of the statement take about \(bytes) bytes, and the server's max_allowed_packet is \(server.maxPacket)",
      hint: "send less at once, or raise max_allowed_packet", sql: compiled.sql)
  }

  /// The statement, prepared.
  nonisolated(nonsending) func prepared(_ compiled: Compiled, _ deadline: LaneInstant?) async throws -> MySQLStatement {
    if compiled.isReusable, let found = cache.find(compiled) { return found }
    try await makeRoom(for: compiled)
    let statement = try makeStatement(compiled)
    if compiled.mayWrite { lastPreparedWrites = true }
    guard try await perform(.prepare, statement, text: MySQLText(compiled.sql), deadline: deadline) == 0 else {
      throw statement.failure
    }
    statement.prepared()
    lastPreparedWrites = compiled.mayWrite
    keep(statement)
    return statement
  }

  func makeStatement(_ compiled: Compiled) throws -> MySQLStatement {
    guard let raw = mysql_stmt_init(raw) else { throw MySQLFailure(connection: self.raw) }
    return MySQLStatement(compiled, raw)
  }

  /// Keeps a statement that was prepared, if it is one to be used again.
  func keep(_ statement: MySQLStatement) {
    if statement.compiled.isReusable { cache.insert(statement) }
  }

  /// Closes what was used longest ago, if a statement is to be kept and there is no room for it.
  nonisolated(nonsending) func makeRoom(for compiled: Compiled) async throws {
    guard compiled.isReusable else { return }
    while let old = cache.surplus { try await discard(old) }
  }

  /// Closes a statement, here and on the server.
  nonisolated(nonsending) func discard(_ statement: MySQLStatement) async throws {
    cache.remove(statement)
    if unread === statement { unread = nil }
    let result = try await perform(.close, statement)
    statement.markClosed()
    if result != 0 { throw MySQLFailure(connection: raw) }
  }

  /// Whether the statement has another result.
  var hasMoreResults: Bool { raw.pointee.server_status & UInt32(SERVER_MORE_RESULTS_EXIST) != 0 }

  /// Reads the results after the first, which procedures give.
  nonisolated(nonsending) func drain(_ statement: MySQLStatement, _ deadline: LaneInstant?) async throws {
    while hasMoreResults {
      let result = try await perform(.nextResult, statement, deadline: deadline)
      if result < 0 { return }
      guard result == 0 else { throw statement.failure }
      guard mysql_field_count(raw) > 0 else { continue }
      guard try await perform(.store, statement, deadline: deadline) == 0 else { throw statement.failure }
      mysql_stmt_free_result(statement.raw)
    }
  }

  /// A session whose state a statement has changed is not what the next borrower expects, so it is not lent again.
  /// https://mariadb.com/kb/en/session_track_state_change/
  func noteSessionState() {
    if raw.pointee.server_status & UInt32(SERVER_SESSION_STATE_CHANGED) != 0 { isDirty = true }
  }

  /// Executes a statement that the server does not prepare.
  private nonisolated(nonsending) func executeText(_ call: DriverCall, _ deadline: LaneInstant?) async throws {
    executed = nil
    if MySQLSession.leavesTrace(call.compiled) { isDirty = true }
    try await send(call.compiled.sql, deadline)
    guard mysql_field_count(raw) == 0 else {
      markBroken()
      throw RowanError(
        .unsupported, "the server cannot prepare a statement that gives rows", hint: "use a statement it can prepare",
        sql: call.compiled.sql)
    }
  }

  func runBatch(_ calls: [DriverCall]) async throws -> [Int] {
    var changed: [Int] = []
    changed.reserveCapacity(calls.count)
    // Connector/C cannot send ahead: a statement is sent when the one before was answered.
    for call in calls { changed.append(try await run(call) { $0.affectedRows }) }
    return changed
  }
}
