public import RowanCore

/// The runs that a command comes down to, in order.
public struct MigrationPlan: Sendable, Hashable {
  /// One run of one file.
  public struct Step: Sendable, Hashable {
    /// The migration.
    public var file: MigrationFile
    /// Which of its files runs.
    public var direction: MigrationDirection
    /// That file.
    public var script: MigrationScript
    /// How many of its statements are done already, which an interrupted run left.
    public var done: Int
  }

  /// The runs in order; empty when there is nothing to do.
  public var steps: [Step]
  /// The number of the batch that what is applied belongs to.
  public var batch: Int

  /// Plans a command.
  ///
  /// An interrupted run goes on before anything else when the command runs the same way, and counts as one of those
  /// asked for. Migrations are taken back in the opposite order of batches, and of ids within a batch.
  /// - Parameters:
  ///   - command: What is asked for.
  ///   - history: The files.
  ///   - rows: The database's rows, in any order.
  ///   - syntax: How the files are cut into statements.
  ///   - policy: What is accepted.
  /// - Throws: ``RowanError/Code/migrationChanged`` and ``RowanError/Code/appliedMigrationMissing`` whatever is asked
  ///   for; ``RowanError/Code/migrationUnfinished``, ``RowanError/Code/migrationOutOfOrder``,
  ///   ``RowanError/Code/migrationNotReviewed``, ``RowanError/Code/migrationIrreversible``,
  ///   ``RowanError/Code/invalidConfiguration`` for a count below one, and what ``MigrationFile/up(_:)`` throws.
  public init(
    _ command: MigrationCommand, history: MigrationHistory, rows: [AppliedMigration], syntax: SQLScriptSyntax,
    policy: MigrationPolicy = MigrationPolicy()
  ) throws(RowanError) {
    let list = try MigrationStatus.list(history, rows: rows, syntax: syntax)
    try MigrationPlan.checkApplied(list)
    let planner = MigrationPlanner(list: list, syntax: syntax, policy: policy)
    steps = try planner.steps(command)
    batch = (rows.map(\.batch).max() ?? 0) + 1
  }

  /// What makes every run unsafe.
  private static func checkApplied(_ list: [MigrationStatus]) throws(RowanError) {
    for status in list {
      switch status.verdict {
      case .changed:
        throw RowanError(
          .migrationChanged, "\(status.tag) was changed after this database had applied it",
          hint: "restore its files from version control, and put the change into a new migration")
      case .missing:
        throw RowanError(
          .appliedMigrationMissing, "this database has applied \(status.tag), which is not among the files",
          hint: "check out the branch that has it, or point to the right folder or database")
      case .unfinished(let progress) where !progress.canResume:
        throw RowanError(
          .migrationUnfinished,
          "\(status.tag) stopped after \(progress.applied) of \(progress.total) statements of its "
            + "\(progress.direction.rawValue).sql, which have been changed since",
          hint: "restore its files from version control, or settle it with rowan migrate repair")
      default: break
      }
    }
  }
}
