import Synchronization

/// Measures one statement for those who listen, and for plugins that observe results.
public final class QueryProbe: Sendable {
  private struct Facts: Sendable {
    /// How long it had no connection; nil for as long as it has none.
    var queue: Duration?
    /// How long it was worked on; nil where that is all the time.
    var work: Duration?
    var decode = Duration.zero
    var rows = 0
    var affectedRows = 0
  }

  private let core: DatabaseCore
  // Not the call, which has the probe.
  private let compiled: Compiled
  private let bindCount: Int
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
    compiled = call.compiled
    bindCount = call.binds.count
    self.transaction = transaction
    self.label = label
  }

  /// Notes that there is a connection now, on which the statement runs next. Called by drivers; where it is called
  /// again, the statement had to wait for another.
  public func connectionTaken() {
    let now = ContinuousClock.now
    facts.withLock { $0.queue = started.duration(to: now) }
  }

  /// Reads rows, noting how long it took.
  func read<R>(_ source: RowSource, _ consume: (RowSource) throws -> R) throws -> R {
    let begin = ContinuousClock.now
    let result = try consume(source)
    facts.withLock {
      $0.decode = begin.duration(to: .now)
      $0.rows = source.rowsRead
      $0.affectedRows = source.affectedRows
    }
    return result
  }

  /// The text of what is measured.
  var sql: String { compiled.sql }

  private func event(hasFailed: Bool) -> QueryEvent {
    let facts = facts.withLock { $0 }
    let duration = started.duration(to: .now)
    // One that failed without a connection did nothing but wait; one that ran had one, told of or not.
    let queue = facts.queue ?? (hasFailed ? duration : .zero)
    return QueryEvent(
      sql: compiled.sql, bindCount: bindCount, duration: duration, queueDuration: queue,
      executeDuration: max(.zero, (facts.work ?? duration) - queue - facts.decode), decodeDuration: facts.decode,
      rows: facts.rows, affectedRows: facts.affectedRows, transaction: transaction, label: label)
  }

  /// Notes that a stream was opened: from now on only the time counts that is spent on its batches.
  func opened() { facts.withLock { $0.work = started.duration(to: .now) } }

  /// Notes that a stream was worked on from `begin` until now.
  func worked(since begin: ContinuousClock.Instant) {
    let time = begin.duration(to: .now)
    facts.withLock { $0.work = ($0.work ?? .zero) + time }
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
    let event = event(hasFailed: false)
    core.events.emit(.query(event))
    reportSlow(event)
    core.didRun(event, compiled)
  }

  func failed(_ error: any Error) {
    let event = event(hasFailed: true)
    core.events.emit(.queryError(event, RowanError.reported(error)))
    reportSlow(event)
  }

  private func reportSlow(_ event: QueryEvent) {
    if let limit = core.slowThreshold.withLock({ $0 }), event.duration > limit { core.events.emit(.slowQuery(event)) }
  }
}

extension DriverCall {
  /// The same call, whose driver tells `probe` of the connection.
  func observed(by probe: QueryProbe?) -> DriverCall {
    var call = self
    call.probe = probe
    return call
  }
}

extension DatabaseCore {
  /// Reports a statement that was refused before it was sent.
  @inline(never) func refused(_ error: any Error, transaction: Int?, label: String?) {
    guard events.isActive else { return }
    let reported = RowanError.reported(error)
    let event = QueryEvent(
      sql: reported.sql ?? "", bindCount: 0, duration: .zero, queueDuration: .zero, executeDuration: .zero,
      decodeDuration: .zero, rows: 0, affectedRows: 0, transaction: transaction, label: label)
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
