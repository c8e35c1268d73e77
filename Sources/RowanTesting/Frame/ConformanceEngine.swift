public import RowanCore

/// An engine to run the suite on: how to come by an empty database, and the little SQL the cases cannot know.
public struct ConformanceEngine: Sendable, CustomStringConvertible {
  /// The dialect's name.
  public let name: EngineName
  /// A statement of one integer column that changes nothing and takes at least 300 seconds unless it is stopped, more
  /// than any case allows for that: `SELECT 1 FROM pg_sleep(300)`.
  public let slowQuery: SQL
  /// Makes an empty database that nobody else uses: a file, a schema of its own, a database of its own.
  public let makeStore: @Sendable () async throws -> ConformanceStore

  /// Describes an engine.
  public init(
    _ name: EngineName, slowQuery: SQL, makeStore: @escaping @Sendable () async throws -> ConformanceStore
  ) {
    self.name = name
    self.slowQuery = slowQuery
    self.makeStore = makeStore
  }

  /// The dialect's name.
  public var description: String { name.description }
}

/// An empty database for one run of a case.
public struct ConformanceStore: Sendable {
  /// How to reach it.
  public let configuration: @Sendable (PoolOptions) throws -> DatabaseConfiguration
  /// Removes it, with whatever is in it.
  public let remove: @Sendable () async -> Void

  /// Describes a database.
  public init(
    configuration: @escaping @Sendable (PoolOptions) throws -> DatabaseConfiguration,
    remove: @escaping @Sendable () async -> Void
  ) {
    self.configuration = configuration
    self.remove = remove
  }
}

/// A dialect's name, to key what differs between engines by: `["postgres": …]` or `[.postgres: …]`.
public struct EngineName: Sendable, Hashable, ExpressibleByStringLiteral, CustomStringConvertible {
  /// The name, as ``RowanCore/Dialect/name`` says it.
  public let name: String

  /// Makes a name.
  public init(_ name: String) { self.name = name }
  /// Makes a name.
  public init(stringLiteral value: String) { name = value }

  /// The name.
  public var description: String { name }

  /// SQLite.
  public static let sqlite: EngineName = "sqlite"
  /// PostgreSQL.
  public static let postgres: EngineName = "postgres"
  /// MySQL and MariaDB.
  public static let mysql: EngineName = "mysql"
}
