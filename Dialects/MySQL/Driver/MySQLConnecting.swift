internal import RowanCore
internal import Synchronization

/// Opening on a helper thread, with a limit that holds even where the library's own does not reach.
enum MySQLConnecting {
  static func open(_ opener: MySQLOpener, _ threads: BlockingThreads) async throws -> MySQLOpened {
    let limit = opener.configuration.pool.connectTimeout
    let race = MySQLRace<MySQLOpened>()
    // Dropping a connection that comes too late closes it.
    threads.submit { race.finish(Result { try opener.open() }) }
    let timer = Task.detached {
      try await Task.sleep(for: limit)
      race.finish(
        .failure(
          RowanError(
            .connectTimeout, "\(opener.configuration) did not answer within the connect timeout",
            hint: "check host, port and firewall, or raise connect-timeout")))
    }
    defer { timer.cancel() }
    return try await withTaskCancellationHandler {
      try await race.value()
    } onCancel: {
      race.finish(.failure(MySQLConnection.cancelledError(nil)))
    }
  }
}

/// The first of several results.
private final class MySQLRace<Value: Sendable>: Sendable {
  private enum State {
    case empty
    case waiting(CheckedContinuation<Value, any Error>)
    case finished(Result<Value, any Error>)
    case taken
  }
  private let state = Mutex(State.empty)

  /// Offers a result; only the first counts.
  func finish(_ result: Result<Value, any Error>) {
    let waiter: CheckedContinuation<Value, any Error>? = state.withLock { state in
      switch state {
      case .empty:
        state = .finished(result)
        return nil
      case .waiting(let waiter):
        state = .taken
        return waiter
      case .finished, .taken: return nil
      }
    }
    waiter?.resume(with: result)
  }

  /// Waits for the first result. Call it once.
  func value() async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
      let result: Result<Value, any Error>? = state.withLock { state in
        if case .finished(let result) = state {
          state = .taken
          return result
        }
        state = .waiting(continuation)
        return nil
      }
      if let result { continuation.resume(with: result) }
    }
  }
}
