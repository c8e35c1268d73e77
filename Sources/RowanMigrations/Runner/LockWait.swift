import RowanCore

/// Waits for the lock of the migrations by trying again and again: a statement that waits on the server would stand in
/// the way of the holder's own.
struct LockWait {
  let options: MigrationOptions

  func take(_ session: any MigrationSession, _ owner: MigrationOwner) async throws {
    let deadline = ContinuousClock.now + options.lockWait
    var pause = Duration.milliseconds(25)
    var isReported = false
    while true {
      let holder: LockHolder?
      switch try await session.tryLock(owner, lease: options.lease) {
      case .taken: return
      case .takenOver(let holder):
        options.progress?(.tookOver(holder))
        return
      case .held(let other): holder = other
      }
      guard ContinuousClock.now < deadline else { throw Self.locked(holder, options.lockWait) }
      if !isReported { options.progress?(.waiting(holder)) }
      isReported = true
      // Apart from one another, so that runners started together do not try together.
      let share = Double.random(in: 0.5...1.5)
      try await Task.sleep(for: min(pause * share, deadline - ContinuousClock.now + .milliseconds(1)))
      pause = min(pause * 2, .seconds(2))
    }
  }

  private static func locked(_ holder: LockHolder?, _ wait: Duration) -> RowanError {
    let who = holder.map { "\($0)" } ?? "a connection that wrote no name"
    return RowanError(
      .migrationLocked, "another runner has had the lock of the migrations for \(wait): \(who)",
      hint: "wait for it; if it is dead, its lock ends when it expires, or by rowan migrate unlock")
  }
}
