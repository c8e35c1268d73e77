import Synchronization

/// What the handles of one transaction share: its connection, how deep it is nested, and whether it is over.
final class TransactionState: Sendable {
  private struct State {
    var depth = 0
    var isClosed = false
    var hooks: [Hook] = []
  }

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
  private let state = Mutex(State())

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

  /// Whether the closure has returned.
  var isClosed: Bool { state.withLock { $0.isClosed } }

  private func check(_ depth: Int) throws {
    let (now, closed) = state.withLock { ($0.depth, $0.isClosed) }
    if closed || depth > now {
      throw RowanError(
        .transactionClosed, "a transaction was used after its closure had returned",
        hint: "await every child task inside the closure")
    }
    if depth < now {
      throw RowanError(
        .savepointOpen, "a transaction was used while a savepoint inside it was open",
        hint: "use the handle passed to the savepoint's closure")
    }
  }

  /// Opens a savepoint inside `depth`.
  func open(_ depth: Int) async throws {
    try await use(depth) { connection in
      try await connection.savepoint(depth + 1)
      state.withLock { $0.depth = depth + 1 }
    }
  }

  /// Releases the savepoint inside `depth`.
  func release(_ depth: Int) async throws {
    try await use(depth + 1) { connection in
      try await connection.releaseSavepoint(depth + 1)
      state.withLock { state in
        state.depth = depth
        for index in state.hooks.indices { state.hooks[index].depth = Swift.min(state.hooks[index].depth, depth) }
      }
    }
  }

  /// Rolls back the savepoint inside `depth`; what cannot be rolled back fails the transaction as a whole later on.
  func undo(_ depth: Int) async {
    await withoutCancellation {
      await self.gate.enterAlways()
      defer { self.gate.leave() }
      let isOpen = self.state.withLock { $0.depth > depth && !$0.isClosed }
      if isOpen { try? await self.connection.rollbackToSavepoint(depth + 1) }
      self.state.withLock { state in
        state.depth = Swift.min(state.depth, depth)
        for index in state.hooks.indices where state.hooks[index].depth > depth {
          state.hooks[index].isUndone = true
          state.hooks[index].depth = depth
        }
      }
    }
  }

  /// Runs `body` between the transaction's statements, whatever state it is in.
  func exclusively(_ body: () async -> Void) async {
    await gate.enterAlways()
    await body()
    gate.leave()
  }

  /// Waits for statements that are still running, then refuses more.
  func close() async {
    await gate.enterAlways()
    state.withLock { $0.isClosed = true }
    gate.leave()
  }

  /// Keeps `hook` for the end.
  func onEnd(_ depth: Int, committed: Bool, _ hook: @escaping @Sendable () async -> Void) {
    state.withLock { $0.hooks.append(Hook(depth: depth, isForCommit: committed, body: hook)) }
  }

  /// Runs the hooks that the outcome is for, in the order in which they were added.
  func runHooks(committed: Bool) async {
    let hooks = state.withLock { state in
      defer { state.hooks = [] }
      return state.hooks.filter { $0.isForCommit == (committed && !$0.isUndone) }
    }
    for hook in hooks { await hook.body() }
  }
}

/// Runs `body` where cancelling the current task does not reach: a rollback must happen even then.
func withoutCancellation<R: Sendable>(_ body: @escaping @Sendable () async -> R) async -> R {
  guard Task.isCancelled else { return await body() }
  return await Task { await body() }.value
}
