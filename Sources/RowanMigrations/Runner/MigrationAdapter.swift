public import RowanCore

/// A database as the runner of migrations sees it.
///
/// ``DatabaseMigrations`` is one over a real database, ``InMemoryMigrations`` one for tests.
public protocol MigrationAdapter: Sendable {
  /// The engine.
  var dialect: any Dialect { get }

  /// Borrows one connection for the length of `body`. However it ends, a lock it took is given back.
  func withSession<R: Sendable>(_ body: @Sendable (any MigrationSession) async throws -> R) async throws -> R

  /// Takes the lock of `owner` for another `lease` from now while its session is busy with a statement. Nothing happens
  /// where `owner` does not have it, and where an engine lets nobody write beside a migration, whose transaction is lock
  /// enough. Does nothing unless an adapter says otherwise.
  func keepLock(_ owner: MigrationOwner, lease: Duration) async throws
}

extension MigrationAdapter {
  public func keepLock(_ owner: MigrationOwner, lease: Duration) async throws {}
}

/// What can be done both in a transaction and outside.
public protocol MigrationWriter: Sendable {
  /// Runs one statement of a migration.
  func run(_ sql: String) async throws
  /// Writes the row of a migration, over the one of the same id.
  func save(_ row: AppliedMigration) async throws
  /// Removes the row of a migration.
  func remove(_ id: String) async throws
  /// Within a transaction: makes sure that `owner` has the lock for as long as the transaction lasts, and takes it for
  /// another `lease`. A runner that was stopped for longer than its lease is kept from doing again what its successor
  /// has done. Does nothing unless an adapter says otherwise.
  /// - Throws: ``RowanError/Code/migrationLockLost``.
  func confirmLock(_ owner: MigrationOwner, lease: Duration) async throws
  /// Makes the connection's settings what they were before the run, so that what a migration has changed of them holds
  /// neither for the next nor for what is noted. Does nothing unless an adapter says otherwise.
  func restoreSettings() async throws
}

extension MigrationWriter {
  public func restoreSettings() async throws {}
  public func confirmLock(_ owner: MigrationOwner, lease: Duration) async throws {}
}

/// One connection of a run of migrations.
public protocol MigrationSession: MigrationWriter {
  /// The engine.
  var dialect: any Dialect { get }

  /// Whether the tables of the runner are there.
  func isPrepared() async throws -> Bool

  /// Tries to take the lock for `owner` until `lease` from now, without waiting; makes the runner's tables where they
  /// are missing.
  func tryLock(_ owner: MigrationOwner, lease: Duration) async throws -> LockAttempt

  /// Takes the lock of `owner` for another `lease` from now.
  /// - Throws: ``RowanError/Code/migrationLockLost`` where `owner` no longer has it.
  func renew(_ owner: MigrationOwner, lease: Duration) async throws

  /// Gives the lock of `owner` back; nothing happens where it has none.
  func unlock(_ owner: MigrationOwner) async throws

  /// Takes the row of the lock from whoever has it.
  /// - Returns: who had it.
  func forceUnlock() async throws -> LockHolder?

  /// Who has the lock; nil for nobody.
  func lockHolder() async throws -> LockHolder?

  /// The rows of all migrations; none where the runner's tables are missing.
  func rows() async throws -> [AppliedMigration]

  /// The instant, by the database's clock.
  func now() async throws -> Timestamp

  /// Runs `body` in one transaction: all of it or nothing.
  /// - Parameter statements: what `body` will run, for engines that need something done around it.
  func transaction(of statements: [String], _ body: @Sendable (any MigrationWriter) async throws -> Void) async throws

  /// The schema, without the runner's own tables.
  func introspect() async throws -> IntrospectedSchema
}
