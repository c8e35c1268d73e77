internal import RowanCore

extension MySQLDialect {
  /// The dialect of a server, with what its version can do.
  init(server: MySQLServer) {
    self.init(server.isMariaDB ? .mariaDB : .mySQL, version: server.number)
    capabilities.bulkInsert = server.hasBulkExecution ? .executeMany : .multiRow(rowsPerStatement: 100)
  }
}
