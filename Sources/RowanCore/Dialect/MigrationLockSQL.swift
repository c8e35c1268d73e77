/// The statements by which one engine keeps two runners of migrations apart, for as long as a connection lives.
///
/// Beside it every runner takes the row of `rowan_migrations_lock`, which also holds behind a proxy that hands one
/// connection to several clients.
public struct MigrationLockSQL: Sendable {
  /// Takes the lock, without waiting: one row, whose first column is 1 where it was taken.
  public var tryLock: SQL
  /// Whether this connection still has it: one row, whose first column is 1 where it does.
  public var isHeld: SQL
  /// Gives it back.
  public var release: SQL

  /// Makes the statements of a lock.
  public init(tryLock: SQL, isHeld: SQL, release: SQL) {
    self.tryLock = tryLock
    self.isHeld = isHeld
    self.release = release
  }
}

/// How a run of migrations sets up its connection.
public struct MigrationSettings: Sendable, Hashable {
  /// How long a statement waits for the locks of others before it fails, so that it does not hold up all who come
  /// after it.
  public var lockTimeout: Duration

  /// Makes settings.
  public init(lockTimeout: Duration = .seconds(5)) { self.lockTimeout = lockTimeout }
}
