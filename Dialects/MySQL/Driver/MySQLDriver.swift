internal import RowanCore
internal import Synchronization

/// Connections to one MySQL or MariaDB database, over lanes.
final class MySQLDriver: Driver {
  let dialect: any Dialect
  /// The event loop of the caller, or the least busy one.
  var preferredExecutor: (any TaskExecutor)? { lanes.pick() }
  private let configuration: MySQLConfiguration
  private let lanes: LaneGroup
  private let shards: [MySQLShard]
  private let holds: LaneHolds
  /// The connection that no pool has taken yet.
  private let spare: MySQLSpare
  /// Where connections are opened.
  private let connecting: BlockingThreads
  private let observer = ConnectionObserver()
  var connectionObserver: ConnectionObserver? { observer }
  private let isClosed = Atomic<Bool>(false)

  /// Connects once, so that what is wrong with the configuration shows now, and makes the pools.
  static func open(_ configuration: MySQLConfiguration) async throws -> MySQLDriver {
    try configuration.check()
    let opener = MySQLOpener(configuration: configuration)
    let connecting = BlockingThreads(limit: 4, delaysExit: true)
    let opened = try await MySQLConnecting.open(opener, connecting)
    return try MySQLDriver(configuration, opener, connecting, opened)
  }

  private init(
    _ configuration: MySQLConfiguration, _ opener: MySQLOpener, _ connecting: BlockingThreads, _ first: MySQLOpened
  ) throws {
    self.configuration = configuration
    self.connecting = connecting
    let server = first.facts.server
    dialect = MySQLDialect(server: server)
    let wanted = configuration.pool
    do {
      lanes = try LaneGroup.observed(count: wanted.lanes, connections: wanted.maxConnections, by: observer)
    } catch {
      throw RowanError(.ioFailed, "the event loops cannot be started", hint: "see the cause", cause: error)
    }
    let blocking = lanes.blocking
    let settings = MySQLConnection.Settings(
      cacheCapacity: wanted.statementCacheCapacity, statementTimeout: wanted.statementTimeout, observer: observer
    ) { thread, done in
      blocking.submit { done((try? opener.killQuery(thread)) != nil) }
    }
    let waiting = MySQLSpare(first)
    spare = waiting
    let count = lanes.lanes.count
    let shares = (0..<count).map { wanted.maxConnections / count + ($0 < wanted.maxConnections % count ? 1 : 0) }
    holds = LaneHolds(shares)
    shards = zip(lanes.lanes, shares).map { lane, share in
      let least = wanted.minConnections / count + (lane.index < wanted.minConnections % count ? 1 : 0)
      return MySQLShard(on: lane, wanted, share: share, minimum: least) {
        var opened = waiting.take()
        if opened == nil { opened = try await MySQLConnecting.open(opener, connecting) }
        guard let opened else { throw RowanError.internalFailure("a connection was opened and lost") }
        return try await lane.run { try MySQLConnection(opened, on: lane, settings) }
      }
    }
  }

  static let closedError = RowanError(
    .databaseClosed, "the database has been closed", hint: "open it again, or close it later")

  func run<R: Sendable>(_ call: DriverCall, _ consume: @Sendable (RowSource) throws -> R) async throws -> R {
    let deadline = call.timeout.map { LaneInstant.now.advanced(by: $0) }
    return try await borrow(try pick(), deadline, sql: call.compiled.sql) { connection in
      call.probe?.connectionTaken()
      return try await connection.runHere(call, deadline, consume)
    }
  }

  /// Whether the calling task runs on one of the lanes, and comes back to it.
  var canStart: Bool {
    guard let lane = Lane.current, lanes.contains(lane), lane.isPreferred else { return false }
    return !isClosed.load(ordering: .relaxed)
  }

  func start(_ call: DriverCall) throws -> (any StartedCall)? {
    let shard = try pick()
    guard shard.lane.isCurrent else { return nil }
    shard.lane.mark("mysql")
    return try shard.start(call, driver: ObjectIdentifier(self))
  }

  func withConnection<R: Sendable>(
    _ lease: Lease, _ body: @Sendable (any DriverConnection) async throws -> R
  ) async throws -> R {
    let deadline = lease.timeout.map { LaneInstant.now.advanced(by: $0) }
    let shard = try pick()
    holds.hold(shard.lane.index)
    defer { holds.release(shard.lane.index) }
    return try await borrow(shard, deadline, site: lease.site) { try await body($0) }
  }

  func stream(_ call: DriverCall) async throws -> any DriverStream {
    let deadline = call.timeout.map { LaneInstant.now.advanced(by: $0) }
    let shard = try pick()
    let holds = holds
    let end: @Sendable (MySQLConnection) -> Void = { connection in
      shard.release(connection)
      holds.release(shard.lane.index)
    }
    holds.hold(shard.lane.index)
    return try await enter(shard) {
      let connection: MySQLConnection
      do {
        connection = try await shard.acquire(deadline, driver: ObjectIdentifier(self), sql: call.compiled.sql)
      } catch {
        holds.release(shard.lane.index)
        throw error
      }
      call.probe?.connectionTaken()
      do {
        return try await connection.stream(call, deadline: deadline) { end(connection) }
      } catch {
        end(connection)
        throw error
      }
    }
  }

  func close(timeout: Duration) async {
    guard !isClosed.exchange(true, ordering: .acquiringAndReleasing) else { return }
    _ = spare.take()
    // What runs may go on, streams included, until every connection is back or time is up.
    let shards = shards
    await Self.race(timeout) {
      await withTaskGroup { group in for shard in shards { group.addTask { await shard.close() } } }
    }
    // Then waits for sockets fail. A body that waits for something else is not waited for.
    let lanes = lanes
    await Self.race(.seconds(2)) { await lanes.close(grace: .zero) }
    await lanes.blocking.drain(within: .seconds(5))
    await connecting.drain(within: .seconds(5))
  }

  /// Runs `body`, and waits for it no longer than `limit`.
  private static func race(_ limit: Duration, _ body: @escaping @Sendable () async -> Void) async {
    let race = MySQLRace<Void>()
    Task.detached {
      await body()
      race.finish(.success(()))
    }
    let timer = race.finish(.success(()), after: limit)
    _ = try? await race.value()
    timer.cancel()
  }

  private func pick() throws -> MySQLShard {
    if isClosed.load(ordering: .acquiring) { throw Self.closedError }
    let index = holds.choose(lanes.pick().index)
    guard shards.indices.contains(index) else { throw RowanError.internalFailure("a lane has no connections") }
    return shards[index]
  }

  private nonisolated(nonsending) func enter<R: Sendable>(
    _ shard: MySQLShard, _ body: @Sendable () async throws -> R
  ) async throws -> R {
    do {
      return try await shard.lane.run(label: "mysql", body)
    } catch LaneError.closed {
      throw Self.closedError
    }
  }

  private nonisolated(nonsending) func borrow<R: Sendable>(
    _ shard: MySQLShard, _ deadline: LaneInstant?, sql: String? = nil, site: CallSite? = nil,
    _ body: @Sendable (MySQLConnection) async throws -> R
  ) async throws -> R {
    try await enter(shard) {
      let connection = try await shard.acquire(deadline, driver: ObjectIdentifier(self), sql: sql, site: site)
      let result: Result<R, any Error>
      do {
        result = .success(try await body(connection))
      } catch {
        result = .failure(error)
      }
      // A body that forgot its transaction, or was cut off inside it.
      if connection.hasTransaction { await connection.endTransaction() }
      shard.release(connection)
      return try result.get()
    }
  }
}

/// The connection that was opened in order to learn about the server, until a pool takes it.
private final class MySQLSpare: Sendable {
  private let opened: Mutex<MySQLOpened?>

  init(_ opened: MySQLOpened) { self.opened = Mutex(opened) }

  func take() -> MySQLOpened? { opened.withLock { $0.take() } }
}
