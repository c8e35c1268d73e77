import Foundation
import RowanCore
import RowanPostgres
import Testing
import WireRelay

@Suite(.postgres)
struct ConnectTests {
  private func opening(_ change: (inout PostgresConfiguration) -> Void) async throws -> RowanError {
    var configuration = try ServerAccess.configuration()
    configuration.password = "rowan"
    change(&configuration)
    let wanted = configuration
    let error = try await rowanError {
      let driver = try await PostgresDriver.open(wanted)
      await driver.close(timeout: .seconds(1))
    }
    #expect(!error.description.contains("hush-password"))
    return error
  }

  @Test func refusals() async throws {
    var error = try await opening { $0.password = "hush-password" }
    #expect(error.code == .authenticationFailed && error.server?.sqlState == "28P01")
    #expect(error.message.contains("password authentication failed"))
    error = try await opening { $0.user = "nobody_here" }
    #expect(error.code == .authenticationFailed)
    error = try await opening { $0.database = "no_such_database" }
    #expect(error.code == .unknownDatabase && error.server?.sqlState == "3D000")
    #expect(error.message.contains("no_such_database"))
    error = try await opening { $0.port = 1 }
    #expect(error.code == .connectionRefused && error.message.contains("refused"))
    error = try await opening { $0.host = "/no/such/folder" }
    #expect(error.code == .connectionRefused)
    error = try await opening { $0.host = "no-such-host.invalid" }
    #expect(error.code == .connectionRefused || error.code == .connectTimeout)
    error = try await opening { $0.settings = ["no_such_setting": "1"] }
    #expect(error.code == .invalidConfiguration)
    error = try await opening { $0.settings = ["bad name": "1"] }
    #expect(error.code == .invalidConfiguration)
    error = try await opening { $0.database = "a\0b" }
    #expect(error.code == .invalidConfiguration)
    error = try await opening { $0.targetSession = "standby" }
    #expect(error.code == .connectionRefused && error.message.contains("server is not in hot standby mode"))
    error = try await opening { $0.targetSession = "no_such_kind" }
    #expect(error.code == .invalidConfiguration && error.message.contains("no_such_kind"))
  }

  @Test func aServerThatSaysNothing() async throws {
    let listener = try SilentListener()
    let error = try await opening {
      $0.host = "127.0.0.1"
      $0.port = listener.port
      $0.pool.connectTimeout = .milliseconds(300)
    }
    #expect(error.code == .connectTimeout)
  }

  @Test func encryption() async throws {
    let authority = try ServerAccess.required("ROWAN_TEST_TLS_CA")
    let other = try ServerAccess.required("ROWAN_TEST_TLS_OTHER_CA")
    var configuration = try ServerAccess.configuration()
    for mode in [PostgresTLS.Mode.disable, .prefer, .require, .verifyCA] {
      configuration.tls = PostgresTLS(mode: mode, rootCertificate: mode == .verifyCA ? authority : nil)
      try await ServerAccess.withDriver(configuration) { driver in
        let encrypted = try await driver.query("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()") { $0.bool() }
        #expect(encrypted == [mode != .disable])
      }
    }
    let error = try await opening { $0.tls = PostgresTLS(mode: .verifyCA, rootCertificate: other) }
    #expect(error.code == .tlsFailed)
    let missing = try await opening { $0.tls = .verifyFull(rootCertificate: "/no/such/file") }
    #expect(missing.code == .tlsFailed)
  }

  /// The certificate is for localhost and 127.0.0.1; 0.0.0.0 leads to the same server, and is not in it.
  @Test func certificatesNameTheHost() async throws {
    let authority = try ServerAccess.required("ROWAN_TEST_TLS_CA")
    let stranger = "0.0.0.0"
    var configuration = try ServerAccess.configuration()
    for (mode, host) in [
      (PostgresTLS.Mode.verifyFull, "localhost"), (.verifyFull, "127.0.0.1"), (.verifyCA, stranger),
    ] {
      configuration.host = host
      configuration.tls = PostgresTLS(mode: mode, rootCertificate: authority)
      try await ServerAccess.withDriver(configuration) { driver in
        let encrypted = try await driver.query("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()") { $0.bool() }
        #expect(encrypted == [true], "\(mode) of \(host)")
      }
    }
    let error = try await opening {
      $0.host = stranger
      $0.tls = .verifyFull(rootCertificate: authority)
    }
    #expect(error.code == .tlsFailed && error.message.contains("does not match host name"), "\(error)")
  }

  @Test func unixSocket() async throws {
    let folder = try ServerAccess.required("ROWAN_TEST_POSTGRES_SOCKET")
    let configuration = try ServerAccess.configuration()
    let encoded = folder.replacingOccurrences(of: "/", with: "%2F")
    for text in [
      "postgres://rowan:rowan@\(encoded):\(configuration.port)/rowan_test",
      "postgres:///rowan_test?host=\(encoded)&port=\(configuration.port)&user=rowan&password=rowan",
    ] {
      let configuration = try PostgresConfiguration(ConnectionURL(text))
      #expect(configuration.host == folder)
      try await ServerAccess.withDriver(configuration) { driver in
        let isLocal = try await driver.query("SELECT inet_server_addr() IS NULL") { $0.bool() }
        #expect(isLocal == [true])
      }
    }
  }

  @Test func session() async throws {
    var configuration = try ServerAccess.configuration()
    configuration.applicationName = "a name; with 'marks'"
    configuration.settings = ["search_path": "pg_catalog, \"odd \\ name\"", "work_mem": "5MB"]
    try await ServerAccess.withDriver(configuration) { driver in
      for (name, value) in [
        ("client_encoding", "UTF8"), ("TimeZone", "UTC"), ("standard_conforming_strings", "on"),
        ("application_name", "a name; with 'marks'"), ("search_path", "pg_catalog, \"odd \\ name\""),
        ("work_mem", "5MB"),
      ] {
        let found = try await driver.query("SELECT current_setting($1)", [.text(name)]) { $0.string() }
        #expect(found == [value])
      }
      #expect(driver.serverVersion >= 130_000)
      #expect(driver.dialect.name == "postgres")
    }
  }

  @Test func options() throws {
    func configuration(_ text: String) throws -> PostgresConfiguration {
      try PostgresConfiguration(ConnectionURL(text))
    }
    let full = try configuration(
      "postgresql://u:p%40w@[::1]:6000/db?sslmode=verify-full&sslrootcert=/ca.pem&sslcert=c&sslkey=k&connect_timeout=2.5"
        + "&statement_timeout=3&checkout_timeout=4&pool_size=20&pool_min=2&lanes=3&multiplex=false&pooler=transaction"
        + "&application_name=app&target_session_attrs=primary&search_path=one")
    #expect(
      full.user == "u" && full.password == "p@w" && full.host == "::1" && full.port == 6000 && full.database == "db")
    #expect(full.tls == PostgresTLS(mode: .verifyFull, rootCertificate: "/ca.pem", certificate: "c", key: "k"))
    #expect(full.pool.connectTimeout == .milliseconds(2500) && full.pool.statementTimeout == .seconds(3))
    #expect(full.pool.checkoutTimeout == .seconds(4) && full.pool.maxConnections == 20 && full.pool.minConnections == 2)
    #expect(full.pool.lanes == 3 && !full.multiplex && full.pooler == .transaction)
    #expect(full.applicationName == "app" && full.targetSession == "primary" && full.settings == ["search_path": "one"])
    #expect(try configuration("postgres:///").host == "localhost")
    for text in [
      "mysql://h/db", "postgres://h/db?sslmode=maybe", "postgres://h/db?pool_size=0", "postgres://h/db?no_such=1",
      "postgres://h/db?connect_timeout=-1", "postgres://h/db?multiplex=1", "postgres://h/db?pooler=yes",
      "postgres://h/db?port=70000",
    ] {
      #expect(throws: RowanError.self) { try configuration(text) }
    }
  }

  @Test func passwordsAreNotPrinted() throws {
    let configuration = try PostgresConfiguration(ConnectionURL("postgres://u:hush@h/db"))
    var dumped = ""
    dump(configuration, to: &dumped)
    for text in ["\(configuration)", String(reflecting: configuration), dumped] { #expect(!text.contains("hush")) }
  }
}
