internal import CRowanThread
internal import Synchronization

/// The lane's thread.
extension Lane {
  /// Jobs that run before the readiness queue is looked at again.
  private static let jobsPerTurn = 128

  /// Answers an `errno`, zero for success. A system out of threads must not lose work that is queued already: with
  /// `fallsBack` the caller then serves the lane until it is idle.
  @discardableResult
  func startThread(fallsBack: Bool) -> Int32 {
    let context = Unmanaged.passRetained(self).toOpaque()
    let result = rowan_thread_start("rowan-lane-\(index)", { Lane.serve($0, borrowsThread: false) }, context)
    guard result != 0 else { return 0 }
    if fallsBack {
      Lane.serve(context, borrowsThread: true)
    } else {
      inbox.withLock { $0.hasThread = false }
      Unmanaged<Lane>.fromOpaque(context).release()
    }
    return -result
  }

  private static func serve(_ context: UnsafeMutableRawPointer?, borrowsThread: Bool) {
    guard let context else { return }
    let outer = rowan_current_lane()
    rowan_set_current_lane(context)
    // Proof: `context` is the reference that `startThread` retained, and this is the only place that takes it.
    let lane = Unmanaged<Lane>.fromOpaque(context).takeRetainedValue()
    let waiters = lane.loop(borrowsThread: borrowsThread)
    rowan_set_current_lane(outer)
    for waiter in waiters { waiter.resume() }
  }

  /// Serves the lane until it is closing and idle, and returns those who wait for that.
  private func loop(borrowsThread: Bool) -> [UnsafeContinuation<Void, Never>] {
    let task = asUnownedTaskExecutor()
    core.now = .now
    turnStart.store(core.now.nanoseconds, ordering: .relaxed)
    while true {
      takeInbox()
      for timer in core.timers.expire(now: core.now) { timer.fire() }
      var budget = Self.jobsPerTurn
      while budget > 0, let work = core.queue.popFirst() {
        switch work {
        // Not `isolatedTo:`, though the lane is the isolation of its actors' jobs: it would make every step into
        // nonisolated code, and every resumption there, one more trip through the queue. Isolation checks pass, since
        // the lane answers them itself, and an actor's method costs less this way too.
        case .job(let job): job.runSynchronously(on: task)
        case .call(let call): call()
        }
        budget &-= 1
      }
      var blocks = core.queue.isEmpty
      if blocks, borrowsThread || isClosing.load(ordering: .acquiring), let waiters = leave(borrowsThread) {
        turnStart.store(0, ordering: .relaxed)
        return waiters
      }
      if blocks {
        // Fails when foreign work has arrived: then look at the descriptors without blocking and take it.
        blocks =
          signal.compareExchange(
            expected: 0, desired: Signal.sleeping, successOrdering: .acquiringAndReleasing,
            failureOrdering: .acquiring
          ).exchanged
      }
      turnStart.store(0, ordering: .relaxed)
      let count = poller.wait(into: &core.events, milliseconds: blocks ? timeout() : 0)
      if blocks { signal.bitwiseAnd(~Signal.sleeping, ordering: .acquiringAndReleasing) }
      core.now = .now
      turnStart.store(core.now.nanoseconds, ordering: .relaxed)
      for position in 0..<count {
        let event = core.events[position]
        core.source(token: event.token)?.deliver(FDSource.Readiness(rawValue: UInt8(truncatingIfNeeded: event.ready)))
      }
    }
  }

  private func takeInbox() {
    guard signal.load(ordering: .relaxed) & Signal.foreignWork != 0 else { return }
    signal.bitwiseAnd(~Signal.foreignWork, ordering: .acquiringAndReleasing)
    var taken: ContiguousArray<LaneWork> = []
    inbox.withLock { swap(&$0.work, &taken) }
    for work in taken { core.queue.append(work) }
  }

  /// Gives the thread up if nothing is left to do; work that arrives later starts a new one.
  private func leave(_ borrowsThread: Bool) -> [UnsafeContinuation<Void, Never>]? {
    inbox.withLock { inbox in
      guard inbox.work.isEmpty, borrowsThread || users.load(ordering: .acquiring) == 0 else { return nil }
      inbox.hasThread = false
      defer { inbox.exitWaiters = [] }
      return inbox.exitWaiters
    }
  }

  /// Milliseconds until the next timer, -1 for none.
  private func timeout() -> Int32 {
    guard let wake = core.timers.nextWake() else { return -1 }
    guard wake > core.now else { return 0 }
    return Int32(clamping: (wake.nanoseconds - core.now.nanoseconds) / 1_000_000 + 1)
  }
}
