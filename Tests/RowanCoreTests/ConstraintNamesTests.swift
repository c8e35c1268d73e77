import Testing

@testable import RowanCore

@Suite struct ConstraintNamesTests {
  @Test func shortNamesAreSpelledOut() {
    let names = ConstraintNames(maxBytes: 63)
    let table = "users"
    #expect(names.primaryKey(table) == "pk_users")
    #expect(names.unique(table, ["email"]) == "uq_users_email")
    #expect(names.foreignKey(table, ["manager_id"]) == "fk_users_manager_id")
    #expect(names.index(table, ["a", "b"]) == "ix_users_a_b")
    #expect(names.check(table, "age > 0") == names.check(table, "age > 0"))
    #expect(names.check(table, "age > 0") != names.check(table, "age > 1"))
  }

  @Test func longNamesKeepTheirBeginningAndStayApart() {
    let names = ConstraintNames(maxBytes: 63)
    let table = String(repeating: "long", count: 20)
    let first = names.index(table, ["first"]), second = names.index(table, ["second"])
    #expect(first.utf8.count == 63 && second.utf8.count == 63)
    #expect(first != second)
    #expect(first.hasPrefix("ix_longlong"))
    // The same on every run and machine.
    #expect(names.fit(String(repeating: "a", count: 64)) == String(repeating: "a", count: 46) + "_db007849f35ebbe5")
  }

  @Test func cutsBetweenCharacters() {
    let bytes = ConstraintNames(maxBytes: 63).fit(String(repeating: "é", count: 60))
    #expect(bytes.utf8.count <= 63)
    #expect(bytes.unicodeScalars.prefix(20).allSatisfy { $0 == "é" })
    let characters = ConstraintNames(maxBytes: 192, maxCharacters: 64).fit(String(repeating: "é", count: 80))
    #expect(characters.unicodeScalars.count <= 64)
  }
}
