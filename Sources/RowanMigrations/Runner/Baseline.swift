import RowanCore

extension Migrator {
  /// Records migrations as applied without running them, for a database that has their schema already.
  /// - Parameter last: the id or tag of the last one to record; all of them when nil.
  /// - Returns: the tags recorded.
  /// - Throws: ``RowanError/Code/schemaDrift`` where the database's schema is not the one after `last`, whatever the
  ///   options say of drift; ``RowanError/Code/migrationApplied`` where any migration is applied already;
  ///   ``RowanError/Code/unknownMigration``.
  @discardableResult
  public func baseline(upTo last: String? = nil) async throws -> [String] {
    let history = try directory.load()
    let files: [MigrationFile]
    if let last {
      guard let end = history.migrations.firstIndex(where: { $0.id == last || $0.tag == last }) else {
        throw RowanError(
          .unknownMigration, "there is no migration '\(last)'", hint: "rowan migrate status lists them")
      }
      files = Array(history.migrations[...end])
    } else {
      files = history.migrations
    }
    return try await locked { session, _ in
      let rows = try await session.rows()
      if let row = rows.first(where: \.isInPlace) {
        throw RowanError(
          .migrationApplied, "\(row.tag) is applied already", hint: "a baseline is for a database without migrations")
      }
      guard let file = files.last else { return [] }
      let report = try await driftCheck.compare(expected: try file.schema(), actual: try await session.introspect())
      if report.hasDrift { throw report.error("migration \(file.tag)") }
      let now = try await session.now()
      let recorded = try files.map { file in
        let script = try file.up(syntax)
        return AppliedMigration(
          id: file.id, name: file.name, hash: file.entry.hash, batch: 1, appliedAt: now, direction: .up,
          statementsApplied: script.steps.count, statementsTotal: script.steps.count,
          partialHash: MigrationHash.hash(statements: script.steps.map(\.statement.text)), startedAt: now,
          finishedAt: now, error: nil, toolVersion: MigrationGenerator.toolVersion)
      }
      if session.dialect.capabilities.transactionalDDL {
        try await session.transaction(of: []) { transaction in
          for row in recorded { try await transaction.save(row) }
        }
      } else {
        for row in recorded { try await session.save(row) }
      }
      return recorded.map(\.tag)
    }
  }
}
