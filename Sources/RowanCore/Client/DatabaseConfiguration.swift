/// How to reach one database. Dialect modules add the ways: `.sqlite("app.db")`, `.postgres(url)`, `.mysql(url)`.
public struct DatabaseConfiguration: Sendable {
  /// Opens the driver: connects, checks the session, and detects the server's version.
  public let connect: @Sendable () async throws -> any Driver

  /// Wraps the way to a driver.
  public init(connect: @escaping @Sendable () async throws -> any Driver) { self.connect = connect }
}

/// A dialect that can be chosen by the scheme of a URL.
public struct DialectProvider: Sendable {
  /// The schemes it answers to, in lower case.
  public let schemes: [String]
  /// The dialect as it is without a server: what every supported version can do.
  public let dialect: any Dialect
  /// The URL of an empty database that lives as long as its connection; nil for engines that need a server.
  public let emptyURL: String?
  /// Makes a configuration of a URL.
  public let configuration: @Sendable (ConnectionURL) throws -> DatabaseConfiguration

  /// Makes a provider.
  public init(
    schemes: [String], dialect: any Dialect, emptyURL: String? = nil,
    configuration: @escaping @Sendable (ConnectionURL) throws -> DatabaseConfiguration
  ) {
    self.schemes = schemes
    self.dialect = dialect
    self.emptyURL = emptyURL
    self.configuration = configuration
  }
}
