import RowanCore

/// How the command ends. The numbers never change their meaning.
public enum ToolStatus: Int32, Sendable, Hashable, CaseIterable {
  /// Done, or nothing to do.
  case success = 0
  /// Failed; the error says why.
  case failure = 1
  /// There are differences or pending migrations, for `diff` and with `--check`.
  case differences = 2
  /// The database's schema is not the one its migrations made.
  case drift = 3
  /// Something may have been renamed, and nobody has said so.
  case ambiguous = 4
  /// Another runner has the lock of the migrations.
  case locked = 5
  /// An interrupted run has to be finished or settled first.
  case unsettled = 6
  /// The migration files do not verify: changed, missing, or branched.
  case invalidFiles = 7
  /// A migration is refused: not reviewed, not reversible, or out of order.
  case refused = 8
  /// The database cannot be reached.
  case unreachable = 9
  /// The command line cannot be understood.
  case usage = 64
  /// The configuration is incomplete or wrong.
  case configuration = 78
  /// Interrupted by Ctrl-C, with the database in a clean state.
  case interrupted = 130
  /// Ended by SIGTERM, with the database in a clean state.
  case terminated = 143

  /// What it means, in a line.
  public var meaning: String {
    switch self {
    case .success: "done, or nothing to do"
    case .failure: "failed"
    case .differences: "differences or pending migrations (diff, verify, and with --check)"
    case .drift: "the database's schema is not the one its migrations made"
    case .ambiguous: "something may have been renamed: answer with --rename or --not-renamed"
    case .locked: "another runner has the lock of the migrations"
    case .unsettled: "an interrupted run has to be finished or settled first"
    case .invalidFiles: "the migration files do not verify"
    case .refused: "a migration is refused: not reviewed, not reversible, or out of order"
    case .unreachable: "the database cannot be reached"
    case .usage: "the command line cannot be understood"
    case .configuration: "the configuration is incomplete or wrong"
    case .interrupted: "interrupted by Ctrl-C; nothing is left half done unnoticed"
    case .terminated: "ended by SIGTERM, likewise"
    }
  }
}

extension ToolStatus {
  /// The status for a failure.
  init(_ code: RowanError.Code) {
    switch code {
    case .schemaDrift: self = .drift
    case .migrationLocked: self = .locked
    case .migrationUnfinished, .migrationStatementUnknown: self = .unsettled
    case .migrationNotReviewed, .migrationIrreversible, .migrationApplied: self = .refused
    case .migrationTampered, .migrationFolderMissing, .migrationFileMissing, .migrationFileUnreadable,
      .migrationNotInJournal, .migrationChainBroken, .migrationBranched, .migrationConflict, .duplicateMigration,
      .migrationChanged,
      .appliedMigrationMissing, .journalUnreadable, .journalChanged, .unknownJournalVersion, .journalDialectMismatch:
      self = .invalidFiles
    case .migrationOutOfOrder: self = .refused
    case .connectionRefused, .authenticationFailed, .unknownDatabase, .connectTimeout, .connectionLost, .tlsFailed,
      .tooManyConnections:
      self = .unreachable
    case .invalidURL, .invalidConfiguration: self = .configuration
    case .cancelled: self = .interrupted
    default: self = .failure
    }
  }
}
