public import RowanCore

/// Moves migrations of one branch behind those of another, after both were merged in version control.
public struct MigrationRebaser: Sendable {
  private let dialect: any Dialect
  private let directory: MigrationDirectory
  private let options: DDLOptions

  /// Makes a rebaser of one engine's migrations.
  public init(dialect: any Dialect, directory: MigrationDirectory, options: DDLOptions = DDLOptions()) {
    self.dialect = dialect
    self.directory = directory
    self.options = options
  }

  /// Moves one branch behind the other: the one nobody has applied, or else the one that begins later.
  ///
  /// Its snapshots are merged with those of the other branch. Files that are as they were generated are generated anew;
  /// SQL written by hand is kept as it is.
  /// - Parameters:
  ///   - applied: the ids that any database has applied; they do not move.
  ///   - time: when the first of the moved migrations is said to be made; each of the others is a second later. Nil to
  ///     keep their ids where the order allows it.
  /// - Returns: the tags of what moved, as they are now; none where there is one branch only.
  /// - Throws: ``RowanError/Code/migrationConflict`` where both branches changed one thing,
  ///   ``RowanError/Code/migrationApplied`` where both are applied.
  @discardableResult
  public func rebase(applied: Set<String>, at time: Timestamp) throws -> [String] {
    let journal = try directory.journal()
    guard let fork = Fork(journal.entries, applied: applied) else { return [] }
    var parent = try fork.kept.last.map { try directory.file($0).schema() } ?? SchemaSnapshot(dialect: dialect.name)
    var formerParent =
      try fork.base.map { try directory.file($0).schema() } ?? SchemaSnapshot(dialect: dialect.name)
    var rewrites: [MigrationRewrite] = []
    for (index, entry) in fork.moved.enumerated() {
      let file = try directory.file(entry)
      let own = try file.schema()
      let merged = try SchemaMerge(base: formerParent, theirs: parent, own: own).merged()
      let moment = Timestamp(microseconds: time.microseconds &+ Int64(index) &* 1_000_000)
      rewrites.append(
        MigrationRewrite(
          tag: entry.tag, time: moment,
          contents: try contents(file.contents, former: (formerParent, own), new: (parent, merged))))
      formerParent = own
      parent = merged
    }
    let history = try directory.rebase(rewrites, onto: fork.kept.last?.tag, applied: applied)
    return history.migrations.suffix(rewrites.count).map(\.tag)
  }

  /// Takes over what was edited since it was generated: the hashes of migrations that no database has applied become
  /// those of their files.
  /// - Parameter applied: the ids that any database has applied; these do not change.
  /// - Returns: the tags of what had been edited; none where nothing had.
  /// - Throws: ``RowanError/Code/migrationApplied`` where one that was edited, or one after it, is applied, and what
  ///   ``MigrationDirectory/load()`` throws of a chain that is none.
  @discardableResult
  public func acceptEdits(applied: Set<String>) throws -> [String] {
    let entries = try directory.journal().entries
    let files = try entries.map { try directory.file($0) }
    let edited = files.filter { $0.contents.hash != $0.entry.hash }
    guard let first = files.firstIndex(where: { $0.contents.hash != $0.entry.hash }) else { return [] }
    let rewrites = files[first...].map { MigrationRewrite(tag: $0.tag, contents: $0.contents) }
    _ = try directory.rebase(rewrites, onto: first == 0 ? nil : files[first - 1].tag, applied: applied)
    return edited.map(\.tag)
  }

  private func contents(
    _ contents: MigrationContents, former: (SchemaSnapshot, SchemaSnapshot), new: (SchemaSnapshot, SchemaSnapshot)
  ) throws -> MigrationContents {
    if let made = try generated(former), made.hash == contents.hash, let fresh = try generated(new) { return fresh }
    var kept = contents
    kept.snapshot = try new.1.json()
    return kept
  }

  private func generated(_ schemas: (SchemaSnapshot, SchemaSnapshot)) throws -> MigrationContents? {
    let capabilities = dialect.capabilities
    let diff = try SchemaDiff(from: schemas.0, to: schemas.1, capabilities: capabilities)
    let back = try SchemaDiff(from: schemas.1, to: schemas.0, capabilities: capabilities)
    if diff.isEmpty { return nil }
    let emitter = dialect.makeDDLEmitter()
    return try GeneratedMigration(
      dialect: dialect, diff: diff,
      up: emitter.statements(for: diff.changes, from: schemas.0, to: schemas.1, options: options),
      down: emitter.statements(for: back.changes, from: schemas.1, to: schemas.0, options: options)
    ).contents
  }
}

/// Two chains that begin at one migration.
private struct Fork {
  /// Where they begin; nil for the empty database.
  let base: MigrationJournal.Entry?
  /// The chain that stays.
  let kept: [MigrationJournal.Entry]
  /// The chain that moves.
  let moved: [MigrationJournal.Entry]

  /// The first fork; nil where there is none.
  init?(_ entries: [MigrationJournal.Entry], applied: Set<String>) {
    let children = Dictionary(grouping: entries, by: \.parent)
    guard let (parent, heads) = children.filter({ $0.value.count > 1 }).min(by: { ($0.key ?? "") < ($1.key ?? "") })
    else { return nil }
    func chain(_ head: MigrationJournal.Entry) -> [MigrationJournal.Entry] {
      var chain = [head], seen: Set<String> = [head.id]
      while let next = children[chain[chain.count - 1].id]?.min(by: { $0.id < $1.id }), seen.insert(next.id).inserted {
        chain.append(next)
      }
      return chain
    }
    let chains = heads.sorted { $0.id < $1.id }.map(chain)
    let stays = chains.firstIndex { $0.contains { applied.contains($0.id) } } ?? 0
    base = entries.first { $0.id == parent }
    kept = (base.map { [$0] } ?? []) + chains[stays]
    moved = chains.indices.first { $0 != stays }.map { chains[$0] } ?? []
  }
}
