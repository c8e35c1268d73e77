import RowanCore

/// Applies migrations to one database and takes them back.
///
/// ```swift
/// let migrator = Migrator(DatabaseMigrations(db), try MigrationDirectory(root: "Migrations", dialect: db.dialect.name))
/// try await migrator.run(.latest)
/// ```
///
/// A run takes the lock of the database's migrations, checks the files, the database's rows and its schema, and then
/// runs one migration after the other. Where the engine's DDL can be taken back, a migration and its row are one
/// transaction for each of its groups; elsewhere every statement is noted before and after. A run that is cut off at
/// any point goes on where it was, or says why it cannot.
public struct Migrator: Sendable {
  /// The database.
  public let adapter: any MigrationAdapter
  /// The files.
  public let directory: MigrationDirectory
  /// How it works.
  public var options: MigrationOptions

  /// Makes a migrator.
  public init(
    _ adapter: any MigrationAdapter, _ directory: MigrationDirectory, options: MigrationOptions = MigrationOptions()
  ) {
    self.adapter = adapter
    self.directory = directory
    self.options = options
  }

  var syntax: SQLScriptSyntax { adapter.dialect.scriptSyntax }
  var driftCheck: DriftCheck {
    DriftCheck(dialect: adapter.dialect, scratch: options.scratch, externalTables: options.externalTables)
  }

  /// Runs a command.
  /// - Returns: what ran, in order; nothing where there was nothing to do.
  /// - Throws: ``RowanError/Code/migrationLocked`` where another runner does not finish in time,
  ///   ``RowanError/Code/schemaDrift``, ``RowanError/Code/migrationFailed`` with the engine's error as its cause,
  ///   ``RowanError/Code/migrationStatementUnknown``, and what ``MigrationDirectory/load()`` and ``MigrationPlan``
  ///   throw.
  @discardableResult
  public func run(_ command: MigrationCommand) async throws -> [MigrationRun] {
    let history = try directory.load()
    return try await locked { session, owner in
      let rows = try await session.rows()
      let plan = try MigrationPlan(command, history: history, rows: rows, syntax: syntax, policy: options.policy)
      guard !plan.steps.isEmpty else { return [] }
      for step in plan.steps { try TransactionControl.check(step, syntax: syntax) }
      try await checkDrift(session, history, rows)
      var runs: [MigrationRun] = []
      for step in plan.steps {
        try Task.checkCancellation()
        let execution = MigrationExecution(
          step: step, batch: plan.batch, session: session, owner: owner, options: options)
        runs.append(try await execution.run(over: try await session.rows().first { $0.id == step.file.id }))
      }
      return runs
    }
  }

  /// What the files and the database say about every migration. Takes no lock and changes nothing.
  public func status() async throws -> [MigrationStatus] {
    let history = try directory.load()
    let rows = try await adapter.withSession { session in try await session.rows() }
    return try MigrationStatus.list(history, rows: rows, syntax: syntax)
  }

  /// Compares the database's schema with the one its migrations made.
  public func drift() async throws -> DriftReport {
    let history = try directory.load()
    return try await adapter.withSession { session in
      let rows = try await session.rows()
      return try await driftCheck.compare(
        expected: try expected(history, rows), actual: try await session.introspect())
    }
  }

  /// Takes the lock from whoever has it. For a holder that is known to be dead; a lock of the engine itself ends with
  /// its connection and cannot be taken.
  /// - Returns: who had it.
  @discardableResult
  public func unlock() async throws -> LockHolder? {
    try await adapter.withSession { session in try await session.forceUnlock() }
  }

  /// The schema that the migrations in `rows` made; an empty one before the first.
  func expected(_ history: MigrationHistory, _ rows: [AppliedMigration]) throws -> SchemaSnapshot {
    let applied = Set(rows.filter { $0.isInPlace && $0.finishedAt != nil }.map(\.id))
    guard let last = history.migrations.last(where: { applied.contains($0.id) }) else {
      return SchemaSnapshot(dialect: adapter.dialect.name)
    }
    return try last.schema()
  }

  private func checkDrift(
    _ session: any MigrationSession, _ history: MigrationHistory, _ rows: [AppliedMigration]
  ) async throws {
    // Between the statements of an interrupted migration no snapshot describes the schema.
    guard options.drift != .ignore, rows.allSatisfy({ $0.finishedAt != nil }) else { return }
    let report = try await driftCheck.compare(
      expected: try expected(history, rows), actual: try await session.introspect())
    guard report.hasDrift else { return }
    let last = rows.filter(\.isInPlace).map(\.tag).max().map { "migration \($0)" } ?? "an empty database"
    if options.drift == .error { throw report.error(last) }
    options.progress?(.drift(report))
  }

  /// Runs `body` with the lock of the migrations.
  func locked<R: Sendable>(
    _ body: @Sendable (any MigrationSession, MigrationOwner) async throws -> R
  ) async throws -> R {
    let owner = MigrationOwner.current()
    return try await adapter.withSession { session in
      try await LockWait(options: options).take(session, owner)
      let result: Result<R, any Error>
      do {
        let heartbeat = LockHeartbeat(adapter: adapter, owner: owner, lease: options.lease)
        result = .success(try await heartbeat.around { try await body(session, owner) })
      } catch {
        result = .failure(error)
      }
      // In a task of its own: in one that was cancelled nothing runs any more. A lock that cannot be given back expires.
      _ = await Task { try await session.unlock(owner) }.result
      return try result.get()
    }
  }
}

/// What a run did with one migration.
public struct MigrationRun: Sendable, Hashable {
  /// `<id>_<name>`.
  public var tag: String
  /// Which file ran.
  public var direction: MigrationDirection
  /// How many of its statements ran.
  public var statements: Int
  /// How long they took.
  public var duration: Duration
}
