internal import CSQLite

/// The library's own statements, prepared once per connection.
struct ControlStatements {
  enum Name: Hashable {
    /// Takes the write lock now: what is read later in the transaction cannot have gone stale when it writes.
    case beginImmediate
    /// Takes a snapshot with the first read.
    case begin
    case commit
    case rollback
    case savepoint(Int)
    case release(Int)
    case rollbackTo(Int)

    var sql: String {
      switch self {
      case .beginImmediate: "BEGIN IMMEDIATE"
      case .begin: "BEGIN"
      case .commit: "COMMIT"
      case .rollback: "ROLLBACK"
      case .savepoint(let depth): "SAVEPOINT rowan_\(depth)"
      case .release(let depth): "RELEASE rowan_\(depth)"
      case .rollbackTo(let depth): "ROLLBACK TO rowan_\(depth)"
      }
    }
  }

  private var begin: OpaquePointer?
  private var beginImmediate: OpaquePointer?
  private var commit: OpaquePointer?
  private var rollback: OpaquePointer?
  private var others: [Name: OpaquePointer] = [:]

  /// Runs a statement and returns its result code, `SQLITE_OK` for success.
  mutating func run(_ name: Name, on db: OpaquePointer) -> Int32 {
    switch name {
    case .begin: Self.run(name, &begin, db)
    case .beginImmediate: Self.run(name, &beginImmediate, db)
    case .commit: Self.run(name, &commit, db)
    case .rollback: Self.run(name, &rollback, db)
    default: Self.run(name, &others[name], db)
    }
  }

  mutating func finalize() {
    for statement in [begin, beginImmediate, commit, rollback] { sqlite3_finalize(statement) }
    for statement in others.values { sqlite3_finalize(statement) }
    (begin, beginImmediate, commit, rollback, others) = (nil, nil, nil, nil, [:])
  }

  private static func run(_ name: Name, _ statement: inout OpaquePointer?, _ db: OpaquePointer) -> Int32 {
    if statement == nil {
      let code = sqlite3_prepare_v3(db, name.sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &statement, nil)
      if code != SQLITE_OK { return code }
    }
    let code = sqlite3_step(statement)
    sqlite3_reset(statement)
    return code == SQLITE_DONE ? SQLITE_OK : code
  }
}
