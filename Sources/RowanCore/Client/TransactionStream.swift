import Synchronization

/// A stream inside a transaction: each batch waits its turn among the transaction's other statements, and it ends with
/// the transaction or the savepoint it was opened in.
final class TransactionStream: DriverStream {
  private let stream: any DriverStream
  private let state: TransactionState
  /// How deep it was opened.
  let depth: Int
  private let isOver = Atomic<Bool>(false)

  init(_ stream: any DriverStream, state: TransactionState, depth: Int) {
    self.stream = stream
    self.state = state
    self.depth = depth
  }

  func nextBatch<R: Sendable>(limit: Int, _ consume: @Sendable (RowSource) throws -> R) async throws -> R? {
    try await state.use(depth) { _ in
      // A savepoint of the same depth may be open by now.
      if isOver.load(ordering: .acquiring) { throw TransactionState.closedRefusal }
      return try await stream.nextBatch(limit: limit, consume)
    }
  }

  func close() async { await state.end(self) }

  /// Ends it, once. Only inside the gate of the transaction.
  func end() async {
    if !isOver.exchange(true, ordering: .acquiringAndReleasing) { await stream.close() }
  }
}
