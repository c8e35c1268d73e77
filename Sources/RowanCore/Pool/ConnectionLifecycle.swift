/// The life of one connection as a pure state machine.
///
/// A cancel is over when the statement has been answered *and* the cancel request has returned, in either order. Even
/// then it may arrive late, so that the connection is quarantined until a throw-away statement has gone through.
public struct ConnectionLifecycle: Sendable, Hashable {
  /// Where the connection stands.
  public enum Phase: Sendable, Hashable {
    /// Free, outside a transaction.
    case idle
    /// Inside a transaction, between statements.
    case inTransaction
    /// A statement is under way.
    case busy
    /// A cancel was requested. It ends when both are true.
    case cancelling(isAnswered: Bool, isDelivered: Bool)
    /// To be proven clean before it is used again.
    case quarantined
    /// Gone, for good.
    case closed
  }

  /// What happens to the connection.
  public enum Event: Sendable, Hashable {
    /// A statement is sent.
    case send
    /// The server has answered in full.
    case answered(inTransaction: Bool)
    /// The server is to be asked to cancel the running statement.
    case cancel
    /// The cancel request has returned.
    case cancelDelivered
    /// The throw-away statement has gone through, and no transaction is open.
    case recovered
    /// The connection failed or was closed.
    case close
  }

  /// An event that can't happen in this phase: a mistake in the driver.
  public struct IllegalTransition: Error, Sendable, Hashable {
    /// The phase, unchanged.
    public let phase: Phase
    /// The refused event.
    public let event: Event
  }

  /// Where the connection stands.
  public private(set) var phase: Phase = .idle

  /// A connection that was just opened.
  public init() {}

  /// Applies an event and answers the new phase.
  @discardableResult
  public mutating func handle(_ event: Event) throws(IllegalTransition) -> Phase {
    switch (phase, event) {
    case (_, .close): phase = .closed
    case (.idle, .send), (.inTransaction, .send): phase = .busy
    case (.busy, .answered(let inTransaction)): phase = inTransaction ? .inTransaction : .idle
    case (.busy, .cancel): phase = .cancelling(isAnswered: false, isDelivered: false)
    case (.cancelling(false, let isDelivered), .answered):
      phase = isDelivered ? .quarantined : .cancelling(isAnswered: true, isDelivered: false)
    case (.cancelling(let isAnswered, false), .cancelDelivered):
      phase = isAnswered ? .quarantined : .cancelling(isAnswered: false, isDelivered: true)
    case (.quarantined, .recovered): phase = .idle
    // Reports that were on their way when the connection ended.
    case (.closed, .answered), (.closed, .cancelDelivered), (.closed, .recovered): break
    default: throw IllegalTransition(phase: phase, event: event)
    }
    return phase
  }

  /// How the connection goes back to its pool. Inside a statement or a transaction it can't be reused.
  public var disposition: PoolDisposition {
    switch phase {
    case .idle: .reuse
    case .cancelling, .quarantined: .quarantine
    case .busy, .inTransaction, .closed: .discard
    }
  }
}
