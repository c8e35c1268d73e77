import RowanCore

/// Keeps the lock of a run while a statement takes its time.
///
/// Between statements a run renews its lock itself. A statement may take longer than the lease, and where the engine's
/// own lock decides nothing, as on a cluster or behind a proxy that shares connections, another runner would take the
/// run for dead.
struct LockHeartbeat {
  let adapter: any MigrationAdapter
  let owner: MigrationOwner
  let lease: Duration

  /// Runs `body`, and renews the lock three times a lease until it ends.
  func around<R: Sendable>(_ body: () async throws -> R) async throws -> R {
    // A beat that fails is made up for by the next, and a lock that is lost is found out before the next statement.
    let beats = Task {
      while true {
        try await Task.sleep(for: lease / 3)
        try? await adapter.keepLock(owner, lease: lease)
      }
    }
    let result: Result<R, any Error>
    do {
      result = .success(try await body())
    } catch {
      result = .failure(error)
    }
    beats.cancel()
    _ = await beats.result
    return try result.get()
  }
}
