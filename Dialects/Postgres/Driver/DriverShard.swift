internal import CPostgres
internal import RowanCore

/// What one lane has: its share of the connections, and the one that point reads share.
final class DriverShard: Sendable {
  let lane: Lane
  let pool: LanePool<PostgresConnection>
  /// How many connections can be held at once.
  let capacity: Int
  private let context: DriverContext
  private let shared: SharedConnection?
  private let open: OpenConnections
  private let spare = SpareConnection<PostgresConnection>()

  /// - Parameters:
  ///   - share: the lane's part of ``PoolOptions/maxConnections``.
  ///   - minimum: the lane's part of ``PoolOptions/minConnections``.
  init(on lane: Lane, _ context: DriverContext, share: Int, minimum: Int) {
    self.lane = lane
    self.context = context
    let configuration = context.configuration
    // The shared connection counts as one of the lane's, which needs another for everything else.
    let isShared = configuration.multiplex && configuration.pooler == .none && share > 1
    shared = isShared ? SharedConnection(on: lane, context) : nil
    let maximum = Swift.max(1, isShared ? share - 1 : share)
    capacity = maximum
    let registry = OpenConnections()
    open = registry
    pool = LanePool(
      on: lane, PoolConfiguration(minimum: Swift.min(minimum, maximum), maximum: maximum),
      acquireTimeout: configuration.pool.checkoutTimeout
    ) {
      let connection = try await PostgresConnection.open(on: lane, context)
      registry.insert(connection)
      connection.whenClosed = { registry.remove($0) }
      return connection
    }
  }

  /// The version of the server, asked of a first connection.
  func serverVersion() async throws -> Int {
    // Opening has its own limit, which may be longer than that of waiting for a connection.
    let connection: PostgresConnection
    do {
      connection = try await pool.acquire(deadline: .never)
    } catch PoolError.openFailed(let error) {
      throw error
    }
    defer { release(connection) }
    return Int(PQserverVersion(connection.session.raw))
  }

  func run<R: Sendable>(
    _ call: DriverCall, driver: ObjectIdentifier, _ consume: @Sendable (RowSource) throws -> R
  ) async throws -> R {
    // A query with a limit of its own needs a connection that can be cancelled.
    if call.compiled.isPointRead, call.timeout == nil, let shared, let session = shared.available() {
      call.probe?.connectionTaken()
      let answer = try await shared.run(
        call, on: session,
        lookUp: { oids in
          let connection = try await self.acquire(nil, isQuery: false, driver: driver)
          defer { self.release(connection) }
          try await connection.lookUp(oids, deadline: self.context.deadline(nil))
        }, consume)
      if let answer { return answer }
    }
    let deadline = context.deadline(call.timeout)
    let connection: PostgresConnection
    if let idle = spare.take(or: pool) {
      connection = idle
    } else {
      connection = try await acquire(call.timeout, isQuery: true, driver: driver, sql: call.compiled.sql)
    }
    defer { release(connection) }
    call.probe?.connectionTaken()
    return try await connection.execute(call, deadline: deadline, consume)
  }

  /// Sends a statement on a connection that is free now.
  /// - Returns: nil, nothing having happened, where none is, and for a statement the connection does not know yet.
  func start(_ call: DriverCall) throws -> (any StartedCall)? {
    if call.compiled.isPointRead, let shared, let session = shared.available() {
      return try shared.start(call, on: session)
    }
    guard let connection = spare.take(or: pool) else { return nil }
    do {
      if let statement = try connection.sendKnown(call) {
        return ConnectionCall(call, statement, on: connection, of: self)
      }
    } catch {
      release(connection)
      throw error
    }
    release(connection)
    return nil
  }

  /// Borrows a connection.
  /// - Parameters:
  ///   - timeout: the caller's own limit; the pool's holds as well.
  ///   - isQuery: whether the limit is a statement's.
  ///   - site: where it is asked for, if that is known.
  func acquire(
    _ timeout: Duration?, isQuery: Bool, driver: ObjectIdentifier?, sql: String? = nil, site: CallSite? = nil
  ) async throws -> PostgresConnection {
    let limit = context.configuration.pool.checkoutTimeout
    let isOwnLimit = timeout.map { $0 < limit } ?? false
    if let idle = spare.take(or: pool) { return idle }
    spare.expect()
    defer { spare.unexpect() }
    do {
      return try await pool.acquire(deadline: isOwnLimit ? timeout.map { LaneInstant.now.advanced(by: $0) } : nil)
    } catch let failure as PoolError {
      throw failure.failure(isStatementLimit: isOwnLimit && isQuery, driver: driver, sql: sql, site: site)
    } catch is CancellationError {
      throw RowanError.taskCancelled(sql: sql)
    }
  }

  /// Gives a connection back. Called on the lane.
  func release(_ connection: PostgresConnection) {
    let disposition = connection.disposition
    if disposition == .reuse, spare.put(connection) { return }
    pool.release(connection, disposition)
  }

  func close() async {
    try? await lane.run(label: "close") {
      if let connection = self.spare.close() { self.pool.release(connection) }
      await self.shared?.close()
    }
    await pool.close()
  }

  /// Closes connections that are still in use; their statements fail.
  func closeNow() async {
    try? await lane.run(label: "close") {
      self.shared?.closeNow()
      self.open.closeAll()
    }
  }
}

/// The connections of one lane, for closing them by force.
private final class OpenConnections: @unchecked Sendable {
  // Proof for @unchecked: only touched on the lane's thread.
  private var connections: [ObjectIdentifier: PostgresConnection] = [:]

  func insert(_ connection: PostgresConnection) { connections[ObjectIdentifier(connection)] = connection }

  func remove(_ connection: PostgresConnection) { connections[ObjectIdentifier(connection)] = nil }

  func closeAll() {
    for connection in connections.values { connection.closeByForce() }
  }
}
