/// Whether and how the connection is encrypted. The modes are libpq's `sslmode`.
///
/// Requests to cancel a statement hold no data but a key of the session's own, and travel unencrypted.
/// https://www.postgresql.org/docs/15/libpq-ssl.html
public struct PostgresTLS: Sendable, Hashable {
  /// What is demanded of the server.
  public enum Mode: String, Sendable, Hashable, CaseIterable {
    /// No encryption.
    case disable
    /// Encryption only if the server insists. Protects against nothing.
    case allow
    /// Encryption if the server offers it. Protects against listeners only, and only then.
    case prefer
    /// Encryption, whoever the server is.
    case require
    /// Encryption, and a certificate signed by ``PostgresTLS/rootCertificate``.
    case verifyCA = "verify-ca"
    /// As ``verifyCA``, and the certificate names the host. The only mode that keeps impostors out.
    case verifyFull = "verify-full"
  }

  /// What is demanded of the server.
  public var mode: Mode
  /// The file with the certificates of trusted authorities, in PEM; `system` for those of the operating system, from
  /// libpq 16 on. Nil for libpq's default, `~/.postgresql/root.crt`.
  public var rootCertificate: String?
  /// The file with the client's certificate, in PEM.
  public var certificate: String?
  /// The file with the client's private key, in PEM.
  public var key: String?

  /// Makes options.
  public init(
    mode: Mode, rootCertificate: String? = nil, certificate: String? = nil, key: String? = nil
  ) {
    self.mode = mode
    self.rootCertificate = rootCertificate
    self.certificate = certificate
    self.key = key
  }

  /// No encryption.
  public static let disable = PostgresTLS(mode: .disable)
  /// Encryption if the server offers it.
  public static let prefer = PostgresTLS(mode: .prefer)
  /// Encryption, whoever the server is.
  public static let require = PostgresTLS(mode: .require)
  /// Encryption, with a certificate that an authority in the file signed for this very host.
  public static func verifyFull(rootCertificate: String? = nil) -> PostgresTLS {
    PostgresTLS(mode: .verifyFull, rootCertificate: rootCertificate)
  }
}
