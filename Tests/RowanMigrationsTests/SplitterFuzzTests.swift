import RowanCore
import RowanMigrations
import Testing

/// Scripts of random bytes and tokens: none traps, and what is split stays split.
@Suite struct SplitterFuzzTests {
  /// xorshift64*, so that every run has the same scripts.
  private struct Generator: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state ^= state >> 12
      state ^= state << 25
      state ^= state >> 27
      return state &* 2_685_821_657_736_338_717
    }
  }

  private static let tokens = [
    ";", ";", ";", "'", "''", "\"", "`", "[", "]", "(", ")", "$$", "$a$", "$", "\\", "\\'", "E'", "--", "-- ", "#",
    "/*",
    "*/", "/*!", "/*!50003 ", "/*M!", "\n", "\r", "\r\n", " ", "\t", ":", "=", "@", ",", "\u{0}", "é", "日", "a", "1",
    "BEGIN", "BEGIN ATOMIC", "BEGIN NOT ATOMIC", "END", "END IF", "END CASE", "END LOOP", "CASE", "WHEN", "THEN",
    "ELSE",
    "IF", "LOOP", "WHILE", "DO", "REPEAT", "UNTIL", "FOR", "EACH ROW", "CREATE", "TRIGGER", "PROCEDURE p()", "FUNCTION",
    "EVENT", "DEFINER=", "TEMP", "SELECT", "RETURN", "COPY", "FROM", "STDIN", "DELIMITER", "DELIMITER //\n", "//",
    "\nDELIMITER ;\n", "-- rowan:group\n", "-- rowan:allow a b\n", "-- REVIEWED: true\n", "\u{FEFF}",
  ]

  private func check(_ text: String, _ dialect: ScriptDialect, _ counts: inout (split: Int, refused: Int)) {
    let splitter = SQLSplitter(dialect.syntax)
    do {
      let script = try splitter.split(text)
      counts.split += 1
      var whole = ""
      for (separator, statement) in zip(script.separators, script.statements) {
        whole += separator
        if statement.offset != whole.utf8.count { Issue.record("offset: \(dialect) \(text.debugDescription)") }
        whole += statement.text
        let again = try splitter.split(statement.text, delimiter: statement.delimiter).statements.map(\.text)
        if again != [statement.text] { Issue.record("\(again): \(dialect) \(text.debugDescription)") }
      }
      whole += script.separators.last ?? ""
      if !whole.utf8.elementsEqual(text.utf8) || script.separators.count != script.statements.count + 1 {
        Issue.record("pieces: \(dialect) \(text.debugDescription)")
      }
    } catch {
      counts.refused += 1
      let codes: [RowanError.Code] = [.unterminatedString, .unterminatedComment, .unterminatedBlock, .clientCommand]
      if !codes.contains(error.code) || !error.message.contains("line ") {
        Issue.record("\(error): \(dialect) \(text.debugDescription)")
      }
    }
    _ = try? MigrationScript(text, syntax: dialect.syntax)
  }

  @Test(arguments: ScriptDialect.allCases)
  func tokens(_ dialect: ScriptDialect) {
    var generator = Generator(state: 0x9E37_79B9_7F4A_7C15)
    var counts = (split: 0, refused: 0)
    for _ in 0..<4000 {
      let length = Int.random(in: 0...24, using: &generator)
      let parts = (0..<length).map { _ in Self.tokens.randomElement(using: &generator) ?? "" }
      check(parts.joined(separator: Bool.random(using: &generator) ? " " : ""), dialect, &counts)
    }
    // Neither outcome is rare, or the scripts would prove little.
    #expect(counts.split > 500 && counts.refused > 500)
  }

  @Test(arguments: ScriptDialect.allCases)
  func bytes(_ dialect: ScriptDialect) {
    var generator = Generator(state: 0xD1B5_4A32_D192_ED03)
    var counts = (split: 0, refused: 0)
    for round in 0..<2500 {
      let length = Int.random(in: 0...64, using: &generator)
      let highest: UInt8 = round.isMultiple(of: 2) ? 0x7F : 0xFF
      let bytes = (0..<length).map { _ in UInt8.random(in: 0...highest, using: &generator) }
      check(String(decoding: bytes, as: UTF8.self), dialect, &counts)
    }
  }

  /// Scripts on which a lexer that looks ahead or back too often takes minutes.
  @Test(
    .timeLimit(.minutes(1)),
    arguments: ["(", "$a", "$", "E'a'\n--\n", "/*", "-", "a", "END ", "CASE ", "DELIMITER //\n/", "[", "/*!"])
  func timeIsLinear(_ unit: String) {
    for dialect in ScriptDialect.allCases {
      let text = String(repeating: unit, count: 100_000 / unit.utf8.count)
      _ = try? SQLSplitter(dialect.syntax).split(text)
      _ = try? SQLSplitter(dialect.syntax).split(text + ";")
    }
  }
}
