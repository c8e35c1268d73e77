import Synchronization

/// What the handles of one transaction share: its connection, how deep it is nested, and whether it is over.
final class TransactionState: Sendable {
  private struct Hooks {
    var commit: [@Sendable () async -> Void] = []
    var rollback: [@Sendable () async -> Void] = []
  }

  let id = DatabaseCore.makeTransactionID()
  private let connection: any DriverConnection
  private let gate = AsyncGate()
  private let hooks = Mutex(Hooks())
  /// How deep it is nested now, or ``closed``. Written only by whoever is inside the gate.
  private let depth = Atomic<Int>(0)
  private static let closed = -1
  /// Whether a savepoint could not be undone, so that what is left is not what the caller asked for.
  private let isBroken = Atomic<Bool>(false)

  init(_ connection: any DriverConnection) { self.connection = connection }

  /// Runs `body` with the connection, one at a time, if the handle of nesting `depth` may use it now.
  func use<R: Sendable>(
    _ depth: Int, _ body: (any DriverConnection) async throws -> R
  ) async throws -> R {
    try check(depth)
    try await gate.enter()
    defer { gate.leave() }
    try check(depth)
    return try await body(connection)
  }

  @inline(__always) private func check(_ depth: Int) throws {
    let now = self.depth.load(ordering: .acquiring)
    if depth != now { throw refusal(depth, now) }
  }

  private func refusal(_ depth: Int, _ now: Int) -> RowanError {
    if now == TransactionState.closed || depth > now {
      return RowanError(
        .transactionClosed, "a transaction was used after its closure had returned",
        hint: "await every child task inside the closure")
    }
    return RowanError(
      .savepointOpen, "a transaction was used while a savepoint inside it was open",
      hint: "use the handle passed to the savepoint's closure")
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
      try await connection.releaseSavepoint(depth + 1)
      self.depth.store(depth, ordering: .releasing)
    }
  }

  /// Rolls back the savepoint inside `depth`; what cannot be rolled back fails the transaction as a whole later on.
  func undo(_ depth: Int) async {
    await withoutCancellation {
      await self.gate.enterAlways()
      defer { self.gate.leave() }
      guard self.depth.load(ordering: .acquiring) > depth else { return }
      do {
        try await self.connection.rollbackToSavepoint(depth + 1)
      } catch {
        self.isBroken.store(true, ordering: .releasing)
      }
      self.depth.store(depth, ordering: .releasing)
    }
  }

  /// Runs `body` between the transaction's statements, whatever state it is in.
  func exclusively(_ body: () async -> Void) async {
    await gate.enterAlways()
    await body()
    gate.leave()
  }

  /// Refuses to commit what a failed savepoint left behind.
  func checkIntact() throws {
    guard isBroken.load(ordering: .acquiring) else { return }
    throw RowanError(
      .transactionAborted, "a savepoint could not be rolled back, so the transaction as a whole was",
      hint: "run the transaction again")
  }

  /// Waits for statements that are still running, then refuses more.
  func close() async {
    await gate.enterAlways()
    depth.store(TransactionState.closed, ordering: .releasing)
    gate.leave()
  }

  func onCommit(_ hook: @escaping @Sendable () async -> Void) { hooks.withLock { $0.commit.append(hook) } }
  func onRollback(_ hook: @escaping @Sendable () async -> Void) { hooks.withLock { $0.rollback.append(hook) } }

  func runHooks(committed: Bool) async {
    let hooks = self.hooks.withLock { committed ? $0.commit : $0.rollback }
    for hook in hooks { await hook() }
  }
}

/// Runs `body` where cancelling the current task does not reach: a rollback must happen even then.
func withoutCancellation<R: Sendable>(_ body: @escaping @Sendable () async -> R) async -> R {
  guard Task.isCancelled else { return await body() }
  return await Task { await body() }.value
}
