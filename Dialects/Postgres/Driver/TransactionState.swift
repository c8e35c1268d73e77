internal import RowanCore

/// What of a transaction was asked for and not sent yet. BEGIN, SAVEPOINT and RELEASE travel with the next statement.
final class TransactionState {
  /// One command that waits for the next statement.
  enum Step: Equatable {
    case begin(String)
    case savepoint(Int)
    case release(Int)

    /// The command's text.
    var sql: String {
      switch self {
      case .begin(let sql): sql
      case .savepoint(let depth): "SAVEPOINT \(TransactionState.name(depth))"
      case .release(let depth): "RELEASE SAVEPOINT \(TransactionState.name(depth))"
      }
    }
  }

  /// Whether a transaction was begun and has not ended.
  private(set) var isOpen = false
  /// Commands that travel with the next statement, in order.
  private(set) var pending: ContiguousArray<Step> = []

  /// Whether the server knows nothing of the transaction yet.
  var isUnsent: Bool { if case .begin = pending.first { true } else { false } }

  func begin(_ options: TransactionOptions) {
    isOpen = true
    pending = [.begin(TransactionState.beginStatement(options))]
  }

  func savepoint(_ depth: Int) { pending.append(.savepoint(depth)) }

  /// Releases a savepoint; one that was never sent is only forgotten, unless something before it was.
  func release(_ depth: Int) {
    if let place = pending.firstIndex(of: .savepoint(depth)) {
      pending.removeSubrange(place...)
    } else {
      pending.append(.release(depth))
    }
  }

  /// Goes back to a savepoint.
  /// - Returns: whether the server knows it, and has to be told.
  func rollBack(to depth: Int) -> Bool {
    if let place = pending.firstIndex(of: .savepoint(depth)) {
      pending.removeSubrange(place...)
      return false
    }
    // Releases of inner savepoints are undone with them.
    pending.removeAll()
    return true
  }

  /// Notes that the first `count` waiting commands were carried out.
  func sent(_ count: Int) {
    if count > 0, !pending.isEmpty { pending.removeFirst(Swift.min(count, pending.count)) }
  }

  func end() {
    isOpen = false
    pending.removeAll()
  }

  static func name(_ depth: Int) -> String { "rowan_\(depth)" }

  /// https://www.postgresql.org/docs/15/sql-begin.html
  private static func beginStatement(_ options: TransactionOptions) -> String {
    var sql = "BEGIN"
    switch options.isolation {
    case nil: break
    case .readUncommitted: sql += " ISOLATION LEVEL READ UNCOMMITTED"
    case .readCommitted: sql += " ISOLATION LEVEL READ COMMITTED"
    case .repeatableRead: sql += " ISOLATION LEVEL REPEATABLE READ"
    case .serializable: sql += " ISOLATION LEVEL SERIALIZABLE"
    }
    if options.access == .read { sql += " READ ONLY" }
    return sql
  }
}
