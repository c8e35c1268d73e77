internal import CPostgres
internal import RowanCore

extension PostgresConnection {
  /// Runs one statement and reads its rows. Runs on the lane.
  func execute<R: Sendable>(
    _ call: DriverCall, deadline: LaneInstant?, _ consume: @Sendable (RowSource) throws -> R
  ) async throws -> R {
    let compiled = call.compiled
    if !isReady { try await prepareToSend(sql: compiled.sql) }
    if let timeout = call.timeout, let limit = context.configuration.pool.statementTimeout, timeout > limit {
      return try await withLimit(timeout, limit) {
        try await self.execute(DriverCall(compiled, call.binds), deadline: deadline, consume)
      }
    }
    var statement = try send(call)
    try await finishGroup(deadline: deadline, sql: compiled.sql)
    if let failure = exchange.failure, failure.error.isStalePlan, !failure.isControl {
      session.statements.remove(statement, isOnServer: failure.error.state != "26000")
      // Outside a transaction nothing has happened yet, so that the statement can be prepared anew.
      if !transaction.isOpen, serverState == PQTRANS_IDLE {
        statement = try send(call)
        try await finishGroup(deadline: deadline, sql: compiled.sql)
      }
    }
    if let failure = exchange.failure { throw error(failure, call) }
    if hasTransactionEnded { try checkTransaction(sql: compiled.sql) }
    guard let result = exchange.takeRows() else {
      throw RowanError.internalFailure("a statement was answered without a result")
    }
    if statement.isNamed, let rows = statement.rows {
      rows.open(result.raw)
      defer { rows.close() }
      return try consume(rows)
    }
    return try await read(result, statement, deadline: deadline, consume)
  }

  /// Runs `body` with a longer limit than the session's, which the server would enforce otherwise.
  private func withLimit<R: Sendable>(
    _ timeout: Duration, _ limit: Duration, _ body: () async throws -> R
  ) async throws -> R {
    // Inside a transaction, going back restores the setting; outside, a session left with it is reset before its next
    // use.
    let scope = transaction.isOpen ? "SET LOCAL" : "SET"
    let wasClean = !exchange.changedSession
    try await control("\(scope) statement_timeout = \(timeout.wholeMilliseconds)")
    let value = try await body()
    try await control("\(scope) statement_timeout = \(limit.wholeMilliseconds)")
    if wasClean { exchange.noteSessionIsClean() }
    return value
  }

  /// Runs a command of the library's own, after those the transaction has waiting.
  private func control(_ sql: String) async throws {
    try startGroup()
    try session.send(sql)
    exchange.append(.statement(0))
    try await finishGroup(deadline: nil, sql: sql)
    if let failure = exchange.failure { throw failure.error.rowanError(sql: sql) }
  }

  /// Sends a statement as a group, with its preparation if this connection has not prepared it.
  func send(_ call: DriverCall) throws(RowanError) -> PreparedStatement {
    let (statement, isNew) = try session.statement(call.compiled, call.binds, from: 0, count: call.binds.count)
    do {
      try session.parameters.encode(call.binds, statement.types)
    } catch {
      throw error.naming(call.compiled.sql)
    }
    try startGroup()
    if isNew, statement.isNamed {
      try session.sendPrepare(statement)
      exchange.append(.prepare(statement))
    }
    try session.sendExecute(statement)
    exchange.append(.statement(0))
    return statement
  }

  /// The error of a group.
  func error(_ failure: Exchange.Failure, _ call: DriverCall) -> RowanError {
    if failure.isControl { return failure.error.rowanError() }
    return failure.error.rowanError(sql: call.compiled.sql, binds: call.binds)
  }

  /// Hands the rows of `result` to `consume`.
  func read<R: Sendable>(
    _ result: consuming ResultHandle, _ statement: PreparedStatement, deadline: LaneInstant?,
    _ consume: @Sendable (RowSource) throws -> R
  ) async throws -> R {
    let rows: ResultRows
    if let known = statement.rows, statement.isNamed || known.describes(result.raw) {
      rows = known
    } else {
      rows = try await ResultRows(plan(result.raw, statement.compiled.results, deadline: deadline))
      statement.rows = rows
      // An unnamed statement is kept for its plan of the rows alone.
      if !statement.isNamed, statement.compiled.isReusable { session.statements.insert(statement) }
    }
    rows.open(result.raw)
    defer { rows.close() }
    return try consume(rows)
  }

  /// The plan of a result's columns, looking up types that are not built in.
  func plan(_ result: OpaquePointer, _ steps: [ResultStep], deadline: LaneInstant?) async throws -> ColumnPlan {
    do throws(ColumnPlan.Missing) {
      return try ColumnPlan(result, steps, session.catalog)
    } catch {
      try await lookUp(error.oids, deadline: deadline)
    }
    return try ColumnPlan(result, steps, session.catalog)
  }

  /// Reads the catalogue's entries of types that are not built in.
  func lookUp(_ oids: Set<UInt32>, deadline: LaneInstant?) async throws {
    struct Found: Sendable {
      var oid: UInt32
      var name: String
      var base: UInt32
      var send: String
      var element: UInt32
    }
    let catalog = session.catalog
    var wanted = oids
    var waiting: [Found] = []
    // An array waits for its element type, which waits for nothing: three rounds are more than enough.
    for _ in 0..<3 where !wanted.isEmpty {
      let list = "{" + wanted.sorted().map { String($0) }.joined(separator: ",") + "}"
      let call = DriverCall(TypeCatalog.lookUp, [.text(list)])
      let found = try await execute(call, deadline: deadline) { rows in
        var found: [Found] = []
        while try rows.next() {
          var reader = RowReader(cells: rows.cells, count: rows.columnCount)
          let oid = UInt32(truncatingIfNeeded: reader.int64())
          let name = reader.string()
          let base = UInt32(truncatingIfNeeded: reader.int64())
          let send = reader.string()
          found.append(
            Found(
              oid: oid, name: name, base: base, send: send, element: UInt32(truncatingIfNeeded: reader.int64())))
        }
        return found
      }
      var next: Set<UInt32> = []
      var unfinished: [Found] = []
      for entry in found + waiting {
        let element = catalog.note(
          oid: entry.oid, name: entry.name, base: entry.base, send: entry.send, element: entry.element)
        guard let element else { continue }
        unfinished.append(entry)
        next.insert(element)
      }
      waiting = unfinished
      wanted = next
    }
    for oid in oids { catalog.noteUnknown(oid) }
  }
}

extension ResultRows {
  /// Whether `result` has the columns this reads.
  func describes(_ result: OpaquePointer) -> Bool { plan.describes(result) }
}

extension RowanError {
  /// This error, naming the statement if it names none.
  func naming(_ sql: String?) -> RowanError {
    var error = self
    if error.sql == nil { error.sql = sql }
    return error
  }
}
