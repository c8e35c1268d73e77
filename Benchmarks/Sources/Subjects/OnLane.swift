import RowanCore

/// Where a server engine's driver runs: a task that is there already pays for no change of thread.
enum OnLane {
  /// Runs `body` there, or where the caller is for an engine in process.
  static func run<R: Sendable>(_ db: Database, _ body: @Sendable () async throws -> R) async throws -> R {
    try await withTaskExecutorPreference(db.lane, operation: body)
  }
}

/// Tasks that work at the same time.
enum TaskCrew {
  /// Runs `work` in so many tasks, spread over the lanes.
  static func run(
    _ count: Int, _ db: Database, _ work: @escaping @Sendable (Int) async throws -> UInt64
  ) async throws -> UInt64 {
    try await withThrowingTaskGroup(of: UInt64.self) { group in
      for worker in 0..<count { group.addTask(executorPreference: db.lane) { try await work(worker) } }
      var sum: UInt64 = 0
      for try await part in group { sum &+= part }
      return sum
    }
  }
}
