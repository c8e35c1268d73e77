/// Anything a statement runs on: a database, a transaction, a savepoint.
public protocol QueryExecutor: Sendable {
  /// Runs `statement` and reads its rows with `consume`, which is called at most once.
  func execute<R: Sendable>(
    _ statement: Statement, _ consume: @Sendable (RowSource) throws -> R
  ) async throws -> R

  /// Runs `body` with a connection of its own, inside a transaction.
  ///
  /// A database opens one, a transaction hands itself on: what takes several statements is all or nothing either way.
  func atomically<R: Sendable>(
    access: RawStatement.Access, _ body: @Sendable (Transaction) async throws -> R
  ) async throws -> R

  /// Opens a stream of rows.
  func openStream(_ statement: Statement) async throws -> (any DriverStream, Compiled)

  /// The engine.
  var dialect: any Dialect { get }
}
