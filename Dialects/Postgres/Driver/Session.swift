internal import CPostgres
internal import RowanCore

/// What every connection has: libpq's handle, its descriptor on a lane, the parameters' buffer and the prepared
/// statements. Belongs to one lane and is only used there.
///
/// The session is in pipeline mode for life: a group of commands ends with a Sync, and is over when the Sync is
/// answered. https://www.postgresql.org/docs/15/libpq-pipeline-mode.html
final class Session {
  let lane: Lane
  let source: FDSource
  let raw: OpaquePointer
  let cancelKey: CancelKey
  let keepsStatements: Bool
  let catalog: TypeCatalog
  let parameters = ParameterBuffer()
  let statements: StatementCache
  /// Whether the connection has failed or was closed; then libpq is not called any more.
  ///
  /// Proof for leaving exclusivity unchecked: a truth value, read and written on the lane alone.
  @exclusivity(unchecked) private(set) var isLost = false
  private var handle: ConnectionHandle?

  private let observer: ConnectionObserver

  init(_ handle: consuming ConnectionHandle, on lane: Lane, _ context: DriverContext) throws {
    let configuration = context.configuration
    let raw = handle.raw
    guard let key = CancelKey(of: handle) else {
      throw RowanError(.connectionLost, "the server gave no key for cancelling statements")
    }
    source = try FDSource(fd: PQsocket(raw), on: lane)
    self.lane = lane
    self.raw = raw
    self.handle = consume handle
    cancelKey = key
    keepsStatements = configuration.pooler == .none
    catalog = context.catalog
    statements = StatementCache(capacity: configuration.pool.statementCacheCapacity)
    observer = context.observer
    observer.opened()
  }

  /// Ends the session. libpq closes the descriptor, so that its source must go first.
  func close() {
    if !isLost { observer.closed() }
    isLost = true
    source.close()
    handle = nil
  }

  /// Notes that the connection has failed. libpq may have closed the descriptor already, and its number may belong to
  /// somebody else soon.
  func lose(_ error: RowanError? = nil) {
    guard !isLost else { return }
    isLost = true
    source.close()
    observer.lost(error)
  }

  /// The error for a connection that has failed.
  func lostError(sql: String? = nil) -> RowanError {
    let reason = handle == nil || PQstatus(raw) != CONNECTION_BAD ? nil : libraryMessage
    let error = RowanError(
      .connectionLost, reason.map { "the connection was lost: \($0)" } ?? "the connection was lost",
      hint: "the statement may or may not have run; the pool replaces the connection", sql: sql)
    lose(error)
    return error
  }

  /// What libpq says of the end of the connection. Its text may begin with an older error of a statement, values
  /// included, so that only lines of its own are taken.
  private var libraryMessage: String? {
    guard let text = PQerrorMessage(raw).map({ String(cString: $0) }) else { return nil }
    let own = ["FATAL", "PANIC", "server closed", "could not", "connection", "no connection", "lost", "SSL"]
    return text.split(whereSeparator: \.isNewline).map { String($0) }
      .last { line in own.contains { line.hasPrefix($0) } }
  }

  /// Whether the server has closed an idle connection, judged without waiting.
  var isUsable: Bool {
    if isLost { return false }
    guard source.hasUnclaimedInput else { return true }
    // A notice or a changed setting is harmless. After a farewell comes the end of the stream, which only the second
    // look sees.
    for _ in 0..<2 where PQconsumeInput(raw) == 0 {
      lose()
      return false
    }
    if PQisBusy(raw) == 0, PQstatus(raw) == CONNECTION_OK { return true }
    lose()
    return false
  }

  /// The statement for a call: the one kept, or a new one, which ``sendPrepare(_:)`` has to precede.
  func statement(
    _ compiled: Compiled, _ binds: ContiguousArray<SQLValue>, from start: Int, count: Int
  ) throws(RowanError) -> (statement: PreparedStatement, isNew: Bool) {
    guard count <= 65_535 else {
      throw RowanError(
        .tooManyBinds, "the statement has \(count) placeholders; PostgreSQL takes 65535",
        hint: "bind an array, or split the statement", sql: compiled.sql)
    }
    let isKept = compiled.isReusable
    if isKept, let found = statements.find(compiled) {
      if found.types.count == count, found.takes(binds, from: start) { return (found, false) }
      statements.remove(found)
    }
    if compiled.sql.utf8.contains(0) {
      throw RowanError(
        .syntaxError, "the statement's text holds a NUL character",
        hint: "bind values instead of writing them into the text")
    }
    let number = isKept && keepsStatements ? statements.nextNumber() : nil
    return (PreparedStatement(compiled, number: number, binds: binds, from: start, count: count), true)
  }

  func sendPrepare(_ statement: PreparedStatement) throws(RowanError) {
    let types = statement.types
    let sent = withUnsafeTemporaryAllocation(of: UInt32.self, capacity: types.count + 1) { oids in
      for index in types.indices { oids[index] = types[index].oid }
      return PQsendPrepare(raw, statement.name, statement.compiled.sql, Int32(types.count), oids.baseAddress)
    }
    if sent != 1 { throw sendError(statement.compiled.sql) }
  }

  /// Executes a statement with the parameters in ``parameters``; an unnamed one is parsed on the way.
  func sendExecute(_ statement: PreparedStatement) throws(RowanError) {
    let parameters = parameters
    let sent: Int32
    if statement.isNamed {
      sent = PQsendQueryPrepared(
        raw, statement.name, Int32(parameters.count), parameters.values, parameters.lengths, parameters.formats, 1)
    } else {
      let types = statement.types
      sent = withUnsafeTemporaryAllocation(of: UInt32.self, capacity: types.count + 1) { oids in
        for index in types.indices { oids[index] = types[index].oid }
        return PQsendQueryParams(
          raw, statement.compiled.sql, Int32(parameters.count), oids.baseAddress, parameters.values,
          parameters.lengths, parameters.formats, 1)
      }
    }
    if sent != 1 { throw sendError(statement.compiled.sql) }
  }

  /// Sends a command without parameters.
  func send(_ sql: String) throws(RowanError) {
    if PQsendQueryParams(raw, sql, 0, nil, nil, nil, nil, 1) != 1 { throw sendError(sql) }
  }

  /// Ends the group, and sends what the socket takes.
  func sync() throws(RowanError) {
    if PQpipelineSync(raw) != 1 { throw sendError(nil) }
  }

  /// Sends what is left.
  /// - Returns: whether something still is.
  func flush() throws(RowanError) -> Bool {
    let left = PQflush(raw)
    if left < 0 { throw lostError() }
    return left > 0
  }

  private func sendError(_ sql: String?) -> RowanError { lostError(sql: sql) }
}
