internal import CMariaDB
internal import RowanCore

/// One prepared statement of one connection. Only its connection touches it, on the connection's lane.
final class MySQLStatement {
  let compiled: Compiled
  let raw: UnsafeMutablePointer<MYSQL_STMT>
  private(set) var parameters: MySQLParameters
  private(set) var plan: MySQLResultPlan
  /// Whether it leaves the session in a state that the server does not report.
  let leavesTrace: Bool
  /// Whether it has once given more than one result, as procedures do.
  var givesManyResults = false
  /// When it was last used, on its cache's own count.
  var lastUse: UInt64 = 0
  /// Arrays for the execution over many rows at once.
  var bulk: MySQLBulkParameters?
  private(set) var hasBeenClosed = false

  init(_ compiled: Compiled, _ raw: UnsafeMutablePointer<MYSQL_STMT>) {
    self.compiled = compiled
    leavesTrace = MySQLSession.leavesTrace(compiled)
    self.raw = raw
    parameters = MySQLParameters(count: 0)
    plan = MySQLResultPlan(raw, [])
  }

  /// Takes over the values of a statement that is executed before the server has counted its placeholders.
  func take(_ values: MySQLParameters) {
    var placeholders = UInt32(clamping: values.count)
    mysql_stmt_attr_set(raw, STMT_ATTR_PREBIND_PARAMS, &placeholders)
    parameters = values
  }

  /// Whether the server has prepared what was to be prepared and executed at once.
  func wasPrepared() -> Bool {
    if raw.pointee.state != MYSQL_STMT_INITTED { return true }
    // It has no number on the server, and must not be closed under "the one prepared last".
    raw.pointee.stmt_id = 0
    return false
  }

  // Frees the client's part; the server's part goes with the connection, or has gone with `markClosed`.
  deinit { if !hasBeenClosed { mysql_stmt_close(raw) } }

  /// Takes note of parameters and columns, once the server has prepared it.
  func prepared() {
    let count = Int(mysql_stmt_param_count(raw))
    if parameters.count != count { parameters = MySQLParameters(count: count) }
    plan = MySQLResultPlan(raw, compiled.results)
  }

  /// Makes the plan anew if the last execution described other columns.
  func refreshPlan() {
    // What the server has just sent; it need not repeat what has not changed. Of this, the library takes over types and
    // not names.
    let sent = raw.pointee.mysql.pointee
    let fields = sent.field_count == raw.pointee.field_count ? sent.fields : nil
    if !plan.fits(raw) || !plan.hasNames(fields) { plan = MySQLResultPlan(raw, compiled.results, names: fields) }
  }

  /// The library has closed and freed it.
  func markClosed() { hasBeenClosed = true }

  /// What went wrong last. A connection that is lost while rows are fetched is noted on the connection alone.
  var failure: MySQLFailure {
    guard mysql_stmt_errno(raw) == 0, let connection = raw.pointee.mysql else { return MySQLFailure(statement: raw) }
    return MySQLFailure(connection: connection)
  }

  /// Whether an execution gives rows.
  var hasRows: Bool { mysql_stmt_field_count(raw) > 0 }
}
