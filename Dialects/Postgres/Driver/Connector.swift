internal import CPostgres
internal import RowanCore
internal import Synchronization

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#elseif canImport(Darwin)
internal import Darwin
#endif

/// Opens connections on helper threads: looking up a host blocks, and so do the thousands of hash rounds of a SCRAM
/// login, during which a lane would serve nobody.
final class Connector: Sendable {
  private let configuration: PostgresConfiguration
  private let threads = BlockingThreads(limit: 4, delaysExit: true)

  init(_ configuration: PostgresConfiguration) { self.configuration = configuration }

  /// A connection on its way from the thread that opened it to its lane.
  final class Opened: Sendable {
    private let slot: Mutex<ConnectionHandle?>

    init(_ handle: consuming ConnectionHandle) { slot = Mutex(handle) }

    func take() -> ConnectionHandle? {
      slot.withLock { slot in
        var taken: ConnectionHandle?
        swap(&slot, &taken)
        return taken
      }
    }
  }

  /// Opens a connection, within ``PoolOptions/connectTimeout``.
  /// - Throws: ``RowanError`` with the server's message, or ``RowanError/Code/connectTimeout``.
  func open(on lane: Lane) async throws -> Opened {
    let configuration = configuration
    let race = ConnectRace()
    let deadline = LaneInstant.now.advanced(by: configuration.pool.connectTimeout)
    // Looking up a name can outlast any deadline, so that the deadline must not depend on the thread.
    let timer = lane.schedule(at: deadline) {
      race.finish(.failure(RowanError.connectTimeout(configuration)))
    }
    defer { timer.cancel() }
    threads.submit { race.finish(Result { try Connector.connect(configuration, deadline) }) }
    return try await race.result()
  }

  /// Waits until no helper thread is connecting any more, at most `limit`.
  func drain(within limit: Duration) async { await threads.drain(within: limit) }

  private static func connect(_ configuration: PostgresConfiguration, _ deadline: LaneInstant) throws -> Opened {
    let parameters = try ConnectionParameters(configuration)
    guard let raw = start(parameters) else {
      throw RowanError(.connectionRefused, "there is no memory for a connection")
    }
    let handle = ConnectionHandle(raw: raw)
    // Notices would be printed to the standard error stream.
    PQsetNoticeReceiver(raw, { _, _ in }, nil)
    // The text of a failed login is all that libpq keeps of it; only the verbose form has the SQLSTATE.
    PQsetErrorVerbosity(raw, PQERRORS_VERBOSE)
    guard PQstatus(raw) != CONNECTION_BAD else { throw RowanError(connecting: message(raw), to: configuration) }
    var state = PGRES_POLLING_WRITING
    while state != PGRES_POLLING_OK {
      try wait(PQsocket(raw), state == PGRES_POLLING_READING ? POLLIN : POLLOUT, deadline, configuration)
      state = PQconnectPoll(raw)
      if state == PGRES_POLLING_FAILED { throw RowanError(connecting: message(raw), to: configuration) }
    }
    PQsetErrorVerbosity(raw, PQERRORS_DEFAULT)
    try checkSession(raw, configuration)
    guard PQsetnonblocking(raw, 1) == 0, PQenterPipelineMode(raw) == 1 else {
      throw RowanError(connecting: message(raw), to: configuration)
    }
    return Opened(handle)
  }

  private static func start(_ parameters: ConnectionParameters) -> OpaquePointer? {
    var keywords: [UnsafePointer<CChar>?] = []
    var values: [UnsafePointer<CChar>?] = []
    var copies: [UnsafeMutablePointer<CChar>?] = []
    defer { for copy in copies { free(copy) } }
    for (keyword, value) in parameters.pairs {
      let copy = (strdup(keyword), strdup(value))
      copies += [copy.0, copy.1]
      keywords.append(UnsafePointer(copy.0))
      values.append(UnsafePointer(copy.1))
    }
    keywords.append(nil)
    values.append(nil)
    // The last argument keeps a database name with `=` in it from being read as further options.
    return PQconnectStartParams(keywords, values, 0)
  }

  private static func wait(
    _ socket: Int32, _ events: Int32, _ deadline: LaneInstant, _ configuration: PostgresConfiguration
  ) throws {
    while true {
      let now = LaneInstant.now
      guard now < deadline else { throw RowanError.connectTimeout(configuration) }
      let left = (deadline.nanoseconds - now.nanoseconds) / 1_000_000 + 1
      var entry = pollfd(fd: socket, events: Int16(truncatingIfNeeded: events), revents: 0)
      if poll(&entry, 1, Int32(clamping: left)) > 0 { return }
    }
  }

  private static func message(_ raw: OpaquePointer) -> String {
    PQerrorMessage(raw).map { String(cString: $0) } ?? ""
  }

  /// Binary dates and the texts of values depend on these.
  private static func checkSession(_ raw: OpaquePointer, _ configuration: PostgresConfiguration) throws {
    var wanted: [(String, String)] = [
      ("client_encoding", "UTF8"), ("integer_datetimes", "on"), ("standard_conforming_strings", "on"),
    ]
    if configuration.pooler == .none { wanted += [("TimeZone", "UTC"), ("DateStyle", "ISO")] }
    for (name, value) in wanted {
      let found = PQparameterStatus(raw, name).map { String(cString: $0) } ?? "unset"
      // `DateStyle` also tells the order of day and month.
      guard found == value || found.hasPrefix(value + ",") else {
        throw RowanError(
          .invalidConfiguration, "the session's \(name) is '\(found)' where '\(value)' is needed",
          hint: "remove the setting of the role or the database that overrides it")
      }
    }
  }
}

/// The first of several outcomes of opening a connection. A connection that loses is closed when it is dropped.
private final class ConnectRace: Sendable {
  private struct State {
    var outcome: Result<Connector.Opened, any Error>?
    // Proof for the unsafe continuation: it is taken out of the state before it is resumed, and stored only while
    // there is no outcome.
    var waiter: UnsafeContinuation<Connector.Opened, any Error>?
  }

  private let state = Mutex(State())

  func finish(_ outcome: Result<Connector.Opened, any Error>) {
    let waiter = state.withLock { state -> UnsafeContinuation<Connector.Opened, any Error>? in
      guard state.outcome == nil else { return nil }
      state.outcome = outcome
      defer { state.waiter = nil }
      return state.waiter
    }
    waiter?.resume(with: outcome)
  }

  func result() async throws -> Connector.Opened {
    try await withUnsafeThrowingContinuation { continuation in
      let outcome = state.withLock { state -> Result<Connector.Opened, any Error>? in
        if state.outcome == nil { state.waiter = continuation }
        return state.outcome
      }
      if let outcome { continuation.resume(with: outcome) }
    }
  }
}
