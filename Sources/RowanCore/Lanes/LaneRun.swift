internal import Synchronization

/// Bringing tasks to a lane.
extension Lane {
  /// Runs `body` on this lane: its first instruction and every resumption inside it. A task that already runs here
  /// pays nothing, others pay one hop in and one out, however many queries are inside.
  ///
  /// `label` names the entry point for the stall watchdog.
  public nonisolated(nonsending) func run<R: Sendable>(
    label: StaticString = "run", _ body: @Sendable () async throws -> R
  ) async throws -> R {
    // The thread alone does not tell: an isolated caller, or a task without this preference, may be on the lane's
    // thread now and continue elsewhere after its next suspension.
    // Bound and compared by identity, because `#isolation == nil` makes the compiler emit invalid code here.
    let isolation: (any Actor)? = #isolation
    if isolation === nil, isCurrent, isPreferred {
      mark(label)
      return try await body()
    }
    return try await enter(label: label, body)
  }

  /// Runs `body` on this lane, whether or not the task is there already.
  @concurrent public func enter<R: Sendable>(
    label: StaticString = "enter", _ body: @Sendable () async throws -> R
  ) async throws -> R {
    users.wrappingAdd(1, ordering: .acquiringAndReleasing)
    if isClosing.load(ordering: .acquiring), !isCurrent {
      leave()
      throw LaneError.closed
    }
    return try await withTaskExecutorPreference(self) {
      // Inside, so that the last user leaves on the lane's thread, which then sees that it may stop.
      defer { leave() }
      mark(label)
      return try await body()
    }
  }

  /// Starts a task of its own on this lane. `close` of the lane's group waits for it, and does not refuse it, since
  /// this is how connections are closed.
  public func detach(_ body: @escaping @Sendable () async -> Void) {
    users.wrappingAdd(1, ordering: .acquiringAndReleasing)
    Task.detached(executorPreference: self) {
      await body()
      self.leave()
    }
  }

  /// Whether the current task resumes on this lane after a suspension.
  public var isPreferred: Bool {
    withUnsafeCurrentTask { task in task?.unownedTaskExecutor == asUnownedTaskExecutor() }
  }

  /// Runs a blocking call on a helper thread, so that it stops neither this lane nor the shared pool.
  public nonisolated(nonsending) func runBlocking<R: Sendable>(
    _ body: @escaping @Sendable () throws -> R
  ) async throws -> R {
    try await shared.blocking.run(body)
  }

  /// Schedules `body` on the lane's thread, in 5 ms ticks and never early. The token cancels it.
  @discardableResult
  public func schedule(at deadline: LaneInstant, _ body: @escaping @Sendable () -> Void) -> LaneTimer {
    let timer = LaneTimer(lane: self, body: body)
    if isCurrent {
      core.timers.insert(timer, tick: TimerWheel.tick(notBefore: deadline))
    } else {
      post {
        guard !timer.isCancelled else { return }
        self.core.timers.insert(timer, tick: TimerWheel.tick(notBefore: deadline))
      }
    }
    return timer
  }

  /// Schedules `body` on the lane's thread after `delay`, in 5 ms ticks and never early.
  @discardableResult
  public func schedule(after delay: Duration, _ body: @escaping @Sendable () -> Void) -> LaneTimer {
    schedule(at: LaneInstant.now.advanced(by: delay), body)
  }

  /// Names what the lane works on from here, for the stall watchdog.
  public func mark(_ label: StaticString) {
    guard label.hasPointerRepresentation else { return }
    self.label.store(UInt(bitPattern: label.utf8Start), ordering: .relaxed)
  }

  private func leave() {
    let left = users.wrappingSubtract(1, ordering: .acquiringAndReleasing).newValue
    if left == 0, isClosing.load(ordering: .acquiring), !isCurrent { nudge() }
  }
}
