internal import CMariaDB
internal import RowanCore

/// What every session is set to, and read back.
struct MySQLSession: Sendable {
  let configuration: MySQLConfiguration

  /// What is known of a session once it is set up.
  struct Facts: Sendable {
    var server: MySQLServer
    /// The session's number, which `KILL QUERY` takes.
    var thread: UInt
  }

  /// Strict, so that a value that does not fit is an error and never another value; without the automatic value for
  /// zero, so that a 0 is stored as one.
  /// https://mariadb.com/kb/en/sql-mode/
  static let sqlMode = [
    "STRICT_ALL_TABLES", "STRICT_TRANS_TABLES", "NO_ZERO_DATE", "NO_ZERO_IN_DATE", "ERROR_FOR_DIVISION_BY_ZERO",
    "NO_AUTO_VALUE_ON_ZERO", "NO_ENGINE_SUBSTITUTION",
  ]

  /// Sets the session up and checks it.
  func prepare(_ handle: borrowing MySQLHandle) throws -> Facts {
    let raw = handle.raw
    let isMariaDB = mariadb_connection(raw) != 0
    let number = Int(mysql_get_server_version(raw))
    try execute(raw, "SET NAMES utf8mb4 COLLATE utf8mb4_bin")
    var settings = [
      "sql_mode = '\(Self.sqlMode.joined(separator: ","))'", "time_zone = '+00:00'", "autocommit = 1",
      "lc_messages = 'en_US'",
      // GROUP_CONCAT and MariaDB's JSON_ARRAYAGG cut their result off at this length, with nothing but a warning.
      "group_concat_max_len = 4294967295",
      "session_track_state_change = 1",
    ]
    if let limit = MySQLSession.limitSetting(configuration.pool.statementTimeout, isMariaDB: isMariaDB) {
      settings.append(limit)
    }
    try execute(raw, "SET SESSION " + settings.joined(separator: ", "))
    let row = try firstRow(
      raw,
      """
      SELECT @@sql_mode, @@time_zone, @@character_set_client, @@character_set_connection, @@character_set_results, \
      @@collation_connection, @@autocommit, @@max_allowed_packet, @@innodb_rollback_on_timeout, CONNECTION_ID()
      """)
    try verify(row)
    // One packet has a length of four bytes, which Connector/C splits and joins.
    let packet = row[7].flatMap { Int($0) } ?? 16_777_216
    let hasBulkExecution = isMariaDB && MySQLSession.hasBulkExecution(raw)
    let version = mysql_get_server_info(raw).map { String(cString: $0) } ?? "\(number)"
    let server = MySQLServer(
      isMariaDB: isMariaDB, number: number, description: version, maxPacket: packet,
      rollbackOnTimeout: row[8] == "1",
      hasBulkExecution: hasBulkExecution,
      executesDirectly: hasBulkExecution && MySQLSession.libraryExecutesDirectly(mysql_get_client_info()))
    try server.check()
    guard raw.pointee.client_flag & UInt(CLIENT_FOUND_ROWS) != 0 else { throw refused("CLIENT_FOUND_ROWS") }
    return Facts(server: server, thread: row[9].flatMap { UInt($0) } ?? mysql_thread_id(raw))
  }

  /// The assignment that limits how long statements take. MySQL's variable only holds for SELECT.
  /// https://mariadb.com/kb/en/server-system-variables/#max_statement_time
  static func limitSetting(_ limit: Duration?, isMariaDB: Bool) -> String? {
    guard let limit else { return nil }
    let milliseconds = max(1, limit.components.seconds * 1000 + limit.components.attoseconds / 1_000_000_000_000_000)
    if !isMariaDB { return "max_execution_time = \(milliseconds)" }
    let fraction = String(milliseconds % 1000 + 1000).dropFirst()
    return "max_statement_time = \(milliseconds / 1000).\(fraction)"
  }

  /// Whether a statement takes locks, opens handlers or begins something else that lasts until the session ends, of
  /// which the tracking of the session's state says nothing.
  static func leavesTrace(_ compiled: Compiled) -> Bool {
    guard compiled.access == .write else { return false }
    return ["LOCK", "FLUSH", "HANDLER", "BACKUP", "XA"].contains(compiled.firstWord)
  }

  private static func hasBulkExecution(_ raw: UnsafeMutablePointer<MYSQL>) -> Bool {
    var capabilities: UInt = 0
    guard mariadb_get_info(raw, MARIADB_CONNECTION_EXTENDED_SERVER_CAPABILITIES, &capabilities) == 0 else {
      return false
    }
    // The extended capabilities are the upper half of the 64 bits.
    return capabilities & (1 << 2) != 0
  }

  /// Connector/C may prepare and execute at once, and use the statement again, since 3.3; before, it closes statements
  /// that were never prepared.
  static func libraryExecutesDirectly(_ version: UnsafePointer<CChar>?) -> Bool {
    guard let version else { return false }
    let numbers = String(cString: version).split(separator: ".").prefix(2).compactMap { Int($0) }
    return numbers.count == 2 && (numbers[0], numbers[1]) >= (3, 3)
  }

  private func verify(_ row: [String?]) throws {
    let modes = Set((row[0] ?? "").split(separator: ",").map(String.init))
    for mode in Self.sqlMode where !modes.contains(mode) { throw refused("sql_mode \(mode)") }
    guard row[1] == "+00:00" else { throw refused("time_zone +00:00") }
    guard row[2] == "utf8mb4", row[3] == "utf8mb4", row[4] == "utf8mb4", row[5] == "utf8mb4_bin" else {
      throw refused("utf8mb4 with utf8mb4_bin")
    }
    guard row[6] == "1" else { throw refused("autocommit") }
  }

  private func refused(_ what: String) -> RowanError {
    RowanError(
      .invalidConfiguration, "the server did not take the session setting \(what)",
      hint: "a proxy that changes sessions may stand in between; connect to the server itself")
  }

  private func execute(_ raw: UnsafeMutablePointer<MYSQL>, _ sql: String) throws {
    guard mysql_real_query(raw, sql, UInt(sql.utf8.count)) == 0 else {
      throw MySQLFailure(connection: raw).error(sql: sql)
    }
  }

  private func firstRow(_ raw: UnsafeMutablePointer<MYSQL>, _ sql: String) throws -> [String?] {
    try execute(raw, sql)
    guard let result = mysql_store_result(raw) else { throw MySQLFailure(connection: raw).error(sql: sql) }
    defer { mysql_free_result(result) }
    guard let row = mysql_fetch_row(result) else { throw RowanError.internalFailure("a session has no settings") }
    return (0..<Int(mysql_num_fields(result))).map { index in row[index].map { String(cString: $0) } }
  }
}
