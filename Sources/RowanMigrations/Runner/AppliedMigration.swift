public import RowanCore

/// Which way a migration runs.
public enum MigrationDirection: String, Sendable, Hashable, CaseIterable {
  /// `up.sql`.
  case up
  /// `down.sql`.
  case down
}

/// A row of `rowan_migrations`: what a database knows about one migration. There is one row an id.
public struct AppliedMigration: Sendable, Hashable {
  /// The migration's id.
  public var id: String
  /// The migration's name.
  public var name: String
  /// The ``MigrationHash`` of the files that ran.
  public var hash: String
  /// The run it was part of, from 1.
  public var batch: Int
  /// When its `up.sql` was done; nil before.
  public var appliedAt: Timestamp?
  /// Which file ran last.
  public var direction: MigrationDirection
  /// How many statements of that file are done.
  public var statementsApplied: Int
  /// How many statements that file has.
  public var statementsTotal: Int
  /// The statement of that file that was begun and is not known to be done, from 0; nil where none is. On engines whose
  /// DDL cannot be taken back it is written before each statement.
  public var underway: Int?
  /// The ``MigrationHash/hash(statements:)`` of the statements that are done; nil when none is.
  public var partialHash: String?
  /// When the run started.
  public var startedAt: Timestamp
  /// When the run was done; nil for one that is under way or was interrupted.
  public var finishedAt: Timestamp?
  /// What stopped the run, without any value.
  public var error: String?
  /// The version of the tool that ran it.
  public var toolVersion: String

  /// Makes a row.
  public init(
    id: String, name: String, hash: String, batch: Int, appliedAt: Timestamp?, direction: MigrationDirection,
    statementsApplied: Int, statementsTotal: Int, partialHash: String?, startedAt: Timestamp, finishedAt: Timestamp?,
    error: String?, toolVersion: String
  ) {
    self.id = id
    self.name = name
    self.hash = hash
    self.batch = batch
    self.appliedAt = appliedAt
    self.direction = direction
    self.statementsApplied = statementsApplied
    self.statementsTotal = statementsTotal
    self.partialHash = partialHash
    self.startedAt = startedAt
    self.finishedAt = finishedAt
    self.error = error
    self.toolVersion = toolVersion
  }

  /// `<id>_<name>`.
  public var tag: String { "\(id)_\(name)" }
}
