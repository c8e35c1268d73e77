import Synchronization

/// A transaction, or a savepoint inside one: runs statements on one connection, all or nothing.
///
/// Statements of concurrent child tasks queue up. While a savepoint is open, the transaction around it refuses
/// statements (``RowanError/Code/savepointOpen``); once the closure has returned, everything is refused
/// (``RowanError/Code/transactionClosed``).
public struct Transaction: QueryExecutor {
  let core: DatabaseCore
  let state: TransactionState
  let depth: Int
  /// Which savepoint the handle belongs to; 0 is the transaction.
  let token: Int
  let context: ContextValues
  let timeout: Duration?

  public var dialect: any Dialect { core.dialect }

  /// A number unique within the process, also found in events.
  public var id: Int { state.id }

  public func execute<R: Sendable>(
    _ statement: Statement, _ consume: @Sendable (RowSource) throws -> R
  ) async throws -> R {
    let call: DriverCall
    do {
      call = try core.call(statement, context: context, timeout: timeout, transaction: state.id)
    } catch let needed as PreparationNeeded {
      call = try await core.call(after: needed, statement, context: context, timeout: timeout, transaction: state.id)
    }
    guard let probe = QueryProbe.make(core, call, transaction: state.id, label: context.label) else {
      // No call to another asynchronous function on the way of a statement that waits for nothing.
      let connection: any DriverConnection
      if let free = try state.enterNow(token) { connection = free } else { connection = try await state.enter(token) }
      defer { state.leave() }
      return try await connection.run(call) { source in try RowConsumer.read(source, call.compiled, consume) }
    }
    do {
      let result: R = try await state.send(token) { connection in
        probe.connectionTaken()
        return try await connection.run(call) { source in
          try probe.read(source) { try RowConsumer.read($0, call.compiled, consume) }
        }
      }
      probe.succeeded()
      return result
    } catch {
      probe.failed(error)
      throw error
    }
  }

  public func executeNow(_ statement: Statement, _ consume: (RowSource) throws -> Void) throws -> Bool {
    guard timeout == nil, core.mayRunNow else { return false }
    let call: DriverCall
    do {
      call = try core.call(statement, context: context, timeout: nil)
    } catch is PreparationNeeded {
      return false
    }
    guard let connection = try state.enterNow(token) else { return false }
    defer { state.leave() }
    return try connection.runNow(call) { source in try RowConsumer.read(source, call.compiled, consume) }
  }

  public func atomically<R: Sendable>(
    access: RawStatement.Access, _ body: @Sendable (Transaction) async throws -> R
  ) async throws -> R {
    try await savepoint(body)
  }

  public func openStream(_ statement: Statement) async throws -> (any DriverStream, Compiled) {
    let call = try await core.preparedCall(statement, context: context, timeout: timeout, transaction: state.id)
    let probe = QueryProbe.make(core, call, transaction: state.id, label: context.label)
    let stream = try await ObservedStream.opening(probe) {
      let stream = try await state.use(token) { connection in
        state.report?.sending()
        probe?.connectionTaken()
        let stream = try await connection.stream(call)
        state.opened(stream, depth)
        return stream
      }
      return TransactionStream(stream, state: state, token: token)
    }
    return (stream, call.compiled)
  }

  /// Runs `statement` once for each of `rows` rows of values.
  /// - Returns: the rows changed; nil, nothing having been sent, where plugins made of it what takes other values.
  func executeMany(_ statement: Statement, values: ContiguousArray<SQLValue>, rows: Int) async throws -> Int? {
    let call = try await core.preparedCall(statement, context: context, timeout: timeout, transaction: state.id)
    let compiled = call.compiled
    guard compiled.passesBindsThrough, compiled.coding?.extras.isEmpty ?? true,
      compiled.binds.count * rows == values.count
    else { return nil }
    for value in values { if case .invalid(let failure) = value { throw compiled.invalid(failure) } }
    let values = try compiled.coding?.encode(rows: values, width: compiled.binds.count) ?? values
    let probe = QueryProbe.make(core, call, transaction: state.id, label: context.label)
    do {
      let changed: Int = try await state.send(token) { connection in
        probe?.connectionTaken()
        return try await connection.runMany(compiled, values: values, rows: rows)
      }
      probe?.changed(changed)
      probe?.succeeded()
      return changed
    } catch {
      probe?.failed(error)
      throw error
    }
  }

  /// Runs `body` inside a savepoint: an error it throws undoes what it did and nothing else.
  ///
  /// SQL: `SAVEPOINT rowan_1` … `RELEASE SAVEPOINT rowan_1`, or `ROLLBACK TO SAVEPOINT rowan_1`.
  @discardableResult
  public func savepoint<R: Sendable>(
    _ body: @Sendable (Transaction) async throws -> R, file: StaticString = #fileID, line: UInt = #line
  ) async throws -> R {
    let token = try await state.open(depth + 1, inside: self.token)
    let inner = Transaction(
      core: core, state: state, depth: depth + 1, token: token, context: context, timeout: timeout)
    let started = ContinuousClock.now
    func event(_ duration: Duration) -> TransactionEvent {
      TransactionEvent(
        id: state.id, depth: depth + 1, duration: duration,
        location: CallSite(file, line).description, label: context.label)
    }
    core.events.emit(.savepointStart(event(.zero)))
    do {
      let result = try await body(inner)
      try await state.release(depth + 1, token)
      core.events.emit(.savepointRelease(event(started.duration(to: .now))))
      return result
    } catch {
      await state.undo(depth + 1, token)
      core.events.emit(.savepointRollback(event(started.duration(to: .now))))
      throw error
    }
  }

  /// The same inside a savepoint of its own; see ``savepoint(_:file:line:)``.
  @discardableResult
  public func transaction<R: Sendable>(
    _ body: @Sendable (Transaction) async throws -> R, file: StaticString = #fileID, line: UInt = #line
  ) async throws -> R {
    try await savepoint(body, file: file, line: line)
  }

  /// Runs `hook` once the outermost transaction has been committed; never if it, or the savepoint this is, is rolled
  /// back. The connection has been given back by then.
  ///
  /// Added after the end, by a task that outlives the closure, it runs at once, in a task of its own, or never.
  public func onCommit(_ hook: @escaping @Sendable () async -> Void) { state.onEnd(token, committed: true, hook) }

  /// Runs `hook` once the outermost transaction has ended, if it, or the savepoint this is, was rolled back.
  public func onRollback(_ hook: @escaping @Sendable () async -> Void) { state.onEnd(token, committed: false, hook) }

  /// Many statements with one await: see ``Database/batch(_:)``. They run inside this transaction.
  @discardableResult
  public func batch(_ body: (inout Batch) throws -> Void) async throws -> [WriteResult] {
    var batch = Batch(core, context: context, timeout: timeout, transaction: state.id)
    try body(&batch)
    return try await run(try await batch.additions())
  }

  func run(_ additions: Batch.Additions) async throws -> [WriteResult] {
    let calls = additions.calls
    let probes =
      core.events.isActive
      ? calls.compactMap { QueryProbe.make(core, $0, transaction: state.id, label: context.label) } : []
    do {
      let changed: [Int]
      if calls.isEmpty {
        changed = try await state.use(token) { _ in [] }
      } else {
        changed = try await state.send(token) { connection in
          for probe in probes { probe.connectionTaken() }
          return try await connection.runBatch(calls)
        }
      }
      for (probe, rows) in zip(probes, changed) {
        probe.changed(rows)
        probe.succeeded()
      }
      guard changed.count == calls.count else {
        throw RowanError.internalFailure("\(calls.count) statements of a batch have \(changed.count) results")
      }
      for told in additions.done { told() }
      var next = 0
      return additions.lengths.map { length in
        defer { next += length }
        return WriteResult(affectedRows: changed[next..<next + length].reduce(0, +))
      }
    } catch {
      // What ran before it was undone with it, so that the one that failed is all there is to report.
      let sql = (error as? RowanError)?.sql
      (probes.first { $0.sql == sql } ?? probes.first)?.failed(error)
      throw error
    }
  }

  /// A handle on the same transaction whose statements see `value` under `key`.
  public func with(_ key: String, _ value: some ColumnValue) -> Transaction {
    var context = context
    context.values[key] = value.sqlValue
    return Transaction(core: core, state: state, depth: depth, token: token, context: context, timeout: timeout)
  }

  /// A handle on the same transaction whose statements may each take `timeout` at the most.
  public func withTimeout(_ timeout: Duration) -> Transaction {
    Transaction(core: core, state: state, depth: depth, token: token, context: context, timeout: timeout)
  }
}

/// A savepoint: a transaction inside a transaction.
public typealias Savepoint = Transaction
