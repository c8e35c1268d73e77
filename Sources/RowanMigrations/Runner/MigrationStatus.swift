public import RowanCore

/// What a database and the files say together about one migration.
public struct MigrationStatus: Sendable, Hashable {
  /// What is to be thought of it.
  public enum Verdict: Sendable, Hashable {
    /// Not applied.
    case pending
    /// Not applied, but the migration of this tag, which is later, is.
    case outOfOrder(after: String)
    /// Applied, and the files are those that ran.
    case applied
    /// Applied, but the files are not those that ran.
    case changed
    /// Applied, but not among the files.
    case missing
    /// Interrupted after some of its statements.
    case unfinished(MigrationProgress)
  }

  /// `<id>_<name>`.
  public var tag: String
  /// What is to be thought of it.
  public var verdict: Verdict
  /// The files; nil when there are none.
  public var file: MigrationFile?
  /// The database's row; nil when there is none.
  public var row: AppliedMigration?
}

/// How far an interrupted run came.
public struct MigrationProgress: Sendable, Hashable {
  /// Which file ran.
  public var direction: MigrationDirection
  /// How many statements are done.
  public var applied: Int
  /// How many the file had.
  public var total: Int
  /// Whether the statements that are done are still the file's first, so that the run can go on after them.
  public var canResume: Bool
  /// The statement, counted from 0, that was under way when the run was cut off, where nobody but a person can tell
  /// whether it was done: one written by hand.
  public var inDoubt: Int?

  /// Makes a description.
  public init(direction: MigrationDirection, applied: Int, total: Int, canResume: Bool, inDoubt: Int? = nil) {
    self.direction = direction
    self.applied = applied
    self.total = total
    self.canResume = canResume
    self.inDoubt = inDoubt
  }
}

extension MigrationStatus {
  /// The status of every migration that the files or the database know, in the order of their ids.
  /// - Parameters:
  ///   - history: The files.
  ///   - rows: The database's rows, in any order.
  ///   - syntax: How the files are cut into statements; only those that were interrupted are.
  /// - Throws: ``RowanError/Code/duplicateMigration`` for two rows of one id, and what
  ///   ``MigrationFile/up(_:)`` throws for a file that was interrupted.
  public static func list(
    _ history: MigrationHistory, rows: [AppliedMigration], syntax: SQLScriptSyntax
  ) throws(RowanError) -> [MigrationStatus] {
    var rest: [String: AppliedMigration] = [:]
    for row in rows {
      guard rest.updateValue(row, forKey: row.id) == nil else {
        throw RowanError(
          .duplicateMigration, "the database has two rows for the migration \(row.id)",
          hint: "restore the primary key of rowan_migrations and remove one of them")
      }
    }
    let last = rows.filter(\.isInPlace).map(\.id).max().flatMap { rest[$0] }
    var list: [MigrationStatus] = []
    for file in history.migrations {
      let row = rest.removeValue(forKey: file.id)
      let verdict = try verdict(file, row, last: last, syntax: syntax)
      list.append(MigrationStatus(tag: file.tag, verdict: verdict, file: file, row: row))
    }
    for row in rest.values where row.isInPlace {
      list.append(MigrationStatus(tag: row.tag, verdict: .missing, file: nil, row: row))
    }
    return list.sorted { $0.tag < $1.tag }
  }

  private static func verdict(
    _ file: MigrationFile, _ row: AppliedMigration?, last: AppliedMigration?, syntax: SQLScriptSyntax
  ) throws(RowanError) -> Verdict {
    guard let row, row.isInPlace else {
      if let last, file.id < last.id { return .outOfOrder(after: last.tag) }
      return .pending
    }
    guard row.finishedAt != nil else {
      let script = row.direction == .up ? try file.up(syntax) : try file.down(syntax)
      let inDoubt = row.underway.flatMap { index in
        file.contents.meta.facts(of: index, in: script, row.direction) == nil ? index : nil
      }
      return .unfinished(
        MigrationProgress(
          direction: row.direction, applied: row.statementsApplied, total: row.statementsTotal,
          canResume: row.isPrefix(of: script), inDoubt: inDoubt))
    }
    return row.hash == file.entry.hash ? .applied : .changed
  }
}

extension AppliedMigration {
  /// Whether anything of the migration is in the database: all but one that was taken back.
  var isInPlace: Bool { !(direction == .down && finishedAt != nil) }

  /// Whether the statements that are done are the first of the script.
  func isPrefix(of script: MigrationScript) -> Bool {
    guard statementsApplied >= 0, statementsApplied <= script.steps.count else { return false }
    return partialHash == MigrationHash.hash(statements: script.steps.prefix(statementsApplied).map(\.statement.text))
  }
}
