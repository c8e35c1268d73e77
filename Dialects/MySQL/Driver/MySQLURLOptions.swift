public import RowanCore

extension MySQLConfiguration {
  /// Reads `mysql://user:password@host:3306/database?option=value&…`, or `mariadb://…`.
  ///
  /// A unix socket is `socket=/path`, or a host that is its percent-encoded path. `_` and `-` in names of options are
  /// the same; times are in seconds:
  /// - `ssl-mode`: `disabled`, `preferred` (the default), `required`, `verify-ca`, `verify-identity`
  /// - `ssl-ca`, `ssl-cert`, `ssl-key`: files in PEM
  /// - `socket`, `application-name`
  /// - `connect-timeout`, `checkout-timeout`, `statement-timeout`
  /// - `pool-size`, `pool-min`, `lanes`, `statement-cache`
  /// - Throws: ``RowanError/Code/invalidURL``, ``RowanError/Code/invalidConfiguration``.
  public init(_ url: ConnectionURL, pool: PoolOptions = PoolOptions()) throws {
    guard MySQLConfiguration.schemes.contains(url.scheme) else {
      throw RowanError(
        .invalidURL, "the scheme of the URL is neither mysql nor mariadb", hint: "write mysql://user:password@host/name"
      )
    }
    guard let user = url.user, !user.isEmpty else {
      throw RowanError(.invalidURL, "the URL names no user", hint: "write mysql://user:password@host/name")
    }
    guard !url.path.isEmpty, !url.path.contains("/") else {
      throw RowanError(
        .invalidURL, "the URL names no database, or one with a slash", hint: "write mysql://user:password@host/name")
    }
    var address = Address.tcp(host: url.host ?? "127.0.0.1", port: url.port ?? 3306)
    if let host = url.host, host.hasPrefix("/") { address = .socket(path: host) }
    self.init(address: address, user: user, password: url.password, database: url.path, pool: pool)
    // Sorted, so that the same URL always fails at the same option.
    for (name, value) in url.options.sorted(by: { $0.key < $1.key }) { try apply(name, value) }
    try check()
  }

  /// The schemes of URLs that are read.
  static let schemes = ["mysql", "mariadb"]

  private mutating func apply(_ name: String, _ value: String) throws {
    switch String(name.lowercased().map { $0 == "_" ? "-" : $0 }) {
    case "ssl-mode", "sslmode": tls.mode = try mode(name, value)
    case "ssl-ca": tls.authority = value
    case "ssl-cert": tls.certificate = value
    case "ssl-key": tls.key = value
    case "socket": address = .socket(path: value)
    case "application-name": applicationName = value
    case "connect-timeout": pool.connectTimeout = try duration(name, value)
    case "checkout-timeout": pool.checkoutTimeout = try duration(name, value)
    case "statement-timeout":
      let limit = try duration(name, value)
      pool.statementTimeout = limit == .zero ? nil : limit
    case "pool-size": pool.maxConnections = try number(name, value, 1)
    case "pool-min": pool.minConnections = try number(name, value, 0)
    case "lanes": pool.lanes = try number(name, value, 1)
    case "statement-cache": pool.statementCacheCapacity = try number(name, value, 0)
    default:
      throw RowanError(
        .invalidConfiguration, "the database URL has an unknown option '\(name)'",
        hint: "use ssl-mode, ssl-ca, ssl-cert, ssl-key, socket, application-name, connect-timeout, checkout-timeout, "
          + "statement-timeout, pool-size, pool-min, lanes or statement-cache")
    }
  }

  private func mode(_ name: String, _ value: String) throws -> MySQLTLS.Mode {
    let text = String(value.lowercased().map { $0 == "_" ? "-" : $0 })
    if let mode = MySQLTLS.Mode(rawValue: text) { return mode }
    throw refused(name, MySQLTLS.Mode.allCases.map(\.rawValue).joined(separator: ", "))
  }

  private func duration(_ name: String, _ value: String) throws -> Duration {
    guard let seconds = Double(value), seconds >= 0, seconds <= 1_000_000 else {
      throw refused(name, "a number of seconds from 0 to 1000000")
    }
    return .milliseconds(Int64((seconds * 1000).rounded()))
  }

  private func number(_ name: String, _ value: String, _ least: Int) throws -> Int {
    guard let number = Int(value), number >= least, number <= 100_000 else {
      throw refused(name, "a whole number from \(least) to 100000")
    }
    return number
  }

  private func refused(_ name: String, _ wanted: String) -> RowanError {
    RowanError(
      .invalidConfiguration, "the option '\(name)' of the database URL has a value it cannot have",
      hint: "use \(wanted)")
  }
}
