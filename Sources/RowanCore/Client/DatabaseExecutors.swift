extension Database {
  /// An executor on which this database's queries need no thread switch: start request handlers there.
  /// ```swift
  /// Task(executorPreference: db.lane) { try await handle(request) }
  /// ```
  /// Nil for an engine in process, whose queries run wherever they are called. A lane is one thread: keep long
  /// computations off it with ``offload(_:)``.
  public var lane: (any TaskExecutor)? { core.driver.preferredExecutor }

  /// Runs a long computation, or a long query of an engine in process, away from the caller's lane or actor.
  @concurrent public func offload<R: Sendable>(_ body: @Sendable () async throws -> R) async throws -> R {
    try await withTaskExecutorPreference(globalConcurrentExecutor) { try await body() }
  }
}
