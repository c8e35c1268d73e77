import RowanMigrations
import Testing

/// What changes a migration's hash, and what does not.
@Suite struct HashTests {
  private static let up = "-- REVIEWED: false\n-- rowan:allow drop-column unused\nALTER TABLE a DROP b;\n\nSELECT 1;\n"

  private func hash(_ up: String = up, _ down: String = "SELECT 2;\n", _ snapshot: String = "{\n}\n") -> String {
    MigrationHash.hash(up: up, down: down, snapshot: snapshot)
  }

  @Test func theFormatIsFixed() {
    #expect(hash("", "", "") == "080a5207d846956ef12d0fc3f7a50adf35b79a3ea05576c3793d30df0ece0653")
    #expect(hash("SELECT 1;", "SELECT 2;", "{}") == "8d7e4c5d9f8d0a7502df81cf386329d1cfe9d030a110a1c92d6940fc6c0b8268")
    #expect(
      MigrationHash.hash(statement: "SELECT 1") == "a0a22c9dfa428cdce6fb3e58a40d4052335e17e5fbe42efc2f17f9ca813be62c")
  }

  @Test(arguments: [
    up.replacing("\n", with: "\r\n"),
    up.replacing("\n", with: " \t\n"),
    up.replacing("false", with: "true"),
    up.replacing("-- REVIEWED: false\n", with: ""),
    up.replacing("-- REVIEWED: false", with: "--\treviewed:  TRUE "),
    up.replacing("-- rowan:allow drop-column unused\n", with: ""),
    up.replacing("SELECT 1;", with: "  -- rowan:allow missing-where all rows\nSELECT 1;"),
    up + "\n\n \n",
    "\u{FEFF}" + up,
    String(up.dropLast()),
  ])
  func remarksDoNotCount(_ text: String) { #expect(hash(text) == hash()) }

  @Test(arguments: [
    up.replacing("1;", with: "2;"),
    up.replacing("\n\n", with: "\n"),
    up.replacing("  ", with: " ") + "-- a comment\n",
    up.replacing("ALTER", with: " ALTER"),
    up.replacing("DROP b", with: "DROP\rb"),
    up + "-- REVIEWED: true\n",
    up + "-- rowan:group\n",
    up + "-- rowan:allowance\n",
    up.replacing("-- REVIEWED", with: "REVIEWED"),
    "",
  ])
  func changesCount(_ text: String) { #expect(hash(text) != hash()) }

  /// A line in a string may look like a marker, and a change of it may end the string.
  @Test func whatLooksLikeAMarkerInAStringCounts() {
    let review = "INSERT INTO t VALUES ('\n-- REVIEWED: true\n');\n"
    #expect(hash(review) != hash(review.replacing("true", with: "'); DROP TABLE t; --")))
    let allowance = "INSERT INTO t VALUES ('\n-- rowan:allow it x\n');\n"
    for end in ["'); DROP TABLE t; --", "\"", "`", "$$", "\\", "*/", "]"] {
      #expect(hash(allowance) != hash(allowance.replacing("x", with: end)))
    }
  }

  @Test func textThatMovesBetweenFilesCounts() {
    let hashes = [
      hash("a\nb\n", "c\n", ""), hash("a\n", "b\nc\n", ""), hash("a\nb\nc\n", "", ""), hash("", "a\nb\nc\n", ""),
      hash("", "", "a\nb\nc\n"), hash("a\n", "b\n", "c\n"),
    ]
    #expect(Set(hashes).count == hashes.count)
  }

  @Test func runsOfStatements() {
    #expect(MigrationHash.hash(statements: ["ab", "c"]) != MigrationHash.hash(statements: ["a", "bc"]))
    #expect(MigrationHash.hash(statements: []) == nil)
    #expect(
      MigrationHash.hash(statements: ["a", "b"]) == MigrationHash.hash("b", after: MigrationHash.hash("a", after: nil)))
    #expect(MigrationHash.hash(statements: ["a\r\nb "]) == MigrationHash.hash(statements: ["a\nb"]))
  }
}
