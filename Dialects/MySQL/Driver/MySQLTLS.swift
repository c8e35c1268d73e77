internal import RowanCore

/// How a connection to MySQL or MariaDB is encrypted.
public struct MySQLTLS: Sendable, Hashable {
  /// What is asked of the server, as in MySQL's own `--ssl-mode`.
  /// https://dev.mysql.com/doc/refman/8.4/en/connection-options.html#option_general_ssl-mode
  public enum Mode: String, Sendable, Hashable, CaseIterable {
    /// Plain text.
    case disabled
    /// Encrypted where the server can; nothing is verified.
    case preferred
    /// Encrypted; nothing is verified.
    case required
    /// Encrypted, with a certificate signed by an authority of ``MySQLTLS/authority``.
    case verifyCA = "verify-ca"
    /// Encrypted, with a certificate signed by a trusted authority and made out for the host.
    case verifyIdentity = "verify-identity"
  }

  /// What is asked of the server.
  public var mode: Mode
  /// The file of trusted authorities, in PEM; nil for the system's own, which only ``Mode/verifyIdentity`` can use.
  public var authority: String?
  /// The file of the client's certificate, in PEM.
  public var certificate: String?
  /// The file of the client's private key, in PEM.
  public var key: String?

  /// Makes a choice.
  public init(
    _ mode: Mode = .preferred, authority: String? = nil, certificate: String? = nil, key: String? = nil
  ) {
    self.mode = mode
    self.authority = authority
    self.certificate = certificate
    self.key = key
  }

  /// What the choice gets wrong, before anything is sent.
  func check() throws {
    if mode == .verifyCA, authority == nil {
      throw RowanError(
        .invalidConfiguration, "ssl-mode verify-ca names no authority",
        hint: "give the file with ssl-ca, or use verify-identity to trust the system's authorities")
    }
    if (certificate == nil) != (key == nil) {
      throw RowanError(
        .invalidConfiguration, "ssl-cert and ssl-key belong together, and only one is given",
        hint: "give both files, or neither")
    }
  }
}
