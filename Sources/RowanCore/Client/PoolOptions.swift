/// How many connections are kept and how long callers wait for one.
public struct PoolOptions: Sendable, Hashable {
  /// The most connections at once, over all lanes.
  public var maxConnections: Int
  /// Connections kept open when idle.
  public var minConnections: Int
  /// How long a caller waits for a connection before ``RowanError/Code/poolTimeout``.
  public var checkoutTimeout: Duration
  /// How long opening a connection may take, the server's answer to the password included.
  public var connectTimeout: Duration
  /// The limit for a statement that names none; nil for none.
  public var statementTimeout: Duration?
  /// Prepared statements kept per connection.
  public var statementCacheCapacity: Int
  /// Event loops; nil for one per core.
  public var lanes: Int?

  /// Makes options.
  public init(
    maxConnections: Int = 8, minConnections: Int = 0, checkoutTimeout: Duration = .seconds(10),
    connectTimeout: Duration = .seconds(5), statementTimeout: Duration? = nil, statementCacheCapacity: Int = 256,
    lanes: Int? = nil
  ) {
    self.maxConnections = maxConnections
    self.minConnections = minConnections
    self.checkoutTimeout = checkoutTimeout
    self.connectTimeout = connectTimeout
    self.statementTimeout = statementTimeout
    self.statementCacheCapacity = statementCacheCapacity
    self.lanes = lanes
  }
}
