import Testing

@testable import RowanCore

@Suite struct LikePatternTests {
  @Test func literalsAreEscaped() {
    #expect(LikePattern.literal("50%_|", .prefix, escape: "|") == "50|%|_||%")
    #expect(LikePattern.literal("a\\b", .suffix, escape: "\\") == "%a\\\\b")
    #expect(LikePattern.literal("", .contains, escape: "|") == "%%")
  }

  @Test func patternsChangeTheirEscape() throws {
    #expect(try LikePattern.pattern("a\\%b|%", escape: "|") == "a|%b||%")
    #expect(try LikePattern.pattern("\\\\_", escape: "|") == "\\_")
    #expect(try LikePattern.pattern("\\x\\|", escape: "|") == "x||")
  }

  @Test func globs() throws {
    #expect(try LikePattern.glob("a%_\\%\\_*?[]", .pattern) == "a*?%_[*][?][[]]")
    #expect(try LikePattern.glob("*a", .suffix) == "*[*]a")
    #expect(try LikePattern.glob("[", .contains) == "*[[]*")
  }

  @Test func aPatternMayNotEndInTheMiddle() {
    for body in [{ try LikePattern.pattern("a\\", escape: "|") }, { try LikePattern.glob("a\\", .pattern) }] {
      let error = #expect(throws: RowanError.self) { try body() }
      #expect(error?.code == .encodingFailed)
    }
  }
}
