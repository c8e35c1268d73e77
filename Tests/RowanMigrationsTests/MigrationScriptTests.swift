import RowanCore
import RowanMigrations
import Testing

/// What scripts say about themselves.
@Suite struct MigrationScriptTests {
  private func script(_ text: String, _ dialect: ScriptDialect = .postgres) throws -> MigrationScript {
    try MigrationScript(text, syntax: dialect.syntax)
  }

  @Test(arguments: ScriptDialect.allCases)
  func directives(_ dialect: ScriptDialect) throws {
    let script = try script(
      """
      -- REVIEWED: false
      -- rowan:no-transaction
      -- rowan:allow drop-column the column is empty
      -- rowan:allow drop-table unused
      ALTER TABLE a DROP b; -- a remark

      -- rowan:group
      -- rowan:irreversible the values of b are gone
      CREATE INDEX c ON a (d);
      SELECT '
      -- rowan:group
      ';
      -- rowan:allow nothing follows
      """, dialect)
    #expect(!script.isReviewed)
    #expect(!script.isTransactional)
    #expect(script.irreversible == ["the values of b are gone"])
    #expect(script.steps.map(\.group) == [0, 1, 1])
    #expect(script.steps[0].allowances.map(\.rule) == ["drop-column", "drop-table"])
    #expect(script.steps[0].allowances.map(\.reason) == ["the column is empty", "unused"])
    #expect(script.steps[0].allowances.map(\.line) == [3, 4])
    #expect(script.unusedAllowances.map(\.rule) == ["nothing"])
    #expect(script.directives.count == 7)
  }

  @Test func plainScripts() throws {
    let script = try script("-- a comment\r\n-- reviewed: TRUE\r\nSELECT 1;\r\n")
    #expect(script.isReviewed && script.isTransactional)
    #expect(script.steps.map(\.group) == [0])
    #expect(script.irreversible.isEmpty && script.unusedAllowances.isEmpty)
  }

  @Test func emptyGroupsAreNone() throws {
    let script = try script("-- rowan:group\nSELECT 1;\n-- rowan:group\n-- rowan:group\nSELECT 2;\n-- rowan:group\n")
    #expect(script.steps.map(\.group) == [0, 1])
  }

  @Test(arguments: [
    ("\n-- rowan:grup", "rowan:grup is no directive"),
    ("\n-- rowan:", "rowan: is no directive"),
    ("\n-- rowan:group now", "takes no argument"),
    ("\n-- rowan:allow rule", "needs a rule and a reason"),
    ("\n-- rowan:irreversible ", "needs a reason"),
    ("\n-- REVIEWED: maybe", "neither true nor false"),
    ("\n--rowan:group", "without a blank"),
    ("\nSELECT 1; -- rowan:group", "shares its line"),
    ("SELECT\n-- rowan:group\n1", "inside a statement"),
    ("SELECT 1;\n-- rowan:no-transaction", "after a statement"),
    ("SELECT 1;\n-- REVIEWED: false", "after a statement"),
  ])
  func mistakesNameTheirLine(_ text: String, _ problem: String) {
    let error = #expect(throws: RowanError.self) { try script(text) }
    #expect(error?.code == .invalidDirective)
    #expect(error?.message.contains("line 2") == true)
    #expect(error?.message.contains(problem) == true)
    #expect(error?.hint != nil)
  }
}
