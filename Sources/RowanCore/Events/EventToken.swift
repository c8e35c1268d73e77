import Synchronization

/// Keeps a listener registered; cancel it, or let it go, to stop listening.
public final class EventToken: Sendable {
  private let stop: @Sendable () -> Void
  private let stopped = Atomic<Bool>(false)

  init(_ stop: @escaping @Sendable () -> Void) { self.stop = stop }

  /// Stops listening.
  public func cancel() {
    if stopped.compareExchange(expected: false, desired: true, ordering: .relaxed).exchanged { stop() }
  }

  deinit { cancel() }
}
