extension Database {
  /// An executor on which this database's queries need no thread switch: start request handlers there.
  /// ```swift
  /// Task(executorPreference: db.lane) { try await handle(request) }
  /// ```
  /// Nil for an engine in process, whose queries run wherever they are called. A lane is one thread: keep long
  /// computations off it with ``offload(_:)``. What stays on it for long is reported
  /// (``DatabaseEvent/laneStalled(_:)``).
  public var lane: (any TaskExecutor)? { core.driver.preferredExecutor }

  /// Runs a long computation, or a long query of an engine in process, away from the caller's lane or actor: on a thread
  /// that may block.
  ///
  /// Swift's own threads are as many as there are cores. A query of an engine in process runs on the caller's, so that a
  /// few long ones could stop every other task of the process, the one that would cancel them included.
  @concurrent public func offload<R: Sendable>(_ body: @Sendable () async throws -> R) async throws -> R {
    try await withTaskExecutorPreference(OffloadExecutor.shared) {
      // A closure that does nothing but call another asynchronous function does not change threads by itself.
      await Task.yield()
      return try await body()
    }
  }
}

/// Threads that may block.
private final class OffloadExecutor: TaskExecutor {
  static let shared = OffloadExecutor()
  private let threads = BlockingThreads(limit: 64)

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    threads.submit { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
  }
}
