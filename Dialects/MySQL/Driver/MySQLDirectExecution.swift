internal import CMariaDB
internal import RowanCore

/// The first use of a statement in one round trip: the request to execute follows the one to prepare without waiting
/// for its answer.
/// https://mariadb.com/kb/en/mariadb_stmt_execute_direct/
extension MySQLConnection {
  /// A statement to prepare and execute at once.
  struct Direct {
    let text: MySQLText
    let parameters: MySQLParameters
  }

  /// What to prepare and execute at once; nil where that takes two requests: on servers and with libraries that cannot,
  /// and for statements whose placeholders only the server can count.
  func direct(_ call: DriverCall) throws -> Direct? {
    // The second request names "the statement prepared last". A server that has no room for another statement refuses
    // the first and executes an older one: that must not be one that changes anything.
    // https://mariadb.com/kb/en/server-system-variables/#max_prepared_stmt_count
    guard server.executesDirectly, !lastPreparedWrites else { return nil }
    let text = MySQLText(call.compiled.sql)
    // While the server answers the first request nobody reads: it must be able to take in the second meanwhile.
    guard text.count <= MySQLConnection.directLength,
      MySQLPlaceholders.count(in: UnsafeBufferPointer(start: text.start, count: text.count)) == call.binds.count
    else { return nil }
    let parameters = MySQLParameters(count: call.binds.count)
    try parameters.set(call.binds, call.compiled)
    guard parameters.byteCount <= MySQLConnection.directLength else { return nil }
    try check(packet: parameters.byteCount, call.compiled)
    return Direct(text: text, parameters: parameters)
  }

  /// Prepares and executes a statement, and stores its first result; it is then in ``executed``.
  /// - Throws: ``MySQLFailure``; ``executed`` is the statement if it was prepared.
  nonisolated(nonsending) func execute(
    _ direct: Direct, _ compiled: Compiled, _ deadline: LaneInstant?
  ) async throws {
    // Before it is executed: closing others reads what is left of its results away.
    try await makeRoom(for: compiled)
    let statement = try makeStatement(compiled)
    statement.take(direct.parameters)
    try bind(statement)
    if compiled.mayWrite { lastPreparedWrites = true }
    let result = try await perform(.direct, statement, text: direct.text, deadline: deadline)
    guard statement.wasPrepared() else {
      let failure = statement.failure
      // The failure is the first answer's; the connection may have gone before the second.
      if raw.pointee.net.pvio == nil { markBroken() }
      throw failure
    }
    statement.prepared()
    lastPreparedWrites = compiled.mayWrite
    executed = statement
    guard result == 0 else {
      let failure = statement.failure
      if !failure.endsConnection { keep(statement) }
      throw failure
    }
    try await store(statement) { wanted in try await self.finish(.store, statement, wanted, deadline) }
    keep(statement)
  }

  /// Bytes of a text, and of values, that travel in one go: less than any socket's buffers hold.
  private static let directLength = 16 * 1024
}

extension Compiled {
  /// Whether it may change anything, whatever it was declared to be.
  var mayWrite: Bool {
    if access == .write || isHandWritten { return true }
    return !["SELECT", "WITH", "SHOW", "EXPLAIN"].contains(firstWord)
  }

  /// The word its text begins with, in upper case; empty where that is a comment.
  var firstWord: String { sql.drop { $0.isWhitespace || $0 == "(" }.prefix { $0.isLetter }.uppercased() }
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
    var before: UInt8 = 0
    for index in text.indices {
      let byte = UInt8(bitPattern: text[index])
      let last = before
      before = byte
      if let start = comment {
        // Those that some servers execute.
        if index == start + 1, byte == UInt8(ascii: "!") || byte == UInt8(ascii: "M") { return nil }
        // The asterisk that opens it does not close it.
        if byte == UInt8(ascii: "/"), last == UInt8(ascii: "*"), index > start + 1 {
          comment = nil
          // Its slash opens no other.
          before = 0
        }
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
      case UInt8(ascii: "*") where last == UInt8(ascii: "/"): comment = index
      // Where these end depends on what comes before and after.
      case UInt8(ascii: "#"): return nil
      case UInt8(ascii: "-") where last == byte: return nil
      default: break
      }
    }
    return quote == nil && comment == nil ? count : nil
  }
}
