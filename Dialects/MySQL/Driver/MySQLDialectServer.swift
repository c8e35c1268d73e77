internal import RowanCore

extension MySQLDialect {
  /// The dialect of a server, with what its version can do.
  init(server: MySQLServer) {
    self.init(capabilities: MySQLDialect.capabilities(of: server))
  }

  /// What a server can do.
  static func capabilities(of server: MySQLServer) -> Capabilities {
    var capabilities = defaultCapabilities
    capabilities.nonFiniteDoubles = false
    capabilities.nulInText = true
    capabilities.unsignedBigint = true
    capabilities.conflictTarget = false
    capabilities.fullJoin = false
    capabilities.transactionalDDL = false
    capabilities.namespaces = false
    capabilities.updateReturning = false
    // https://mariadb.com/kb/en/insertreturning/, since 10.5; MySQL has none.
    capabilities.insertReturning = server.isMariaDB
    capabilities.deleteReturning = server.isMariaDB
    // MariaDB has no LATERAL before 12.2; MySQL since 8.0.14.
    capabilities.lateral = !server.isMariaDB
    // MySQL since 8.0.31.
    capabilities.intersectAndExcept = server.isMariaDB || server.number >= 80_031
    capabilities.maxIdentifierBytes = 64
    capabilities.bulkInsert = server.hasBulkExecution ? .executeMany : .multiRow(rowsPerStatement: 100)
    return capabilities
  }
}
