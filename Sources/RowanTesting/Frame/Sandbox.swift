public import RowanCore

extension Database {
  /// Runs `body` in a transaction that is rolled back however it ends, so that a test leaves nothing behind.
  ///
  /// Savepoints inside work as usual. On engines that commit by themselves at DDL (MySQL, MariaDB) create tables
  /// outside.
  public func sandbox<R: Sendable>(
    file: StaticString = #fileID, line: UInt = #line, _ body: @Sendable (Transaction) async throws -> R
  ) async throws -> R {
    do {
      return try await transaction(file: file, line: line) { (transaction: Transaction) async throws -> R in
        throw SandboxEnd(result: try await body(transaction))
      }
    } catch let end as SandboxEnd<R> {
      return end.result
    }
  }
}

/// Ends a sandbox by an error, which is what rolls a transaction back.
private struct SandboxEnd<R: Sendable>: Error {
  let result: R
}
