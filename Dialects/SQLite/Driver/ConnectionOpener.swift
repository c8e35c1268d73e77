internal import CSQLite
internal import RowanCore

/// Opens the connections of one database, all alike.
struct ConnectionOpener: Sendable {
  let configuration: SQLiteConfiguration
  /// The absolute path, known once the first connection is open: later ones must not follow a change of folder.
  let resolved: String?
  let observer: ConnectionObserver?

  /// Opens a connection, waiting while another process holds the lock that opening needs.
  func open(_ role: SQLiteConnection.Role, closing: ClosingFlag) async throws -> SQLiteConnection {
    let limit = Deadline.after(configuration.busyTimeout)
    var pause = Duration.milliseconds(1)
    while true {
      do {
        return try attempt(role, closing)
      } catch let error as RowanError where error.code == .databaseLocked {
        let now = Deadline.now
        if now >= limit { throw error }
        do {
          try await Task.sleep(for: min(pause, limit.left(from: now)))
        } catch {
          throw SQLiteConnection.cancelled(nil)
        }
        pause = min(pause * 2, .milliseconds(25))
      }
    }
  }

  /// The absolute path of an open file database.
  static func path(of connection: SQLiteConnection) -> String? {
    guard let name = sqlite3_db_filename(connection.db, "main") else { return nil }
    let path = String(cString: name)
    return path.isEmpty ? nil : path
  }

  private func attempt(_ role: SQLiteConnection.Role, _ closing: ClosingFlag) throws -> SQLiteConnection {
    let handle = try SQLiteHandle.open(try name(), flags: flags(role), vfs: vfs)
    try ConnectionSettings(configuration: configuration, role: role).apply(to: handle.pointer)
    try DecimalFunctions.install(on: handle.pointer)
    try IntegerFunction.install(on: handle.pointer)
    observer?.opened()
    return SQLiteConnection(handle, role: role, configuration: configuration, closing: closing, observer: observer)
  }

  private func flags(_ role: SQLiteConnection.Role) -> Int32 {
    let uri = SQLITE_OPEN_URI
    if configuration.location == .memory {
      return uri | SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_MEMORY
    }
    if configuration.isReadOnly { return uri | SQLITE_OPEN_READONLY }
    // A reader opens for writing too, since it may have to set up the log's shared memory; `query_only` holds it back.
    // Only the first connection may make the file: one that vanished must not come back empty.
    let creates = role == .writer && resolved == nil && configuration.mode == .readWriteCreate
    return uri | SQLITE_OPEN_READWRITE | (creates ? SQLITE_OPEN_CREATE : 0)
  }

  private var vfs: String? {
    configuration.isExclusiveToProcess && configuration.location != .memory ? "unix-excl" : nil
  }

  /// The file as a URI, in which nothing of the path can be taken for an option. <https://sqlite.org/uri.html>
  private func name() throws -> String {
    guard case .file(let given) = configuration.location else { return ":memory:" }
    var path = resolved ?? given
    // Even in a URI this name means memory, one database for each connection.
    if path == ":memory:" { path = "./:memory:" }
    guard !path.isEmpty, !path.utf8.contains(0) else {
      throw RowanError(
        .invalidConfiguration, "the path of the database is empty or holds a NUL character",
        hint: "name a file, or use .memory")
    }
    var uri = path.utf8.first == UInt8(ascii: "/") ? "file://" : "file:"
    for byte in path.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "/"), UInt8(ascii: "."), UInt8(ascii: "_"),
        UInt8(ascii: "-"):
        uri.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        uri += byte < 16 ? "%0" : "%"
        uri += String(byte, radix: 16, uppercase: true)
      }
    }
    return configuration.isImmutable ? uri + "?immutable=1" : uri
  }
}
