public import RowanCore

/// How a ``Migrator`` works.
public struct MigrationOptions: Sendable {
  /// What a run accepts.
  public var policy: MigrationPolicy
  /// What happens where the database's schema is not the one its migrations made.
  public var drift: DriftMode
  /// How long to wait for another runner to finish.
  public var lockWait: Duration
  /// For how long the lock is taken at a time; a runner that has not renewed it for so long is gone.
  public var lease: Duration
  /// How often a statement is tried again that waited in vain for the locks of others.
  public var lockRetries: Int
  /// An empty database of the same engine, in which expressions are compared that cannot be by their texts; nil to
  /// report those as unverified.
  public var scratch: ScratchDatabase?
  /// Tables that are not the migrations' own, and are neither looked at nor reported.
  public var externalTables: Set<ObjectName>
  /// Called with what happens, as it happens.
  public var progress: (@Sendable (MigrationProgressEvent) -> Void)?

  /// Makes options; the default refuses unreviewed files and drift, and waits for longer than a dead runner's
  /// lease lasts.
  public init(
    policy: MigrationPolicy = MigrationPolicy(), drift: DriftMode = .error, lockWait: Duration = .seconds(90),
    lease: Duration = .seconds(60), lockRetries: Int = 5, scratch: ScratchDatabase? = nil,
    externalTables: Set<ObjectName> = [],
    progress: (@Sendable (MigrationProgressEvent) -> Void)? = nil
  ) {
    self.policy = policy
    self.drift = drift
    self.lockWait = lockWait
    self.lease = lease
    self.lockRetries = max(0, lockRetries)
    self.scratch = scratch
    self.externalTables = externalTables
    self.progress = progress
  }
}

/// What happens where a database's schema is not the one its migrations made.
public enum DriftMode: String, Sendable, Hashable, CaseIterable {
  /// Nothing is applied.
  case error
  /// It is reported, and migrations are applied.
  case warn
  /// Nobody looks.
  case ignore
}

/// Something that happens during a run.
public enum MigrationProgressEvent: Sendable {
  /// Another runner has the lock, and is waited for.
  case waiting(LockHolder?)
  /// The lock was taken from a runner that had let it expire.
  case tookOver(LockHolder)
  /// The schema is not the one the migrations made.
  case drift(DriftReport)
  /// A migration begins or goes on.
  case started(tag: String, MigrationDirection, statements: Int, done: Int)
  /// A statement is done.
  case statement(tag: String, done: Int, of: Int)
  /// A migration is done.
  case finished(tag: String, MigrationDirection, Duration)
}

/// Makes an empty database for a while.
public struct ScratchDatabase: Sendable {
  let make: @Sendable (_ body: @Sendable (Database) async throws -> Void) async throws -> Void

  /// Wraps `make`, which opens an empty database, hands it to its argument, and removes it however that ends.
  public init(_ make: @escaping @Sendable (_ body: @Sendable (Database) async throws -> Void) async throws -> Void) {
    self.make = make
  }
}
