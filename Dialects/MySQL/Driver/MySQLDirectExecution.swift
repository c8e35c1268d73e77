internal import CMariaDB
internal import RowanCore

/// The first use of a statement in one round trip: the request to execute follows the one to prepare without waiting
/// for its answer.
/// https://mariadb.com/kb/en/mariadb_stmt_execute_direct/
extension MySQLConnection {
  /// The text to prepare and execute at once; nil where that takes two requests: on servers that cannot, and for
  /// statements whose placeholders only the server can count.
  func directText(_ call: DriverCall) -> MySQLText? {
    guard server.hasBulkExecution else { return nil }
    let text = MySQLText(call.compiled.sql)
    // While the server answers the first request nobody reads: it must be able to take in the second meanwhile.
    guard text.count <= MySQLConnection.directLength,
      MySQLPlaceholders.count(in: UnsafeBufferPointer(start: text.start, count: text.count)) == call.binds.count
    else { return nil }
    return text
  }

  /// Prepares and executes a statement, and stores its first result; it is then in ``executed``.
  /// - Throws: ``MySQLFailure``; ``executed`` is the statement if it was prepared.
  nonisolated(nonsending) func executeDirectly(
    _ call: DriverCall, _ text: MySQLText, _ deadline: LaneInstant?
  ) async throws {
    let statement = try makeStatement(call.compiled)
    statement.expectParameters(call.binds.count)
    try fill(statement, call)
    guard statement.parameters.byteCount <= MySQLConnection.directLength else {
      return try await executePrepared(call, deadline)
    }
    let result = try await perform(.direct, statement, text: text, deadline: deadline)
    guard statement.raw.pointee.state != MYSQL_STMT_INITTED else { throw statement.failure }
    statement.prepared()
    executed = statement
    guard result == 0 else {
      let failure = statement.failure
      if !failure.endsConnection, !failure.asksForPreparing { try await keep(statement) }
      throw failure
    }
    try await store(statement) { wanted in try await self.finish(.store, statement, wanted, deadline) }
    // Making room for it closes others, which has to wait until its rows are read off the wire.
    try await keep(statement)
  }

  /// Bytes of a text, and of values, that travel in one go: less than any socket's buffers hold.
  private static let directLength = 16 * 1024
}

/// The placeholders of a statement's text.
enum MySQLPlaceholders {
  /// Counts them.
  /// - Returns: nil where it takes the server to tell what is quoted and what is a comment.
  ///
  /// https://mariadb.com/kb/en/string-literals/, https://mariadb.com/kb/en/comment-syntax/
  static func count(in text: UnsafeBufferPointer<CChar>) -> Int? {
    var count = 0
    var quote: UInt8?
    // Where a comment's asterisk is.
    var comment: Int?
    for index in text.indices {
      let byte = UInt8(bitPattern: text[index])
      let before = index > text.startIndex ? UInt8(bitPattern: text[index - 1]) : 0
      if let start = comment {
        // Those that some servers execute.
        if index == start + 1, byte == UInt8(ascii: "!") || byte == UInt8(ascii: "M") { return nil }
        // The asterisk that opens it does not close it.
        if byte == UInt8(ascii: "/"), before == UInt8(ascii: "*"), index > start + 1 { comment = nil }
        continue
      }
      if let open = quote {
        // A doubled quote ends one text and starts the next.
        if byte == open { quote = nil }
        // Whether it escapes what follows depends on the session.
        if byte == UInt8(ascii: "\\"), open != UInt8(ascii: "`") { return nil }
        continue
      }
      switch byte {
      case UInt8(ascii: "?"): count += 1
      case UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "`"): quote = byte
      case UInt8(ascii: "*") where before == UInt8(ascii: "/"): comment = index
      // Where these end depends on what comes before and after.
      case UInt8(ascii: "#"): return nil
      case UInt8(ascii: "-") where before == byte: return nil
      default: break
      }
    }
    return quote == nil && comment == nil ? count : nil
  }
}
