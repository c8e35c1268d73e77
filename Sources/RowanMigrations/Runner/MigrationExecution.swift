import RowanCore

/// Runs one file of one migration.
struct MigrationExecution: Sendable {
  let step: MigrationPlan.Step
  let batch: Int
  let session: any MigrationSession
  let owner: MigrationOwner
  let options: MigrationOptions

  private var dialect: any Dialect { session.dialect }

  /// Runs what is left of the file.
  /// - Parameter row: the migration's row, where it has one.
  func run(over row: AppliedMigration?) async throws -> MigrationRun {
    let clock = ContinuousClock.now
    let steps = step.script.steps
    var row = try await begun(row)
    if row.underway != nil { row = try await settled(row) }
    let first = row.statementsApplied
    options.progress?(
      .started(tag: step.file.tag, step.direction, statements: steps.count, done: row.statementsApplied))
    var next = row.statementsApplied
    if next > 0, row.finishedAt == nil { try await makeSettings(before: next) }
    while row.finishedAt == nil {
      try await session.renew(owner, lease: options.lease)
      let end = steps[next...].firstIndex { $0.group != steps[next].group } ?? steps.count
      let together = dialect.capabilities.transactionalDDL && step.script.isTransactional
      if next == steps.count || together && !steps[next].isOutside {
        row = try await runTogether(next..<end, row)
      } else {
        row = try await runAlone(next, row)
      }
      next = row.statementsApplied
    }
    options.progress?(.finished(tag: step.file.tag, step.direction, clock.duration(to: .now)))
    return MigrationRun(
      tag: step.file.tag, direction: step.direction, statements: steps.count - first,
      duration: clock.duration(to: .now))
  }

  /// Makes the settings again that the statements before `end` have made, where they hold to the end of the file: the
  /// connection that had them is gone.
  private func makeSettings(before end: Int) async throws {
    guard !dialect.capabilities.transactionalDDL else { return }
    for part in step.script.steps[..<min(end, step.script.steps.count)] {
      guard try StatementWords.isSetting(part.statement.text, syntax: dialect.scriptSyntax) else { continue }
      try await session.run(part.statement.text)
    }
  }

  /// The row as it stands when the run begins or goes on.
  private func begun(_ row: AppliedMigration?) async throws -> AppliedMigration {
    if let row, row.finishedAt == nil, row.direction == step.direction { return row }
    return AppliedMigration(
      starting: step, previous: row, batch: batch, at: try await session.now(),
      toolVersion: MigrationGenerator.toolVersion)
  }

  /// Decides what became of the statement that was under way when the run before this was cut off.
  private func settled(_ row: AppliedMigration) async throws -> AppliedMigration {
    var row = row
    guard let index = row.underway, index == row.statementsApplied, step.script.steps.indices.contains(index) else {
      return row
    }
    if try await wasDone(index) { row = progressed(row, to: index + 1, at: try await session.now()) }
    row.underway = nil
    if row.finishedAt != nil { try await session.save(row) }
    return row
  }

  private func wasDone(_ index: Int) async throws -> Bool {
    guard let facts = facts(of: index) else { throw unknown(index, "it has no facts") }
    if facts.isEmpty { return false }
    let schema = try await session.introspect().schema
    let holding = facts.count { $0.holds(in: schema) }
    if holding == facts.count { return true }
    if holding == 0 { return false }
    throw unknown(index, "\(holding) of the \(facts.count) facts it brings about hold")
  }

  /// What the statement brings about; nil for one written by hand.
  private func facts(of index: Int) -> [SchemaFact]? {
    step.file.contents.meta.facts(of: index, in: step.script, step.direction)
  }

  /// Where an attempt at a statement outside transactions begins: with those before it that do no harm when they run
  /// again, such as one that clears away what an attempt that failed left behind.
  private func attempt(at index: Int) -> ClosedRange<Int> {
    let steps = step.script.steps
    var first = index
    guard steps[index].isOutside, facts(of: index)?.isEmpty == false else { return index...index }
    while first > 0, steps[first - 1].isOutside, facts(of: first - 1)?.isEmpty == true { first -= 1 }
    return first...index
  }

  private func unknown(_ index: Int, _ reason: String) -> RowanError {
    let statement = step.script.steps[index].statement
    return RowanError(
      .migrationStatementUnknown,
      "\(place(index)) was under way when a run was cut off, and whether it was done cannot be told: \(reason)",
      hint: "look at the database; then rowan migrate repair --applied \(index + 1) or --not-applied \(index + 1)",
      sql: statement.text)
  }

  private func place(_ index: Int) -> String {
    "\(step.file.tag)/\(step.direction.rawValue).sql:\(step.script.steps[index].statement.line)"
  }

  /// Statements and what is noted of them, in one transaction.
  private func runTogether(_ range: Range<Int>, _ row: AppliedMigration) async throws -> AppliedMigration {
    let done = progressed(row, to: range.upperBound, at: try await session.now())
    try await recording(row) { failing in
      try await retryingLocks {
        try await session.transaction(of: range.map { step.script.steps[$0].statement.text }) { transaction in
          try await transaction.confirmLock(owner, lease: options.lease)
          for index in range {
            await failing.set(index)
            try await transaction.run(step.script.steps[index].statement.text)
          }
          await failing.set(nil)
          try await transaction.restoreSettings()
          try await transaction.save(done)
          // The statements may have taken longer than the lease; whoever waits sees this with them.
          try await transaction.confirmLock(owner, lease: options.lease)
        }
      }
    }
    report(range.upperBound)
    return done
  }

  /// One statement that commits by itself: noted before and after.
  private func runAlone(_ index: Int, _ row: AppliedMigration) async throws -> AppliedMigration {
    var before = row
    before.underway = index
    try await session.save(before)
    try await recording(row) { failing in
      await failing.set(index)
      try await retryingLocks {
        for index in attempt(at: index) { try await session.run(step.script.steps[index].statement.text) }
      }
    }
    // Where each statement is alone, a setting holds to the end of the file, and else for its group.
    if dialect.capabilities.transactionalDDL || index + 1 == step.script.steps.count {
      try await session.restoreSettings()
    }
    let done = progressed(row, to: index + 1, at: try await session.now())
    try await session.save(done)
    report(index + 1)
    return done
  }

  private func report(_ done: Int) {
    options.progress?(.statement(tag: step.file.tag, done: done, of: step.script.steps.count))
  }

  /// The row once all statements before `end` are done; finished, where that is all of them.
  private func progressed(_ row: AppliedMigration, to end: Int, at now: Timestamp) -> AppliedMigration {
    var row = row
    row.underway = nil
    for index in row.statementsApplied..<max(end, row.statementsApplied) {
      row.finishStatement(step.script.steps[index].statement.text)
    }
    guard end == step.script.steps.count else { return row }
    row.hash = step.file.entry.hash
    row.finish(at: now)
    return row
  }

  /// Runs `body` again where a lock of others was in its way: it waits for a short time only, so that nobody queues up
  /// behind it, and more than once.
  private func retryingLocks(_ body: () async throws -> Void) async throws {
    var pause = Duration.milliseconds(250)
    for _ in 0..<options.lockRetries {
      do {
        return try await body()
      } catch let error as RowanError where error.code == .lockTimeout || error.code == .databaseLocked {
        try await session.renew(owner, lease: options.lease)
        try await Task.sleep(for: pause)
        pause = min(pause * 2, .seconds(4))
      }
    }
    try await body()
  }

  /// Runs `body`; what it fails with is noted in the row and thrown with its place.
  private func recording(
    _ row: AppliedMigration, _ body: (_ failing: StatementIndex) async throws -> Void
  ) async throws {
    let failing = StatementIndex()
    do {
      try await body(failing)
    } catch {
      let cause = error as? RowanError
      guard let index = await failing.value else { throw atCommit(cause) ?? error }
      // A connection that is gone tells nothing about its last statement: the row keeps saying that it is under way.
      if cause?.code != .connectionLost, cause?.code != .commitUnknown { try? await note(error, row) }
      throw RowanError(
        .migrationFailed, "\(place(index)) failed: \(cause?.message ?? "\(error)")",
        hint: cause?.hint ?? "mend the cause and run again; what was done before stays done",
        server: cause?.server, sql: step.script.steps[index].statement.text, cause: error)
    }
  }

  /// Constraints that are checked in the end fail no statement, but all of them.
  private func atCommit(_ cause: RowanError?) -> RowanError? {
    guard let cause,
      [.foreignKeyViolation, .uniqueViolation, .checkViolation, .notNullViolation].contains(cause.code)
    else { return nil }
    return RowanError(
      .migrationFailed, "\(step.file.tag)/\(step.direction.rawValue).sql failed in the end: \(cause.message)",
      hint: cause.hint ?? "mend the cause and run again; nothing was done", server: cause.server, cause: cause)
  }

  private func note(_ error: any Error, _ row: AppliedMigration) async throws {
    // Nothing of a first group is in the database, so nothing is said of it either.
    let isNew = row.statementsApplied == 0
    if isNew, dialect.capabilities.transactionalDDL, step.script.steps.first?.isOutside != true,
      step.script.isTransactional
    {
      return
    }
    var failed = row
    failed.underway = nil
    failed.error = (error as? RowanError).map { "\($0.code.rawValue): \($0.message)" } ?? "\(type(of: error))"
    try await session.save(failed)
  }
}

/// Which statement is running.
private actor StatementIndex {
  private(set) var value: Int?
  func set(_ index: Int?) { value = index }
}
