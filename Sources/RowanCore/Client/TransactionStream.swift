/// A stream inside a transaction: each batch waits its turn among the transaction's other statements.
final class TransactionStream: DriverStream {
  private let stream: any DriverStream
  private let state: TransactionState
  private let depth: Int

  init(_ stream: any DriverStream, state: TransactionState, depth: Int) {
    self.stream = stream
    self.state = state
    self.depth = depth
  }

  func nextBatch<R: Sendable>(limit: Int, _ consume: @Sendable (RowSource) throws -> R) async throws -> R? {
    try await state.use(depth) { _ in try await stream.nextBatch(limit: limit, consume) }
  }

  func close() async { await state.exclusively { await self.stream.close() } }
}
