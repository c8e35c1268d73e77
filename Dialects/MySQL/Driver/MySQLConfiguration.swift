public import RowanCore

/// How to reach a MySQL or MariaDB database. Printing it never shows the password.
public struct MySQLConfiguration: Sendable, Hashable {
  /// Where the server listens.
  public enum Address: Sendable, Hashable {
    /// A host name or address, and a port.
    case tcp(host: String, port: Int)
    /// The path of a unix socket.
    case socket(path: String)
  }

  /// Where the server listens.
  public var address: Address
  /// The user.
  public var user: String
  /// The password; nil for none.
  public var password: String?
  /// The database.
  public var database: String
  /// Encryption, which a unix socket does without.
  public var tls: MySQLTLS
  /// What the server shows as the client's program name.
  public var applicationName: String
  /// Connections, lanes and limits.
  public var pool: PoolOptions

  /// Makes a configuration.
  public init(
    address: Address, user: String, password: String? = nil, database: String, tls: MySQLTLS = MySQLTLS(),
    applicationName: String = "rowan", pool: PoolOptions = PoolOptions()
  ) {
    self.address = address
    self.user = user
    self.password = password
    self.database = database
    self.tls = tls
    self.applicationName = applicationName
    self.pool = pool
  }

  /// The encryption that holds for the address.
  var effectiveTLS: MySQLTLS {
    if case .socket = address { MySQLTLS(.disabled) } else { tls }
  }

  /// Refuses what Connector/C would cut off at a NUL character or could not use.
  func check() throws {
    for (name, value) in [("user", user), ("password", password ?? ""), ("database", database)]
    where value.utf8.contains(0) {
      throw RowanError(.invalidConfiguration, "the \(name) holds a NUL character", hint: "remove it")
    }
    if case .socket(let path) = address, path.utf8.isEmpty || path.utf8.count > 103 {
      throw RowanError(
        .invalidConfiguration, "the path of the socket is empty, or longer than a unix socket's may be",
        hint: "give a path of at most 103 bytes")
    }
    if pool.maxConnections < 1 {
      throw RowanError(.invalidConfiguration, "the pool has no room for a connection", hint: "set at least 1")
    }
    try effectiveTLS.check()
  }
}

extension MySQLConfiguration: CustomStringConvertible, CustomReflectable {
  /// The address, user and database, as a URL without the password.
  public var description: String {
    switch address {
    case .tcp(let host, let port): "mysql://\(user)@\(host):\(port)/\(database)"
    case .socket(let path): "mysql://\(user)@/\(database)?socket=\(path)"
    }
  }

  /// Everything apart from the password, so that dumping shows none.
  public var customMirror: Mirror {
    Mirror(
      self,
      children: [
        "address": address, "user": user, "password": password == nil ? "none" : "redacted", "database": database,
        "tls": tls, "applicationName": applicationName, "pool": pool,
      ], displayStyle: .struct)
  }
}
