import Synchronization

/// What listeners are told of one transaction, from its first statement on: one that runs none is nothing to a server.
/// There is none for a transaction that was begun while nobody listened.
final class TransactionReport: Sendable {
  private struct State {
    var started: ContinuousClock.Instant?
    var isConfirmed = false
  }

  private let events: EventHub
  private let id: Int
  private let site: CallSite
  private let label: String?
  private let state = Mutex(State())

  init(_ events: EventHub, id: Int, site: CallSite, label: String?) {
    self.events = events
    self.id = id
    self.site = site
    self.label = label
  }

  /// A statement or a savepoint is about to be sent: the first one opens the transaction.
  func sending() {
    let isFirst = state.withLock { state -> Bool in
      if state.started != nil { return false }
      state.started = ContinuousClock.now
      return true
    }
    if isFirst { events.emit(.transactionStart(event(.zero))) }
  }

  /// A statement was answered without an error, and with the first one that the transaction is open.
  func answered() {
    let started = state.withLock { state -> ContinuousClock.Instant? in
      if state.isConfirmed { return nil }
      state.isConfirmed = true
      return state.started
    }
    if let started { events.emit(.transactionConfirmed(event(started.duration(to: .now)))) }
  }

  /// The transaction has ended as `outcome` says.
  func ended(_ outcome: (TransactionEvent) -> DatabaseEvent) {
    guard let started = state.withLock({ $0.started }) else { return }
    events.emit(outcome(event(started.duration(to: .now))))
  }

  private func event(_ duration: Duration) -> TransactionEvent {
    TransactionEvent(id: id, depth: 0, duration: duration, location: site.description, label: label)
  }
}
