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
  /// Makes a configuration of a URL.
  public let configuration: @Sendable (ConnectionURL) throws -> DatabaseConfiguration

  /// Makes a configuration of a URL that fails for a database that is not there, rather than create it.
  public let existing: @Sendable (ConnectionURL) throws -> DatabaseConfiguration

  /// Makes the plan of an empty database beside the one of a URL, under a name of its own; nil where a dialect has none.
  public let scratch: (@Sendable (_ url: ConnectionURL, _ name: String) throws -> ScratchPlan)?

  /// Makes a provider.
  /// - Parameter existing: nil where opening a database never creates it.
  public init(
    schemes: [String], dialect: any Dialect,
    configuration: @escaping @Sendable (ConnectionURL) throws -> DatabaseConfiguration,
    existing: (@Sendable (ConnectionURL) throws -> DatabaseConfiguration)? = nil,
    scratch: (@Sendable (_ url: ConnectionURL, _ name: String) throws -> ScratchPlan)? = nil
  ) {
    self.schemes = schemes
    self.dialect = dialect
    self.configuration = configuration
    self.existing = existing ?? configuration
    self.scratch = scratch
  }
}

/// How to make an empty database for a while.
public struct ScratchPlan: Sendable {
  /// How to reach it.
  public var configuration: DatabaseConfiguration
  /// The statement that makes it, run on the database it is made beside; nil where opening it does.
  public var create: String?
  /// The statement that removes it; nil where closing it does.
  public var drop: String?

  /// Makes a plan.
  public init(configuration: DatabaseConfiguration, create: String? = nil, drop: String? = nil) {
    self.configuration = configuration
    self.create = create
    self.drop = drop
  }
}
