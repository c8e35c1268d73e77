import Synchronization

extension DatabaseCore {
  /// Runs `call` through `run`, telling listeners about it if there are any.
  func observed<R: Sendable>(
    _ call: DriverCall, transaction: Int?, label: String?,
    run: (@Sendable (RowSource) throws -> R) async throws -> R,
    consume: @Sendable (RowSource) throws -> R
  ) async throws -> R {
    guard events.isActive else { return try await run(consume) }
    let started = ContinuousClock.now
    let facts = Mutex(Facts())
    func event() -> QueryEvent {
      let facts = facts.withLock { $0 }
      return QueryEvent(
        sql: call.compiled.sql, bindCount: call.binds.count, duration: started.duration(to: .now),
        decodeDuration: facts.decode, rows: facts.rows, affectedRows: facts.affectedRows, transaction: transaction,
        label: label)
    }
    do {
      let result = try await run { source in
        let begin = ContinuousClock.now
        let result = try consume(source)
        facts.withLock { $0 = Facts(source, decode: begin.duration(to: .now)) }
        return result
      }
      let event = event()
      events.emit(.query(event))
      if let limit = slowThreshold.withLock({ $0 }), event.duration > limit { events.emit(.slowQuery(event)) }
      return result
    } catch {
      let wrapped = (error as? RowanError) ?? RowanError(.internalError, "a statement failed", cause: error)
      events.emit(.queryError(event(), wrapped))
      throw error
    }
  }

  private struct Facts: Sendable {
    var decode = Duration.zero
    var rows = 0
    var affectedRows = 0

    init() {}

    init(_ source: RowSource, decode: Duration) {
      self.decode = decode
      rows = source.rowsRead
      affectedRows = source.affectedRows
    }
  }
}

extension Database {
  /// Calls `handler` for every event, in order, away from the task that caused it.
  /// - Returns: a token; the handler is called as long as it lives.
  public func on(_ handler: @escaping @Sendable (DatabaseEvent) -> Void) -> EventToken {
    let hub = core.events
    let id = hub.listen(handler)
    return EventToken { hub.remove(id) }
  }

  /// The events as a sequence; the oldest are dropped when nobody reads them.
  public func events(buffering limit: Int = 1024) -> AsyncStream<DatabaseEvent> {
    let (stream, continuation) = AsyncStream<DatabaseEvent>.makeStream(bufferingPolicy: .bufferingNewest(limit))
    let token = on { continuation.yield($0) }
    continuation.onTermination = { _ in token.cancel() }
    return stream
  }

  /// Returns once listeners have seen every event emitted before the call, or at once when nobody listens.
  public func eventsDelivered() async { await core.events.delivered() }

  /// Emits ``DatabaseEvent/slowQuery(_:)`` for statements that take longer than `threshold`, as long as anyone listens.
  public func reportSlowQueries(over threshold: Duration) { core.slowThreshold.withLock { $0 = threshold } }
}
