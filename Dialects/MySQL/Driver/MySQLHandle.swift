internal import CMariaDB

/// The only owner of a `MYSQL`. Dropping it closes the connection and frees everything, whatever is under way.
struct MySQLHandle: ~Copyable {
  let raw: UnsafeMutablePointer<MYSQL>

  init(_ raw: UnsafeMutablePointer<MYSQL>) { self.raw = raw }

  deinit { mysql_close(raw) }

  /// What went wrong last.
  borrowing func failure() -> MySQLFailure { MySQLFailure(connection: raw) }
}

extension MySQLFailure {
  /// The last failure of a connection.
  init(connection: UnsafeMutablePointer<MYSQL>) {
    self.init(
      number: Int(mysql_errno(connection)), state: String(cString: mysql_sqlstate(connection)),
      text: String(cString: mysql_error(connection)))
  }

  /// The last failure of a statement.
  init(statement: UnsafeMutablePointer<MYSQL_STMT>) {
    self.init(
      number: Int(mysql_stmt_errno(statement)), state: String(cString: mysql_stmt_sqlstate(statement)),
      text: String(cString: mysql_stmt_error(statement)))
  }
}
