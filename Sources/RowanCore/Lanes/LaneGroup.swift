internal import Synchronization

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// How a group of lanes is made.
public struct LaneGroupConfiguration: Sendable {
  /// How many lanes; at least one.
  public var count: Int
  /// Called from a watchdog thread when a lane has not polled for `stallThreshold`. Without it there is no watchdog.
  public var laneStalled: (@Sendable (LaneStall) -> Void)?
  /// Whether the watchdog's thread starts with the lanes, rather than with ``LaneGroup/watch()``.
  public var watchesAtOnce = true
  /// How long a lane may work without polling before it counts as stalled.
  public var stallThreshold: Duration
  /// How many helper threads may run blocking calls at once.
  public var blockingThreads: Int

  /// Creates a configuration; `count` nil means one lane per core.
  public init(
    count: Int? = nil, stallThreshold: Duration = .milliseconds(50), blockingThreads: Int = 2,
    laneStalled: (@Sendable (LaneStall) -> Void)? = nil
  ) {
    self.count = max(1, count ?? Self.coreCount)
    self.stallThreshold = stallThreshold
    self.blockingThreads = blockingThreads
    self.laneStalled = laneStalled
  }

  private static var coreCount: Int { Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))) }
}

/// A lane that did not poll in time: its connections stood still meanwhile.
public struct LaneStall: Sendable {
  /// The lane's position in its group.
  public let lane: Int
  /// The label of the last entry into the lane.
  public let entryPoint: String?
  /// How long the lane has not polled so far.
  public let duration: Duration
}

/// What the lanes of a group have in common.
final class LaneGroupShared: Sendable {
  let blocking: BlockingThreads
  private let forced = Atomic<Bool>(false)

  init(blockingThreads: Int) {
    blocking = BlockingThreads(limit: blockingThreads, delaysExit: true)
  }

  /// Whether the grace of `close` has passed: waits fail then.
  var isForcedClosed: Bool { forced.load(ordering: .relaxed) }

  func forceClosed() { forced.store(true, ordering: .relaxed) }
}

/// A fixed set of lanes. They run until `close`, or until the group is no longer referenced and their tasks are done.
public final class LaneGroup: Sendable {
  /// The lanes, in order.
  public let lanes: [Lane]

  private let shared: LaneGroupShared
  private let watchdog: LaneWatchdog?
  private let isWatching = Atomic<Bool>(false)
  private let turn = Atomic<Int>(0)

  /// Starts the lanes.
  public init(_ configuration: LaneGroupConfiguration = .init()) throws(LaneError) {
    shared = LaneGroupShared(blockingThreads: configuration.blockingThreads)
    var lanes: [Lane] = []
    for index in 0..<max(1, configuration.count) {
      lanes.append(try Lane(index: index, shared: shared))
    }
    self.lanes = lanes
    watchdog = configuration.laneStalled.map {
      LaneWatchdog(lanes: lanes, threshold: configuration.stallThreshold, report: $0)
    }
    for (index, lane) in lanes.enumerated() {
      do {
        try lane.start()
      } catch {
        for started in lanes[..<index] { started.requestStop() }
        throw error
      }
    }
    if configuration.watchesAtOnce { watch() }
  }

  // Nothing is joined here: the last reference may be dropped on one of the group's own threads.
  deinit {
    watchdog?.stop()
    for lane in lanes { lane.requestStop() }
  }

  /// The lane to use: the caller's own if it is on one of this group's, else the one with the fewest users.
  public func pick() -> Lane {
    if let current = Lane.current, contains(current) { return current }
    // The start moves, so that equally loaded lanes take turns.
    let start = lanes.count > 1 ? turn.wrappingAdd(1, ordering: .relaxed).newValue & Int.max : 0
    var best = lanes[start % lanes.count]
    var least = best.load
    for offset in 1..<max(1, lanes.count) where least > 0 {
      let lane = lanes[(start &+ offset) % lanes.count]
      if lane.load < least { (best, least) = (lane, lane.load) }
    }
    return best
  }

  /// Whether the lane is one of this group's.
  public func contains(_ lane: Lane) -> Bool { lane.shared === shared }

  /// The helper threads for blocking calls.
  public var blocking: BlockingThreads { shared.blocking }

  /// Refuses new entries, waits until the tasks inside have left, and until the threads have ended.
  ///
  /// After `grace`, waits for descriptors fail with `LaneError.closed`, so that their tasks end. Called from one of the
  /// group's own lanes it can't wait for itself: it then only requests the stop.
  public func close(grace: Duration? = nil) async {
    watchdog?.stop()
    for lane in lanes { lane.requestStop() }
    if let current = Lane.current, contains(current) { return }
    let force = grace.map { grace in
      Task.detached {
        try await Task.sleep(for: grace)
        self.interrupt()
      }
    }
    for lane in lanes { await lane.ended() }
    force?.cancel()
    // Tasks that came by themselves are not counted: what they wait for would never be looked at again.
    if grace != nil { interrupt() }
  }

  private func interrupt() {
    shared.forceClosed()
    for lane in lanes { lane.post { lane.core.sources.forEach { $0.interrupt(throwing: LaneError.closed) } } }
  }

  /// Starts the watchdog, where the configuration left that for later. Does nothing the second time.
  public func watch() {
    if !isWatching.exchange(true, ordering: .relaxed) { watchdog?.start() }
  }
}

extension Lane {
  func start() throws(LaneError) {
    inbox.withLock { $0.hasThread = true }
    let error = startThread(fallsBack: false)
    if error != 0 { throw LaneError.system(operation: .startThread, errno: error) }
  }

  func requestStop() {
    isClosing.store(true, ordering: .releasing)
    nudge()
  }

  /// Returns when the lane has no thread.
  func ended() async {
    // Proof for the unsafe continuation: it is either resumed at once, or stored and then taken by the one thread that
    // clears `hasThread`.
    await withUnsafeContinuation { continuation in
      let hasEnded = inbox.withLock { inbox in
        guard inbox.hasThread else { return true }
        inbox.exitWaiters.append(continuation)
        return false
      }
      if hasEnded { continuation.resume() }
    }
  }
}
