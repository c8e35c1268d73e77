import RowanCore
import RowanMigrations
import Testing

/// How rows follow a run.
@Suite struct RecordTests {
  private func step(_ fixture: PlanFixture, _ command: MigrationCommand) throws -> MigrationPlan.Step {
    let plan = try MigrationPlan(command, history: fixture.history, rows: fixture.rows, syntax: fixture.syntax)
    return try #require(plan.steps.first)
  }

  private func start(
    _ fixture: PlanFixture, _ command: MigrationCommand, batch: Int = 4, day: Int = 20
  ) throws -> AppliedMigration {
    AppliedMigration(
      starting: try step(fixture, command), previous: fixture.rows.first, batch: batch, at: Sample.time(day: day),
      toolVersion: "2.0.0")
  }

  @Test func everyPointOfARunIsUnderstood() throws {
    var fixture = PlanFixture("a")
    let texts = try step(fixture, .latest).script.steps.map(\.statement.text)
    var row = try start(fixture, .latest)
    for done in 0...2 {
      fixture.rows = [row]
      #expect(
        try fixture.status()["a"] == .unfinished(.init(direction: .up, applied: done, total: 2, canResume: true)))
      #expect(try start(fixture, .latest, batch: 9).partialHash == row.partialHash)
      if done < 2 { row.finishStatement(texts[done]) }
    }
    row.finish(at: Sample.time(day: 21))
    #expect(row.batch == 4)
    #expect(row.appliedAt == Sample.time(day: 21))
    fixture.rows = [row]
    #expect(try fixture.status() == ["a": .applied])

    let back = try step(fixture, .rollback).script.steps.map(\.statement.text)
    row = try start(fixture, .rollback)
    #expect(row.batch == 4 && row.appliedAt == Sample.time(day: 21) && row.statementsApplied == 0)
    row.finishStatement(back[0])
    fixture.rows = [row]
    #expect(try fixture.plan(.rollback) == ["-a1"])
    row = try start(fixture, .rollback)
    row.finishStatement(back[1])
    row.finish(at: Sample.time(day: 22))
    fixture.rows = [row]
    #expect(try fixture.status() == ["a": .pending])
    #expect(try start(fixture, .latest, batch: 5).batch == 5)
  }

  @Test func repairs() throws {
    var fixture = PlanFixture("a")
    let script = try step(fixture, .latest).script
    let now = Sample.time(day: 25)
    try fixture.interrupt("a", batch: 1, .up, done: 1)
    #expect(try fixture.rows[0].repaired(done: 0, script: script, at: now) == nil)
    let half = try #require(try fixture.rows[0].repaired(done: 1, script: script, at: now))
    #expect(half.finishedAt == nil && half.error == nil && half.partialHash == fixture.rows[0].partialHash)
    let whole = try #require(try fixture.rows[0].repaired(done: 2, script: script, at: now))
    #expect(whole.finishedAt == now && whole.appliedAt == now)
    fixture.rows = [whole]
    #expect(try fixture.status() == ["a": .applied])
    for (done, row) in [(1, whole), (3, half), (-1, half)] {
      let error = #expect(throws: RowanError.self) { try row.repaired(done: done, script: script, at: now) }
      #expect(error?.code == .invalidConfiguration)
    }
  }

  @Test func repairsOfRollbacks() throws {
    var fixture = PlanFixture("a")
    try fixture.apply("a", batch: 1)
    let script = try step(fixture, .rollback).script
    try fixture.interrupt("a", batch: 1, .down, done: 1)
    for (done, verdict) in [(0, MigrationStatus.Verdict.applied), (2, .pending)] {
      var repaired = fixture
      repaired.rows = [
        try #require(try fixture.rows[0].repaired(done: done, script: script, at: Sample.time(day: 25)))
      ]
      #expect(try repaired.status() == ["a": verdict])
    }
  }
}
