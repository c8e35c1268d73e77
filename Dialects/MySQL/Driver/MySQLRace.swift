internal import Synchronization

/// The first of several results.
final class MySQLRace<Value: Sendable>: Sendable {
  private enum State {
    case empty
    case waiting(CheckedContinuation<Value, any Error>)
    case finished(Result<Value, any Error>)
    case taken
  }
  private let state = Mutex(State.empty)

  /// Offers a result after `delay`. The task it returns can be cancelled.
  @discardableResult
  func finish(_ result: Result<Value, any Error>, after delay: Duration) -> Task<Void, Never> {
    Task.detached {
      // Cancelled means that the result is not wanted.
      guard (try? await Task.sleep(for: delay)) != nil else { return }
      self.finish(result)
    }
  }

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
