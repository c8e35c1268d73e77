internal import RowanCore

extension MySQLDialect {
  /// The dialect of a server, with what its version can do.
  init(server: MySQLServer) {
    self.init(server.isMariaDB ? .mariaDB : .mySQL, version: server.number)
    // A proxy may stand in between that passes fewer capabilities on.
    capabilities.bulkInsert = server.hasBulkExecution ? .executeMany : .multiRow(rowsPerStatement: 100)
  }
}
