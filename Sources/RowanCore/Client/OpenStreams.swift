import Synchronization

/// The streams that a transaction has open, so that none is left when its connection goes on to others.
final class OpenStreams: Sendable {
  private struct State {
    var open: [ObjectIdentifier: (stream: any DriverStream, depth: Int)] = [:]
    /// Those whose readers have let go of them.
    var abandoned: [ObjectIdentifier] = []
  }

  private let state = Mutex(State())
  private let abandons = Atomic<Bool>(false)

  /// Whether there are streams that nobody reads any more.
  var hasAbandoned: Bool { abandons.load(ordering: .acquiring) }

  /// Adds `stream`, opened in a savepoint of nesting `depth`, 0 being the transaction.
  func add(_ stream: any DriverStream, _ depth: Int) {
    state.withLock { $0.open[ObjectIdentifier(stream)] = (stream, depth) }
  }

  /// Notes that nobody reads `stream` any more.
  func abandon(_ stream: any DriverStream) {
    state.withLock { state in
      guard state.open[ObjectIdentifier(stream)] != nil else { return }
      state.abandoned.append(ObjectIdentifier(stream))
      abandons.store(true, ordering: .releasing)
    }
  }

  /// Takes `stream` out.
  /// - Returns: whether it was still open.
  func remove(_ stream: any DriverStream) -> Bool {
    state.withLock { state in
      state.abandoned.removeAll { $0 == ObjectIdentifier(stream) }
      return state.open.removeValue(forKey: ObjectIdentifier(stream)) != nil
    }
  }

  /// Takes out what nobody reads any more.
  func takeAbandoned() -> [any DriverStream] {
    state.withLock { state in
      defer { state.abandoned = [] }
      abandons.store(false, ordering: .releasing)
      return state.abandoned.compactMap { state.open.removeValue(forKey: $0)?.stream }
    }
  }

  /// Takes out what was opened in savepoints of nesting `depth` and more, and what nobody reads any more.
  func take(from depth: Int) -> [any DriverStream] {
    takeAbandoned()
      + state.withLock { state in
        let over = state.open.filter { $0.value.depth >= depth }
        for id in over.keys { state.open[id] = nil }
        return over.values.map(\.stream)
      }
  }
}
