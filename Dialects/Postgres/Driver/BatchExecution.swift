internal import CPostgres
internal import RowanCore

extension PostgresConnection {
  /// Statements sent before what libpq holds back is pushed out.
  private static let pushInterval = 256

  /// Runs statements in one round trip. Outside a transaction they are one: all of them happen, or none.
  /// - Returns: the rows each changed.
  func executeBatch(_ calls: [DriverCall], deadline: LaneInstant?) async throws -> [Int] {
    guard let first = calls.first else { return [] }
    try await prepareToSend(sql: first.compiled.sql)
    return try await batch(count: calls.count, deadline: deadline) { index in
      (calls[index].compiled, calls[index].binds, 0, calls[index].binds.count)
    }
  }

  /// Runs one statement for each of `rows` rows of values, in one round trip. Outside a transaction all of them
  /// happen, or none.
  /// - Returns: the rows changed, over all.
  func executeMany(
    _ compiled: Compiled, values: ContiguousArray<SQLValue>, rows: Int, deadline: LaneInstant?
  ) async throws -> Int {
    guard rows > 0 else { return 0 }
    let width = values.count / rows
    guard width * rows == values.count else {
      throw RowanError.internalFailure("\(values.count) values do not make \(rows) rows")
    }
    try await prepareToSend(sql: compiled.sql)
    return try await batch(count: rows, deadline: deadline) { index in (compiled, values, index * width, width) }
      .reduce(0, +)
  }

  /// Sends `count` statements as one group.
  private func batch(
    count: Int, deadline: LaneInstant?,
    _ call: (Int) -> (compiled: Compiled, values: ContiguousArray<SQLValue>, start: Int, width: Int)
  ) async throws -> [Int] {
    let isAlone = !transaction.isOpen
    try startGroup(keepingAffected: true)
    if isAlone {
      try session.send("BEGIN")
      exchange.append(.control)
    }
    var sent: [Int: PreparedStatement] = [:]
    var unsendable: RowanError?
    for index in 0..<count {
      let (compiled, values, start, width) = call(index)
      do throws(RowanError) {
        try send(compiled, values, start, width, index: index, &sent)
      } catch {
        if error.code == .connectionLost { throw error.naming(compiled.sql) }
        unsendable = error.inBatch(index, of: count).naming(compiled.sql)
        break
      }
      if index % Self.pushInterval == Self.pushInterval - 1 {
        try await drainOutput(deadline: deadline, sql: compiled.sql)
      }
    }
    if isAlone {
      try session.send(unsendable == nil ? "COMMIT" : "ROLLBACK")
      exchange.append(.control)
    }
    try await finishGroup(deadline: deadline)
    if isAlone, serverState != PQTRANS_IDLE {
      // The failure that left the transaction open is the group's; the end of it was skipped.
      let failure = exchange.failure
      let affected = exchange.affected
      try await command("ROLLBACK", within: .seconds(5))
      return try outcome(failure, affected, unsendable, count, call)
    }
    return try outcome(exchange.failure, exchange.affected, unsendable, count, call)
  }

  private func outcome(
    _ failure: Exchange.Failure?, _ affected: ContiguousArray<Int>, _ unsendable: RowanError?, _ count: Int,
    _ call: (Int) -> (compiled: Compiled, values: ContiguousArray<SQLValue>, start: Int, width: Int)
  ) throws(RowanError) -> [Int] {
    exchange.dropRows()
    if let failure {
      if failure.isControl { throw failure.error.rowanError() }
      let (compiled, values, start, width) = call(failure.index)
      if failure.error.isStalePlan, let statement = session.statements.find(compiled) {
        session.statements.remove(statement, isOnServer: failure.error.state != "26000")
      }
      throw failure.error.rowanError(sql: compiled.sql, binds: ContiguousArray(values[start..<(start + width)]))
        .inBatch(failure.index, of: count)
    }
    if let unsendable { throw unsendable }
    return Array(affected)
  }

  private func send(
    _ compiled: Compiled, _ values: ContiguousArray<SQLValue>, _ start: Int, _ width: Int, index: Int,
    _ sent: inout [Int: PreparedStatement]
  ) throws(RowanError) {
    var statement: PreparedStatement
    var isNew = false
    if let known = sent[compiled.id], known.compiled === compiled, known.isNamed, known.takes(values, from: start) {
      statement = known
    } else {
      (statement, isNew) = try session.statement(compiled, values, from: start, count: width)
    }
    try session.parameters.encode(values, from: start, statement.types)
    if isNew, statement.isNamed {
      try session.sendPrepare(statement)
      exchange.append(.prepare(statement))
      sent[compiled.id] = statement
    }
    try session.sendExecute(statement)
    exchange.append(.statement(index))
  }
}

extension RowanError {
  /// This error, saying which statement of a batch it is of.
  func inBatch(_ index: Int, of count: Int) -> RowanError {
    var error = self
    if count > 1 { error.message = "statement \(index + 1) of \(count): \(error.message)" }
    return error
  }
}
