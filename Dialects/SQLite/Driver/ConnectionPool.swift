internal import RowanCore
internal import Synchronization

/// Connections of one role, lent under one short lock. A reader pool has one per core; the writer's has one, and is the
/// gate that writers queue at.
final class ConnectionPool: Sendable {
  /// What a waiter is given.
  enum Grant: Sendable {
    case connection(SQLiteConnection)
    /// Leave to open one more.
    case slot
  }

  private typealias Drain = UnsafeContinuation<Void, Never>

  private struct State {
    var idle: ContiguousArray<SQLiteConnection> = []
    /// Connections that are open or being opened.
    var open = 0
    var waiters = WaiterQueue()
    var isClosed = false
    var drains: [Drain] = []
  }

  let role: SQLiteConnection.Role
  /// Stops what runs on the pool's connections.
  let closing = ClosingFlag()
  private let maximum: Int
  private let state = Mutex(State())

  init(role: SQLiteConnection.Role, maximum: Int) {
    self.role = role
    self.maximum = max(1, maximum)
  }

  /// An idle connection, if there is one.
  func take() -> SQLiteConnection? { state.withLock { $0.idle.popLast() } }

  /// Adds a connection that was opened outside.
  func adopt(_ connection: SQLiteConnection) {
    state.withLock {
      $0.open += 1
      $0.idle.append(connection)
    }
  }

  /// Takes a connection back.
  func give(_ connection: SQLiteConnection) {
    guard connection.settle() else { return discard() }
    let isKept = state.withLock { state in
      guard state.waiters.isEmpty, !state.isClosed else { return false }
      state.idle.append(connection)
      return true
    }
    if !isKept { handOver(connection) }
  }

  @inline(never)
  private func handOver(_ connection: SQLiteConnection) {
    let (waiter, drains): (Waiter?, [Drain]) = state.withLock { state in
      if let waiter = state.waiters.popFirst() { return (waiter, []) }
      if state.isClosed { return (nil, Self.remove(&state)) }
      state.idle.append(connection)
      return (nil, [])
    }
    waiter?.continuation.resume(returning: .connection(connection))
    for drain in drains { drain.resume() }
  }

  /// Notes that a lent connection, or one being opened, is gone.
  func discard() {
    let (waiter, drains): (Waiter?, [Drain]) = state.withLock { state in
      if let waiter = state.waiters.popFirst() { return (waiter, []) }
      return (nil, Self.remove(&state))
    }
    // The place goes to whoever waits longest, who opens another.
    waiter?.continuation.resume(returning: .slot)
    for drain in drains { drain.resume() }
  }

  private static func remove(_ state: inout State) -> [Drain] {
    state.open -= 1
    guard state.isClosed, state.open == 0 else { return [] }
    defer { state.drains = [] }
    return state.drains
  }

  /// Waits for a connection, or for leave to open one.
  /// - Parameters:
  ///   - deadline: when to give up.
  ///   - mayWait: called when there is neither; throws where waiting would never end.
  ///   - timedOut: the error for a wait that took too long, given how many are lent.
  func acquire(
    deadline: Deadline, mayWait: () throws -> Void, timedOut: (Int) -> RowanError
  ) async throws -> Grant {
    if let grant = try state.withLock({ try Self.grant(&$0, maximum) }) { return grant }
    try mayWait()
    let id = state.withLock { $0.waiters.makeID() }
    do {
      return try await withTaskCancellationHandler {
        // Proof for the unsafe continuation: whoever takes the waiter out of the queue, under the lock, resumes it.
        try await withUnsafeThrowingContinuation { continuation in
          enqueue(Waiter(id: id, deadline: deadline, continuation: continuation))
        }
      } onCancel: {
        state.withLock { $0.waiters.remove(id) }?.continuation.resume(throwing: SQLiteConnection.cancelled(nil))
      }
    } catch is WaitTimedOut {
      throw timedOut(state.withLock { $0.open - $0.idle.count })
    }
  }

  private static func grant(_ state: inout State, _ maximum: Int) throws -> Grant? {
    if state.isClosed { throw closed() }
    if let connection = state.idle.popLast() { return .connection(connection) }
    guard state.open < maximum else { return nil }
    state.open += 1
    return .slot
  }

  private enum Outcome {
    case granted(Grant)
    case failed(any Error)
    case queued(startTimer: Bool)
  }

  private func enqueue(_ waiter: Waiter) {
    let outcome: Outcome = state.withLock { state in
      // The handler of a task cancelled before this point has found nobody to resume.
      if Task.isCancelled { return .failed(SQLiteConnection.cancelled(nil)) }
      do {
        if let grant = try Self.grant(&state, maximum) { return .granted(grant) }
      } catch {
        return .failed(error)
      }
      return .queued(startTimer: state.waiters.append(waiter))
    }
    switch outcome {
    case .granted(let grant): waiter.continuation.resume(returning: grant)
    case .failed(let error): waiter.continuation.resume(throwing: error)
    case .queued(let startTimer): if startTimer { expire(at: waiter.deadline) }
    }
  }

  /// Fails the waiters whose time is up, once it is.
  private func expire(at instant: Deadline) {
    Task.detached { [weak self] in
      try? await Task.sleep(for: instant.left())
      guard let self else { return }
      let (expired, next) = self.state.withLock { $0.waiters.expire(at: .now) }
      for waiter in expired { waiter.continuation.resume(throwing: WaitTimedOut()) }
      if next != .none { self.expire(at: next) }
    }
  }

  static func closed() -> RowanError {
    RowanError(.databaseClosed, "the database has been closed", hint: "open it again")
  }

  /// Refuses new borrowers, fails the waiting ones and closes what is idle.
  func refuse() {
    let (waiters, idle) = state.withLock { state in
      state.isClosed = true
      let idle = state.idle
      state.open -= idle.count
      state.idle = []
      return (state.waiters.removeAll(), idle)
    }
    for waiter in waiters { waiter.continuation.resume(throwing: Self.closed()) }
    // Closing a connection may write a checkpoint: not under the lock.
    withExtendedLifetime(idle) {}
  }

  /// Waits until every lent connection is back, or until `instant`, when it stops what still runs.
  func drain(until instant: Deadline) async {
    let timer = Task.detached { [weak self] in
      try? await Task.sleep(for: instant.left())
      guard !Task.isCancelled, let self else { return }
      self.closing.raise()
      let drains = self.state.withLock { state in
        defer { state.drains = [] }
        return state.drains
      }
      for drain in drains { drain.resume() }
    }
    defer { timer.cancel() }
    // Proof for the unsafe continuation: it is resumed by whoever takes it out of the list, under the lock.
    await withUnsafeContinuation { (drain: Drain) in
      let isDone = state.withLock { state in
        if state.open == 0 || closing.isRaised { return true }
        state.drains.append(drain)
        return false
      }
      if isDone { drain.resume() }
    }
  }
}

/// A wait took until its deadline.
struct WaitTimedOut: Error {}

/// Says that a database is being closed to whatever still runs on it.
final class ClosingFlag: Sendable {
  private let flag = Atomic(false)

  var isRaised: Bool { flag.load(ordering: .acquiring) }

  func raise() { flag.store(true, ordering: .releasing) }
}
