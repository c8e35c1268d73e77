internal import CPostgres

/// The only owner of a `PGconn`. libpq lets a connection be used from any thread, by one at a time.
/// https://www.postgresql.org/docs/15/libpq-threading.html
struct ConnectionHandle: ~Copyable, @unchecked Sendable {
  // Proof for @unchecked: the handle cannot be copied, so that only its owner can reach the pointer.
  let raw: OpaquePointer

  deinit { PQfinish(raw) }
}

/// The only owner of a `PGresult`.
struct ResultHandle: ~Copyable {
  let raw: OpaquePointer

  deinit { PQclear(raw) }
}

/// What a cancel request needs to know. It stays valid when the connection has gone.
/// https://www.postgresql.org/docs/15/libpq-cancel.html
final class CancelKey: @unchecked Sendable {
  // Proof for @unchecked: libpq only reads a PGcancel once it is made, and documents PQcancel as thread-safe.
  private let raw: OpaquePointer

  init?(of connection: borrowing ConnectionHandle) {
    guard let raw = PQgetCancel(connection.raw) else { return nil }
    self.raw = raw
  }

  deinit { PQfreeCancel(raw) }

  /// Asks the server to cancel what the connection runs, over a connection of its own. Blocks until the server has
  /// passed the request on.
  func send() {
    var message = [CChar](repeating: 0, count: 256)
    // A request that fails leaves the statement to its time-out; the connection is then closed.
    _ = PQcancel(raw, &message, Int32(message.count))
  }
}
