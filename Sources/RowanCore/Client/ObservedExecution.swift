import Synchronization

/// Measures one statement for those who listen, and for plugins that observe results.
final class QueryProbe: Sendable {
  private struct Facts: Sendable {
    var decode = Duration.zero
    var rows = 0
    var affectedRows = 0
  }

  private let core: DatabaseCore
  private let call: DriverCall
  private let transaction: Int?
  private let label: String?
  private let started = ContinuousClock.now
  private let facts = Mutex(Facts())

  /// A probe, if anyone wants to know. A failable initializer would read the clock before it looks.
  @inline(__always)
  static func make(_ core: DatabaseCore, _ call: DriverCall, transaction: Int?, label: String?) -> QueryProbe? {
    core.events.isActive ? QueryProbe(core, call, transaction: transaction, label: label) : nil
  }

  private init(_ core: DatabaseCore, _ call: DriverCall, transaction: Int?, label: String?) {
    self.core = core
    self.call = call
    self.transaction = transaction
    self.label = label
  }

  /// Reads rows, noting how long it took.
  func read<R>(_ source: RowSource, _ consume: (RowSource) throws -> R) throws -> R {
    let begin = ContinuousClock.now
    let result = try consume(source)
    facts.withLock {
      $0 = Facts(
        decode: begin.duration(to: .now), rows: source.rowsRead, affectedRows: source.affectedRows)
    }
    return result
  }

  /// The text of what is measured.
  var sql: String { call.compiled.sql }

  private func event() -> QueryEvent {
    let facts = facts.withLock { $0 }
    return QueryEvent(
      sql: call.compiled.sql, bindCount: call.binds.count, duration: started.duration(to: .now),
      decodeDuration: facts.decode, rows: facts.rows, affectedRows: facts.affectedRows, transaction: transaction,
      label: label)
  }

  /// Reads one batch of a stream, adding to what was noted before.
  func add<R>(_ source: RowSource, _ consume: (RowSource) throws -> R) throws -> R {
    let begin = ContinuousClock.now
    let result = try consume(source)
    facts.withLock {
      $0.decode += begin.duration(to: .now)
      // Each batch is counted from zero, whatever the source read before.
      $0.rows += source.rowsRead
    }
    return result
  }

  /// Notes what a statement whose rows nobody read has changed.
  func changed(_ rows: Int) { facts.withLock { $0.affectedRows = rows } }

  func succeeded() {
    let event = event()
    core.events.emit(.query(event))
    reportSlow(event)
    core.didRun(event, call.compiled)
  }

  func failed(_ error: any Error) {
    let event = event()
    core.events.emit(.queryError(event, RowanError.reported(error)))
    reportSlow(event)
  }

  private func reportSlow(_ event: QueryEvent) {
    if let limit = core.slowThreshold.withLock({ $0 }), event.duration > limit { core.events.emit(.slowQuery(event)) }
  }
}

extension DatabaseCore {
  /// Reports a statement that was refused before it was sent.
  @inline(never) func refused(_ error: any Error, transaction: Int?, label: String?) {
    guard events.isActive else { return }
    let reported = RowanError.reported(error)
    let event = QueryEvent(
      sql: reported.sql ?? "", bindCount: 0, duration: .zero, decodeDuration: .zero, rows: 0, affectedRows: 0,
      transaction: transaction, label: label)
    events.emit(.queryError(event, reported))
  }
}

extension RowanError {
  fileprivate static func reported(_ error: any Error) -> RowanError {
    (error as? RowanError) ?? RowanError(.internalError, "a statement failed", cause: error)
  }
}

extension Database {
  /// Calls `handler` for every event from now on, in order, away from the task that caused it.
  ///
  /// A handler that takes its time holds up no statement, only the events after it; where thousands wait, more are
  /// dropped and counted (``DatabaseEvent/dropped(_:)``). It runs on a thread of the database's own, and may block.
  /// - Returns: a token; the handler is called as long as it lives.
  public func on(_ handler: @escaping @Sendable (DatabaseEvent) -> Void) -> EventToken {
    let hub = core.events
    let id = hub.listen(handler)
    return EventToken { hub.remove(id) }
  }

  /// The events from now on as a sequence, which ends after ``DatabaseEvent/closed``.
  ///
  /// Where more than `limit` events wait to be read, the oldest are dropped; a ``DatabaseEvent/dropped(_:)`` with their
  /// number stands in their place.
  public func events(buffering limit: Int = 1024) -> AsyncStream<DatabaseEvent> {
    let buffer = EventBuffer(capacity: limit)
    let token = on { buffer.add($0) }
    // The token is let go with the sequence that holds it.
    return AsyncStream(
      unfolding: {
        defer { withExtendedLifetime(token) {} }
        return await buffer.next()
      }, onCancel: { token.cancel() })
  }

  /// Returns once listeners have seen every event emitted before the call, or at once when nobody listens.
  public func eventsDelivered() async { await core.events.delivered() }

  /// Emits ``DatabaseEvent/slowQuery(_:)`` for statements that take longer than `threshold`, as long as anyone listens.
  public func reportSlowQueries(over threshold: Duration) { core.slowThreshold.withLock { $0 = threshold } }
}
