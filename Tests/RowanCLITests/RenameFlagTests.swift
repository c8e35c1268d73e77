import RowanCore
import RowanMigrations
import Testing

@testable import RowanCLI

/// What is printed for a question answers it.
@Suite struct RenameFlagTests {
  @Test(arguments: [
    RenameQuestion(.table, from: ObjectName("a"), to: ObjectName("b"), likeness: 1),
    RenameQuestion(.table, from: ObjectName("a", namespace: "n"), to: ObjectName("b", namespace: "m"), likeness: 1),
    RenameQuestion(.table, from: ObjectName("a"), to: ObjectName("a", namespace: "n"), likeness: 1),
    RenameQuestion(.table, from: ObjectName("a", namespace: "n"), to: ObjectName("a"), likeness: 1),
    RenameQuestion(.column(of: ObjectName("t")), from: ObjectName("a"), to: ObjectName("b"), likeness: 1),
    RenameQuestion(
      .column(of: ObjectName("t", namespace: "n")), from: ObjectName("a"), to: ObjectName("b"), likeness: 1),
  ])
  func comesBack(_ question: RenameQuestion) {
    #expect(RenameFlag(argument: RenameFlag.text(question))?.question == question)
  }

  @Test(arguments: ["", ":", "a:", ":b", "a", "a:b:c", "a.:b", ".a.b:c", "a..b:c", "a.b.c.d:e", ".:."])
  func isRefused(_ argument: String) { #expect(RenameFlag(argument: argument) == nil) }
}
