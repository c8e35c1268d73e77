import Testing

@testable import RowanMacros

@Suite struct SnakeCaseTests {
  @Test(arguments: [
    ("id", "id"), ("authorID", "author_id"), ("createdAt", "created_at"), ("htmlURLString", "html_url_string"),
    ("isHTTP2", "is_http2"), ("URL", "url"), ("URLPath", "url_path"), ("userIDs", "user_ids"),
    ("userIDsByName", "user_ids_by_name"), ("aB", "a_b"), ("A", "a"), ("address2Line", "address2_line"),
    ("sha256Hash", "sha256_hash"), ("already_snake", "already_snake"), ("_private", "_private"), ("_ID", "_id"),
    ("UserAccount", "user_account"), ("HTTPServer", "http_server"), ("isItAClass", "is_it_a_class"),
    ("is2FA", "is2_fa"), ("naïveÉtat", "naïve_état"), ("with space", "with space"), ("", ""),
  ])
  func words(identifier: String, expected: String) {
    #expect(snakeCased(identifier) == expected)
  }
}
