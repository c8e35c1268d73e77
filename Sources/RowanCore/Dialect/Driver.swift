/// A pool of connections to one database.
///
/// A driver never looks at a tree: it is handed text, values in placeholder order, and the types of both.
public protocol Driver: AnyObject, Sendable {
  /// The engine behind it, with the capabilities of the version found at connect.
  var dialect: any Dialect { get }

  /// The statement outside any transaction, on a connection of the driver's choice.
  /// - Parameters:
  ///   - call: what to run.
  ///   - consume: reads the rows. Called at most once, where the connection lives.
  func run<R: Sendable>(_ call: DriverCall, _ consume: @Sendable (RowSource) throws -> R) async throws -> R

  /// Whether the engine is in process, so that a statement for which a connection is at hand waits for nothing and
  /// ``runNow(_:_:)`` is worth a try.
  var runsInProcess: Bool { get }

  /// The same as ``run(_:_:)`` where nothing has to be waited for.
  /// - Returns: false, nothing having happened, where a connection or a lock has to be waited for.
  func runNow(_ call: DriverCall, _ consume: (RowSource) throws -> Void) throws -> Bool

  /// Whether ``start(_:)`` is worth a try: a connection can be at hand where the calling task runs.
  var canStart: Bool { get }

  /// Sends a statement whose answer then has to be waited for, if a connection for it is at hand where the calling task
  /// runs. Between this and ``StartedCall/answer()`` the task must not wait for anything else, and what asks must be
  /// isolated to no actor: an actor's code need not come back to where it waited.
  /// - Returns: nil, nothing having happened, where ``run(_:_:)`` has to be asked.
  func start(_ call: DriverCall) throws -> (any StartedCall)?

  /// Borrows one connection for the length of `body`.
  ///
  /// `body` and everything it awaits run where the connection lives (its lane, or the caller's executor for an engine
  /// in process). However it ends, the connection is given back without an open transaction.
  func withConnection<R: Sendable>(
    _ lease: Lease, _ body: @Sendable (any DriverConnection) async throws -> R
  ) async throws -> R

  /// Rows in batches, at the caller's pace, holding a connection until the stream ends or is closed.
  func stream(_ call: DriverCall) async throws -> any DriverStream

  /// Where the driver reports connections it opens, closes and loses; nil for a driver that has none to report.
  var connectionObserver: ConnectionObserver? { get }

  /// Where the driver's connections live, for tasks that want to start there; nil where queries run on the caller's
  /// own executor.
  var preferredExecutor: (any TaskExecutor)? { get }

  /// Takes no more work, waits until what runs has finished, at most `timeout`, then closes every connection.
  func close(timeout: Duration) async
}

extension Driver {
  public var preferredExecutor: (any TaskExecutor)? { nil }
  public var connectionObserver: ConnectionObserver? { nil }
  public var runsInProcess: Bool { false }
  public func runNow(_ call: DriverCall, _ consume: (RowSource) throws -> Void) throws -> Bool { false }
  public var canStart: Bool { false }
  public func start(_ call: DriverCall) throws -> (any StartedCall)? { nil }
}

/// A statement that has been sent.
///
/// It is run in three steps rather than one, so that one asynchronous function stands between a query and the answer,
/// and none that is generic over what is made of it.
public protocol StartedCall: AnyObject, Sendable {
  /// Waits for the answer. Called once; when it throws, the connection is given back.
  nonisolated(nonsending) func answer() async throws

  /// Reads the rows, and gives the connection back. Called once, right after ``answer()``.
  /// - Returns: false, `consume` not having been called, for a statement that changed nothing and has to be run anew:
  ///   one whose preparation the server no longer has, say.
  /// - Throws: the server's error, and what `consume` throws.
  func read(_ consume: (RowSource) throws -> Void) throws -> Bool
}

/// What a connection is borrowed for.
public struct Lease: Sendable {
  /// Whether it may write; engines with one writer queue for it.
  public var access: RawStatement.Access
  /// How long to wait for a connection; nil for the pool's own deadline.
  public var timeout: Duration?
  /// Where it is asked for, if that is known; for errors.
  public var site: CallSite?

  /// Makes a lease.
  public init(access: RawStatement.Access, timeout: Duration? = nil, site: CallSite? = nil) {
    self.access = access
    self.timeout = timeout
    self.site = site
  }
}

/// One statement ready to run.
public struct DriverCall: Sendable {
  /// Text and plans.
  public var compiled: Compiled
  /// The values, in placeholder order.
  public var binds: ContiguousArray<SQLValue>
  /// The longest the statement may take, waiting for a connection included; nil for the driver's own limit.
  public var timeout: Duration?
  /// What wants to know when the driver has a connection for it; nil where nobody measures.
  public internal(set) var probe: QueryProbe?

  /// Makes a call.
  @inlinable public init(_ compiled: Compiled, _ binds: ContiguousArray<SQLValue>, timeout: Duration? = nil) {
    self.compiled = compiled
    self.binds = binds
    self.timeout = timeout
  }
}

/// One borrowed connection. Calls do not overlap: the core queues them.
public protocol DriverConnection: AnyObject, Sendable {
  /// Runs one statement and reads its rows.
  func run<R: Sendable>(_ call: DriverCall, _ consume: @Sendable (RowSource) throws -> R) async throws -> R

  /// The same where nothing has to be waited for.
  /// - Returns: false, nothing having happened, where something has to.
  func runNow(_ call: DriverCall, _ consume: (RowSource) throws -> Void) throws -> Bool

  /// Runs one statement once for each of `rows` rows of values, laid out one after another in `values`.
  /// - Returns: the rows changed, over all.
  func runMany(_ compiled: Compiled, values: ContiguousArray<SQLValue>, rows: Int) async throws -> Int

  /// Runs statements that do not depend on each other's results, in order, in as few round trips as the engine has.
  /// - Returns: the rows each changed. The first failure ends the batch and is thrown.
  func runBatch(_ calls: [DriverCall]) async throws -> [Int]

  /// Rows in batches; the connection is busy until the stream is closed.
  func stream(_ call: DriverCall) async throws -> any DriverStream

  /// Whether a statement outside the library's transactions commits by itself: false once one has opened a transaction
  /// of its own, or has switched that off.
  var isAutocommitting: Bool { get }

  /// Opens a transaction. May travel with the first statement; an empty transaction sends nothing.
  func begin(_ options: TransactionOptions) async throws
  /// Commits.
  func commit() async throws
  /// Rolls back. Never leaves the transaction open: a connection that cannot roll back is discarded.
  func rollback() async throws
  /// Opens the savepoint of nesting `depth`, which names it.
  func savepoint(_ depth: Int) async throws
  /// Releases the savepoint of nesting `depth`.
  func releaseSavepoint(_ depth: Int) async throws
  /// Undoes everything since the savepoint of nesting `depth`, and releases it.
  func rollbackToSavepoint(_ depth: Int) async throws
}

extension DriverConnection {
  public var isAutocommitting: Bool { true }
  public func runNow(_ call: DriverCall, _ consume: (RowSource) throws -> Void) throws -> Bool { false }
}

/// Rows in batches.
public protocol DriverStream: AnyObject, Sendable {
  /// Reads up to `limit` rows. `consume` is called once, with a source that ends after them.
  /// - Returns: nil after the last row.
  func nextBatch<R: Sendable>(limit: Int, _ consume: @Sendable (RowSource) throws -> R) async throws -> R?

  /// Ends the stream early and gives the connection back. Safe to call twice.
  func close() async

  /// Sees to it that the stream is closed although its reader has let go of it and waits for nothing.
  func abandon()
}

extension DriverStream {
  /// Closes the stream in the background.
  public func abandon() { Task { await self.close() } }
}
