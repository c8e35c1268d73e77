import RowanCore
import Testing

@testable import RowanMySQL

@Suite struct ConfigurationTests {
  @Test func readsURLs() throws {
    let url = """
      mariadb://us%40er:p%2Fw@db.example:3307/shop?ssl-mode=VERIFY_IDENTITY&ssl-ca=/ca.pem&pool_size=3&pool-min=1\
      &connect_timeout=1.5&statement-timeout=2&checkout-timeout=0.25&statement-cache=9&lanes=2&application-name=app
      """
    let configuration = try MySQLConfiguration(ConnectionURL(url))
    #expect(configuration.address == .tcp(host: "db.example", port: 3307))
    #expect(configuration.user == "us@er")
    #expect(configuration.password == "p/w")
    #expect(configuration.database == "shop")
    #expect(configuration.tls == MySQLTLS(.verifyIdentity, authority: "/ca.pem"))
    #expect(configuration.applicationName == "app")
    #expect(
      configuration.pool
        == PoolOptions(
          maxConnections: 3, minConnections: 1, checkoutTimeout: .milliseconds(250),
          connectTimeout: .milliseconds(1500),
          statementTimeout: .seconds(2), statementCacheCapacity: 9, lanes: 2))
    #expect(try MySQLConfiguration(ConnectionURL("mysql://u@h/d")).address == .tcp(host: "h", port: 3306))
    #expect(
      try MySQLConfiguration(ConnectionURL("mysql://u@%2Frun%2Fmysqld.sock/d")).address
        == .socket(path: "/run/mysqld.sock"))
    #expect(
      try MySQLConfiguration(ConnectionURL("mysql://u@localhost/d?socket=/s")).address == .socket(path: "/s"))
  }

  @Test(arguments: [
    ("postgres://u@h/d", RowanError.Code.invalidURL), ("mysql://h/d", .invalidURL), ("mysql://u@h", .invalidURL),
    ("mysql://u@h/a/b", .invalidURL), ("mysql://u:secret@h/d?nothing=1", .invalidConfiguration),
    ("mysql://u@h/d?ssl-mode=some", .invalidConfiguration), ("mysql://u@h/d?pool-size=0", .invalidConfiguration),
    ("mysql://u@h/d?connect-timeout=soon", .invalidConfiguration), ("mysql://u@h/d?ssl-cert=/c", .invalidConfiguration),
    ("mysql://u@h/d?ssl-mode=verify-ca", .invalidConfiguration),
    ("mysql://u@h/d?statement-timeout=nan", .invalidConfiguration),
  ])
  func refuses(_ url: String, _ code: RowanError.Code) {
    let error = #expect(throws: RowanError.self) { try MySQLConfiguration(ConnectionURL(url)) }
    #expect(error?.code == code)
    #expect(error.map { !"\($0)".contains("secret") } == true)
  }

  @Test func neverShowsThePassword() throws {
    let configuration = try MySQLConfiguration(ConnectionURL("mysql://u:hunter2@h/d?socket=/s"))
    var dumped = ""
    dump(configuration, to: &dumped)
    for text in ["\(configuration)", String(reflecting: configuration), dumped] { #expect(!text.contains("hunter2")) }
  }

  @Test func refusesNULInsideCredentials() {
    let configuration = MySQLConfiguration(
      address: .tcp(host: "h", port: 1), user: "u", password: "a\u{0}b", database: "d")
    #expect(throws: RowanError.self) { try configuration.check() }
  }
}
