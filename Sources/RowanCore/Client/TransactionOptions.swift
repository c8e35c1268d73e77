/// How a transaction runs.
public struct TransactionOptions: Sendable, Hashable {
  /// What a transaction may see of others.
  public enum Isolation: String, Sendable, Hashable, CaseIterable {
    case readUncommitted, readCommitted, repeatableRead, serializable
  }

  /// What it may see of others; nil for the engine's default. SQLite grants serializable whatever is asked.
  public var isolation: Isolation?
  /// Whether it may write.
  public var access: RawStatement.Access

  /// Makes options.
  public init(isolation: Isolation? = nil, access: RawStatement.Access = .write) {
    self.isolation = isolation
    self.access = access
  }
}

/// Marks the task of a transaction's closure, so that asking the same database for another connection can be told
/// apart from ordinary waiting.
public struct TransactionMark: Sendable {
  /// The database's driver.
  public let driver: ObjectIdentifier
  /// Whether the transaction holds the write side.
  public let access: RawStatement.Access
  /// Where the transaction was opened.
  public let site: CallSite
  private let state: TransactionState?

  /// Marks a transaction; `state` tells when it is over, nil being never.
  init(driver: ObjectIdentifier, access: RawStatement.Access, site: CallSite, state: TransactionState? = nil) {
    self.driver = driver
    self.access = access
    self.site = site
    self.state = state
  }

  @TaskLocal static var stack: TransactionMark?

  /// The innermost transaction the current task is inside. A task that has outlived it is not inside any more.
  public static var current: TransactionMark? { stack.flatMap { $0.state?.isClosed == true ? nil : $0 } }

  /// The error for a checkout that would wait for the transaction it is inside.
  /// - Parameter place: where the checkout is, if that is known.
  public func nestedCheckout(from place: CallSite? = nil) -> RowanError {
    // What names no file says what Rowan was doing.
    let asker = place.map { $0.line == nil ? " by \($0)" : " at \($0)" } ?? ""
    return RowanError(
      .nestedCheckout,
      "a connection was asked for\(asker) from inside a transaction of the same database, opened at \(site)",
      hint: "use the transaction handed to the closure")
  }
}
