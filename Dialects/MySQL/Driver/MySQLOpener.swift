internal import CMariaDB
internal import RowanCore
internal import Synchronization

/// Opens connections with blocking calls: Connector/C resolves names and shakes hands for TLS without its
/// non-blocking machinery, so this runs on helper threads and never on a lane.
struct MySQLOpener: Sendable {
  let configuration: MySQLConfiguration

  /// Connects, and checks and sets up the session.
  func open() throws -> MySQLOpened {
    let handle = try connect()
    let session = MySQLSession(configuration: configuration)
    let facts = try session.prepare(handle)
    // TLS reads go to the socket itself, which has to be in non-blocking mode for them.
    guard rowan_mysql_set_nonblocking(mysql_get_socket(handle.raw)) == 0 else {
      throw RowanError(.ioFailed, "the socket cannot be put in non-blocking mode")
    }
    return MySQLOpened(handle, facts)
  }

  /// Ends what another connection's session is executing.
  func killQuery(_ thread: UInt) throws {
    let handle = try connect()
    let statement = "KILL QUERY \(thread)"
    guard mysql_real_query(handle.raw, statement, UInt(statement.utf8.count)) == 0 else {
      throw handle.failure().error(sql: statement)
    }
  }

  private func connect() throws -> MySQLHandle {
    guard let raw = mysql_init(nil) else {
      throw RowanError(.serverError, "the client library is out of memory")
    }
    let handle = MySQLHandle(raw)
    setOptions(raw)
    setTLS(raw)
    let flags = UInt(CLIENT_FOUND_ROWS)
    let connected =
      switch configuration.address {
      case .tcp(let host, let port):
        mysql_real_connect(
          raw, host, configuration.user, configuration.password, configuration.database, UInt32(clamping: port), nil,
          flags)
      case .socket(let path):
        mysql_real_connect(
          raw, nil, configuration.user, configuration.password, configuration.database, 0, path, flags)
      }
    guard connected != nil else { throw handle.failure().connectError(to: configuration.description) }
    // `required` is only a wish to Connector/C when the server has no certificate.
    let mode = configuration.effectiveTLS.mode
    if mode != .disabled, mode != .preferred, mysql_get_ssl_cipher(raw) == nil {
      throw RowanError(
        .tlsFailed, "the server at \(configuration.description) offers no encryption",
        hint: "set up certificates on the server, or use ssl-mode=preferred")
    }
    return handle
  }

  private func setOptions(_ raw: UnsafeMutablePointer<MYSQL>) {
    // In whole seconds; the exact limit is the caller's.
    var seconds = UInt32(clamping: configuration.pool.connectTimeout.components.seconds)
    seconds = max(1, seconds == .max ? seconds : seconds + 1)
    mysql_options(raw, MYSQL_OPT_CONNECT_TIMEOUT, &seconds)
    mysql_options(raw, MYSQL_SET_CHARSET_NAME, "utf8mb4")
    // A server may otherwise ask for any file of this machine.
    // https://dev.mysql.com/doc/refman/8.4/en/load-data-local-security.html
    var off: UInt32 = 0
    mysql_options(raw, MYSQL_OPT_LOCAL_INFILE, &off)
    var reconnects: CChar = 0
    mysql_options(raw, MYSQL_OPT_RECONNECT, &reconnects)
    var stack = MySQLOpener.stackSize
    mysql_options(raw, MYSQL_OPT_NONBLOCK, &stack)
    mysql_options4(raw, MYSQL_OPT_CONNECT_ATTR_ADD, "program_name", configuration.applicationName)
    if case .tcp = configuration.address {
      // Otherwise the host "localhost" means the socket.
      var tcp = MYSQL_PROTOCOL_TCP.rawValue
      mysql_options(raw, MYSQL_OPT_PROTOCOL, &tcp)
    }
  }

  private func setTLS(_ raw: UnsafeMutablePointer<MYSQL>) {
    let tls = configuration.effectiveTLS
    var enforce: CChar = tls.mode == .disabled ? 0 : 1
    var verify: CChar = tls.mode == .verifyIdentity ? 1 : 0
    if tls.mode != .disabled {
      // An authority makes Connector/C verify the chain.
      let verifies = tls.mode == .verifyCA || tls.mode == .verifyIdentity
      mysql_ssl_set(raw, tls.key, tls.certificate, verifies ? tls.authority : nil, nil, nil)
    }
    if tls.mode != .preferred { mysql_options(raw, MYSQL_OPT_SSL_ENFORCE, &enforce) }
    mysql_options(raw, MYSQL_OPT_SSL_VERIFY_SERVER_CERT, &verify)
  }

  /// Bytes of the stack that suspended calls keep; TLS needs more than the library's 60 KiB leave.
  private static let stackSize = 256 * 1024
}

/// A connection on its way from a helper thread to its lane. Closed if nobody takes it.
final class MySQLOpened: Sendable {
  let facts: MySQLSession.Facts
  private let handle: Mutex<MySQLHandle?>

  init(_ handle: consuming sending MySQLHandle, _ facts: MySQLSession.Facts) {
    self.facts = facts
    self.handle = Mutex(handle)
  }

  /// The connection; nil the second time.
  func take() -> MySQLHandle? { handle.withLock { $0.take() } }
}
