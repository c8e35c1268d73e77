internal import RowanCore

/// What the server or Connector/C reported: the raw material of a ``RowanError``.
struct MySQLFailure: Error {
  var number: Int
  var state: String
  /// The text as it came, which may hold values: it never leaves this module unread.
  var text: String

  /// Whether the connection is of no use any more.
  ///
  /// https://mariadb.com/kb/en/mariadb-error-codes/
  var endsConnection: Bool {
    switch number {
    case 1053, 1077, 1079, 1080, 1153, 1156...1161, 1927, 4031: true
    case 2006, 2013, 2014, 2020, 2027, 2055, 5013, 5014, 5015: true
    default: false
    }
  }

  /// Whether the server has rolled the whole transaction back. A lock wait timeout does so only if the server is
  /// configured to.
  /// https://dev.mysql.com/doc/refman/8.4/en/innodb-error-handling.html
  func endsTransaction(rollbackOnTimeout: Bool) -> Bool {
    switch number {
    case 1213, 1020: true
    case 1205: rollbackOnTimeout
    default: false
    }
  }

  /// Whether the prepared statement, rather than the execution, is at fault: it has to be prepared again.
  /// 1243: the server does not know it; 1615: its tables changed too often; 2057: other columns come out.
  var asksForPreparing: Bool { number == 1243 || number == 1615 || number == 2057 }

  /// Whether the statement cannot be prepared at all, and has to travel as text.
  var isUnpreparable: Bool { number == 1295 }
}

extension MySQLFailure {
  /// The error of a statement.
  func error(sql: String?, report extra: MySQLReport? = nil) -> RowanError {
    let found = extra ?? report()
    return RowanError(
      found.code, found.message, hint: found.hint,
      server: ServerReport(
        sqlState: state, number: number, constraint: found.constraint, table: found.table, columns: found.columns),
      sql: sql)
  }

  /// The error of an attempt to connect, which holds the server's own words: no statement was sent yet.
  func connectError(to place: String) -> RowanError {
    let (code, hint): (RowanError.Code, String) =
      switch numberInside ?? number {
      case 1044: (.authenticationFailed, "grant the user access to the database")
      case 1045, 1698: (.authenticationFailed, "check user and password, and that the user may come from this host")
      case 1129, 1130, 1820, 1862, 1275, 1251, 1524, 2049, 2059, 2061:
        (.authenticationFailed, "check how the server lets this user in")
      case 1049: (.unknownDatabase, "create the database, or mend its name")
      case 1040, 1203, 1226: (.tooManyConnections, "make the pool smaller, or let the server take more connections")
      case 2026, 3159: (.tlsFailed, "check ssl-mode and the certificates")
      case 2001, 2002, 2003, 2004, 2005: refusal
      case 2013 where text.contains("110") || text.contains("timed out") || text.hasSuffix(" 11"):
        (.connectTimeout, "check that a MySQL server answers there")
      case 2006, 2012, 2013, 2047, 2055, 5013, 5014:
        (.connectionLost, "check that a MySQL server answers there, and its log")
      default: (.connectionRefused, "see the server's log")
      }
    return RowanError(
      code, "cannot connect to \(place): \(text)", hint: hint, server: ServerReport(sqlState: state, number: number))
  }

  /// The server's number in "Received error packet before completion of TLS handshake. The authenticity of the following
  /// error cannot be verified: 1040 - Too many connections".
  private var numberInside: Int? {
    guard let start = text.firstRange(of: "cannot be verified: ")?.upperBound else { return nil }
    return Int(text[start...].prefix { $0.isASCII && $0.isNumber })
  }

  private var refusal: (RowanError.Code, String) {
    // Connector/C puts the errno in parentheses: 110 and 60 are ETIMEDOUT on Linux and on Darwin.
    text.hasSuffix("(110)") || text.hasSuffix("(60)")
      ? (.connectTimeout, "check host, port and firewall")
      : (.connectionRefused, "check that the server runs and listens there")
  }
}
