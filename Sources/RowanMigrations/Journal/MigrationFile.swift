public import RowanCore

/// A migration as it is stored: its journal entry and its files.
public struct MigrationFile: Sendable, Hashable {
  /// The journal's entry.
  public var entry: MigrationJournal.Entry
  /// What is in the folder.
  public var contents: MigrationContents

  /// Makes a migration.
  public init(entry: MigrationJournal.Entry, contents: MigrationContents) {
    self.entry = entry
    self.contents = contents
  }

  /// `yyyyMMddHHmmss` in UTC.
  public var id: String { entry.id }
  /// The folder, `<id>_<name>`.
  public var tag: String { entry.tag }
  /// The name.
  public var name: String { entry.name }

  /// Whether neither `up.sql` nor `down.sql` says `-- REVIEWED: false`.
  public var isReviewed: Bool { MarkerLine.isReviewed(contents.up) && MarkerLine.isReviewed(contents.down) }

  /// The statements of `up.sql`.
  /// - Throws: What ``MigrationScript/init(_:syntax:)`` throws, with the file's name.
  public func up(_ syntax: SQLScriptSyntax) throws(RowanError) -> MigrationScript {
    try script(contents.up, MigrationContents.upFile, syntax)
  }

  /// The statements of `down.sql`.
  /// - Throws: What ``MigrationScript/init(_:syntax:)`` throws, with the file's name.
  public func down(_ syntax: SQLScriptSyntax) throws(RowanError) -> MigrationScript {
    try script(contents.down, MigrationContents.downFile, syntax)
  }

  private func script(_ text: String, _ file: String, _ syntax: SQLScriptSyntax) throws(RowanError) -> MigrationScript {
    do {
      return try MigrationScript(text, syntax: syntax)
    } catch {
      throw RowanError(error.code, "\(tag)/\(file): \(error.message)", hint: error.hint)
    }
  }
}

/// The files of a migration's folder.
public struct MigrationContents: Sendable, Hashable {
  /// The SQL that makes the change.
  public var up: String
  /// The SQL that takes it back.
  public var down: String
  /// The schema after `up`, as JSON.
  public var snapshot: String
  /// What the tool knows beside.
  public var meta: MigrationMeta

  /// Makes contents.
  public init(up: String, down: String, snapshot: String, meta: MigrationMeta) {
    self.up = up
    self.down = down
    self.snapshot = snapshot
    self.meta = meta
  }

  static let upFile = "up.sql"
  static let downFile = "down.sql"
  static let snapshotFile = "snapshot.json"
  static let metaFile = "meta.json"

  /// The content's ``MigrationHash``.
  public var hash: String { MigrationHash.hash(up: up, down: down, snapshot: snapshot) }

  func files() throws(RowanError) -> [String: [UInt8]] {
    [
      Self.upFile: Array(up.utf8), Self.downFile: Array(down.utf8), Self.snapshotFile: Array(snapshot.utf8),
      Self.metaFile: Array(try meta.text().utf8),
    ]
  }
}

/// A dialect's migrations, verified: one chain, each folder present and as its hash says.
public struct MigrationHistory: Sendable, Hashable {
  /// The dialect.
  public var dialect: String
  /// The migrations, oldest first.
  public var migrations: [MigrationFile]
  /// What an interrupted write left behind. It is no part of the history; the next write removes it.
  public var leftovers: [String]

  /// Makes a history.
  public init(dialect: String, migrations: [MigrationFile] = [], leftovers: [String] = []) {
    self.dialect = dialect
    self.migrations = migrations
    self.leftovers = leftovers
  }

  /// The migration with the id or tag.
  public subscript(idOrTag: String) -> MigrationFile? { migrations.first { $0.id == idOrTag || $0.tag == idOrTag } }
}
