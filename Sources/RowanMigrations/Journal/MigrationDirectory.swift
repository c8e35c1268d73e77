public import RowanCore

/// One dialect's migrations: reads and verifies them, adds to them, and moves them onto another parent.
///
/// ```
/// Migrations/<dialect>/_journal.json
/// Migrations/<dialect>/<timestamp>_<name>/{up.sql,down.sql,snapshot.json,meta.json}
/// ```
public struct MigrationDirectory: Sendable {
  /// Where the files are.
  public let storage: any MigrationStorage
  /// The dialect.
  public let dialect: String

  /// Makes a directory over a storage.
  /// - Throws: ``RowanError/Code/invalidMigrationName`` for a dialect that is no folder's name.
  public init(storage: any MigrationStorage, dialect: String) throws(RowanError) {
    try MigrationName.check(dialect: dialect)
    self.storage = storage
    self.dialect = dialect
  }

  /// Makes a directory in the folder of the dialect's name in `root`; it need not exist.
  /// - Throws: ``RowanError/Code/invalidMigrationName`` for a dialect that is no folder's name.
  public init(root: String, dialect: String) throws(RowanError) {
    try MigrationName.check(dialect: dialect)
    try self.init(storage: FileMigrationStorage(folder: "\(root)/\(dialect)"), dialect: dialect)
  }

  var journalLocation: String { "\(storage.location)/_journal.json" }

  /// The journal as it is, without a look at its chain or the folders; empty where there is none.
  ///
  /// A change that was committed and interrupted is finished first.
  /// - Throws: ``RowanError/Code/journalUnreadable``, ``RowanError/Code/unknownJournalVersion``,
  ///   ``RowanError/Code/journalDialectMismatch``, ``RowanError/Code/ioFailed``.
  public func journal() throws(RowanError) -> MigrationJournal {
    _ = try storage.recover()
    guard let bytes = try storage.journal() else { return MigrationJournal(dialect: dialect) }
    return try MigrationJournal(bytes, dialect: dialect, location: journalLocation)
  }

  /// The files of an entry, without a look at their hash.
  /// - Throws: ``RowanError/Code/migrationFolderMissing``, ``RowanError/Code/migrationFileMissing``,
  ///   ``RowanError/Code/migrationFileUnreadable``, ``RowanError/Code/ioFailed``.
  public func file(_ entry: MigrationJournal.Entry) throws(RowanError) -> MigrationFile {
    try file(entry, folders: Set(try storage.folders()))
  }

  /// The whole history, verified.
  ///
  /// A change that was committed and interrupted is finished first; nothing else is written.
  /// - Throws: What ``journal()`` and ``file(_:)`` throw, ``RowanError/Code/duplicateMigration``,
  ///   ``RowanError/Code/migrationBranched``, ``RowanError/Code/migrationChainBroken``,
  ///   ``RowanError/Code/migrationOutOfOrder``, ``RowanError/Code/migrationTampered``,
  ///   ``RowanError/Code/migrationNotInJournal``.
  public func load() throws(RowanError) -> MigrationHistory {
    let leftovers = try storage.recover()
    let journal = try journal()
    try journal.checkChain(location: journalLocation)
    let folders = try storage.folders()
    let names = Set(folders)
    var history = MigrationHistory(dialect: dialect, leftovers: leftovers)
    for entry in journal.entries {
      let file = try file(entry, folders: names)
      try checkHash(file)
      history.migrations.append(file)
    }
    try checkStrays(folders, journal)
    return history
  }

  /// Adds a migration after the last one.
  /// - Parameters:
  ///   - name: ASCII letters, digits and underscores.
  ///   - time: Its time, which must be later than the last migration's by a second or more.
  ///   - contents: Its files.
  /// - Throws: What ``load()`` throws, since nothing is added to a history that does not verify;
  ///   ``RowanError/Code/invalidMigrationName``, ``RowanError/Code/migrationOutOfOrder``,
  ///   ``RowanError/Code/journalChanged``, and ``RowanError/Code/ioFailed`` or ``RowanError/Code/diskFull``, after which the history is as before or, where the
  ///   failure came after the commit, as after the next load.
  @discardableResult
  public func write(
    name: String, at time: Timestamp, contents: MigrationContents
  ) throws(RowanError) -> MigrationFile {
    try MigrationName.check(name)
    let id = try MigrationName.id(at: time)
    _ = try storage.recover()
    let previous = try storage.journal()
    let history = try load()
    if let last = history.migrations.last, id <= last.id {
      throw RowanError(
        .migrationOutOfOrder, "a migration at \(id) is not later than \(last.tag)",
        hint: "check the clock of this machine and of the one that wrote \(last.tag)")
    }
    let entry = MigrationJournal.Entry(
      id: id, tag: "\(id)_\(name)", parent: history.migrations.last?.id, hash: contents.hash, createdAt: time)
    let journal = MigrationJournal(dialect: dialect, entries: history.migrations.map(\.entry) + [entry])
    try storage.commit(
      MigrationChange(
        previous: previous, journal: Array(try journal.text().utf8),
        folders: [MigrationChange.Folder(tag: entry.tag, files: try contents.files())]))
    return MigrationFile(entry: entry, contents: contents)
  }

  func checkStrays(_ folders: [String], _ journal: MigrationJournal) throws(RowanError) {
    let tags = Set(journal.entries.map(\.tag))
    guard let stray = folders.first(where: { !tags.contains($0) }) else { return }
    throw RowanError(
      .migrationNotInJournal, "\(storage.location)/\(stray) is not in the journal",
      hint: "restore _journal.json from version control, or remove the folder")
  }

  func checkHash(_ file: MigrationFile) throws(RowanError) {
    guard file.contents.hash != file.entry.hash else { return }
    throw RowanError(
      .migrationTampered,
      "\(storage.location)/\(file.tag): up.sql, down.sql or snapshot.json was changed after it was generated",
      hint: "if no database has applied it, rowan migrate rebase takes the edit over; else restore the folder from "
        + "version control and put the change into a new migration")
  }

  private func file(_ entry: MigrationJournal.Entry, folders: Set<String>) throws(RowanError) -> MigrationFile {
    guard folders.contains(entry.tag) else {
      throw RowanError(
        .migrationFolderMissing, "\(storage.location)/\(entry.tag) is in the journal, but there is no such folder",
        hint: "restore the folder from version control")
    }
    let meta = try text(MigrationContents.metaFile, entry.tag)
    return MigrationFile(
      entry: entry,
      contents: MigrationContents(
        up: try text(MigrationContents.upFile, entry.tag),
        down: try text(MigrationContents.downFile, entry.tag),
        snapshot: try text(MigrationContents.snapshotFile, entry.tag),
        meta: try MigrationMeta(
          meta, location: "\(storage.location)/\(entry.tag)/\(MigrationContents.metaFile)")))
  }

  private func text(_ name: String, _ tag: String) throws(RowanError) -> String {
    guard let bytes = try storage.file(name, in: tag) else {
      throw RowanError(
        .migrationFileMissing, "\(storage.location)/\(tag)/\(name) is missing",
        hint: "restore the file from version control")
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw RowanError(
        .migrationFileUnreadable, "\(storage.location)/\(tag)/\(name) is not UTF-8", hint: "save the file as UTF-8")
    }
    return text
  }
}
