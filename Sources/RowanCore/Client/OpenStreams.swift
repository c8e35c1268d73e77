import Synchronization

/// The streams that a transaction has open, so that none is left when its connection goes on to others.
final class OpenStreams: Sendable {
  private struct State {
    var open: [ObjectIdentifier: any DriverStream] = [:]
    /// Those whose readers have let go of them.
    var abandoned: [ObjectIdentifier] = []
  }

  private let state = Mutex(State())
  private let abandons = Atomic<Bool>(false)

  /// Whether there are streams that nobody reads any more.
  var hasAbandoned: Bool { abandons.load(ordering: .acquiring) }

  func add(_ stream: any DriverStream) { state.withLock { $0.open[ObjectIdentifier(stream)] = stream } }

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
    state.withLock { $0.open.removeValue(forKey: ObjectIdentifier(stream)) != nil }
  }

  /// Takes out what nobody reads any more.
  func takeAbandoned() -> [any DriverStream] {
    state.withLock { state in
      defer { state.abandoned = [] }
      abandons.store(false, ordering: .releasing)
      return state.abandoned.compactMap { state.open.removeValue(forKey: $0) }
    }
  }

  /// Takes everything out.
  func takeAll() -> [any DriverStream] {
    state.withLock { state in
      defer { state = State() }
      abandons.store(false, ordering: .releasing)
      return Array(state.open.values)
    }
  }
}
