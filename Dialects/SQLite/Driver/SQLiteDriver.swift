public import RowanCore

/// The connections of one SQLite database: one that writes, and some that read.
///
/// A query runs at once on the caller's thread, which beats every hand-over to another; what takes long belongs on an
/// executor of the caller's choice. Every isolation level is granted as serializable, which SQLite always is.
public final class SQLiteDriver: Driver {
  /// SQLite's dialect.
  public let dialect: any Dialect

  /// Reports connections that are opened, after the first, and closed.
  public let connectionObserver: ConnectionObserver? = ConnectionObserver()

  private let configuration: SQLiteConfiguration
  /// Whether statements may take any time.
  private let isUnlimited: Bool
  private let opener: ConnectionOpener
  private let readers: ConnectionPool
  private let writer: ConnectionPool

  /// Opens the database's writer; readers follow when they are needed.
  public init(_ configuration: SQLiteConfiguration) async throws {
    self.configuration = configuration
    isUnlimited = configuration.pool.statementTimeout == nil
    writer = ConnectionPool(role: .writer, maximum: 1)
    // A database in memory belongs to its connection, so that readers share the writer's.
    readers =
      configuration.location == .memory
      ? writer : ConnectionPool(role: .reader, maximum: configuration.pool.maxConnections)
    let first = try await ConnectionOpener(configuration: configuration, resolved: nil, observer: connectionObserver)
      .open(.writer, closing: writer.closing)
    dialect = SQLiteDialect(capabilities: first.capabilities)
    opener = ConnectionOpener(
      configuration: configuration, resolved: ConnectionOpener.path(of: first), observer: connectionObserver)
    writer.adopt(first)
  }

  /// Runs a statement at once, on a reader or on the writer as ``Compiled/access`` says.
  public func run<R: Sendable>(
    _ call: DriverCall, _ consume: @Sendable (RowSource) throws -> R
  ) async throws -> R {
    let pool = pool(call.compiled.access)
    if let timeout = call.timeout ?? configuration.pool.statementTimeout {
      return try await run(call, on: pool, deadline: .after(timeout), consume)
    }
    let connection: SQLiteConnection
    if let idle = pool.take() { connection = idle } else { connection = try await acquire(pool, nil, .none) }
    defer { pool.give(connection) }
    call.probe?.connectionTaken()
    // No call to another asynchronous function on the way of a query that waits for nothing.
    if let statement = try connection.start(call) { return try connection.read(statement, consume) }
    return try connection.read(try await connection.startWhenUnlocked(call), consume)
  }

  /// Queries run on the caller's thread.
  public var runsInProcess: Bool { true }

  public func runNow(_ call: DriverCall, _ consume: (RowSource) throws -> Void) throws -> Bool {
    guard isUnlimited, call.timeout == nil else { return false }
    let pool = pool(call.compiled.access)
    guard let connection = pool.take() else { return false }
    let isDone: Bool
    do {
      isDone = try connection.runNow(call, consume)
    } catch {
      pool.give(connection)
      throw error
    }
    pool.give(connection)
    return isDone
  }

  private func run<R: Sendable>(
    _ call: DriverCall, on pool: ConnectionPool, deadline: Deadline,
    _ consume: @Sendable (RowSource) throws -> R
  ) async throws -> R {
    let connection: SQLiteConnection
    if let idle = pool.take() { connection = idle } else { connection = try await acquire(pool, nil, deadline) }
    defer { pool.give(connection) }
    call.probe?.connectionTaken()
    connection.interruption.deadline = deadline
    if let statement = try connection.start(call) { return try connection.read(statement, consume) }
    return try connection.read(try await connection.startWhenUnlocked(call), consume)
  }

  /// Lends a reader or the writer. Statements that open or end transactions are ``RowanError/Code/unsupported``, and a
  /// connection whose settings were changed, or to which a database was attached, is opened anew afterwards; one of a
  /// database in memory gets its settings back.
  public func withConnection<R: Sendable>(
    _ lease: Lease, _ body: @Sendable (any DriverConnection) async throws -> R
  ) async throws -> R {
    let pool = pool(lease.access)
    let connection = try await acquire(pool, lease.timeout, .none, site: lease.site)
    defer { pool.give(connection) }
    connection.isLeasedForReading = lease.access == .read
    return try await body(connection)
  }

  /// Rows in batches; a stream that reads keeps its snapshot until it ends. Of a database in memory the rows are copied
  /// at once, so that its only connection is free meanwhile.
  public func stream(_ call: DriverCall) async throws -> any DriverStream {
    if readers === writer { return BufferedStream(try await run(call) { try StoredRows($0) }) }
    let pool = pool(call.compiled.access)
    let connection = try await acquire(pool, nil, .none)
    call.probe?.connectionTaken()
    do {
      return PooledStream(try await StreamReader.open(call, on: connection), of: pool)
    } catch {
      pool.give(connection)
      throw error
    }
  }

  /// Refuses new work, waits for what runs, then closes. What still runs after `timeout` is stopped with
  /// ``RowanError/Code/databaseClosed``.
  public func close(timeout: Duration) async {
    let limit = Deadline.after(timeout)
    readers.refuse()
    writer.refuse()
    await readers.drain(until: limit)
    await writer.drain(until: limit)
  }

  private func pool(_ access: RawStatement.Access) -> ConnectionPool { access == .read ? readers : writer }

  /// Borrows a connection, waiting for one where it must.
  /// - Parameters:
  ///   - timeout: how long to wait at most, instead of the pool's own limit.
  ///   - deadline: when the statement it is for must be done.
  ///   - site: where it is asked for, if that is known.
  private func acquire(
    _ pool: ConnectionPool, _ timeout: Duration?, _ deadline: Deadline, site: CallSite? = nil
  ) async throws -> SQLiteConnection {
    if let idle = pool.take() { return idle }
    if Task.isCancelled { throw SQLiteConnection.cancelled(nil) }
    let waited = timeout ?? configuration.pool.checkoutTimeout
    let limit = Deadline.after(waited)
    let grant = try await pool.acquire(deadline: min(limit, deadline)) {
      if let mark = mark, holds(mark, pool) { throw mark.nestedCheckout(from: site) }
    } timedOut: { lent in
      if deadline < limit { return SQLiteConnection.stopped(.timeout, nil) }
      if let mark { return mark.nestedCheckout(from: site) }
      return RowanError(
        .poolTimeout, "no connection became free within \(waited); \(lent) in use",
        hint: pool.role == .writer
          ? "SQLite has one writer at a time: keep transactions short"
          : "keep transactions short, or raise maxConnections")
    }
    switch grant {
    case .connection(let connection): return connection
    case .slot:
      do {
        return try await opener.open(pool.role, closing: pool.closing)
      } catch {
        pool.discard()
        throw error
      }
    }
  }

  /// The transaction of this database that the current task is inside.
  private var mark: TransactionMark? {
    guard let mark = TransactionMark.current, mark.driver == ObjectIdentifier(self) else { return nil }
    return mark
  }

  /// Whether a transaction has the only connection there is.
  private func holds(_ mark: TransactionMark, _ pool: ConnectionPool) -> Bool {
    pool === writer && (mark.access == .write || readers === writer)
  }
}
