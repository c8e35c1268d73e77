/// When a transaction whose body failed is tried again from the start.
public struct RetryPolicy: Sendable {
  /// Attempts in all.
  public var attempts: Int
  /// The failures worth another try.
  public var codes: Set<RowanError.Code>

  /// Makes a policy.
  public init(attempts: Int, codes: Set<RowanError.Code>) {
    self.attempts = attempts
    self.codes = codes
  }

  /// Never.
  public static let never = RetryPolicy(attempts: 1, codes: [])
  /// On serialization failures and deadlocks, three times in all.
  public static let serializationFailures = RetryPolicy(attempts: 3, codes: [.serializationFailure, .deadlock])
}

extension Database {
  /// Runs `body` in a transaction: committed when it returns, rolled back when it throws or is cancelled.
  ///
  /// The body runs where its connection lives, whichever actor calls; it may run several times when `retrying` says so.
  /// - Parameters:
  ///   - isolation: nil for the engine's default. SQLite grants serializable whatever is asked.
  ///   - access: `.read` refuses writes and, on SQLite, leaves the writer to others.
  ///   - retrying: what is tried again.
  ///   - timeout: the longest wait for a connection.
  /// - Throws: what `body` throws; ``RowanError/Code/commitUnknown`` when the connection was lost while the commit was
  ///   on its way.
  @discardableResult
  public func transaction<R: Sendable>(
    isolation: TransactionOptions.Isolation? = nil, access: RawStatement.Access = .write,
    retrying: RetryPolicy = .never, timeout: Duration? = nil, file: StaticString = #fileID, line: UInt = #line,
    _ body: @Sendable (Transaction) async throws -> R
  ) async throws -> R {
    let options = TransactionOptions(isolation: isolation, access: access)
    var attempt = 1
    while true {
      do {
        return try await run(options, timeout: timeout, site: CallSite(file, line), body)
      } catch let error as RowanError where attempt < retrying.attempts && retrying.codes.contains(error.code) {
        attempt += 1
        do {
          try await Task.sleep(for: .milliseconds(5 * (1 << Swift.min(attempt, 6))))
        } catch {
          throw DatabaseCore.cancellation(error)
        }
      }
    }
  }

  /// Runs `body` on one snapshot: many reads that agree with each other, and on SQLite far cheaper ones.
  public func read<R: Sendable>(
    file: StaticString = #fileID, line: UInt = #line, _ body: @Sendable (Transaction) async throws -> R
  ) async throws -> R {
    try await run(TransactionOptions(isolation: .repeatableRead, access: .read), site: CallSite(file, line), body)
  }

  /// Sends many statements with one await, in as few round trips as the engine has; all or nothing.
  /// ```swift
  /// try await db.batch { for line in lines { $0.add(Entry.insert(line)) } }
  /// ```
  /// - Returns: what each addition changed, in order.
  @discardableResult
  public func batch(_ body: (inout Batch) throws -> Void) async throws -> [WriteResult] {
    var batch = Batch(core, context: context, timeout: timeout, transaction: nil)
    try body(&batch)
    let additions = try await batch.additions()
    if additions.lengths.isEmpty { return [] }
    return try await atomically(access: .write) { transaction in try await transaction.run(additions) }
  }

  func run<R: Sendable>(
    _ options: TransactionOptions, timeout wait: Duration? = nil, site: CallSite,
    _ body: @Sendable (Transaction) async throws -> R
  ) async throws -> R {
    let lease = Lease(access: options.access, timeout: wait, site: site)
    let outcome = try await core.driver.withConnection(lease) { connection in
      try await transact(connection, options, site: site, body)
    }
    return try await outcome.ended()
  }

  /// Runs `body` in a transaction on a connection that was borrowed before.
  func transact<R: Sendable>(
    _ connection: any DriverConnection, _ options: TransactionOptions, site: CallSite,
    _ body: @Sendable (Transaction) async throws -> R
  ) async throws -> TransactionOutcome<R> {
    let id = DatabaseCore.makeTransactionID()
    let report =
      core.events.isActive ? TransactionReport(core.events, id: id, site: site, label: context.label) : nil
    let state = TransactionState(connection, id: id, report)
    let mark = TransactionMark(
      driver: ObjectIdentifier(core.driver), access: options.access, site: site, state: state)
    let transaction = Transaction(core: core, state: state, depth: 0, token: 0, context: context, timeout: timeout)
    try await connection.begin(options)
    let result: Result<R, any Error>
    do {
      result = .success(try await TransactionMark.$stack.withValue(mark) { try await body(transaction) })
    } catch {
      result = .failure(error)
    }
    await state.close()
    switch result {
    case .success(let value):
      do {
        try Task.checkCancellation()
        try state.checkIntact()
        try await connection.commit()
      } catch let error as RowanError where error.code == .commitUnknown {
        // Nothing to roll back, and neither outcome's hooks are known to be due.
        report?.ended(DatabaseEvent.transactionUnknown)
        return TransactionOutcome<R>(state, .failure(error), isKnown: false)
      } catch {
        await withoutCancellation { try? await connection.rollback() }
        report?.ended(DatabaseEvent.transactionRollback)
        return TransactionOutcome<R>(state, .failure(DatabaseCore.cancellation(error)))
      }
      report?.ended(DatabaseEvent.transactionCommit)
      return TransactionOutcome(state, .success(value))
    case .failure(let error):
      await withoutCancellation { try? await connection.rollback() }
      report?.ended(DatabaseEvent.transactionRollback)
      return TransactionOutcome(state, .failure(error))
    }
  }
}

extension DatabaseCore {
  /// A task's own cancellation as a ``RowanError``.
  static func cancellation(_ error: any Error) -> any Error {
    error is CancellationError ? RowanError(.cancelled, "the task was cancelled", cause: error) : error
  }
}
