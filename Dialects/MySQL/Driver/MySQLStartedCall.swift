internal import RowanCore

/// A statement that was sent, or will be as soon as a connection of its lane is free, and the task that waits for it.
///
/// One that waits for a connection is sent by whoever gives that back, so that its task is woken once: by the answer.
final class MySQLStartedCall: StartedCall, @unchecked Sendable {
  // Proof for @unchecked: only touched on the lane's thread.

  let call: DriverCall
  private let shard: MySQLShard
  private let driver: ObjectIdentifier
  /// When it was told to wait for a connection.
  let since: LaneInstant
  private var sent: MySQLSentStatement?
  // Proof for the unsafe continuation: `park` keeps one until it is taken out and resumed; a call in the queue leaves it
  // by being sent, sent away or failed, each of which does so.
  private var continuation: UnsafeContinuation<FDSource.Readiness, any Error>?
  /// Whether it waits for a connection.
  private var isQueued: Bool
  private var isRoused = false
  /// Whether the task's wait went over to the connection's socket.
  private var hasWaited = false
  /// Whether the server has to prepare it anew.
  private var isStale = false
  private var error: (any Error)?
  /// Its place in the order of those who wait.
  var arrival: UInt64 = 0
  /// Turns of the queue's timer it has seen.
  var ticks = 0
  /// The one that came after.
  var next: MySQLStartedCall?

  /// - Parameter sent: nil for one that waits for a connection.
  init(_ call: DriverCall, _ sent: MySQLSentStatement?, of shard: MySQLShard, _ driver: ObjectIdentifier) {
    self.call = call
    self.sent = sent
    self.shard = shard
    self.driver = driver
    isQueued = sent == nil
    since = shard.lane.now
  }

  nonisolated(nonsending) func answer() async throws {
    var waited: Result<FDSource.Readiness, any Error>?
    if isQueued {
      let turn = await turn()
      if hasWaited { waited = turn }
      // Whoever sends a statement away has no connection for it either.
      guard sent != nil else {
        _ = try turn.mapError { shard.failure($0, call, driver: driver) }.get()
        return
      }
    }
    guard let sent else { return }
    do {
      isStale = try await !sent.connection.answer(sent, call, waited: waited)
    } catch {
      shard.release(sent.connection)
      throw error
    }
  }

  func read(_ consume: (RowSource) throws -> Void) throws -> Bool {
    guard let sent else { return false }
    defer { shard.release(sent.connection) }
    if isStale { return false }
    try sent.connection.readKnown(sent, call, consume)
    return true
  }

  /// Waits until it has been sent and the server has said something.
  private nonisolated(nonsending) func turn() async -> Result<FDSource.Readiness, any Error> {
    do {
      // Watching for cancellation costs a tenth of a short query, so that only long waits do.
      let ready = try await withUnsafeThrowingContinuation { park($0) }
      guard isRoused, isQueued else { return .success(ready) }
      let lane = shard.lane
      return .success(
        try await withTaskCancellationHandler {
          try await withUnsafeThrowingContinuation { park($0) }
        } onCancel: {
          lane.post { self.cancel() }
        })
    } catch {
      return .failure(error)
    }
  }

  private func park(_ continuation: UnsafeContinuation<FDSource.Readiness, any Error>) {
    if let error {
      continuation.resume(throwing: error)
    } else if sent != nil {
      wait(continuation)
    } else if isQueued {
      self.continuation = continuation
    } else {
      continuation.resume(returning: [])
    }
  }

  private func wait(_ continuation: UnsafeContinuation<FDSource.Readiness, any Error>) {
    guard let sent, sent.wanted != 0, let source = sent.connection.source else {
      return continuation.resume(returning: [])
    }
    hasWaited = true
    let connection = sent.connection
    source.resume(continuation, when: connection.interest(sent.wanted), deadline: connection.patience)
  }

  /// Sends it on a connection that is free.
  /// - Returns: whether the connection is in use now. If not, the call is done for, or goes the long way.
  func send(on connection: MySQLConnection) -> Bool {
    do {
      guard let sent = try connection.sendKnown(call) else {
        sendAway()
        return false
      }
      self.sent = sent
    } catch {
      fail(error)
      return false
    }
    isQueued = false
    if let continuation = takeContinuation() { wait(continuation) }
    return true
  }

  /// Lets the task ask for a connection itself.
  func sendAway() {
    isQueued = false
    takeContinuation()?.resume(returning: [])
  }

  /// Ends the wait for a connection with an error.
  func fail(_ error: any Error) {
    isQueued = false
    self.error = error
    takeContinuation()?.resume(throwing: error)
  }

  /// Wakes the task, which had better watch for its cancellation.
  func rouse() {
    guard !isRoused else { return }
    isRoused = true
    takeContinuation()?.resume(returning: [])
  }

  private func cancel() {
    if isQueued {
      shard.leave(self)
      fail(MySQLConnection.cancelledError(call.compiled.sql))
    } else if let sent {
      sent.connection.interrupt(sent.number)
    }
  }

  private func takeContinuation() -> UnsafeContinuation<FDSource.Readiness, any Error>? {
    defer { continuation = nil }
    return continuation
  }
}
