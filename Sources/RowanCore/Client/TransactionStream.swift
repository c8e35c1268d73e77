/// A stream inside a transaction: each batch waits its turn among the transaction's other statements.
final class TransactionStream: DriverStream {
  private let stream: any DriverStream
  private let state: TransactionState
  private let token: Int

  init(_ stream: any DriverStream, state: TransactionState, token: Int) {
    self.stream = stream
    self.state = state
    self.token = token
  }

  func nextBatch<R: Sendable>(limit: Int, _ consume: @Sendable (RowSource) throws -> R) async throws -> R? {
    try await state.send(token) { _ in try await stream.nextBatch(limit: limit, consume) }
  }

  func close() async { await state.end(stream) }

  // The transaction's next statement, or its end, closes it; the task is for one that does nothing for long.
  func abandon() {
    state.abandon(stream)
    Task { await self.close() }
  }
}
