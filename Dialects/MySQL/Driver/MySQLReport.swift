internal import RowanCore

/// What a server's failure means, without any value of the user's.
struct MySQLReport {
  var code: RowanError.Code
  var message: String
  var hint: String?
  var constraint: String?
  var table: String?
  var columns: [String] = []

  init(
    _ code: RowanError.Code, _ message: String, hint: String? = nil, constraint: String? = nil, table: String? = nil,
    columns: [String] = []
  ) {
    self.code = code
    self.message = message
    self.hint = hint
    self.constraint = constraint
    self.table = table
    self.columns = columns
  }
}

extension MySQLFailure {
  /// Numbers: https://mariadb.com/kb/en/mariadb-error-codes/ and
  /// https://dev.mysql.com/doc/mysql-errs/8.4/en/server-error-reference.html
  func report() -> MySQLReport {
    switch number {
    case 1022, 1062, 1169, 1557, 1586, 1859: unique()
    // What a table that others refer to says of a duplicate, when it is copied to get a unique key.
    // https://mariadb.com/kb/en/e1834/
    case 1834:
      MySQLReport(
        .uniqueViolation, "a table that others refer to has two rows of one key",
        hint: "make the rows differ in what shall be unique")
    case 1216, 1217, 1451, 1452, 1761, 1762: foreignKey()
    case 1048, 1263, 1364: notNull()
    case 3819, 4025: check()
    case 1264, 1265, 1292, 1365, 1366, 1367, 1406, 1411, 1416, 1441, 1690, 1153, 3140, 4038, 4078: outOfRange()
    case 1213: MySQLReport(.deadlock, "the server ended the transaction to resolve a deadlock", hint: "run it again")
    case 1020:
      MySQLReport(
        .serializationFailure, "a row has changed since the transaction first read it", hint: "run it again")
    case 1205, 3572:
      MySQLReport(
        .lockTimeout, "a lock was not granted in time",
        hint: "find the transaction that holds it, or raise innodb_lock_wait_timeout")
    case 1969, 3024, 1907: MySQLReport(.queryTimeout, "the statement took longer than it may", hint: "raise its limit")
    case 1317, 1028: MySQLReport(.cancelled, "the statement was cancelled")
    default: reportOfServer()
    }
  }

  private func reportOfServer() -> MySQLReport {
    switch number {
    case 1044, 1045, 1142, 1143, 1227, 1370, 1410, 1419, 1698:
      MySQLReport(
        .permissionDenied, "the user may not do this: \(MySQLErrorText.masked(text))", hint: "grant the right")
    case 1049: MySQLReport(.unknownDatabase, "there is no such database", hint: "create it, or mend its name")
    case 1051, 1109, 1146:
      MySQLReport(
        .unknownTable, "there is no table \(MySQLErrorText.firstName(text).map { "'\($0)'" } ?? "of that name")",
        hint: "create it, or mend its name", table: MySQLErrorText.firstName(text).map(MySQLErrorText.lastPart))
    case 1054, 1072:
      MySQLReport(
        .unknownColumn, "there is no column \(MySQLErrorText.firstName(text).map { "'\($0)'" } ?? "of that name")",
        hint: "add it, or mend its name",
        columns: MySQLErrorText.firstName(text).map { [MySQLErrorText.lastPart($0)] } ?? [])
    case 1064, 1149:
      MySQLReport(
        .syntaxError, "the server cannot parse the statement\(MySQLErrorText.line(text))", hint: "mend the SQL")
    case 1059, 1102, 1103, 1166:
      MySQLReport(.invalidIdentifier, "a name is too long, or one the server does not take", hint: "rename it")
    case 1065: MySQLReport(.emptyStatement, "the statement is empty", hint: "write one")
    case 1235, 1295: MySQLReport(.unsupported, "the server does not support this: \(MySQLErrorText.masked(text))")
    case 1390:
      MySQLReport(.tooManyBinds, "the statement has more than 65535 placeholders", hint: "send fewer values at once")
    case 1792:
      MySQLReport(.readOnlyTransaction, "a read-only transaction cannot write", hint: "open it for writing")
    case let number where [1290, 1836, 1874].contains(number) && (number != 1290 || text.contains("read")):
      MySQLReport(.readOnlyDatabase, "the server is read-only", hint: "connect to the primary")
    default: reportOfMachine()
    }
  }

  private func reportOfMachine() -> MySQLReport {
    switch number {
    case 1021, 1114:
      MySQLReport(.diskFull, "the server has no room left", hint: "free space on its disk, or raise its limit")
    case let number where [3, 1026, 1030].contains(number) && text.contains("28"):
      MySQLReport(.diskFull, "the server has no room left", hint: "free space on its disk")
    case 3, 1026, 1030:
      MySQLReport(.ioFailed, "the server could not read or write its files", hint: "see the server's log")
    case 126, 145, 1034, 1035, 1194, 1195:
      MySQLReport(.databaseCorrupt, "a table of the server is damaged", hint: "see the server's log, and restore it")
    case 1040, 1203, 1226:
      MySQLReport(.tooManyConnections, "the server takes no more connections", hint: "make the pools smaller")
    case 1461:
      MySQLReport(
        .serverError, "the server holds max_prepared_stmt_count prepared statements",
        hint: "make statement caches smaller, or raise max_prepared_stmt_count")
    case 1243, 1615, 2057:
      MySQLReport(.schemaChanged, "a table changed while the statement was prepared", hint: "run it again")
    case 2026: MySQLReport(.tlsFailed, "the encrypted connection failed: \(text)", hint: "see the server's log")
    case 2008: MySQLReport(.serverError, "the client library is out of memory")
    case _ where endsConnection:
      MySQLReport(.connectionLost, "the connection to the server was lost", hint: "run it again if that is safe")
    default: MySQLReport(.serverError, MySQLErrorText.masked(text))
    }
  }

  private func unique() -> MySQLReport {
    // "Duplicate entry 'value' for key 'name'", where the value may hold quotes of its own.
    let name = MySQLErrorText.lastQuoted(text, after: "for key ")
    // MySQL 8 writes table.key.
    let parts = name.map(MySQLErrorText.parts) ?? []
    let constraint = parts.last ?? name
    return MySQLReport(
      .uniqueViolation, "a row with the same key exists\(constraint.map { " (constraint '\($0)')" } ?? "")",
      hint: "use another value, or an upsert", constraint: constraint, table: parts.count > 1 ? parts.first : nil)
  }

  private func foreignKey() -> MySQLReport {
    // "Cannot add or update a child row: a foreign key constraint fails (`db`.`posts`, CONSTRAINT `name` FOREIGN KEY
    // (`author_id`) REFERENCES `users` (`id`))"; it holds names only.
    let names = MySQLErrorText.backticked(text)
    let constraint = MySQLErrorText.backticked(text, after: "CONSTRAINT ").first
    let columns = MySQLErrorText.backticked(text, after: "FOREIGN KEY (", until: ")")
    let isParent = number == 1451 || number == 1217
    return MySQLReport(
      .foreignKeyViolation,
      (isParent ? "the row is still referred to" : "the row referred to does not exist")
        + (constraint.map { " (constraint '\($0)')" } ?? ""),
      hint: isParent ? "delete or change the referring rows first" : "insert the row referred to first",
      constraint: constraint, table: names.count > 1 ? names[1] : nil, columns: columns)
  }

  private func notNull() -> MySQLReport {
    let column = MySQLErrorText.lastQuoted(text, after: "olumn ") ?? MySQLErrorText.lastQuoted(text, after: "Field ")
    return MySQLReport(
      .notNullViolation, "column \(column.map { "'\($0)' " } ?? "")cannot be NULL and has no default",
      hint: "give it a value", columns: column.map { [$0] } ?? [])
  }

  private func check() -> MySQLReport {
    // MariaDB: "CONSTRAINT `name` failed for `db`.`table`"; MySQL: "Check constraint 'name' is violated."
    let names = MySQLErrorText.backticked(text)
    let constraint = names.first ?? MySQLErrorText.firstName(text)
    let shown = constraint.map(MySQLErrorText.lastPart)
    return MySQLReport(
      .checkViolation, "the row breaks a check\(shown.map { " (constraint '\($0)')" } ?? "")",
      hint: "change the values", constraint: shown, table: names.count > 2 ? names[2] : nil)
  }

  private func outOfRange() -> MySQLReport {
    if number == 1153 {
      return MySQLReport(
        .valueOutOfRange, "the statement and its values are larger than the server's max_allowed_packet",
        hint: "send less at once, or raise max_allowed_packet")
    }
    if number == 1365 {
      return MySQLReport(.valueOutOfRange, "division by zero", hint: "guard the divisor with NULLIF")
    }
    let place = MySQLErrorText.column(text)
    let what =
      number == 1406
      ? "a value is too long for" : number == 1264 ? "a value is out of range for" : "a value does not fit"
    return MySQLReport(
      .valueOutOfRange, "\(what) \(place.column.map { "column '\($0)'" } ?? "its place")",
      hint: "change the value, or the column's type", table: place.table, columns: place.column.map { [$0] } ?? [])
  }
}
