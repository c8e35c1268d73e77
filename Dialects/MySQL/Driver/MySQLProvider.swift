public import RowanCore

extension DatabaseConfiguration {
  /// A MySQL or MariaDB database, from a URL; see ``MySQLConfiguration/init(_:pool:)`` for its options.
  ///
  /// The URL is read when the database is opened, and its options win over `pool`.
  public static func mysql(_ url: String, pool: PoolOptions = PoolOptions()) -> DatabaseConfiguration {
    DatabaseConfiguration {
      try await MySQLDriver.open(MySQLConfiguration(ConnectionURL(url), pool: pool))
    }
  }

  /// A MySQL or MariaDB database.
  public static func mysql(_ configuration: MySQLConfiguration) -> DatabaseConfiguration {
    DatabaseConfiguration { try await MySQLDriver.open(configuration) }
  }
}

extension DialectProvider {
  /// MySQL and MariaDB, for URLs that start with `mysql:` or `mariadb:`.
  public static let mysql = DialectProvider(
    schemes: MySQLConfiguration.schemes, dialect: MySQLDialect(), configuration: { .mysql(try MySQLConfiguration($0)) },
    scratch: { url, name in
      var own = url
      own.path = name
      let quoted = try MySQLDialect().quote(name)
      return ScratchPlan(
        configuration: .mysql(try MySQLConfiguration(own)), create: "CREATE DATABASE \(quoted)",
        drop: "DROP DATABASE \(quoted)")
    })
}
