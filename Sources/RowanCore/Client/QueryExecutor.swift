/// Anything a statement runs on: a database, a transaction, a savepoint.
public protocol QueryExecutor: Sendable {
  /// Runs `statement` and reads its rows with `consume`, which is called at most once.
  func execute<R: Sendable>(
    _ statement: Statement, _ consume: @Sendable (RowSource) throws -> R
  ) async throws -> R

  /// Runs `statement` and reads its rows without waiting for anything, where that can be done: on an engine in process
  /// with a connection at hand.
  /// - Returns: false, nothing having happened, where ``execute(_:_:)`` has to be asked.
  func executeNow(_ statement: Statement, _ consume: (RowSource) throws -> Void) throws -> Bool

  /// Sends `statement`, where a connection for it is at hand on the calling task's executor. Its answer has to be waited
  /// for next.
  /// - Returns: nil, nothing having happened, where ``execute(_:_:)`` has to be asked.
  func start(_ statement: Statement) throws -> StartedStatement?

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

extension QueryExecutor {
  public func executeNow(_ statement: Statement, _ consume: (RowSource) throws -> Void) throws -> Bool { false }
  public func start(_ statement: Statement) throws -> StartedStatement? { nil }

  /// Runs `statement` at once where that can be done, since each call to an asynchronous function, and each return from
  /// one, costs a tenth of what SQLite takes to find a row; else waiting for what has to be waited for, in as few
  /// functions as can be.
  @inlinable @inline(__always) func perform<R: Sendable>(
    _ statement: Statement, _ consume: @Sendable (RowSource) throws -> R
  ) async throws -> R {
    var result: R?
    if try !executeNow(statement, { source in result = try consume(source) }) {
      // An actor's code comes back to the actor, wherever that runs then, and not to where it was sent.
      // Bound and compared by identity, because `#isolation == nil` makes the compiler emit invalid code here.
      let isolation: (any Actor)? = #isolation
      guard isolation === nil, let started = try start(statement) else { return try await execute(statement, consume) }
      try await started.call.answer()
      guard try started.read({ source in result = try consume(source) }) else {
        return try await execute(statement, consume)
      }
    }
    // Consumed, or a large row would be copied, string by string. A statement that ran is never run again.
    guard let result = consume result else { throw RowanError.internalFailure("a statement ran and nobody read it") }
    return result
  }
}

/// A statement that has been sent.
public struct StartedStatement: Sendable {
  @usableFromInline let call: any StartedCall
  private let compiled: Compiled

  init(_ call: any StartedCall, _ compiled: Compiled) {
    self.call = call
    self.compiled = compiled
  }

  /// Reads its rows, once they are there.
  /// - Returns: false where the statement has to be run anew.
  @usableFromInline func read(_ consume: (RowSource) throws -> Void) throws -> Bool {
    let compiled = compiled
    return try call.read { source in try RowConsumer.read(source, compiled, consume) }
  }
}
