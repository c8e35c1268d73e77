public import RowanCore

/// Migrations in a folder of the file system.
///
/// A change is staged beside what it replaces, committed by one rename of the new journal to `_journal.next.json`, and
/// then carried out; each step can be repeated. So a crash before the rename changes nothing, and after it the next
/// ``recover()`` carries out the rest. The folder is locked meanwhile, so changes come one after the other.
public struct FileMigrationStorage: MigrationStorage {
  /// The folder.
  public let location: String

  /// Runs before each step of a change; a test throws from it to stop there.
  var beforeStep: @Sendable (Step) throws(RowanError) -> Void = { _ in }

  /// What a change consists of.
  enum Step: Sendable, Hashable {
    case clean
    case makeStagedFolder(String)
    case writeStagedFile(String, String)
    case writeRenames
    case writeStagedJournal
    case commit
    case renameOld(String)
    case placeFolder(String)
    case placeFile(String, String)
    case removeStagedFolder(String)
    case removeRenames
    case placeJournal
  }

  private static let journalFile = "_journal.json"
  private static let nextJournalFile = "_journal.next.json"
  private static let stagedPrefix = ".staged-"
  private static let renamesFile = stagedPrefix + "renames"
  private static let stagedJournalFile = stagedPrefix + "journal"

  /// Makes a storage in `folder`, which need not exist.
  public init(folder: String) { location = folder }

  private func path(_ names: String...) -> String { ([location] + names).joined(separator: "/") }

  /// The journal; nil where there is none.
  public func journal() throws(RowanError) -> [UInt8]? { try FileSystem.read(path(Self.journalFile)) }

  /// The names of the folders, without hidden ones, in order.
  public func folders() throws(RowanError) -> [String] {
    try FileSystem.names(in: location).filter { !$0.hasPrefix(".") && FileSystem.isFolder(path($0)) }
  }

  /// A file of a folder; nil where there is none.
  public func file(_ name: String, in folder: String) throws(RowanError) -> [UInt8]? {
    try FileSystem.read(path(folder, name))
  }

  /// Carries out a committed change and names what uncommitted ones left behind.
  public func recover() throws(RowanError) -> [String] {
    try finishCommitted()
    return try leftovers()
  }

  /// Stages the change, commits it, and carries it out.
  public func commit(_ change: MigrationChange) throws(RowanError) {
    try FileSystem.makeFolder(location)
    try FileSystem.locked(location) { () throws(RowanError) in
      if FileSystem.exists(path(Self.nextJournalFile)) { try carryOut() }
      try change.check(try journal(), location: location)
      try stage(change)
      try beforeStep(.commit)
      try FileSystem.move(path(Self.stagedJournalFile), to: path(Self.nextJournalFile))
      try FileSystem.sync(folder: location)
      try carryOut()
    }
  }

  private func finishCommitted() throws(RowanError) {
    guard FileSystem.exists(path(Self.nextJournalFile)) else { return }
    try FileSystem.locked(location) { () throws(RowanError) in
      // Whoever held the lock before may have been the one whose change this is.
      if FileSystem.exists(path(Self.nextJournalFile)) { try carryOut() }
    }
  }

  private func stage(_ change: MigrationChange) throws(RowanError) {
    try beforeStep(.clean)
    for name in try leftovers() { try FileSystem.remove(path(name)) }
    var renames = ""
    for folder in change.folders {
      let staged = Self.stagedPrefix + folder.tag
      try beforeStep(.makeStagedFolder(folder.tag))
      try FileSystem.makeFolder(path(staged))
      for (name, bytes) in folder.files.sorted(by: { $0.key < $1.key }) {
        try beforeStep(.writeStagedFile(folder.tag, name))
        try FileSystem.write(bytes, to: path(staged, name))
      }
      try FileSystem.sync(folder: path(staged))
      if let old = folder.oldTag, old != folder.tag { renames += "\(old)\t\(folder.tag)\n" }
    }
    if !renames.isEmpty {
      try beforeStep(.writeRenames)
      try FileSystem.write(Array(renames.utf8), to: path(Self.renamesFile))
    }
    try beforeStep(.writeStagedJournal)
    try FileSystem.write(change.journal, to: path(Self.stagedJournalFile))
    try FileSystem.sync(folder: location)
  }

  private func leftovers() throws(RowanError) -> [String] {
    try FileSystem.names(in: location).filter { $0.hasPrefix(Self.stagedPrefix) }
  }

  private func carryOut() throws(RowanError) {
    for (old, new) in try renames() where FileSystem.isFolder(path(old)) && !FileSystem.exists(path(new)) {
      try beforeStep(.renameOld(old))
      try FileSystem.move(path(old), to: path(new))
    }
    for staged in try leftovers() where FileSystem.isFolder(path(staged)) {
      try place(staged, as: String(staged.dropFirst(Self.stagedPrefix.count)))
    }
    try FileSystem.sync(folder: location)
    if FileSystem.exists(path(Self.renamesFile)) {
      try beforeStep(.removeRenames)
      try FileSystem.remove(path(Self.renamesFile))
    }
    try beforeStep(.placeJournal)
    try FileSystem.move(path(Self.nextJournalFile), to: path(Self.journalFile))
    try FileSystem.sync(folder: location)
  }

  private func place(_ staged: String, as tag: String) throws(RowanError) {
    guard FileSystem.exists(path(tag)) else {
      try beforeStep(.placeFolder(tag))
      return try FileSystem.move(path(staged), to: path(tag))
    }
    for name in try FileSystem.names(in: path(staged)) {
      try beforeStep(.placeFile(tag, name))
      try FileSystem.move(path(staged, name), to: path(tag, name))
    }
    try FileSystem.sync(folder: path(tag))
    try beforeStep(.removeStagedFolder(tag))
    try FileSystem.remove(path(staged))
  }

  /// The folders that a committed change renames.
  private func renames() throws(RowanError) -> [(old: String, new: String)] {
    guard let bytes = try FileSystem.read(path(Self.renamesFile)) else { return [] }
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n").compactMap { line in
      let names = line.split(separator: "\t").map(String.init)
      guard names.count == 2, names.allSatisfy({ MigrationName.split(tag: $0) != nil }) else { return nil }
      return (names[0], names[1])
    }
  }
}
