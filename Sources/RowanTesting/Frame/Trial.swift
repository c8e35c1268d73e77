public import RowanCore
import Synchronization

/// One run of a case: an open database without tables, and ways to open it once more.
public struct Trial: Sendable {
  /// The engine the case runs on.
  public let engine: ConformanceEngine
  /// A handle on the empty database, its pool having four connections.
  public let db: Database
  private let store: ConformanceStore
  private let plugins: [any DatabasePlugin]
  private let opened = Opened()

  private final class Opened: Sendable {
    let databases = Mutex<[Database]>([])
  }

  /// The pool of ``db``: four connections, and patience for a busy machine.
  public static let pool = PoolOptions(
    maxConnections: 4, checkoutTimeout: .seconds(60), connectTimeout: .seconds(60), lanes: 2)

  init(_ engine: ConformanceEngine, _ store: ConformanceStore, _ plugins: [any DatabasePlugin]) async throws {
    self.engine = engine
    self.store = store
    self.plugins = plugins
    db = try await Database.open(try store.configuration(Trial.pool), plugins: plugins)
  }

  /// What the engine can do.
  public var capabilities: Capabilities { db.dialect.capabilities }

  /// Another database over the same data, with a pool of its own. It is closed when the case ends.
  /// - Parameters:
  ///   - pool: its pool.
  ///   - plugins: installed after those of the run.
  public func open(
    pool: PoolOptions = Trial.pool, plugins more: [any DatabasePlugin] = []
  ) async throws -> Database {
    let database = try await Database.open(try store.configuration(pool), plugins: plugins + more)
    opened.databases.withLock { $0.append(database) }
    return database
  }

  /// The text one engine is expected to be sent, out of those for all; nil where nothing is said of it.
  public func expected<T>(_ byEngine: [EngineName: T]) -> T? { byEngine[engine.name] }

  func end() async {
    for database in opened.databases.withLock({ $0 }) { await database.close(timeout: .seconds(10)) }
    await db.close(timeout: .seconds(10))
  }
}
