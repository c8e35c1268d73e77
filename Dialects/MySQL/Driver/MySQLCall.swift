internal import CMariaDB
internal import RowanCore

/// The calls of Connector/C that may have to wait for the server, each in a `_start` and a `_cont` form.
/// https://mariadb.com/kb/en/using-the-non-blocking-library/
enum MySQLCall {
  case query, prepare, execute, store, fetch, nextResult, close
  /// Preparing and executing in one round trip.
  case direct

  /// Whether it executes a statement, whose rows come next.
  var executes: Bool { self == .execute || self == .direct }
}

/// A call that waits for the server.
struct MySQLPendingCall {
  var call: MySQLCall
  /// The readiness that was asked for last.
  var wanted: Int32
  var statement: MySQLStatement?
  /// Keeps what the library still reads from.
  var text: MySQLText?
}

/// SQL text where C can read it for as long as a call takes.
final class MySQLText {
  let start: UnsafeMutablePointer<CChar>
  let count: Int

  init(_ text: String) {
    var text = text
    count = text.utf8.count
    start = .allocate(capacity: count + 1)
    text.withUTF8 { bytes in
      for (index, byte) in bytes.enumerated() { (start + index).initialize(to: CChar(bitPattern: byte)) }
    }
    (start + count).initialize(to: 0)
  }

  deinit { start.deallocate() }
}

extension MySQLConnection {
  /// Starts a call.
  /// - Returns: the readiness it waits for, 0 when it is done and its result is in ``callResult``.
  func start(_ call: MySQLCall, _ statement: MySQLStatement?, _ text: MySQLText? = nil) -> Int32 {
    guard let statement else {
      guard let text else { return 0 }
      return mysql_real_query_start(&callResult, raw, text.start, UInt(text.count))
    }
    switch call {
    case .prepare:
      guard let text else { return 0 }
      return mysql_stmt_prepare_start(&callResult, statement.raw, text.start, UInt(text.count))
    case .execute: return mysql_stmt_execute_start(&callResult, statement.raw)
    case .direct:
      guard let text else { return 0 }
      return rowan_mysql_direct_start(&callResult, raw, statement.raw, text.start, text.count)
    case .store: return mysql_stmt_store_result_start(&callResult, statement.raw)
    case .fetch: return mysql_stmt_fetch_start(&callResult, statement.raw)
    case .nextResult: return mysql_stmt_next_result_start(&callResult, statement.raw)
    case .close:
      var result: CChar = 0
      defer { callResult = Int32(result) }
      return mysql_stmt_close_start(&result, statement.raw)
    case .query: return 0
    }
  }

  /// Goes on with a call.
  func proceed(_ call: MySQLCall, _ statement: MySQLStatement?, _ ready: Int32) -> Int32 {
    guard let statement else { return mysql_real_query_cont(&callResult, raw, ready) }
    switch call {
    case .prepare: return mysql_stmt_prepare_cont(&callResult, statement.raw, ready)
    case .execute: return mysql_stmt_execute_cont(&callResult, statement.raw, ready)
    case .direct: return mysql_ping_cont(&callResult, raw, ready)
    case .store: return mysql_stmt_store_result_cont(&callResult, statement.raw, ready)
    case .fetch: return mysql_stmt_fetch_cont(&callResult, statement.raw, ready)
    case .nextResult: return mysql_stmt_next_result_cont(&callResult, statement.raw, ready)
    case .close:
      var result: CChar = 0
      defer { callResult = Int32(result) }
      return mysql_stmt_close_cont(&result, statement.raw, ready)
    case .query: return 0
    }
  }

  /// Runs a call to its end.
  /// - Returns: its result: 0 for success, or what the call documents.
  /// - Throws: ``MySQLInterruption`` when the wait is cancelled, times out or cannot go on. The call is then still
  ///   under way, in ``pending``.
  nonisolated(nonsending) func perform(
    _ call: MySQLCall, _ statement: MySQLStatement? = nil, text: MySQLText? = nil, deadline: LaneInstant? = nil
  ) async throws -> Int32 {
    let wanted = start(call, statement, text)
    if wanted != 0 { try await finish(call, statement, wanted, text: text, deadline) }
    return callResult
  }

  /// Runs a call that was started, and has to wait, to its end. Apart from `perform`, so that a caller can do without a
  /// suspension where there is nothing to wait for.
  nonisolated(nonsending) func finish(
    _ call: MySQLCall, _ statement: MySQLStatement?, _ first: Int32, text: MySQLText? = nil, _ deadline: LaneInstant?
  ) async throws {
    var wanted = first
    pending = MySQLPendingCall(call: call, wanted: wanted, statement: statement, text: text)
    while wanted != 0 {
      let ready = try await wait(for: wanted, deadline)
      wanted = proceed(call, statement, ready)
      pending?.wanted = wanted
    }
    pending = nil
  }

  /// What the library's bits ask a source for.
  func interest(_ wanted: Int32) -> FDSource.Interest {
    var interest: FDSource.Interest = []
    if wanted & MYSQL_WAIT_READ != 0 { interest.insert(.read) }
    if wanted & MYSQL_WAIT_WRITE != 0 { interest.insert(.write) }
    return interest.isEmpty ? .read : interest
  }

  /// A source's readiness as the library's bits.
  func bits(_ ready: FDSource.Readiness, _ wanted: Int32) -> Int32 {
    var bits: Int32 = 0
    if ready.contains(.read) { bits |= MYSQL_WAIT_READ }
    if ready.contains(.write) { bits |= MYSQL_WAIT_WRITE }
    // After a hang-up the library has to read in order to find out.
    return ready.contains(.hangup) ? bits | (wanted & (MYSQL_WAIT_READ | MYSQL_WAIT_WRITE)) : bits
  }

  /// Waits until the socket is ready.
  /// - Returns: what it is ready for, as the library's bits.
  nonisolated(nonsending) func wait(for wanted: Int32, _ deadline: LaneInstant?) async throws -> Int32 {
    guard let source else { throw MySQLInterruption.closed }
    if let interruption { throw interruption }
    var limit = deadline
    var isLibrarys = false
    if wanted & MYSQL_WAIT_TIMEOUT != 0 {
      let own = lane.now.advanced(by: .milliseconds(Int64(mysql_get_timeout_value_ms(raw))))
      isLibrarys = limit.map { own < $0 } ?? true
      if isLibrarys { limit = own }
    }
    do {
      return bits(try await source.waitIgnoringCancellation(interest(wanted), deadline: limit), wanted)
    } catch LaneError.deadlineExceeded {
      if isLibrarys { return MYSQL_WAIT_TIMEOUT }
      throw MySQLInterruption.timedOut
    } catch let interruption as MySQLInterruption {
      throw interruption
    } catch {
      throw MySQLInterruption.closed
    }
  }
}

/// Why a call was left before its end.
enum MySQLInterruption: Error {
  /// The task was cancelled.
  case cancelled
  /// The statement's time is up.
  case timedOut
  /// The lane or the connection is being closed.
  case closed
}
