public import RowanCore

/// How a row of `rowan_migrations` changes while a file runs.
extension AppliedMigration {
  /// The row as a run starts or goes on.
  /// - Parameters:
  ///   - step: What runs.
  ///   - previous: The row there is; nil when there is none.
  ///   - batch: The number of this run's batch, for a migration that is not in the database yet.
  ///   - time: Now.
  ///   - toolVersion: The version of the tool that runs it.
  public init(
    starting step: MigrationPlan.Step, previous: AppliedMigration?, batch: Int, at time: Timestamp,
    toolVersion: String
  ) {
    let kept = previous.flatMap { $0.isInPlace ? $0 : nil }
    self.init(
      id: step.file.id, name: step.file.name, hash: step.file.entry.hash, batch: kept?.batch ?? batch,
      appliedAt: step.direction == .down ? kept?.appliedAt : nil, direction: step.direction,
      statementsApplied: step.done, statementsTotal: step.script.steps.count,
      partialHash: step.done == 0 ? nil : kept?.partialHash, startedAt: time, finishedAt: nil, error: nil,
      toolVersion: toolVersion)
  }

  /// Notes that one more statement is done.
  public mutating func finishStatement(_ text: String) {
    statementsApplied += 1
    partialHash = MigrationHash.hash(text, after: partialHash)
    error = nil
  }

  /// Notes that all statements are done.
  public mutating func finish(at time: Timestamp) {
    finishedAt = time
    if direction == .up { appliedAt = time }
    error = nil
  }

  /// The row after a person has said how many statements of an interrupted run are done.
  ///
  /// With all of them the run is finished; with none a run of `up.sql` has not happened, and one of `down.sql` leaves
  /// the migration applied.
  /// - Parameters:
  ///   - done: How many statements are done.
  ///   - script: The file that was running, as it is now.
  ///   - time: Now.
  /// - Returns: The new row; nil when there is none any more.
  /// - Throws: ``RowanError/Code/invalidConfiguration`` for a run that was not interrupted, and for a number of
  ///   statements that the file does not have.
  public func repaired(done: Int, script: MigrationScript, at time: Timestamp) throws(RowanError) -> AppliedMigration? {
    guard finishedAt == nil else {
      throw RowanError(
        .invalidConfiguration, "\(tag) was not interrupted", hint: "rowan migrate status tells which migration was")
    }
    guard done >= 0, done <= script.steps.count else {
      throw RowanError(
        .invalidConfiguration,
        "\(tag)/\(direction.rawValue).sql has \(script.steps.count) statements; \(done) cannot be done",
        hint: "count the statements that are done, from the first")
    }
    var row = self
    row.statementsApplied = done
    row.statementsTotal = script.steps.count
    row.partialHash = MigrationHash.hash(statements: script.steps.prefix(done).map(\.statement.text))
    row.error = nil
    if done == script.steps.count {
      row.finish(at: time)
      return row
    }
    guard done == 0 else { return row }
    guard direction == .down else { return nil }
    row.direction = .up
    row.finishedAt = time
    return row
  }
}
