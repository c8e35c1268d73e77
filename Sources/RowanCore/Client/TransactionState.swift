import Synchronization

/// What the handles of one transaction share: its connection, how deep it is nested, and whether it is over.
final class TransactionState: Sendable {
  /// What is to run when the transaction has ended.
  private struct Hook {
    /// Of the savepoint it belongs to, 0 being the transaction.
    var depth: Int
    let isForCommit: Bool
    /// Whether its savepoint was rolled back.
    var isUndone = false
    let body: @Sendable () async -> Void
  }

  let id = DatabaseCore.makeTransactionID()
  private let connection: any DriverConnection
  private let gate = AsyncGate()
  private let hooks = Mutex<[Hook]>([])
  /// How deep it is nested now, or ``closed``. Written only by whoever is inside the gate.
  private let depth = Atomic<Int>(0)
  private static let closed = -1
  /// Whether a savepoint could not be undone, so that what is left is not what the caller asked for.
  private let isBroken = Atomic<Bool>(false)
  /// Those that have not ended.
  private let streams = Mutex<[TransactionStream]>([])

  init(_ connection: any DriverConnection) { self.connection = connection }

  /// Runs `body` with the connection, one at a time, if the handle of nesting `depth` may use it now.
  func use<R: Sendable>(
    _ depth: Int, _ body: (any DriverConnection) async throws -> R
  ) async throws -> R {
    let connection: any DriverConnection
    if let free = try enterNow(depth) { connection = free } else { connection = try await enter(depth) }
    defer { leave() }
    return try await body(connection)
  }

  /// The connection, if nobody else uses it and the handle of nesting `depth` may use it now; ``leave()`` is due then.
  func enterNow(_ depth: Int) throws -> (any DriverConnection)? {
    guard gate.tryEnter() else { return nil }
    return try entered(depth)
  }

  /// The connection, once the handle of nesting `depth` has its turn; ``leave()`` is due then.
  func enter(_ depth: Int) async throws -> any DriverConnection {
    try check(depth)
    try await gate.enter()
    return try entered(depth)
  }

  private func entered(_ depth: Int) throws -> any DriverConnection {
    do {
      try check(depth)
    } catch {
      gate.leave()
      throw error
    }
    return connection
  }

  /// Gives the connection to whoever waits for it.
  func leave() { gate.leave() }

  /// Whether the closure has returned.
  var isClosed: Bool { depth.load(ordering: .acquiring) == TransactionState.closed }

  @inline(__always) private func check(_ depth: Int) throws {
    let now = self.depth.load(ordering: .acquiring)
    if depth != now { throw refusal(depth, now) }
  }

  private func refusal(_ depth: Int, _ now: Int) -> RowanError {
    if now == TransactionState.closed || depth > now { return TransactionState.closedRefusal }
    return RowanError(
      .savepointOpen, "a transaction was used while a savepoint inside it was open",
      hint: "use the handle passed to the savepoint's closure")
  }

  static var closedRefusal: RowanError {
    RowanError(
      .transactionClosed, "a transaction was used after its closure had returned",
      hint: "await every child task inside the closure")
  }

  /// Opens a savepoint inside `depth`.
  func open(_ depth: Int) async throws {
    try await use(depth) { connection in
      try await connection.savepoint(depth + 1)
      self.depth.store(depth + 1, ordering: .releasing)
    }
  }

  /// Releases the savepoint inside `depth`.
  func release(_ depth: Int) async throws {
    try await use(depth + 1) { connection in
      await self.endStreams(deeperThan: depth)
      try await connection.releaseSavepoint(depth + 1)
      self.depth.store(depth, ordering: .releasing)
      self.hooks.withLock { hooks in
        for index in hooks.indices { hooks[index].depth = Swift.min(hooks[index].depth, depth) }
      }
    }
  }

  /// Rolls back the savepoint inside `depth`; what cannot be rolled back fails the transaction as a whole later on.
  func undo(_ depth: Int) async {
    await withoutCancellation {
      await self.gate.enterAlways()
      defer { self.gate.leave() }
      guard self.depth.load(ordering: .acquiring) > depth else { return }
      await self.endStreams(deeperThan: depth)
      do {
        try await self.connection.rollbackToSavepoint(depth + 1)
      } catch {
        self.isBroken.store(true, ordering: .releasing)
      }
      self.depth.store(depth, ordering: .releasing)
      self.hooks.withLock { hooks in
        for index in hooks.indices where hooks[index].depth > depth {
          hooks[index].isUndone = true
          hooks[index].depth = depth
        }
      }
    }
  }

  /// Starts a stream for the handle of nesting `depth`.
  func stream(_ call: DriverCall, _ depth: Int) async throws -> TransactionStream {
    try await use(depth) { connection in
      let stream = TransactionStream(try await connection.stream(call), state: self, depth: depth)
      streams.withLock { $0.append(stream) }
      return stream
    }
  }

  /// Ends `stream` between the transaction's statements. It has ended already if what it was opened in is over: the
  /// connection may be somebody else's then.
  func end(_ stream: TransactionStream) async {
    await gate.enterAlways()
    streams.withLock { open in open.removeAll { $0 === stream } }
    await stream.end()
    gate.leave()
  }

  /// Ends what was opened inside a nesting that is over. Only inside the gate.
  private func endStreams(deeperThan depth: Int) async {
    let over = streams.withLock { open in
      defer { open.removeAll { $0.depth > depth } }
      return open.filter { $0.depth > depth }
    }
    for stream in over { await stream.end() }
  }

  /// Refuses to commit what a failed savepoint left behind.
  func checkIntact() throws {
    guard isBroken.load(ordering: .acquiring) else { return }
    throw RowanError(
      .transactionAborted, "a savepoint could not be rolled back, so the transaction as a whole was",
      hint: "run the transaction again")
  }

  /// Waits for statements that are still running, ends streams that were left, then refuses more.
  func close() async {
    await gate.enterAlways()
    await endStreams(deeperThan: -1)
    depth.store(TransactionState.closed, ordering: .releasing)
    gate.leave()
  }

  /// Keeps `hook` for the end.
  func onEnd(_ depth: Int, committed: Bool, _ hook: @escaping @Sendable () async -> Void) {
    hooks.withLock { $0.append(Hook(depth: depth, isForCommit: committed, body: hook)) }
  }

  /// Runs the hooks that the outcome is for, in the order in which they were added.
  func runHooks(committed: Bool) async {
    let due = hooks.withLock { hooks in
      defer { hooks = [] }
      return hooks.filter { $0.isForCommit == (committed && !$0.isUndone) }
    }
    for hook in due { await hook.body() }
  }
}

/// Runs `body` where cancelling the current task does not reach: a rollback must happen even then.
func withoutCancellation<R: Sendable>(_ body: @escaping @Sendable () async -> R) async -> R {
  guard Task.isCancelled else { return await body() }
  return await Task { await body() }.value
}
