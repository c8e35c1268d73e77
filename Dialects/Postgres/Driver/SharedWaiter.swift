internal import CPostgres
internal import RowanCore

/// One query on a shared connection, and the task that waits for it.
final class SharedWaiter: StartedCall, @unchecked Sendable {
  // Proof for @unchecked: only touched on the lane's thread; the deinit has the only reference.

  let statement: PreparedStatement
  let session: Session
  let call: DriverCall?
  /// Whether the statement is prepared on the way.
  let isPreparing: Bool
  /// Whether nobody waits any more.
  var isDetached = false
  var deadline = LaneInstant.never
  /// How many ticks of the connection's timer it has waited.
  var ticks = 0
  private(set) var isRoused = false
  private(set) var result: OpaquePointer?
  private(set) var failure: ServerError?
  private var commandsLeft: Int
  private var continuation: UnsafeContinuation<Void, any Error>?
  private(set) var isFinished = false
  private var error: RowanError?
  /// The one whose query came after.
  fileprivate var next: SharedWaiter?

  /// - Parameter call: nil for a command of the library's own, which nobody waits for.
  init(_ call: DriverCall?, _ statement: PreparedStatement, on session: Session, preparing: Bool) {
    self.call = call
    self.session = session
    self.statement = statement
    isPreparing = preparing
    commandsLeft = preparing ? 2 : 1
  }

  deinit { if let result { PQclear(result) } }

  nonisolated(nonsending) func answer() async throws {
    // Proof for the unsafe continuations: `park` keeps one until it is taken out and resumed, and every waiter in the
    // queue is finished, by its answer or by the connection's end.
    do {
      // Watching for cancellation costs a tenth of a short query, so that only long ones do.
      try await withUnsafeThrowingContinuation { park($0) }
      if isFinished { return }
      try await withTaskCancellationHandler {
        try await withUnsafeThrowingContinuation { park($0) }
      } onCancel: {
        session.lane.post { self.detach(RowanError.taskCancelled(sql: nil)) }
      }
    } catch let error as RowanError {
      throw error.naming(call?.compiled.sql)
    }
  }

  func read(_ consume: (RowSource) throws -> Void) throws -> Bool {
    guard let result = try settled() else { return false }
    let rows: ResultRows
    if let known = statement.rows {
      rows = known
    } else if let plan = try? ColumnPlan(result, statement.compiled.results, session.catalog) {
      rows = ResultRows(plan)
      statement.rows = rows
    } else {
      // Types have to be looked up first, which reading one row again is not too dear for.
      return false
    }
    rows.open(result)
    defer { rows.close() }
    try consume(rows)
    return true
  }

  /// The answer's result; nil if the statement has to be prepared again. That is for another connection to do: here, many
  /// may wait for the same statement, and preparing it may fail.
  func settled() throws -> OpaquePointer? {
    if let failure {
      if failure.isStalePlan {
        session.statements.remove(statement, isOnServer: failure.state != "26000")
        return nil
      }
      throw failure.rowanError(sql: call?.compiled.sql, binds: call?.binds ?? [])
    }
    guard let result else { throw RowanError.internalFailure("a statement was answered without a result") }
    return result
  }

  /// Waits for the answer, which may have come already.
  func park(_ continuation: UnsafeContinuation<Void, any Error>) {
    if let error {
      continuation.resume(throwing: error)
    } else if isFinished {
      continuation.resume()
    } else {
      self.continuation = continuation
    }
  }

  /// Notes the end of one command.
  /// - Returns: false when there was none left, which no server does.
  func endCommand() -> Bool {
    commandsLeft -= 1
    return commandsLeft >= 0
  }

  /// Takes a result of one of the commands.
  /// - Returns: false when it is a failure.
  func take(_ new: OpaquePointer) -> Bool {
    switch PQresultStatus(new) {
    case PGRES_TUPLES_OK, PGRES_COMMAND_OK, PGRES_EMPTY_QUERY, PGRES_PIPELINE_ABORTED:
      if commandsLeft == 1, failure == nil, !isDetached { result = new } else { PQclear(new) }
      return true
    default:
      if failure == nil { failure = ServerError(new) }
      PQclear(new)
      return false
    }
  }

  /// Wakes the task without an answer: it has waited so long that it had better watch for its cancellation.
  func rouse() {
    guard !isRoused else { return }
    isRoused = true
    let waiting = continuation
    continuation = nil
    waiting?.resume()
  }

  /// Lets the task go on: its answer is complete.
  func finish() {
    isFinished = true
    let waiting = continuation
    continuation = nil
    waiting?.resume()
  }

  /// Lets the task go with an error; the answer is dropped when it comes.
  func detach(_ error: RowanError) {
    guard !isFinished, !isDetached else { return }
    isDetached = true
    self.error = error
    let waiting = continuation
    continuation = nil
    waiting?.resume(throwing: error)
  }
}

/// Waiters in the order of their queries.
final class WaiterQueue {
  // Proof for the unchecked exclusivity: only touched on the lane's thread, and nothing here calls back.
  @exclusivity(unchecked) private(set) var first: SharedWaiter?
  @exclusivity(unchecked) private(set) var last: SharedWaiter?
  @exclusivity(unchecked) private(set) var count = 0

  func append(_ waiter: SharedWaiter) {
    if let last { last.next = waiter } else { first = waiter }
    last = waiter
    count += 1
  }

  func removeFirst() {
    guard let head = first else { return }
    first = head.next
    head.next = nil
    if first == nil { last = nil }
    count -= 1
  }

  func forEach(_ body: (SharedWaiter) -> Void) {
    var waiter = first
    while let current = waiter {
      // Before `body`, which may take it out.
      waiter = current.next
      body(current)
    }
  }
}
