import Testing

@testable import RowanCore

@Suite struct ConnectionURLTests {
  /// Neither a description nor a dump shows the password, or an option that may be one.
  @Test func secretsStayIn() throws {
    let url = try ConnectionURL("postgres://ada:s3cret@host:5432/name?sslpassword=hidd3n&application_name=app")
    var dumped = ""
    dump(url, to: &dumped)
    dump([url], to: &dumped)
    for text in ["\(url)", String(reflecting: url), "\([url])", dumped] {
      #expect(!text.contains("s3cret") && !text.contains("hidd3n"), "\(text)")
    }
    #expect(dumped.contains("redacted") && dumped.contains("sslpassword") && dumped.contains("ada"))
  }
}
