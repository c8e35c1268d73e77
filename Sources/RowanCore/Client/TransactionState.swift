import Synchronization

/// What the handles of one transaction share: its connection, what is open inside it, and whether it is over.
final class TransactionState: Sendable {
  /// What is to run when the transaction has ended.
  private struct Hook {
    /// Of the savepoint it belongs to, 0 being the transaction.
    let token: Int
    let isForCommit: Bool
    let body: @Sendable () async -> Void
  }

  private struct Hooks {
    var waiting: [Hook] = []
    var outcome: Outcome?
  }

  private enum Outcome { case committed, rolledBack, unknown }

  let id: Int
  /// What listeners are told of it; nil where nobody listened when it was begun.
  let report: TransactionReport?
  /// The savepoints that are open, innermost last, each by a number no other of the transaction has. The first is the
  /// transaction itself.
  private struct Nesting {
    var tokens = [0]
    var next = 1
    /// What each savepoint was opened in.
    var parents: [Int: Int] = [:]
    var undone: Set<Int> = []

    /// Whether the savepoint, or one around it, was rolled back.
    func isUndone(_ token: Int) -> Bool {
      var token: Int? = token
      while let one = token {
        if undone.contains(one) { return true }
        token = parents[one]
      }
      return false
    }
  }

  private let connection: any DriverConnection
  private let gate = AsyncGate()
  private let hooks = Mutex(Hooks())
  private let nesting = Mutex(Nesting())
  private let streams = OpenStreams()
  /// The last of the tokens, or ``closed``. Written only by whoever is inside the gate.
  private let current = Atomic<Int>(0)
  private static let closed = -1
  /// Whether a savepoint could not be undone, so that what is left is not what the caller asked for.
  private let isBroken = Atomic<Bool>(false)

  init(_ connection: any DriverConnection, id: Int, _ report: TransactionReport?) {
    self.connection = connection
    self.id = id
    self.report = report
  }

  /// Runs `body` with the connection, one at a time, if the handle with `token` may use it now.
  func use<R: Sendable>(
    _ token: Int, _ body: (any DriverConnection) async throws -> R
  ) async throws -> R {
    let connection: any DriverConnection
    if let free = try enterNow(token) { connection = free } else { connection = try await enter(token) }
    defer { leave() }
    return try await body(connection)
  }

  /// The same for a statement whose answer `body` waits for: the first one opens the transaction.
  func send<R: Sendable>(
    _ token: Int, _ body: (any DriverConnection) async throws -> R
  ) async throws -> R {
    let connection: any DriverConnection
    if let free = try enterNow(token) { connection = free } else { connection = try await enter(token) }
    defer { leave() }
    report?.sending()
    let result = try await body(connection)
    report?.answered()
    return result
  }

  /// The connection, if nobody else uses it and the handle with `token` may use it now; ``leave()`` is due then.
  func enterNow(_ token: Int) throws -> (any DriverConnection)? {
    guard !streams.hasAbandoned, gate.tryEnter() else { return nil }
    return try entered(token)
  }

  /// The connection, once the handle with `token` has its turn; ``leave()`` is due then.
  func enter(_ token: Int) async throws -> any DriverConnection {
    try check(token)
    try await gate.enter()
    await close(streams.takeAbandoned())
    return try entered(token)
  }

  private func entered(_ token: Int) throws -> any DriverConnection {
    do {
      try check(token)
    } catch {
      gate.leave()
      throw error
    }
    return connection
  }

  /// Gives the connection to whoever waits for it.
  func leave() { gate.leave() }

  /// Whether the closure has returned.
  var isClosed: Bool { current.load(ordering: .acquiring) == TransactionState.closed }

  @inline(__always) private func check(_ token: Int) throws {
    if token != current.load(ordering: .acquiring) { throw refusal(token) }
  }

  private func refusal(_ token: Int) -> RowanError {
    guard !isClosed, nesting.withLock({ $0.tokens.contains(token) }) else {
      return RowanError(
        .transactionClosed, "a transaction was used after its closure had returned",
        hint: "await every child task inside the closure")
    }
    return RowanError(
      .savepointOpen, "a transaction was used while a savepoint inside it was open",
      hint: "use the handle passed to the savepoint's closure")
  }

  /// Opens a savepoint of nesting `depth` inside the place of `token`.
  /// - Returns: the token of its handle.
  func open(_ depth: Int, inside token: Int) async throws -> Int {
    try await use(token) { connection in
      report?.sending()
      try await connection.savepoint(depth)
      let inner = nesting.withLock { nesting in
        defer { nesting.next += 1 }
        nesting.tokens.append(nesting.next)
        nesting.parents[nesting.next] = token
        return nesting.next
      }
      current.store(inner, ordering: .releasing)
      return inner
    }
  }

  /// Releases the savepoint of nesting `depth`.
  func release(_ depth: Int, _ token: Int) async throws {
    try await use(token) { connection in
      await self.close(self.streams.take(from: depth))
      try await connection.releaseSavepoint(depth)
      self.leave(savepoint: depth)
    }
  }

  /// Rolls back the savepoint of nesting `depth`; what cannot be rolled back fails the transaction as a whole later on.
  func undo(_ depth: Int, _ token: Int) async {
    await withoutCancellation {
      await self.gate.enterAlways()
      defer { self.gate.leave() }
      guard !self.isClosed, self.nesting.withLock({ $0.tokens.contains(token) }) else { return }
      await self.close(self.streams.take(from: depth))
      do {
        try await self.connection.rollbackToSavepoint(depth)
      } catch {
        self.isBroken.store(true, ordering: .releasing)
      }
      self.nesting.withLock { $0.undone.formUnion($0.tokens.dropFirst(depth)) }
      self.leave(savepoint: depth)
    }
  }

  /// Notes that the savepoint of nesting `depth`, and those inside it, are gone.
  private func leave(savepoint depth: Int) {
    nesting.withLock { nesting in
      nesting.tokens.removeLast(Swift.max(0, nesting.tokens.count - depth))
      current.store(nesting.tokens.last ?? TransactionState.closed, ordering: .releasing)
    }
  }

  /// Keeps `stream` in mind: what it was opened in, at nesting `depth`, does not end before it is closed.
  func opened(_ stream: any DriverStream, _ depth: Int) { streams.add(stream, depth) }

  /// Notes that nobody reads `stream` any more: whoever uses the connection next closes it first.
  func abandon(_ stream: any DriverStream) { streams.abandon(stream) }

  /// Closes `stream` between the transaction's statements, unless it has been closed already.
  func end(_ stream: any DriverStream) async {
    await gate.enterAlways()
    if streams.remove(stream) { await close([stream]) }
    gate.leave()
  }

  private func close(_ streams: [any DriverStream]) async {
    if streams.isEmpty { return }
    await withoutCancellation { for stream in streams { await stream.close() } }
  }

  /// Refuses to commit what a failed savepoint left behind.
  func checkIntact() throws {
    guard isBroken.load(ordering: .acquiring) else { return }
    throw RowanError(
      .transactionAborted, "a savepoint could not be rolled back, so the transaction as a whole was",
      hint: "run the transaction again")
  }

  /// Waits for statements that are still running, then refuses more and closes what streams there are: the connection
  /// goes on to others.
  func close() async {
    await gate.enterAlways()
    current.store(TransactionState.closed, ordering: .releasing)
    await close(streams.take(from: 0))
    gate.leave()
  }

  /// Keeps `body` for the end; once that is past, runs it in a task of its own if the outcome is the one it is for.
  func onEnd(_ token: Int, committed: Bool, _ body: @escaping @Sendable () async -> Void) {
    let hook = Hook(token: token, isForCommit: committed, body: body)
    let isLate = hooks.withLock { hooks in
      guard let outcome = hooks.outcome else {
        hooks.waiting.append(hook)
        return false
      }
      return isDue(hook, outcome)
    }
    if isLate { Task { await body() } }
  }

  private func isDue(_ hook: Hook, _ outcome: Outcome) -> Bool {
    switch outcome {
    case .committed: hook.isForCommit != nesting.withLock { $0.isUndone(hook.token) }
    case .rolledBack: !hook.isForCommit
    case .unknown: false
    }
  }

  /// Runs the hooks that the outcome is for, in the order in which they were added; none if it is nil, not known.
  func runHooks(committed: Bool?) async {
    let outcome = committed.map { $0 ? Outcome.committed : .rolledBack } ?? .unknown
    let hooks = hooks.withLock { hooks in
      hooks.outcome = outcome
      defer { hooks.waiting = [] }
      return hooks.waiting
    }
    for hook in hooks where isDue(hook, outcome) { await hook.body() }
  }
}

/// Runs `body` where cancelling the current task does not reach: a rollback must happen even then.
func withoutCancellation<R: Sendable>(_ body: @escaping @Sendable () async -> R) async -> R {
  guard Task.isCancelled else { return await body() }
  return await Task { await body() }.value
}
