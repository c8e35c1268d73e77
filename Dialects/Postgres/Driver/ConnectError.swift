internal import RowanCore

extension RowanError {
  /// The error of an attempt to connect. libpq gives it as text alone; asked for verbosely, the server's part of it
  /// carries the SQLSTATE: `FATAL:  28P01: password authentication failed for user "rowan"`.
  init(connecting text: String, to configuration: PostgresConfiguration) {
    let lines = text.split(whereSeparator: \.isNewline).map { String($0) }
      .filter { !$0.hasPrefix("LOCATION:") && !$0.allSatisfy(\.isWhitespace) }
    for line in lines {
      guard let (state, message) = RowanError.stateAndMessage(line) else { continue }
      let code = RowanError.connectCode(state: state)
      self.init(
        code, "\(configuration): \(message)", hint: RowanError.connectHint(code),
        server: ServerReport(sqlState: state))
      return
    }
    let message = lines.joined(separator: " ").split(whereSeparator: \.isWhitespace).joined(separator: " ")
    let code = RowanError.connectCode(message: message)
    self.init(
      code, message.isEmpty ? "\(configuration): the connection failed" : "\(configuration): \(message)",
      hint: RowanError.connectHint(code))
  }

  /// The error of an attempt to connect that took too long.
  static func connectTimeout(_ configuration: PostgresConfiguration) -> RowanError {
    RowanError(
      .connectTimeout, "\(configuration): no connection within \(configuration.pool.connectTimeout)",
      hint: "check host, port and firewall, or raise PoolOptions.connectTimeout")
  }

  private static func stateAndMessage(_ line: String) -> (state: String, message: String)? {
    // The severity may be translated; two spaces, five characters and a colon are not.
    var rest = line[...]
    while let colon = rest.firstIndex(of: ":") {
      rest = rest[rest.index(after: colon)...]
      guard rest.hasPrefix("  ") else { continue }
      let candidate = rest.dropFirst(2)
      let state = candidate.prefix(5)
      if state.count == 5, state.allSatisfy({ $0.isASCII && ($0.isNumber || $0.isUppercase) }),
        candidate.dropFirst(5).hasPrefix(": ")
      {
        return (String(state), String(candidate.dropFirst(7)))
      }
    }
    return nil
  }

  private static func connectCode(state: String) -> Code {
    switch state {
    case "28P01", "28000": .authenticationFailed
    case "3D000", "57P04": .unknownDatabase
    case "53300": .tooManyConnections
    case "57P03": .connectionRefused
    case "42501": .permissionDenied
    case "22023", "42704", "42602": .invalidConfiguration
    default: state.hasPrefix("08") || state.hasPrefix("57P") ? .connectionLost : .serverError
    }
  }

  /// libpq's own messages, which are not translated: a Swift process does not set a locale.
  private static func connectCode(message: String) -> Code {
    // Hosts and files are quoted, and may be called anything.
    let text = message.lowercased().split(separator: "\"", omittingEmptySubsequences: false).enumerated()
      .filter { $0.offset.isMultiple(of: 2) }.map { String($0.element) }.joined(separator: " ")
    func has(_ parts: String...) -> Bool { parts.contains { text.contains($0) } }
    // "server does not support SSL", "certificate verify failed", "sslmode value … invalid".
    if has("ssl", "certificate", "tls") { return .tlsFailed }
    if has("password", "authentication") { return .authenticationFailed }
    if has("timeout expired", "timed out") { return .connectTimeout }
    if has("closed the connection", "connection reset", "broken pipe") { return .connectionLost }
    if has("invalid connection option", "invalid port", "could not match", "invalid target_session_attrs") {
      return .invalidConfiguration
    }
    return .connectionRefused
  }

  private static func connectHint(_ code: Code) -> String? {
    switch code {
    case .authenticationFailed: "check user and password, and the server's pg_hba.conf"
    case .unknownDatabase: "create the database, or correct its name"
    case .connectionRefused: "check that the server runs and listens there"
    case .tlsFailed: "check sslmode, the certificates, and that the server has TLS switched on"
    case .tooManyConnections: "lower PoolOptions.maxConnections, or raise the server's max_connections"
    case .invalidConfiguration: "correct the option"
    default: nil
    }
  }
}
