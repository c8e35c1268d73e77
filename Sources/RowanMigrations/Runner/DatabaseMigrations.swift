public import RowanCore

/// The migrations of a database, kept in its tables `rowan_migrations` and `rowan_migrations_lock`.
public struct DatabaseMigrations: MigrationAdapter {
  /// The tables of the runner.
  public static let tables: Set<ObjectName> = [
    ObjectName(MigrationRow.schema.name), ObjectName(LockRow.schema.name),
  ]

  private let database: Database
  private let settings: MigrationSettings
  private let introspection: IntrospectionOptions

  /// Makes an adapter.
  /// - Parameters:
  ///   - database: where to migrate.
  ///   - settings: how its connection is set up.
  ///   - introspection: what of its schema counts; the runner's own tables never do.
  public init(
    _ database: Database, settings: MigrationSettings = MigrationSettings(),
    introspection: IntrospectionOptions = IntrospectionOptions()
  ) {
    self.database = database
    self.settings = settings
    self.introspection = introspection
  }

  public var dialect: any Dialect { database.dialect }

  public func withSession<R: Sendable>(
    _ body: @Sendable (any MigrationSession) async throws -> R
  ) async throws -> R {
    try await database.withSchemaSession { session in
      for statement in session.dialect.migrationSettings(settings) { try await session.run(text: statement) }
      let restoration = try await session.dialect.settingsRestoration?.as(String.self).fetchAll(session) ?? []
      let own = DatabaseMigrationSession(session: session, introspection: introspection, restoration: restoration)
      let result: Result<R, any Error>
      do {
        result = .success(try await body(own))
      } catch {
        result = .failure(error)
      }
      // In a task of its own, for one that was cancelled: the engine's own lock would outlive the run in the pool.
      await Task { await own.release() }.value
      return try result.get()
    }
  }

  /// On another connection, for as long as it takes to become free.
  public func keepLock(_ owner: MigrationOwner, lease: Duration) async throws {
    guard dialect.migrationLock(MigrationRow.schema.name) != nil else { return }
    let until = try LockRow.expiry(try await DatabaseMigrationSession.now(database, dialect), lease)
    _ = try await LockRow.renew(owner, until: until, database)
  }
}

/// One connection of a database.
struct DatabaseMigrationSession: MigrationSession {
  let session: SchemaSession
  let introspection: IntrospectionOptions
  private let engineLock: MigrationLockSQL?
  /// Statements that make the settings what they were.
  private let restoration: [String]

  init(session: SchemaSession, introspection: IntrospectionOptions, restoration: [String]) {
    self.session = session
    self.introspection = introspection
    self.restoration = restoration
    engineLock = session.dialect.migrationLock(MigrationRow.schema.name)
  }

  var dialect: any Dialect { session.dialect }

  func run(_ sql: String) async throws {
    try await session.run(text: sql)
    // Otherwise what is noted of the statement would be part of that transaction, and be lost with it.
    guard try await session.endStrayTransaction() else { return }
    throw RowanError(
      .unsupported, "a statement of a migration has opened a transaction of its own, which was rolled back",
      hint: TransactionControl.hint, sql: sql)
  }

  func restoreSettings() async throws {
    for statement in restoration { try await session.run(text: statement) }
  }

  func save(_ row: AppliedMigration) async throws {
    try await MigrationRow.save(MigrationRow(migration: row)).run(session)
  }

  func remove(_ id: String) async throws {
    try await MigrationRow.delete().where { $0.id == id }.run(session)
  }

  func isPrepared() async throws -> Bool {
    do {
      // A runner that ended between the two statements of ``prepare()`` has left a table without its row.
      return try await !LockRow.all().fetchAll(session).isEmpty
    } catch let error as RowanError where error.code == .unknownTable {
      return false
    }
  }

  func rows() async throws -> [AppliedMigration] {
    do {
      return try await MigrationRow.all().order { $0.id.ascending() }.fetchAll(session).map(\.migration)
    } catch let error as RowanError where error.code == .unknownTable {
      return []
    }
  }

  func now() async throws -> Timestamp { try await Self.now(session, dialect) }

  static func now(_ executor: some QueryExecutor, _ dialect: any Dialect) async throws -> Timestamp {
    let clock = try dialect.makeDDLEmitter().now()
    return try await SQL(text: "SELECT \(clock)").as(Timestamp.self).fetchOne(executor)
  }

  func transaction(
    of statements: [String], _ body: @Sendable (any MigrationWriter) async throws -> Void
  ) async throws {
    let hooks = session.dialect.makeDDLEmitter().migrationHooks(for: statements)
    try await session.transaction(hooks: hooks) { hooked in
      try await body(TransactionWriter(hooked: hooked, hasEngineLock: engineLock != nil, restoration: restoration))
    }
  }

  func introspect() async throws -> IntrospectedSchema {
    var options = introspection
    options.excludedTables.formUnion(DatabaseMigrations.tables)
    let all = options
    return try await session.dialect.makeIntrospector().introspect(session, all)
  }

  func tryLock(_ owner: MigrationOwner, lease: Duration) async throws -> LockAttempt {
    if let engineLock, try await SQL.flag(engineLock.tryLock, session) == false { return .held(try await lockHolder()) }
    do {
      let attempt = try await takeRow(owner, lease)
      if case .held = attempt { try await releaseEngineLock() }
      return attempt
    } catch let error as RowanError where error.code == .databaseLocked && engineLock == nil {
      // The holder is in the transaction of a migration, which keeps every other writer out.
      return .held(try? await lockHolder())
    } catch {
      try? await releaseEngineLock()
      throw error
    }
  }

  private func takeRow(_ owner: MigrationOwner, _ lease: Duration) async throws -> LockAttempt {
    try await prepare()
    let now = try await now()
    let until = try LockRow.expiry(now, lease)
    let before = try await lockHolder()
    // The condition decides, not what was read before.
    let taken = try await LockRow.update {
      $0.owner = owner.id
      $0.host = owner.host
      $0.pid = owner.pid
      $0.acquiredAt = now
      $0.expiresAt = until
    }.where { $0.id == LockRow.onlyKey && ($0.owner == nil || $0.owner == owner.id || $0.expiresAt < now) }.run(session)
    guard taken.affectedRows == 1 else { return .held(try await lockHolder()) }
    if let before, before.owner.id != owner.id { return .takenOver(before) }
    return .taken
  }

  /// Behind the engine's own lock, or as single statements of which one runner only can be the first.
  private func prepare() async throws {
    if try await isPrepared() { return }
    let emitter = session.dialect.makeDDLEmitter()
    for schema in [MigrationRow.schema, LockRow.schema] {
      for sql in try emitter.createTable(schema, ifNotExists: true) { try await session.run(text: sql) }
    }
    do {
      try await LockRow.insert(LockRow.Draft()).run(session)
    } catch let error as RowanError where error.code == .uniqueViolation {
      // Another runner was first.
    }
  }

  func renew(_ owner: MigrationOwner, lease: Duration) async throws {
    var isHeld = try await LockRow.renew(owner, until: try LockRow.expiry(try await now(), lease), session)
    if isHeld, let engineLock { isHeld = try await SQL.flag(engineLock.isHeld, session) }
    guard isHeld else { throw LockRow.lost(to: try await lockHolder()) }
  }

  func unlock(_ owner: MigrationOwner) async throws {
    try await LockRow.update {
      $0.owner = nil
      $0.host = nil
      $0.pid = nil
      $0.acquiredAt = nil
      $0.expiresAt = nil
    }.where { $0.id == LockRow.onlyKey && $0.owner == owner.id }.run(session)
    try await releaseEngineLock()
  }

  func forceUnlock() async throws -> LockHolder? {
    guard try await isPrepared() else { return nil }
    guard let holder = try await lockHolder() else { return nil }
    try await unlock(holder.owner)
    return holder
  }

  func lockHolder() async throws -> LockHolder? {
    do {
      return try await LockRow.all().fetchAll(session).first?.holder
    } catch let error as RowanError where error.code == .unknownTable {
      return nil
    }
  }

  private func releaseEngineLock() async throws {
    if let engineLock { _ = try await SQL.flag(engineLock.release, session) }
  }

  /// Gives back what the connection would carry into the pool.
  func release() async { try? await releaseEngineLock() }
}

/// A transaction of a migration.
private struct TransactionWriter: MigrationWriter {
  let hooked: HookedTransaction
  let hasEngineLock: Bool
  let restoration: [String]

  private var transaction: Transaction { hooked.transaction }

  func run(_ sql: String) async throws { try await hooked.run(text: sql) }

  func restoreSettings() async throws {
    for statement in restoration { try await transaction.run(text: statement) }
  }

  func save(_ row: AppliedMigration) async throws {
    try await MigrationRow.save(MigrationRow(migration: row)).run(transaction)
  }

  func remove(_ id: String) async throws {
    try await MigrationRow.delete().where { $0.id == id }.run(transaction)
  }

  /// Nothing where the engine's own lock decides, which ends with the connection and so with the transaction; the row
  /// would stay locked to those who ask for it.
  func confirmLock(_ owner: MigrationOwner, lease: Duration) async throws {
    if hasEngineLock { return }
    let until = try LockRow.expiry(try await DatabaseMigrationSession.now(transaction, transaction.dialect), lease)
    guard try await LockRow.renew(owner, until: until, transaction) else {
      throw LockRow.lost(to: try await LockRow.all().fetchAll(transaction).first?.holder)
    }
  }
}

extension SQL {
  /// Whether the one number a statement gives is 1.
  fileprivate static func flag(_ sql: SQL, _ executor: some QueryExecutor) async throws -> Bool {
    try await sql.as(Int64.self, access: .write).fetchOne(executor) == 1
  }
}
