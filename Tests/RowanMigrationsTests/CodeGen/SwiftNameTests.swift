import RowanCore
import Testing

@testable import RowanMigrations

@Suite struct SwiftNameTests {
  @Test(arguments: [
    ("posts", "post"), ("categories", "category"), ("addresses", "address"), ("people", "person"), ("data", "data"),
    ("status", "status"), ("statuses", "status"), ("news", "news"), ("boxes", "box"), ("branches", "branch"),
    ("movies", "movie"), ("houses", "house"), ("databases", "database"), ("analysis", "analysis"), ("buses", "bus"),
    ("bus", "bus"), ("series", "series"), ("children", "child"), ("indices", "index"), ("classes", "class"),
    ("sizes", "size"), ("keys", "key"), ("leaves", "leaf"), ("quizzes", "quiz"), ("gas", "gas"), ("media", "media"),
    ("invoices", "invoice"), ("caches", "cache"), ("ids", "id"), ("as", "as"), ("", ""),
  ])
  func singulars(plural: String, singular: String) {
    #expect(Singular.of(plural) == singular)
  }

  @Test(arguments: [
    ("user_id", "userID"), ("UserId", "userID"), ("USER_ID", "userID"), ("htmlPage", "htmlPage"),
    ("user_ids", "userIDs"), ("HTMLPage", "htmlPage"), ("2fa", "_2fa"), ("a b-c", "aBC"), ("größe", "größe"),
    ("💥", ""), ("Straße 3", "straße3"),
  ])
  func identifiers(name: String, identifier: String) {
    #expect(SwiftIdentifier.lower(SwiftIdentifier.words(name)) == identifier)
  }

  @Test func keywordsStandBetweenBackticks() {
    #expect(SwiftIdentifier.quoted("class") == "`class`")
    #expect(SwiftIdentifier.quoted("Class") == "Class")
  }

  /// As `@Table` does it; see `SnakeCaseTests` of the macros.
  @Test(arguments: [
    ("authorID", "author_id"), ("isHTTP2", "is_http2"), ("htmlURLString", "html_url_string"), ("userIDs", "user_ids"),
    ("createdAt", "created_at"), ("x", "x"), ("imageUrlId", "image_url_id"),
  ])
  func snakeCase(property: String, column: String) {
    #expect(snakeCased(property) == column)
  }

  @Test func namesAreTakenOnceWhateverTheirCase() {
    var names = NameAllocation(reserved: ["Date"])
    #expect(names.take(["Date", "DateRecord"]) == "DateRecord")
    #expect(names.take(["daterecord"]) == "daterecord2")
    #expect(names.take(["User"]) == "User")
  }

  @Test func propertiesDoNotClashWithWhatTheMacroDeclares() {
    var table = TableSnapshot(
      ObjectName("t"), columns: ["key", "primaryKey", "self", "rowan_slot", "URL"].map { ColumnSnapshot($0, .text) },
      primaryKey: PrimaryKeySnapshot(name: nil, columns: ["key"]))
    let names = PropertyNames(table).properties
    #expect(
      names == [
        "key": "key", "primaryKey": "primaryKeyValue", "self": "selfValue", "rowan_slot": "rowanSlotValue",
        "URL": "url",
      ])
    table.primaryKey = nil
    #expect(PropertyNames(table).properties["primaryKey"] == "primaryKey")
  }

  @Test func literalsAreExact() {
    #expect(SwiftLiteral.string("plain") == "\"plain\"")
    #expect(SwiftLiteral.string("a \"b\"") == "#\"a \"b\"\"#")
    #expect(SwiftLiteral.string("\"#") == "##\"\"#\"##")
    #expect(SwiftLiteral.string("\\(x)") == "#\"\\(x)\"#")
    #expect(SwiftLiteral.string("\\#(x)") == "##\"\\#(x)\"##")
    #expect(SwiftLiteral.string("a\r\nb\u{0}\"") == "\"a\\r\\nb\\u{0}\\\"\"")
    #expect(SwiftLiteral.string("\u{301}e") == "\"\\u{301}e\"")
    #expect(SwiftLiteral.string("\u{202E}") == "\"\\u{202e}\"")
    #expect(SwiftLiteral.block("a\n\nb", indent: "  ") == "\"\"\"\n  a\n\n  b\n  \"\"\"")
    #expect(SwiftLiteral.block("a\n\"\"\"#", indent: "") == "##\"\"\"\na\n\"\"\"#\n\"\"\"##")
    #expect(SwiftLiteral.block("a\r\nb", indent: "") == "\"a\\r\\nb\"")
  }

  @Test func commentsStayComments() {
    let lines = SwiftLiteral.comment("one */\r\nlet x = 1\u{2028}let y = 2\u{85}\u{0}three\u{C}four")
    #expect(lines.allSatisfy { $0.hasPrefix("///") })
    #expect(!lines.contains { $0.unicodeScalars.contains { $0.value < 32 } })
    let long = SwiftLiteral.comment(String(repeating: "word ", count: 60), indent: "  ")
    #expect(long.count == 3 && long.allSatisfy { $0.count <= 120 })
  }

  @Test func valuesOfInlineTypes() {
    #expect(EnumPlan.values(inline: "enum('a','b,c','it''s')") == ["a", "b,c", "it's"])
    #expect(EnumPlan.values(inline: "set('a')") == nil)
    #expect(EnumPlan.values(inline: "enum('a\\\\b')") == nil)
    #expect(EnumPlan("A", values: []) == nil)
    #expect(EnumPlan("A", values: ["e\u{301}", "é"]) == nil)
    #expect(
      EnumPlan("A", values: ["", "a b", "A B", "self", "1"])?.cases.map(\.name) == [
        "empty", "aB", "aB2", "selfValue", "_1",
      ])
  }
}
