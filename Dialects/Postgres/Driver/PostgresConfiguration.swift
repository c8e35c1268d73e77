public import RowanCore

/// How to reach a PostgreSQL database. Printing it shows no password.
public struct PostgresConfiguration: Sendable, Hashable {
  /// What stands between the client and the server.
  public enum Pooler: String, Sendable, Hashable {
    /// Nothing, or a pooler that keeps a server connection per client connection.
    case none
    /// A pooler that may give every transaction another server connection, such as pgbouncer's transaction mode. Then
    /// statements are not kept prepared, no connection is shared between tasks, and the session's settings are the
    /// role's: set `timezone` to `UTC` there.
    case transaction
  }

  /// The server's name or address, or the folder of a unix socket when it starts with `/`.
  public var host: String
  /// The server's port.
  public var port: Int
  /// The role to log in as; nil for the name of the operating system's user.
  public var user: String?
  /// The role's password.
  public var password: String?
  /// The database; nil for the one named like the role.
  public var database: String?
  /// Encryption.
  public var tls: PostgresTLS
  /// The name shown in `pg_stat_activity`.
  public var applicationName: String?
  /// Settings of every session, such as `search_path`. They are sent as the connection is opened.
  public var settings: [String: String]
  /// What kind of server is wanted: `any`, `read-write`, `read-only`, `primary`, `standby` or `prefer-standby`.
  public var targetSession: String?
  /// Connections and time limits.
  public var pool: PoolOptions
  /// Whether reads of one row by a key share one connection per lane, which doubles their throughput under load.
  ///
  /// While one of them takes longer than some 20 milliseconds, such as one that waits for a lock, those that come take a
  /// connection of their own.
  public var multiplex: Bool
  /// How many reads may be on their way over a shared connection; further ones take a connection of their own.
  public var multiplexDepth: Int
  /// What stands between the client and the server.
  public var pooler: Pooler

  /// Makes a configuration.
  public init(
    host: String = "localhost", port: Int = 5432, user: String? = nil, password: String? = nil,
    database: String? = nil, tls: PostgresTLS = .prefer, applicationName: String? = nil,
    settings: [String: String] = [:], targetSession: String? = nil, pool: PoolOptions = PoolOptions(),
    multiplex: Bool = true, multiplexDepth: Int = 64, pooler: Pooler = .none
  ) {
    self.host = host
    self.port = port
    self.user = user
    self.password = password
    self.database = database
    self.tls = tls
    self.applicationName = applicationName
    self.settings = settings
    self.targetSession = targetSession
    self.pool = pool
    self.multiplex = multiplex
    self.multiplexDepth = multiplexDepth
    self.pooler = pooler
  }
}

extension PostgresConfiguration: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// Role, host, port and database.
  public var description: String {
    "postgres://\(user.map { $0 + "@" } ?? "")\(host):\(port)/\(database ?? "")"
  }

  /// The same as ``description``.
  public var debugDescription: String { description }

  /// Shows that there is a password, never which.
  public var customMirror: Mirror {
    Mirror(
      self,
      children: [
        "host": host, "port": port, "user": user as Any, "password": password == nil ? "none" : "redacted",
        "database": database as Any, "tls": tls, "pool": pool, "multiplex": multiplex, "pooler": pooler,
      ])
  }
}

extension DatabaseConfiguration {
  /// A PostgreSQL database.
  ///
  /// Opening it connects once, so that a wrong password, an unknown database or a server that does not answer is
  /// found at once.
  public static func postgres(_ configuration: PostgresConfiguration) -> DatabaseConfiguration {
    DatabaseConfiguration { try await PostgresDriver.open(configuration) }
  }

  /// The PostgreSQL database at `url`; ``PostgresConfiguration/init(_:pool:)`` says which options it takes.
  /// - Throws: ``RowanError/Code/invalidURL``.
  public static func postgres(_ url: String, pool: PoolOptions = PoolOptions()) throws -> DatabaseConfiguration {
    .postgres(try PostgresConfiguration(ConnectionURL(url), pool: pool))
  }
}

extension DialectProvider {
  /// PostgreSQL, for URLs with the schemes `postgres` and `postgresql`.
  public static let postgres = DialectProvider(
    schemes: ["postgres", "postgresql"], dialect: PostgresDialect(),
    configuration: { .postgres(try PostgresConfiguration($0)) },
    scratch: { url, name in
      var own = url
      own.path = name
      let quoted = try PostgresDialect().quote(name)
      return ScratchPlan(
        configuration: .postgres(try PostgresConfiguration(own)), create: "CREATE DATABASE \(quoted)",
        drop: "DROP DATABASE \(quoted)")
    })
}
