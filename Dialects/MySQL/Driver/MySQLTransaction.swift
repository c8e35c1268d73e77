internal import CMariaDB
internal import RowanCore

/// Where a connection's transaction stands.
enum MySQLTransaction {
  case none
  /// Asked for; it is opened with the first statement.
  case requested(TransactionOptions)
  case open
  /// COMMIT is on its way.
  case committing
  /// The server has rolled it back on its own.
  case aborted
  /// A statement has ended it behind the library's back.
  case ended

  /// Whether statements can be sent.
  var isReady: Bool {
    switch self {
    case .none, .open: true
    default: false
    }
  }

  var isNone: Bool { if case .none = self { true } else { false } }
  var isOpen: Bool {
    switch self {
    case .open, .committing: true
    default: false
    }
  }
}

extension MySQLConnection {
  func begin(_ options: TransactionOptions) async throws {
    try await onLane("mysql.begin") {
      guard self.transaction.isNone else { throw RowanError.internalFailure("a transaction inside a transaction") }
      self.transaction = .requested(options)
    }
  }

  /// Opens the transaction that was asked for, before its first statement.
  nonisolated(nonsending) func openTransaction(_ deadline: LaneInstant?) async throws {
    switch transaction {
    case .none, .open, .committing: return
    case .aborted:
      throw RowanError(
        .transactionAborted, "the server has rolled the transaction back",
        hint: "let the transaction's closure end with the first error, and run it again")
    case .ended: throw MySQLConnection.endedError(nil)
    case .requested(let options):
      // From here on there may be something to roll back.
      transaction = .open
      if let isolation = options.isolation {
        try await send("SET TRANSACTION ISOLATION LEVEL \(isolation.sql)", deadline)
      }
      try await send(options.access == .read ? "START TRANSACTION READ ONLY" : "START TRANSACTION", deadline)
    }
  }

  /// Notices a transaction that a statement has ended behind the library's back: COMMIT or ROLLBACK written by hand, or
  /// DDL, which commits. The server says with every answer whether one is open.
  /// https://mariadb.com/kb/en/sql-statements-that-cause-an-implicit-commit/
  /// - Throws: ``RowanError/Code/transactionAborted``. What came after would be committed statement by statement.
  func checkTransaction(_ sql: String?) throws {
    guard case .open = transaction, raw.pointee.server_status & UInt32(SERVER_STATUS_IN_TRANS) == 0 else { return }
    transaction = .ended
    throw MySQLConnection.endedError(sql)
  }

  static func endedError(_ sql: String?) -> RowanError {
    RowanError(
      .transactionAborted,
      "a statement has ended the transaction: COMMIT or ROLLBACK written by hand, or DDL, which commits",
      hint: "run DDL outside transactions, and let the closure end them", sql: sql)
  }

  func commit() async throws {
    try await onLane("mysql.commit") {
      switch self.transaction {
      case .none: throw RowanError.internalFailure("a commit outside a transaction")
      case .requested:
        self.transaction = .none
      case .aborted: throw MySQLConnection.nothingToCommit
      case .ended: throw MySQLConnection.endedError(nil)
      case .open, .committing:
        try self.checkTransaction("COMMIT")
        try await self.commitOpen()
      }
    }
  }

  private static var nothingToCommit: RowanError {
    RowanError(
      .transactionAborted, "the server has rolled the transaction back, so there is nothing to commit",
      hint: "run the transaction again")
  }

  private nonisolated(nonsending) func commitOpen() async throws {
    let limit = settings.statementTimeout.map { LaneInstant.now.advanced(by: $0) }
    do {
      try await operate("COMMIT", isCancellable: false) {
        // What was left of a stream has been cleared away by now, and may have ended with the transaction.
        if case .aborted = self.transaction { throw MySQLConnection.nothingToCommit }
        self.transaction = .committing
        try await self.send("COMMIT", limit)
      }
      transaction = .none
    } catch let failure as RowanError {
      guard case .committing = transaction else { throw failure }
      transaction = .open
      guard failure.code == .connectionLost || failure.code == .queryTimeout else { throw failure }
      markBroken()
      transaction = .none
      throw RowanError(
        .commitUnknown, "the connection was lost while COMMIT was on its way: it may or may not have happened",
        hint: "find out by the data whether it happened before doing it again", server: failure.server, sql: "COMMIT",
        cause: failure)
    }
  }

  func rollback() async throws {
    try await onLane("mysql.rollback") { await self.rollBack() }
  }

  /// Rolls back, whatever state the connection is in. If that fails the connection is closed when it is given back, and
  /// the server rolls back then.
  nonisolated(nonsending) func rollBack() async {
    switch transaction {
    case .none: return
    case .requested: transaction = .none
    case .open, .committing, .aborted, .ended:
      transaction = .none
      guard await settle() else { return }
      do {
        try await operate("ROLLBACK", isCancellable: false) {
          try await self.send("ROLLBACK", LaneInstant.now.advanced(by: .seconds(30)))
        }
      } catch {
        markBroken()
      }
    }
  }

  func savepoint(_ depth: Int) async throws {
    try await control("SAVEPOINT rowan_\(depth)", isCancellable: true)
  }

  func releaseSavepoint(_ depth: Int) async throws {
    try await control("RELEASE SAVEPOINT rowan_\(depth)", isCancellable: false)
  }

  func rollbackToSavepoint(_ depth: Int) async throws {
    try await control("ROLLBACK TO SAVEPOINT rowan_\(depth)", isCancellable: false)
    try await control("RELEASE SAVEPOINT rowan_\(depth)", isCancellable: false)
  }

  private nonisolated(nonsending) func control(_ sql: String, isCancellable: Bool) async throws {
    try await onLane("mysql.savepoint") {
      try await self.operate(sql, isCancellable: isCancellable) {
        let limit = self.settings.statementTimeout.map { LaneInstant.now.advanced(by: $0) }
        try await self.openTransaction(limit)
        try await self.send(sql, limit)
      }
    }
  }

  /// Sends a statement of the driver's own as text; it gives no rows.
  nonisolated(nonsending) func send(_ sql: String, _ deadline: LaneInstant?) async throws {
    guard try await perform(.query, text: MySQLText(sql), deadline: deadline) == 0 else {
      throw MySQLFailure(connection: raw)
    }
  }
}

extension TransactionOptions.Isolation {
  fileprivate var sql: String {
    switch self {
    case .readUncommitted: "READ UNCOMMITTED"
    case .readCommitted: "READ COMMITTED"
    case .repeatableRead: "REPEATABLE READ"
    case .serializable: "SERIALIZABLE"
    }
  }
}
