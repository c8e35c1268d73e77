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
  /// Makes a configuration of a URL.
  public let configuration: @Sendable (ConnectionURL) throws -> DatabaseConfiguration

  /// Makes a provider.
  public init(
    schemes: [String], configuration: @escaping @Sendable (ConnectionURL) throws -> DatabaseConfiguration
  ) {
    self.schemes = schemes
    self.configuration = configuration
  }
}
