public import RowanCore

/// A migration that moves onto another parent.
public struct MigrationRewrite: Sendable, Hashable {
  /// The tag it has.
  public var tag: String
  /// Its new time; nil keeps the id, which must then be larger than the new parent's.
  public var time: Timestamp?
  /// Its new files.
  public var contents: MigrationContents

  /// Makes a rewrite.
  public init(tag: String, time: Timestamp? = nil, contents: MigrationContents) {
    self.tag = tag
    self.time = time
    self.contents = contents
  }
}

extension MigrationDirectory {
  /// Moves migrations to the end of a chain and gives them new files, all at once.
  ///
  /// All other migrations of the journal must be one chain that ends at `parent`. The folders keep whatever else is in
  /// them; those with a new time get a new name.
  /// - Parameters:
  ///   - rewrites: The migrations, in their new order.
  ///   - parent: The tag of the migration that the first of them follows; nil for the empty database.
  ///   - applied: The ids that some database has applied, which are refused.
  /// - Returns: The new history.
  /// - Throws: ``RowanError/Code/migrationApplied``, ``RowanError/Code/unknownMigration``,
  ///   ``RowanError/Code/duplicateMigration`` also for a time that another migration of the journal has,
  ///   ``RowanError/Code/migrationOutOfOrder``, ``RowanError/Code/journalChanged``, and what ``load()`` throws.
  public func rebase(
    _ rewrites: [MigrationRewrite], onto parent: String?, applied: Set<String>
  ) throws(RowanError) -> MigrationHistory {
    _ = try storage.recover()
    let previous = try storage.journal()
    let journal = try journal()
    var kept = MigrationJournal(dialect: dialect)
    let moved = Set(rewrites.map(\.tag))
    kept.entries = journal.entries.filter { !moved.contains($0.tag) }
    try kept.checkChain(location: journalLocation)
    guard kept.entries.last?.tag == parent else {
      throw RowanError(
        .migrationChainBroken,
        "without the migrations that move, the last is \(kept.entries.last?.tag ?? "none"), not \(parent ?? "none")",
        hint: "move all migrations that do not stand before the new parent")
    }
    for entry in kept.entries { try checkHash(try file(entry)) }
    try checkStrays(try storage.folders(), journal)
    let (entries, folders) = try move(rewrites, after: kept.entries.last, of: journal, applied: applied)
    kept.entries += entries
    try kept.checkChain(location: journalLocation)
    try storage.commit(MigrationChange(previous: previous, journal: Array(try kept.text().utf8), folders: folders))
    return try load()
  }

  private func move(
    _ rewrites: [MigrationRewrite], after parent: MigrationJournal.Entry?, of journal: MigrationJournal,
    applied: Set<String>
  ) throws(RowanError) -> ([MigrationJournal.Entry], [MigrationChange.Folder]) {
    var entries: [MigrationJournal.Entry] = []
    var folders: [MigrationChange.Folder] = []
    var last = parent
    var seen: Set<String> = []
    for rewrite in rewrites {
      guard let old = journal.entries.first(where: { $0.tag == rewrite.tag }) else {
        throw RowanError(
          .unknownMigration, "\(journalLocation) has no \(rewrite.tag)", hint: "take a tag from the journal")
      }
      guard seen.insert(rewrite.tag).inserted else {
        throw RowanError(.duplicateMigration, "\(rewrite.tag) is moved twice", hint: "name it once")
      }
      guard !applied.contains(old.id) else {
        throw RowanError(
          .migrationApplied, "\(rewrite.tag) has been applied to a database and cannot move",
          hint: "roll it back first, or move the other branch onto it")
      }
      // Fails where the folder is gone, which the storage would not notice.
      _ = try file(old)
      var entry = old
      if let time = rewrite.time {
        entry.id = try MigrationName.id(at: time)
        entry.tag = "\(entry.id)_\(old.name)"
        entry.createdAt = time
      }
      if let last, entry.id <= last.id {
        throw RowanError(
          .migrationOutOfOrder, "\(entry.tag) is not later than its new parent \(last.tag)",
          hint: "give it a later time")
      }
      guard !journal.entries.contains(where: { $0.id == entry.id && $0.tag != old.tag }) else {
        throw RowanError(
          .duplicateMigration, "\(entry.id) is another migration's id", hint: "give \(old.tag) another time")
      }
      entry.parent = last?.id
      entry.hash = rewrite.contents.hash
      entries.append(entry)
      folders.append(
        MigrationChange.Folder(tag: entry.tag, oldTag: old.tag, files: try rewrite.contents.files()))
      last = entry
    }
    return (entries, folders)
  }
}
