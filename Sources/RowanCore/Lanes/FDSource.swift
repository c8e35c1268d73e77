/// The readiness of one file descriptor on one lane, owned by the connection that owns the descriptor.
///
/// The descriptor stays registered for reading, so an ordinary wait makes no system call of its own; interest in writing
/// is switched on by a wait that asks for it and off by the next one that does not. Input that arrives when nobody
/// waits switches reading off until the next wait (`hasUnclaimedInput`), which is how an idle connection learns that
/// its server has gone. Close the source, or drop it, *before* the descriptor is closed.
public final class FDSource: @unchecked Sendable {
  // Proof for @unchecked: every mutable field is only touched on the lane's thread, checked by `isCurrent`; the deinit
  // has the only reference.

  /// What to wait for.
  public struct Interest: OptionSet, Sendable, Hashable {
    /// The poller's bits.
    public let rawValue: UInt8
    /// Wraps the poller's bits.
    public init(rawValue: UInt8) { self.rawValue = rawValue }
    /// Data or the end of the stream can be read.
    public static let read = Interest(rawValue: 1)
    /// Data can be written.
    public static let write = Interest(rawValue: 2)
    /// Either.
    public static let both: Interest = [.read, .write]
  }

  /// What a descriptor is ready for.
  public struct Readiness: OptionSet, Sendable, Hashable {
    /// The poller's bits.
    public let rawValue: UInt8
    /// Wraps the poller's bits.
    public init(rawValue: UInt8) { self.rawValue = rawValue }
    /// Data or the end of the stream can be read.
    public static let read = Readiness(rawValue: 1)
    /// Data can be written.
    public static let write = Readiness(rawValue: 2)
    /// The other side has gone, or the descriptor is in an error state. Reading tells which.
    public static let hangup = Readiness(rawValue: 4)
  }

  /// The lane that the descriptor belongs to.
  public let lane: Lane
  /// The file descriptor, which the source does not own.
  public let fd: Int32

  private let token: UInt64
  private var armed: Interest = []
  private var isRegistered = true
  private var isClosed = false
  private var lastReadiness: Readiness = []
  private var waiter: Waiter?
  private var nextTicket: UInt64 = 0
  private var deadlineTimer: LaneTimer?
  private var handler: ((Readiness) -> Void)?
  private var handlerInterest: Interest = []

  private struct Waiter: Sendable {
    var ticket: UInt64
    var interest: Interest
    var deadline: LaneInstant?
    // Proof for the unsafe continuation: `begin` either resumes it or stores it, and `finish` takes it out before it
    // resumes it; a stored waiter is never overwritten or dropped.
    var continuation: UnsafeContinuation<Readiness, any Error>
  }

  /// Registers a descriptor, which must be in non-blocking mode, with a lane. Call it on the lane. A descriptor has one
  /// source at a time.
  public init(fd: Int32, on lane: Lane) throws(LaneError) {
    guard lane.isCurrent else { throw LaneError.notOnLane }
    let token = lane.core.reserve()
    do {
      try lane.poller.add(fd, .read, token: token)
    } catch {
      lane.core.release(token: token)
      throw error
    }
    self.lane = lane
    self.fd = fd
    self.token = token
    armed = .read
    lane.core.attach(self, token: token)
  }

  deinit {
    guard !isClosed else { return }
    if isRegistered { lane.poller.remove(fd, armed) }
    if lane.isCurrent {
      lane.core.release(token: token)
    } else {
      lane.post { [lane, token] in lane.core.release(token: token) }
    }
  }

  /// Whether input, or the end of the stream, arrived while nobody waited. On an idle connection that means the server
  /// has closed it or has said something unasked. Read it on the lane.
  public var hasUnclaimedInput: Bool { !armed.contains(.read) }

  /// Waits until the descriptor is ready. Throws `LaneError.deadlineExceeded`, `CancellationError`, or
  /// `LaneError.sourceClosed`; the source stays usable after the first two.
  ///
  /// Must be called by a task that runs on the lane; from elsewhere it is correct, and slow.
  @discardableResult
  public nonisolated(nonsending) func wait(
    _ interest: Interest, deadline: LaneInstant? = nil
  ) async throws -> Readiness {
    guard lane.isCurrent else {
      return try await lane.enter(label: "wait") { try await self.wait(interest, deadline: deadline) }
    }
    let ticket = nextTicket
    nextTicket &+= 1
    return try await withTaskCancellationHandler {
      try await withUnsafeThrowingContinuation { continuation in
        let waiter = Waiter(ticket: ticket, interest: interest, deadline: deadline, continuation: continuation)
        // The handler's closure need not run on the lane, nor at once: a cancel may have come and gone before the
        // wait began. Looking after it has begun closes the gap.
        onLane { $0.begin(waiter) }
        if Task.isCancelled { onLane { $0.finish(ticket: ticket, .failure(CancellationError())) } }
      }
    } onCancel: {
      lane.post { self.finish(ticket: ticket, .failure(CancellationError())) }
    }
  }

  /// `wait` without a look at the task's cancellation, for callers that handle it once around several waits and
  /// end this one with `interrupt`. Must be called on the lane.
  @discardableResult
  public nonisolated(nonsending) func waitIgnoringCancellation(
    _ interest: Interest, deadline: LaneInstant? = nil
  ) async throws -> Readiness {
    guard lane.isCurrent else { throw LaneError.notOnLane }
    let ticket = nextTicket
    nextTicket &+= 1
    return try await withUnsafeThrowingContinuation { continuation in
      let waiter = Waiter(ticket: ticket, interest: interest, deadline: deadline, continuation: continuation)
      onLane { $0.begin(waiter) }
    }
  }

  /// Resumes `continuation` as a wait would, which begins now: for a task that was asleep for another reason, and need
  /// not be woken only to wait again. Must be called on the lane.
  // Proof for the unsafe continuation: as for those of the source's own waits, `begin` resumes or stores it.
  public func resume(
    _ continuation: UnsafeContinuation<Readiness, any Error>, when interest: Interest, deadline: LaneInstant? = nil
  ) {
    guard lane.isCurrent else { return continuation.resume(throwing: LaneError.notOnLane) }
    let ticket = nextTicket
    nextTicket &+= 1
    begin(Waiter(ticket: ticket, interest: interest, deadline: deadline, continuation: continuation))
  }

  /// Ends the current wait, if there is one, with `error`. Callable from any thread.
  public func interrupt(throwing error: any Error = CancellationError()) {
    guard lane.isCurrent else { return lane.post { self.interrupt(throwing: error) } }
    if let waiter { finish(ticket: waiter.ticket, .failure(error)) }
  }

  /// Calls `handler` on the lane's thread whenever the descriptor is ready, for a connection that must be pumped
  /// though no task waits. A waiting task has precedence. Must be called on the lane.
  public func setHandler(_ interest: Interest, _ handler: @escaping (Readiness) -> Void) throws(LaneError) {
    guard lane.isCurrent else { throw LaneError.notOnLane }
    self.handler = handler
    try setHandlerInterest(interest)
  }

  /// Changes what the handler is called for, such as writing while output is pending. Must be called on the lane.
  public func setHandlerInterest(_ interest: Interest) throws(LaneError) {
    guard lane.isCurrent else { throw LaneError.notOnLane }
    handlerInterest = interest
    try arm(interest.union(waiter?.interest ?? []))
  }

  /// Removes the handler. Must be called on the lane.
  public func removeHandler() {
    guard lane.isCurrent else { return }
    handler = nil
    handlerInterest = []
  }

  /// Unregisters the descriptor and ends a wait with `LaneError.sourceClosed`. Must be called on the lane, before the
  /// descriptor is closed; repeated calls do nothing.
  public func close() {
    guard lane.isCurrent else { return lane.post { self.close() } }
    guard !isClosed else { return }
    isClosed = true
    if isRegistered { lane.poller.remove(fd, armed) }
    isRegistered = false
    lane.core.release(token: token)
    removeHandler()
    deadlineTimer?.cancel()
    deadlineTimer = nil
    interrupt(throwing: LaneError.sourceClosed)
  }

  private func begin(_ waiter: Waiter) {
    do throws(LaneError) {
      guard !isClosed else { throw LaneError.sourceClosed }
      guard self.waiter == nil else { throw LaneError.alreadyWaiting }
      if lane.shared.isForcedClosed { throw LaneError.closed }
      try arm(waiter.interest.union(handlerInterest))
      if let deadline = waiter.deadline { schedule(deadline) }
      self.waiter = waiter
    } catch {
      waiter.continuation.resume(throwing: error)
    }
  }

  private func onLane(_ body: @escaping @Sendable (FDSource) -> Void) {
    if lane.isCurrent { body(self) } else { lane.post { body(self) } }
  }

  private func finish(ticket: UInt64, _ result: Result<Readiness, any Error>) {
    guard let waiter, waiter.ticket == ticket else { return }
    self.waiter = nil
    waiter.continuation.resume(with: result)
  }

  func deliver(_ readiness: Readiness) {
    let hangup = readiness.contains(.hangup)
    if let waiter, hangup || waiter.interest.rawValue & readiness.rawValue != 0 {
      return finish(ticket: waiter.ticket, .success(readiness))
    }
    if let handler, hangup || handlerInterest.rawValue & readiness.rawValue != 0 { return handler(readiness) }
    // Nobody asked. Level-triggered polling would report it for ever, a hang-up even without any interest.
    if hangup {
      lane.poller.remove(fd, armed)
      isRegistered = false
      armed = []
    } else {
      try? change(to: armed.subtracting(Interest(rawValue: readiness.rawValue)))
    }
  }

  /// Makes sure that `wanted` is registered. Reading is left on, since the next wait will want it.
  private func arm(_ wanted: Interest) throws(LaneError) {
    guard isRegistered else {
      guard !isClosed else { throw LaneError.sourceClosed }
      try lane.poller.add(fd, wanted, token: token)
      isRegistered = true
      armed = wanted
      return
    }
    let target = wanted.union(armed.intersection(.read))
    if target != armed { try change(to: target) }
  }

  private func change(to target: Interest) throws(LaneError) {
    try lane.poller.change(fd, from: armed, to: target, token: token)
    armed = target
  }

  /// One timer serves all waits of the source: a wait whose deadline is later than the pending tick costs nothing, the
  /// timer moves itself when it fires.
  private func schedule(_ deadline: LaneInstant) {
    let tick = TimerWheel.tick(notBefore: deadline)
    if let timer = deadlineTimer {
      if let place = timer.place {
        if place.tick <= tick { return }
        lane.core.timers.remove(timer)
      }
      lane.core.timers.insert(timer, tick: tick)
    } else {
      let timer = LaneTimer(lane: lane, isReusable: true) { [weak self] in self?.deadlineTick() }
      deadlineTimer = timer
      lane.core.timers.insert(timer, tick: tick)
    }
  }

  private func deadlineTick() {
    guard let waiter, let deadline = waiter.deadline else { return }
    if deadline <= lane.core.now {
      finish(ticket: waiter.ticket, .failure(LaneError.deadlineExceeded))
    } else {
      schedule(deadline)
    }
  }
}

extension Lane {
  /// Waits once for a descriptor that changes between waits, as while a connection is being opened.
  /// Must be called on the lane.
  @discardableResult
  public nonisolated(nonsending) func wait(
    fd: Int32, _ interest: FDSource.Interest, deadline: LaneInstant? = nil
  ) async throws -> FDSource.Readiness {
    let source = try FDSource(fd: fd, on: self)
    defer { source.close() }
    return try await source.wait(interest, deadline: deadline)
  }
}
