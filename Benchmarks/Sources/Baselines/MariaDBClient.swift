import BenchMariaDB

/// One connection through Connector/C, blocking, without Rowan.
final class MariaDBClient {
  let connection: UnsafeMutablePointer<MYSQL>

  init(_ server: MariaDBServer) throws {
    guard let connection = mysql_init(nil) else { throw BenchmarkError("out of memory") }
    self.connection = connection
    _ = "utf8mb4".withCString { mysql_options(connection, MYSQL_SET_CHARSET_NAME, $0) }
    let opened = mysql_real_connect(
      connection, server.host, server.user, server.password, server.database, UInt32(server.port), server.socket, 0)
    guard opened != nil else {
      throw BenchmarkError("cannot connect to MariaDB: \(String(cString: mysql_error(connection)))")
    }
    try execute("SET time_zone = '+00:00'")
  }

  deinit { mysql_close(connection) }

  func execute(_ sql: String) throws {
    guard mysql_real_query(connection, sql, UInt(sql.utf8.count)) == 0 else {
      throw BenchmarkError("\(String(cString: mysql_error(connection))): \(sql)")
    }
    mysql_free_result(mysql_store_result(connection))
  }

  /// The first value of a query.
  func value(_ sql: String) throws -> String? {
    guard mysql_real_query(connection, sql, UInt(sql.utf8.count)) == 0 else {
      throw BenchmarkError("\(String(cString: mysql_error(connection))): \(sql)")
    }
    let result = mysql_store_result(connection)
    defer { mysql_free_result(result) }
    guard let row = mysql_fetch_row(result) else { return nil }
    return row[0].map { String(cString: $0) }
  }

  func prepare(_ sql: String) throws -> MariaDBClientStatement { try MariaDBClientStatement(sql, self) }
}
