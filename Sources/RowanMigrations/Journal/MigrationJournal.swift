public import RowanCore

/// The list of a dialect's migrations, `_journal.json`.
public struct MigrationJournal: Sendable, Hashable {
  /// One migration.
  public struct Entry: Sendable, Hashable {
    /// `yyyyMMddHHmmss` in UTC; larger than those before it.
    public var id: String
    /// The folder, `<id>_<name>`.
    public var tag: String
    /// The id of the migration before it; nil for the first.
    public var parent: String?
    /// The content's ``MigrationHash``.
    public var hash: String
    /// When it was made. Not part of the hash.
    public var createdAt: Timestamp

    /// Makes an entry.
    public init(id: String, tag: String, parent: String?, hash: String, createdAt: Timestamp) {
      self.id = id
      self.tag = tag
      self.parent = parent
      self.hash = hash
      self.createdAt = createdAt
    }

    /// What follows the id in the tag.
    public var name: String { MigrationName.split(tag: tag)?.name ?? tag }
  }

  /// The version this library reads and writes.
  public static let currentVersion: Int64 = 1

  /// The dialect.
  public var dialect: String
  /// The migrations, oldest first.
  public var entries: [Entry]

  /// Makes a journal.
  public init(dialect: String, entries: [Entry] = []) {
    self.dialect = dialect
    self.entries = entries
  }

  /// The journal as JSON.
  public func text() throws(RowanError) -> String {
    let list = entries.map { entry in
      JSONValue.object([
        .init("id", .string(entry.id)), .init("tag", .string(entry.tag)),
        .init("parent", entry.parent.map { .string($0) } ?? .null), .init("hash", .string(entry.hash)),
        .init("createdAt", .string(entry.createdAt.description)),
      ])
    }
    return try JSONValue.object([
      .init("version", .integer(Self.currentVersion)), .init("dialect", .string(dialect)),
      .init("entries", .array(list)),
    ]).text()
  }

  /// Reads a journal, without a look at its chain.
  /// - Parameters:
  ///   - bytes: The file.
  ///   - dialect: The dialect it must be of.
  ///   - location: The file's path, for errors.
  /// - Throws: ``RowanError/Code/journalUnreadable``, ``RowanError/Code/unknownJournalVersion``,
  ///   ``RowanError/Code/journalDialectMismatch``.
  public init(_ bytes: [UInt8], dialect: String, location: String) throws(RowanError) {
    let document: JSONValue
    do {
      document = try JSONValue(utf8: bytes)
    } catch {
      throw RowanError(
        .journalUnreadable, "\(location): \(error.message)",
        hint: error.hint ?? "restore the file from version control")
    }
    func unreadable(_ problem: String) -> RowanError {
      RowanError(
        .journalUnreadable, "\(location): \(problem)", hint: "restore the file from version control")
    }
    guard let version = document["version"]?.integer else { throw unreadable("no version number") }
    guard version == Self.currentVersion else {
      throw RowanError(
        .unknownJournalVersion, "\(location) has version \(version); this Rowan reads version \(Self.currentVersion)",
        hint: version > Self.currentVersion ? "update Rowan" : "restore the file from version control")
    }
    guard let found = document["dialect"]?.string else { throw unreadable("no dialect") }
    guard found == dialect else {
      throw RowanError(
        .journalDialectMismatch, "\(location) is of another dialect than \(dialect)",
        hint: "keep each dialect's migrations in the folder of its name")
    }
    guard let list = document["entries"]?.array else { throw unreadable("no list of entries") }
    self.init(dialect: dialect)
    for (index, item) in list.enumerated() {
      let (entry, problem) = Self.entry(item)
      guard let entry else { throw unreadable("entry \(index + 1) has \(problem)") }
      entries.append(entry)
    }
  }

  private static func entry(_ item: JSONValue) -> (Entry?, problem: String) {
    guard let id = item["id"]?.string, MigrationName.isID(id.utf8) else { return (nil, "no usable id") }
    guard let tag = item["tag"]?.string, MigrationName.split(tag: tag)?.id == id else {
      return (nil, "no tag that is its id and a name")
    }
    guard let hash = item["hash"]?.string, hash.utf8.count == 64 else { return (nil, "no SHA-256 hash") }
    guard let time = item["createdAt"]?.string.flatMap({ Timestamp($0) }) else { return (nil, "no usable createdAt") }
    switch item["parent"] {
    case .null: return (Entry(id: id, tag: tag, parent: nil, hash: hash, createdAt: time), "")
    case .string(let parent) where MigrationName.isID(parent.utf8):
      return (Entry(id: id, tag: tag, parent: parent, hash: hash, createdAt: time), "")
    default: return (nil, "no usable parent")
    }
  }
}
