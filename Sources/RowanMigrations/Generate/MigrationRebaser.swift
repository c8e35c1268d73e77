public import RowanCore

/// Moves migrations of branches behind those of another, after they were merged in version control.
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

  /// Moves branches behind one another: those nobody has applied, or else those that begin later, behind the other.
  ///
  /// Their snapshots are merged with those of the branch that stays. Files that are as they were generated are generated anew;
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
    let entries = Dictionary(journal.entries.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    var parent = try schema(after: fork.kept.last)
    var rewrites: [MigrationRewrite] = []
    for (index, entry) in fork.moved.enumerated() {
      let file = try directory.file(entry)
      let own = try file.schema(), base = try schema(after: entry.parent.flatMap { entries[$0] })
      let merged = try SchemaMerge(base: base, theirs: parent, own: own).merged()
      let moment = Timestamp(microseconds: time.microseconds &+ Int64(index) &* 1_000_000)
      rewrites.append(
        MigrationRewrite(
          tag: entry.tag, time: moment,
          contents: try contents(file.contents, former: (base, own), new: (parent, merged))))
      parent = merged
    }
    let history = try directory.rebase(rewrites, onto: fork.kept.last?.tag, applied: applied)
    return history.migrations.suffix(rewrites.count).map(\.tag)
  }

  private func schema(after entry: MigrationJournal.Entry?) throws -> SchemaSnapshot {
    try entry.map { try directory.file($0).schema() } ?? SchemaSnapshot(dialect: dialect.name)
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

/// A journal in which a migration has several children.
private struct Fork {
  /// The chain that stays, from the first migration on.
  let kept: [MigrationJournal.Entry]
  /// What moves behind it, in the order of the ids.
  let moved: [MigrationJournal.Entry]

  /// Keeps what is applied, or else the branch that begins first; nil where there is one chain.
  init?(_ entries: [MigrationJournal.Entry], applied: Set<String>) {
    let children = Dictionary(grouping: entries, by: \.parent).mapValues { $0.sorted { $0.id < $1.id } }
    var needed = applied
    // Parents are earlier than their children, so that one pass finds all ancestors of what is applied.
    for entry in entries.sorted(by: { $0.id > $1.id }) where needed.contains(entry.id) {
      if let parent = entry.parent { needed.insert(parent) }
    }
    var kept: [MigrationJournal.Entry] = []
    while kept.count < entries.count, let next = children[kept.last?.id] {
      guard let child = next.first(where: { needed.contains($0.id) }) ?? next.first else { break }
      kept.append(child)
    }
    let names = Set(kept.map(\.id))
    self.kept = kept
    moved = entries.filter { !names.contains($0.id) }.sorted { $0.id < $1.id }
    if moved.isEmpty { return nil }
  }
}
