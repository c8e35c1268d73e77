public import RowanCore

extension Migrator {
  /// What ``verify(in:)`` found.
  public struct Verification: Sendable, Hashable {
    /// The migrations replayed, oldest first.
    public var migrations: [String] = []
    /// Those after which the schema was not the one their snapshot says, and how it differed.
    public var failures: [Failure] = []

    /// Whether every snapshot is what its migration makes, up and down.
    public var isProven: Bool { failures.isEmpty }
  }

  /// A migration that does not do what its snapshot says.
  public struct Failure: Sendable, Hashable {
    /// `<id>_<name>`.
    public var tag: String
    /// Which of its files.
    public var direction: MigrationDirection
    /// How the schema differs from the snapshot.
    public var report: DriftReport
  }

  /// Replays the whole history in empty databases: up, one migration after the other, and down again. After each step the
  /// schema is read and compared with the snapshot it should be.
  ///
  /// Nothing is touched in this migrator's own database. Whatever says that it cannot be taken back is taken back all
  /// the same: there is no data to lose.
  /// - Parameters:
  ///   - scratch: makes empty databases of the same engine.
  ///   - progress: called with what happens, as it happens.
  /// - Throws: ``RowanError/Code/migrationFailed`` where a statement fails.
  public static func verify(
    _ directory: MigrationDirectory, dialect: any Dialect, in scratch: ScratchDatabase,
    progress: (@Sendable (MigrationProgressEvent) -> Void)? = nil
  ) async throws -> Verification {
    let history = try directory.load()
    let results = Collected()
    try await scratch.make { database in
      var options = MigrationOptions(
        policy: MigrationPolicy(requiresReview: false, allowsOutOfOrder: false, allowsIrreversible: true),
        drift: .ignore)
      options.scratch = scratch
      options.progress = progress
      let migrator = Migrator(DatabaseMigrations(database), directory, options: options)
      for file in history.migrations {
        try await migrator.run(.up(1))
        await results.passed(file.tag)
        try await migrator.check(file.tag, .up, against: try file.schema(), results)
      }
      for (index, file) in history.migrations.enumerated().reversed() {
        try await migrator.run(.down(1))
        let before =
          index == 0 ? SchemaSnapshot(dialect: dialect.name) : try history.migrations[index - 1].schema()
        try await migrator.check(file.tag, .down, against: before, results)
      }
    }
    return await results.verification
  }

  private func check(
    _ tag: String, _ direction: MigrationDirection, against schema: SchemaSnapshot, _ results: Collected
  ) async throws {
    let actual = try await adapter.withSession { session in try await session.introspect() }
    let report = try await driftCheck.compare(expected: schema, actual: actual)
    if report.hasDrift { await results.failed(Failure(tag: tag, direction: direction, report: report)) }
  }

  private actor Collected {
    private(set) var verification = Verification()
    func passed(_ tag: String) { verification.migrations.append(tag) }
    func failed(_ failure: Failure) { verification.failures.append(failure) }
  }
}
