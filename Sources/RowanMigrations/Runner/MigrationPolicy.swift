/// What a run of migrations accepts.
public struct MigrationPolicy: Sendable, Hashable {
  /// Whether files that say `-- REVIEWED: false` are refused. Off in development only.
  public var requiresReview: Bool
  /// Whether a migration may be applied when a later one is.
  public var allowsOutOfOrder: Bool
  /// Whether a `down.sql` may run that says `-- rowan:irreversible`.
  public var allowsIrreversible: Bool

  /// Makes a policy; the default refuses all.
  public init(requiresReview: Bool = true, allowsOutOfOrder: Bool = false, allowsIrreversible: Bool = false) {
    self.requiresReview = requiresReview
    self.allowsOutOfOrder = allowsOutOfOrder
    self.allowsIrreversible = allowsIrreversible
  }
}

/// What is asked of the runner.
public enum MigrationCommand: Sendable, Hashable {
  /// Apply everything that is pending.
  case latest
  /// Apply the next so many.
  case up(Int)
  /// Take back the last so many.
  case down(Int)
  /// Take back the last batch, the latest migration first.
  case rollback
  /// Take back the last so many, and apply them again.
  case redo(Int)
}
