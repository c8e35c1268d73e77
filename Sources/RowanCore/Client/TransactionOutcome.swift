/// How a transaction ended, before its hooks have run.
struct TransactionOutcome<R: Sendable>: Sendable {
  let state: TransactionState
  let result: Result<R, any Error>
  /// Whether it is known what became of the transaction.
  let isKnown: Bool

  init(_ state: TransactionState, _ result: Result<R, any Error>, isKnown: Bool = true) {
    self.state = state
    self.result = result
    self.isKnown = isKnown
  }

  /// Runs the hooks that are due and hands the result on.
  func ended() async throws -> R {
    switch result {
    case .success(let value):
      await state.runHooks(committed: true)
      return value
    case .failure(let error):
      await state.runHooks(committed: isKnown ? false : nil)
      throw error
    }
  }
}
