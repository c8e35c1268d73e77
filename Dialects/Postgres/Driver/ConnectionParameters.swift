internal import RowanCore

/// A configuration as the keywords libpq takes. They travel as arrays, so that no value can pass for a keyword.
/// https://www.postgresql.org/docs/15/libpq-connect.html#LIBPQ-PARAMKEYWORDS
struct ConnectionParameters {
  private(set) var pairs: [(keyword: String, value: String)] = []

  init(_ configuration: PostgresConfiguration) throws {
    add("host", configuration.host)
    add("port", String(configuration.port))
    add("user", configuration.user)
    add("password", configuration.password)
    add("dbname", configuration.database)
    add("sslmode", configuration.tls.mode.rawValue)
    add("sslrootcert", configuration.tls.rootCertificate)
    add("sslcert", configuration.tls.certificate)
    add("sslkey", configuration.tls.key)
    add("target_session_attrs", configuration.targetSession)
    add("application_name", configuration.applicationName)
    add("fallback_application_name", "rowan")
    add("client_encoding", "UTF8")
    // A failed negotiation costs a round trip and a second connection.
    add("gssencmode", "disable")
    add("options", try ConnectionParameters.sessionOptions(configuration))
    for (keyword, value) in pairs where value.utf8.contains(0) {
      throw RowanError(
        .invalidConfiguration, "the connection option '\(keyword)' holds a NUL character", hint: "remove it")
    }
  }

  private mutating func add(_ keyword: String, _ value: String?) {
    if let value { pairs.append((keyword, value)) }
  }

  /// Settings that hold from the first statement on and cost no round trip. A pooler would refuse them.
  private static func sessionOptions(_ configuration: PostgresConfiguration) throws -> String? {
    guard configuration.pooler == .none else {
      if configuration.settings.isEmpty { return nil }
      throw RowanError(
        .invalidConfiguration, "settings of the session cannot pass a pooler in transaction mode",
        hint: "set them for the role, with ALTER ROLE … SET")
    }
    var settings = configuration.settings
    settings["TimeZone"] = "UTC"
    settings["DateStyle"] = "ISO"
    settings["standard_conforming_strings"] = "on"
    if let limit = configuration.pool.statementTimeout {
      settings["statement_timeout"] = String(limit.wholeMilliseconds)
    }
    return try settings.sorted { $0.key < $1.key }.map { name, value in
      guard !name.isEmpty, name.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || "_.".contains($0)) }) else {
        throw RowanError(
          .invalidConfiguration, "a setting of the session has a name that is none",
          hint: "use letters, digits, _ and .")
      }
      let escaped = value.flatMap { character in
        character.isWhitespace || character == "\\" ? ["\\", character] : [character]
      }
      return "-c \(name)=\(String(escaped))"
    }.joined(separator: " ")
  }
}

extension Duration {
  /// This duration in milliseconds, at least 1.
  var wholeMilliseconds: Int64 {
    let (seconds, attoseconds) = components
    let (whole, overflow) = seconds.multipliedReportingOverflow(by: 1000)
    guard !overflow else { return .max }
    return Swift.max(1, whole &+ attoseconds / 1_000_000_000_000_000)
  }
}
