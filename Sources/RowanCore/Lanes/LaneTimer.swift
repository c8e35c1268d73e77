/// A timer that was scheduled on a lane. Dropping the token does not cancel it.
public final class LaneTimer: @unchecked Sendable {
  // Proof for @unchecked: `place`, `isCancelled` and `body` are only touched on the lane's thread;
  // `cancel()` from elsewhere posts itself there.

  struct Place {
    var tick: UInt64
    var slot: Int
    var index: Int
  }

  let lane: Lane
  var place: Place?
  private(set) var isCancelled = false
  private var body: (@Sendable () -> Void)?

  private let isReusable: Bool

  init(lane: Lane, isReusable: Bool = false, body: @escaping @Sendable () -> Void) {
    self.lane = lane
    self.isReusable = isReusable
    self.body = body
  }

  /// Cancels the timer; callable from any thread. On the lane itself the body can't run any more when this returns,
  /// from elsewhere it may still be running.
  public func cancel() {
    guard lane.isCurrent else { return lane.post { self.cancel() } }
    isCancelled = true
    body = nil
    lane.core.timers.remove(self)
  }

  func fire() {
    guard !isCancelled else { return }
    let body = self.body
    if !isReusable { self.body = nil }
    body?()
  }
}
