/// What a lane's pool has to know about a connection. The members are called on the lane.
public protocol PooledConnection: AnyObject, Sendable {
  /// Whether the connection can be lent, judged without I/O: false once it has failed or its server has hung up.
  var isUsable: Bool { get }

  /// Proves a quarantined connection clean, for example by a throw-away statement; false closes it.
  func recover() async -> Bool

  /// Closes the connection. Called once, and never while it is lent.
  func close() async
}

extension PooledConnection {
  /// A connection that can't be proven clean is closed.
  public func recover() async -> Bool { false }
}
