internal import CRowanThread
internal import Synchronization

/// Helper threads for C calls that block, such as opening a second connection in order to cancel a query.
///
/// A thread is started when work arrives and ends when none is left: such calls are rare and take longer than starting
/// a thread, and nothing has to be stopped or joined later.
public final class BlockingThreads: Sendable {
  private let limit: Int
  private let state = Mutex(State())

  private struct State {
    var work: ContiguousArray<@Sendable () -> Void> = []
    var threads = 0
  }

  /// Creates a set of at most `limit` threads.
  public init(limit: Int = 2) {
    self.limit = max(1, limit)
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

  private static func serve(_ context: UnsafeMutableRawPointer?) {
    guard let context else { return }
    // Proof: `context` is the reference that `submit` retained, and this is the only place that takes it.
    let threads = Unmanaged<BlockingThreads>.fromOpaque(context).takeRetainedValue()
    while let body = threads.next() { body() }
  }

  private func next() -> (@Sendable () -> Void)? {
    state.withLock { state in
      guard !state.work.isEmpty else {
        state.threads -= 1
        return nil
      }
      return state.work.removeFirst()
    }
  }
}
