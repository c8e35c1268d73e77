import RowanCore
import RowanMigrations
import Testing

/// What each command runs.
@Suite struct PlanTests {
  private func refuse(
    _ code: RowanError.Code, _ fixture: PlanFixture, _ command: MigrationCommand, _ parts: String...
  ) {
    let error = #expect(throws: RowanError.self) { try fixture.plan(command) }
    #expect(error?.code == code)
    #expect(error?.hint != nil)
    for part in parts { #expect(error?.message.contains(part) == true, "\(error?.message ?? "")") }
  }

  private static let commands: [MigrationCommand] = [.latest, .up(1), .down(1), .rollback, .redo(1)]

  @Test func forward() throws {
    var fixture = PlanFixture("abcd")
    #expect(try fixture.plan(.latest) == ["+a", "+b", "+c", "+d"])
    #expect(try fixture.plan(.up(1)) == ["+a"])
    #expect(try fixture.plan(.up(9)) == ["+a", "+b", "+c", "+d"])
    try fixture.apply("a", batch: 1)
    try fixture.apply("b", batch: 1)
    #expect(try fixture.plan(.latest) == ["+c", "+d"])
    #expect(try fixture.plan(.up(1)) == ["+c"])
    #expect(try fixture.status() == ["a": .applied, "b": .applied, "c": .pending, "d": .pending])
    try fixture.apply("c", batch: 2)
    try fixture.apply("d", batch: 2)
    #expect(try fixture.plan(.latest).isEmpty)
    #expect(try fixture.plan(.up(1)).isEmpty)
  }

  @Test func back() throws {
    var fixture = PlanFixture("abcd")
    for command in [MigrationCommand.down(1), .rollback, .redo(1)] { #expect(try fixture.plan(command).isEmpty) }
    for (name, batch) in [("a", 1), ("b", 2), ("c", 2)] { try fixture.apply(name, batch: batch) }
    #expect(try fixture.plan(.down(1)) == ["-c"])
    #expect(try fixture.plan(.down(9)) == ["-c", "-b", "-a"])
    #expect(try fixture.plan(.rollback) == ["-c", "-b"])
    #expect(try fixture.plan(.redo(2)) == ["-c", "-b", "+b", "+c"])
    #expect(
      try MigrationPlan(.latest, history: fixture.history, rows: fixture.rows, syntax: fixture.syntax).batch == 3)
    #expect(try MigrationPlan(.latest, history: fixture.history, rows: [], syntax: fixture.syntax).batch == 1)
  }

  @Test func whatWasTakenBackIsPending() throws {
    var fixture = PlanFixture("ab")
    try fixture.apply("a", batch: 1)
    fixture.rows.append(try fixture.row("b", batch: 2, .down, done: 2))
    #expect(try fixture.status() == ["a": .applied, "b": .pending])
    #expect(try fixture.plan(.latest) == ["+b"])
    #expect(try fixture.plan(.rollback) == ["-a"])
    fixture.history.migrations.removeLast()
    #expect(try fixture.status() == ["a": .applied])
  }

  @Test func batchesComeBeforeIDs() throws {
    var fixture = PlanFixture("abc")
    for (name, batch) in [("a", 1), ("c", 1), ("b", 2)] { try fixture.apply(name, batch: batch) }
    #expect(try fixture.plan(.rollback) == ["-b"])
    #expect(try fixture.plan(.down(2)) == ["-b", "-c"])
    #expect(try fixture.plan(.redo(2)) == ["-b", "-c", "+b", "+c"])
  }

  @Test func outOfOrder() throws {
    var fixture = PlanFixture("abc")
    try fixture.apply("a", batch: 1)
    try fixture.apply("c", batch: 1)
    #expect(try fixture.status()["b"] == .outOfOrder(after: "20261112000000_c"))
    refuse(.migrationOutOfOrder, fixture, .latest, "20261111000000_b", "20261112000000_c")
    refuse(.migrationOutOfOrder, fixture, .up(1))
    #expect(try fixture.plan(.latest, policy: MigrationPolicy(allowsOutOfOrder: true)) == ["+b"])
    #expect(try fixture.plan(.down(1)) == ["-c"])
  }

  @Test func changedAfterApplying() throws {
    var fixture = PlanFixture("ab")
    try fixture.apply("a", batch: 1)
    try fixture.edit("a") { $0.up += "SELECT 1;\n" }
    #expect(try fixture.status() == ["a": .changed, "b": .pending])
    for command in Self.commands { refuse(.migrationChanged, fixture, command, "20261110000000_a") }
  }

  @Test func appliedButMissing() throws {
    var fixture = PlanFixture("abc")
    try fixture.apply("b", batch: 1)
    fixture.history.migrations.remove(at: 1)
    #expect(try fixture.status() == ["a": .outOfOrder(after: "20261111000000_b"), "b": .missing, "c": .pending])
    for command in Self.commands { refuse(.appliedMigrationMissing, fixture, command, "20261111000000_b") }
  }

  @Test func interruptedForward() throws {
    var fixture = PlanFixture("abc")
    try fixture.apply("a", batch: 1)
    try fixture.interrupt("b", batch: 2, .up, done: 1)
    #expect(
      try fixture.status()["b"] == .unfinished(.init(direction: .up, applied: 1, total: 2, canResume: true)))
    #expect(try fixture.plan(.latest) == ["+b1", "+c"])
    #expect(try fixture.plan(.up(1)) == ["+b1"])
    refuse(.migrationUnfinished, fixture, .down(1), "20261111000000_b", "1 of 2", "up.sql")
    refuse(.migrationUnfinished, fixture, .rollback)
    refuse(.migrationUnfinished, fixture, .redo(1))
    // Before its first statement.
    try fixture.interrupt("b", batch: 2, .up, done: 0)
    #expect(try fixture.plan(.latest) == ["+b", "+c"])
  }

  @Test func interruptedBackward() throws {
    var fixture = PlanFixture("abc")
    for name in ["a", "b", "c"] { try fixture.apply(name, batch: 1) }
    try fixture.interrupt("b", batch: 1, .down, done: 1)
    #expect(try fixture.plan(.down(1)) == ["-b1"])
    #expect(try fixture.plan(.rollback) == ["-b1", "-c", "-a"])
    refuse(.migrationUnfinished, fixture, .latest, "20261111000000_b", "down.sql")
  }

  @Test func interruptedAndEdited() throws {
    var fixture = PlanFixture("a")
    try fixture.interrupt("a", batch: 1, .up, done: 1)
    // The statement that failed may be mended; those that ran may not.
    try fixture.edit("a") { $0.up = $0.up.replacing("CREATE INDEX", with: "CREATE UNIQUE INDEX") }
    #expect(try fixture.plan(.latest) == ["+a1"])
    try fixture.edit("a") { $0.up = $0.up.replacing("INTEGER", with: "TEXT") }
    for command in Self.commands { refuse(.migrationUnfinished, fixture, command, "changed since") }
    fixture.rows[0].statementsApplied = 7
    for command in Self.commands { refuse(.migrationUnfinished, fixture, command) }
    fixture.rows[0].statementsApplied = -1
    for command in Self.commands { refuse(.migrationUnfinished, fixture, command) }
  }

  @Test func reviews() throws {
    var fixture = PlanFixture("ab")
    try fixture.edit("b") { $0.up = "-- REVIEWED: false\n" + $0.up }
    refuse(.migrationNotReviewed, fixture, .latest, "20261111000000_b/up.sql")
    #expect(try fixture.plan(.up(1)) == ["+a"])
    #expect(try fixture.plan(.latest, policy: MigrationPolicy(requiresReview: false)) == ["+a", "+b"])
  }

  @Test func irreversibleSteps() throws {
    var fixture = PlanFixture("a")
    try fixture.edit("a") { $0.down = "-- rowan:irreversible the rows of a are gone\n" + $0.down }
    try fixture.apply("a", batch: 1)
    refuse(.migrationIrreversible, fixture, .rollback, "the rows of a are gone")
    refuse(.migrationIrreversible, fixture, .redo(1))
    #expect(try fixture.plan(.rollback, policy: MigrationPolicy(allowsIrreversible: true)) == ["-a"])
  }

  @Test func mistakes() throws {
    var fixture = PlanFixture("ab")
    for command in [MigrationCommand.up(0), .down(-1), .redo(0)] { refuse(.invalidConfiguration, fixture, command) }
    try fixture.apply("a", batch: 1)
    try fixture.apply("a", batch: 2)
    for command in Self.commands { refuse(.duplicateMigration, fixture, command) }
    fixture.rows.removeAll()
    try fixture.edit("b") { $0.up = "SELECT '" }
    refuse(.unterminatedString, fixture, .latest, "20261111000000_b/up.sql: ", "line 1")
  }
}
