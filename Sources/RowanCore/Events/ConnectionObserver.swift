import Synchronization

/// Where a driver reports what becomes of its connections, and of the lanes they live on; the database hands it on to
/// listeners.
public final class ConnectionObserver: Sendable {
  private let handler = Mutex<(@Sendable (DatabaseEvent) -> Void)?>(nil)

  private let beginning = Mutex<(@Sendable () -> Void)?>(nil)

  /// Makes an observer nobody listens to yet.
  public init() {}

  /// Reports a connection that is ready for use.
  public func opened() { report(.connectionOpened) }

  /// Reports a connection that was closed on purpose.
  public func closed() { report(.connectionClosed) }

  /// Reports a connection that failed, or that the server closed.
  public func lost(_ error: RowanError?) { report(.connectionLost(error)) }

  /// Reports a lane that does not get back to its connections; may be called on any thread.
  public func laneStalled(_ stall: LaneStall) { report(.laneStalled(stall)) }

  /// Has `start` called once somebody listens: what costs something is observed from then on.
  public func whenHeard(_ start: @escaping @Sendable () -> Void) { beginning.withLock { $0 = start } }

  /// Somebody listens.
  func heard() {
    let start = beginning.withLock { beginning in
      defer { beginning = nil }
      return beginning
    }
    start?()
  }

  func listen(_ handler: @escaping @Sendable (DatabaseEvent) -> Void) { self.handler.withLock { $0 = handler } }

  private func report(_ event: DatabaseEvent) { handler.withLock { $0 }?(event) }
}
