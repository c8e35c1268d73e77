public import RowanCore

extension PostgresConfiguration {
  /// Takes a URL such as `postgres://user:password@host:5432/name?sslmode=verify-full&sslrootcert=ca.pem`.
  ///
  /// A unix socket is named by its folder: `postgres:///name?host=/run/postgresql`, or `%2Frun%2Fpostgresql` as the
  /// host. Options: `sslmode`, `sslrootcert`, `sslcert`, `sslkey`, `application_name`, `target_session_attrs`,
  /// `search_path`, `host`, `port`, `user`, `password`; `connect_timeout` and `statement_timeout` in seconds;
  /// `pool_size`, `pool_min`, `checkout_timeout` in seconds, `lanes`; `multiplex=false`; `pooler=transaction`.
  /// - Throws: ``RowanError/Code/invalidURL`` for another scheme and for an option that is unknown or cannot be read.
  public init(_ url: ConnectionURL, pool: PoolOptions = PoolOptions()) throws {
    self.init(pool: pool)
    guard url.scheme == "postgres" || url.scheme == "postgresql" else {
      throw RowanError(
        .invalidURL, "the scheme of the database URL is '\(url.scheme)'",
        hint: "PostgreSQL URLs start with postgres://")
    }
    if let host = url.host { self.host = host }
    if let port = url.port { self.port = port }
    user = url.user
    password = url.password
    database = url.path.isEmpty ? nil : url.path
    for (name, value) in url.options.sorted(by: { $0.key < $1.key }) { try apply(name, value) }
  }

  private mutating func apply(_ name: String, _ value: String) throws {
    switch name {
    case "host": host = value
    case "port": port = try number(name, value, 1...65_535)
    case "user": user = value
    case "password": password = value
    case "dbname": database = value
    case "sslmode":
      guard let mode = PostgresTLS.Mode(rawValue: value) else {
        throw invalid(name, "one of \(PostgresTLS.Mode.allCases.map(\.rawValue).joined(separator: ", "))")
      }
      tls.mode = mode
    case "sslrootcert": tls.rootCertificate = value
    case "sslcert": tls.certificate = value
    case "sslkey": tls.key = value
    case "application_name": applicationName = value
    case "target_session_attrs": targetSession = value
    case "search_path": settings["search_path"] = value
    case "connect_timeout": pool.connectTimeout = try seconds(name, value)
    case "checkout_timeout": pool.checkoutTimeout = try seconds(name, value)
    case "statement_timeout": pool.statementTimeout = try seconds(name, value)
    case "pool_size": pool.maxConnections = try number(name, value, 1...10_000)
    case "pool_min": pool.minConnections = try number(name, value, 0...10_000)
    case "lanes": pool.lanes = try number(name, value, 1...1024)
    case "multiplex":
      guard let flag = Bool(value) else { throw invalid(name, "true or false") }
      multiplex = flag
    case "pooler":
      guard let pooler = Pooler(rawValue: value) else { throw invalid(name, "none or transaction") }
      self.pooler = pooler
    default:
      throw RowanError(
        .invalidURL, "the database URL has an option '\(name)', which PostgreSQL connections do not take",
        hint: "check the spelling; settings of the session belong into PostgresConfiguration.settings")
    }
  }

  private func number(_ name: String, _ value: String, _ range: ClosedRange<Int>) throws -> Int {
    guard let number = Int(value), range.contains(number) else {
      throw invalid(name, "a number from \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }

  private func seconds(_ name: String, _ value: String) throws -> Duration {
    guard let number = Double(value), number > 0, number <= 1_000_000 else { throw invalid(name, "seconds above 0") }
    return .milliseconds(Int64(number * 1000))
  }

  private func invalid(_ name: String, _ wanted: String) -> RowanError {
    RowanError(.invalidURL, "the option '\(name)' of the database URL cannot be read", hint: "it is \(wanted)")
  }
}
