internal import CPostgres
internal import RowanCore

extension PostgresConnection {
  func open(_ options: TransactionOptions) throws(RowanError) {
    guard !transaction.isOpen else {
      throw .internalFailure("a transaction was begun inside another without a savepoint")
    }
    transaction.begin(options)
  }

  /// Commits. Once COMMIT is on its way, cancellation of the task no longer interrupts it.
  func commitTransaction() async throws {
    guard transaction.isOpen else { throw RowanError.internalFailure("COMMIT without a transaction") }
    if transaction.isUnsent, !isUnsettled {
      transaction.end()
      return
    }
    try await prepareToSend(sql: "COMMIT")
    do {
      try startGroup()
      try session.send("COMMIT")
      exchange.append(.statement(0))
      try await finishGroup(deadline: context.deadline(nil), isInterruptible: false, sql: "COMMIT")
    } catch {
      // Lost, or left by a server that says nothing, or closed by force.
      transaction.end()
      throw RowanError(
        .commitUnknown, "the connection was lost while COMMIT was on its way",
        hint: "look at the data before running the transaction again: it may have been committed", cause: error)
    }
    if let failure = exchange.failure {
      // A deferred constraint, or a serialization failure: the server has rolled back.
      if serverState == PQTRANS_IDLE { transaction.end() }
      throw failure.error.rowanError(sql: "COMMIT")
    }
    transaction.end()
    // A failed transaction answers COMMIT with ROLLBACK, and no error:
    // https://www.postgresql.org/docs/15/protocol-flow.html
    if let result = exchange.takeRows(), ResultRows.tag(result.raw) == "ROLLBACK" {
      throw RowanError(
        .transactionAborted, "the transaction was rolled back: an earlier statement of it had failed",
        hint: "let the error of the statement that failed leave the transaction")
    }
  }

  /// Rolls back, whatever the state of the connection. One that is lost has no transaction any more.
  func rollbackTransaction() async {
    guard transaction.isOpen else { return }
    if transaction.isUnsent, !isUnsettled {
      transaction.end()
      return
    }
    do {
      if isUnsettled { try await settle(within: .seconds(1)) }
      transaction.end()
      if serverState != PQTRANS_IDLE { try await command("ROLLBACK", within: .seconds(5)) }
    } catch {
      session.lose()
    }
    transaction.end()
  }

  /// Undoes what happened since a savepoint, and releases it.
  func rollbackSavepoint(_ depth: Int) async throws {
    if session.isLost { throw session.lostError() }
    if isUnsettled { try await settle() }
    guard transaction.rollBack(to: depth) else { return }
    let name = TransactionState.name(depth)
    exchange.start()
    for sql in ["ROLLBACK TO SAVEPOINT \(name)", "RELEASE SAVEPOINT \(name)"] {
      try session.send(sql)
      exchange.append(.statement(0))
    }
    try await finishGroup(deadline: nil, isInterruptible: false, sql: "ROLLBACK TO SAVEPOINT \(name)")
    if let failure = exchange.failure { throw failure.error.rowanError(sql: "ROLLBACK TO SAVEPOINT \(name)") }
  }
}

extension ResultRows {
  /// The tag of a command, such as `COMMIT`.
  static func tag(_ result: OpaquePointer) -> String { PQcmdStatus(result).map { String(cString: $0) } ?? "" }
}
