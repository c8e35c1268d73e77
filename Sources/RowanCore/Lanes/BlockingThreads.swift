internal import CRowanThread
internal import Synchronization

/// Helper threads for C calls that block, such as opening a second connection in order to cancel a query.
///
/// A thread is started when work arrives and ends when none is left: such calls are rare and take longer than starting
/// a thread, and nothing has to be stopped or joined later.
public final class BlockingThreads: Sendable {
  private let limit: Int
  private let delaysExit: Bool
  private let state = Mutex(State())

  private struct State {
    var work: ContiguousArray<@Sendable () -> Void> = []
    var threads = 0
    var ticket = 0
    var waiters: [Int: UnsafeContinuation<Void, Never>] = [:]
  }

  /// Creates a set of at most `limit` threads.
  /// - Parameter delaysExit: whether the process is not to end under a call, for calls that talk TLS: OpenSSL frees its
  ///   tables at exit, and a thread that still uses them crashes the process.
  ///   https://docs.openssl.org/3.0/man3/OPENSSL_init_crypto/
  public init(limit: Int = 2, delaysExit: Bool = false) {
    self.limit = max(1, limit)
    self.delaysExit = delaysExit
  }

  /// Runs `body` on a helper thread and returns its result. Cancelling the task does not interrupt it.
  public nonisolated(nonsending) func run<R: Sendable>(_ body: @escaping @Sendable () throws -> R) async throws -> R {
    // Proof for the unsafe continuation: the queued closure runs exactly once, and resumes once on either path.
    try await withUnsafeThrowingContinuation { continuation in
      submit { continuation.resume(with: Result { try body() }) }
    }
  }

  /// Queues `body` without waiting for it.
  public func submit(_ body: @escaping @Sendable () -> Void) {
    let starts = state.withLock { state in
      state.work.append(body)
      guard state.threads < limit else { return false }
      state.threads += 1
      return true
    }
    guard starts else { return }
    let context = Unmanaged.passRetained(self).toOpaque()
    // Without a thread the call still has to be made: then it blocks the caller, which is late but not lost.
    if rowan_thread_start("rowan-blocking", { BlockingThreads.serve($0) }, context) != 0 {
      BlockingThreads.serve(context)
    }
  }

  /// Waits until every call has returned, at most `limit`.
  public func drain(within limit: Duration) async {
    let ticket = state.withLock { state in
      state.ticket += 1
      return state.ticket
    }
    var alarm: Task<Void, any Error>?
    // Proof for the unsafe continuation: it is resumed at once, or stored and taken out by whoever resumes it.
    await withUnsafeContinuation { (continuation: UnsafeContinuation<Void, Never>) in
      let isIdle = state.withLock { state in
        if state.threads > 0 { state.waiters[ticket] = continuation }
        return state.threads == 0
      }
      if isIdle { return continuation.resume() }
      // Not before the waiter is stored: an alarm that finds none would be the last to ring.
      alarm = Task.detached {
        try await Task.sleep(for: limit)
        self.state.withLock { $0.waiters.removeValue(forKey: ticket) }?.resume()
      }
    }
    alarm?.cancel()
  }

  private static func serve(_ context: UnsafeMutableRawPointer?) {
    guard let context else { return }
    // Proof: `context` is the reference that `submit` retained, and this is the only place that takes it.
    let threads = Unmanaged<BlockingThreads>.fromOpaque(context).takeRetainedValue()
    while let body = threads.next() {
      if threads.delaysExit { ProcessExit.delay(body) } else { body() }
    }
  }

  private func next() -> (@Sendable () -> Void)? {
    let (work, waiters) = state.withLock { state -> ((@Sendable () -> Void)?, [UnsafeContinuation<Void, Never>]) in
      if !state.work.isEmpty { return (state.work.removeFirst(), []) }
      state.threads -= 1
      guard state.threads == 0 else { return (nil, []) }
      defer { state.waiters = [:] }
      return (nil, Array(state.waiters.values))
    }
    for waiter in waiters { waiter.resume() }
    return work
  }
}
