internal import CRowanThread
internal import Synchronization

/// One thread with a readiness queue and a run queue, being a task executor and a serial executor at once.
///
/// A connection belongs to one lane for life, and tasks come to the lane (`run`), so that a query is send, poll and
/// receive on one thread. Code on a lane must not block or compute for long: it stops every connection of the lane.
public final class Lane: TaskExecutor, SerialExecutor {
  /// This lane's position in its group.
  public let index: Int

  let shared: LaneGroupShared
  let poller: LanePoller
  /// `Signal` bits: how foreign threads and the lane's own thread agree on who has to wake whom.
  let signal = Atomic<UInt8>(0)
  let inbox = Mutex(Inbox())
  /// Tasks that are inside `run`, or on their way.
  let users = Atomic<Int>(0)
  /// When the running turn of the loop began, zero while the lane polls. The watchdog reads it.
  let turnStart = Atomic<UInt64>(0)
  /// The address of the label given to the last `run`, which is a static string.
  let label = Atomic<UInt>(0)
  let isClosing = Atomic<Bool>(false)
  // Proof: only touched by the lane's thread. Every path to it first checks `isCurrent`.
  nonisolated(unsafe) let core: LaneCore

  struct Inbox {
    var work: ContiguousArray<LaneWork> = []
    var hasThread = false
    var exitWaiters: [UnsafeContinuation<Void, Never>] = []
  }

  enum Signal {
    static let foreignWork: UInt8 = 1
    static let sleeping: UInt8 = 2
  }

  init(index: Int, shared: LaneGroupShared) throws(LaneError) {
    self.index = index
    self.shared = shared
    poller = try LanePoller()
    core = LaneCore(now: .now)
  }

  // The thread holds a reference, so this runs on the exiting thread or after it: there is nothing left to join.
  deinit { poller.close() }

  /// The lane that owns the calling thread.
  public static var current: Lane? {
    // Proof: the pointer is set for exactly as long as the thread holds a reference to the lane.
    rowan_current_lane().map { Unmanaged<Lane>.fromOpaque($0).takeUnretainedValue() }
  }

  /// Whether the calling thread is this lane's.
  public var isCurrent: Bool {
    rowan_current_lane() == Unmanaged.passUnretained(self).toOpaque()
  }

  /// How many tasks are inside `run`, a hint for choosing a lane.
  public var load: Int { users.load(ordering: .relaxed) }

  /// The time at the start of the current turn of the loop: cheaper than the clock, and late by at most one turn.
  /// From another thread it is the clock.
  public var now: LaneInstant { isCurrent ? core.now : .now }

  /// Queues a job: without a lock or a system call from the lane's own thread.
  public func enqueue(_ job: consuming ExecutorJob) {
    submit(.job(UnownedJob(job)))
  }

  /// Queues a plain call on the lane's thread, from any thread.
  public func post(_ call: @escaping @Sendable () -> Void) {
    submit(.call(call))
  }

  func submit(_ work: LaneWork) {
    if isCurrent { return core.queue.append(work) }
    let start = inbox.withLock { inbox in
      inbox.work.append(work)
      defer { inbox.hasThread = true }
      return !inbox.hasThread
    }
    let before = signal.bitwiseOr(Signal.foreignWork, ordering: .acquiringAndReleasing).oldValue
    if start {
      startThread(fallsBack: true)
    } else if before & Signal.sleeping != 0, before & Signal.foreignWork == 0 {
      poller.wake()
    }
  }

  /// Makes the lane look at its state again, after a change that did not come through `submit`.
  func nudge() {
    let before = signal.bitwiseOr(Signal.foreignWork, ordering: .acquiringAndReleasing).oldValue
    if before & Signal.sleeping != 0 { poller.wake() }
  }

  /// This lane as an executor of actors.
  public func asUnownedSerialExecutor() -> UnownedSerialExecutor {
    UnownedSerialExecutor(ordinary: self)
  }

  /// This lane as an executor of tasks.
  public func asUnownedTaskExecutor() -> UnownedTaskExecutor {
    UnownedTaskExecutor(ordinary: self)
  }

  /// Whether code on the calling thread is isolated to this lane: callbacks on the lane's thread are, though no task
  /// runs them.
  @available(macOS 26.0, iOS 26.0, watchOS 26.0, tvOS 26.0, visionOS 26.0, *)
  public func isIsolatingCurrentContext() -> Bool? { isCurrent }

  /// Lets `assumeIsolated` through on the lane's thread; elsewhere the standard library's refusal applies.
  public func checkIsolated() {
    guard !isCurrent else { return }
    ForeignExecutionContext().checkIsolated()
  }
}

/// An executor that nothing ever runs on: its inherited `checkIsolated` is the standard library's refusal.
private final class ForeignExecutionContext: SerialExecutor {
  func enqueue(_ job: consuming ExecutorJob) {
    globalConcurrentExecutor.enqueue(job)
  }
}
