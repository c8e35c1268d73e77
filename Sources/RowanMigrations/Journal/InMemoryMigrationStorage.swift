public import RowanCore
import Synchronization

/// Migrations in memory, for tests.
public final class InMemoryMigrationStorage: MigrationStorage {
  private struct Contents {
    var journal: [UInt8]?
    var folders: [String: [String: [UInt8]]] = [:]
  }

  /// `memory`.
  public let location = "memory"
  private let contents = Mutex(Contents())

  /// Makes an empty storage.
  public init() {}

  /// There is nothing to finish.
  public func recover() -> [String] { [] }

  /// The journal; nil before the first change.
  public func journal() -> [UInt8]? { contents.withLock { $0.journal } }

  /// The names of the folders, in order.
  public func folders() -> [String] { contents.withLock { $0.folders.keys.sorted() } }

  /// A file of a folder; nil where there is none.
  public func file(_ name: String, in folder: String) -> [UInt8]? {
    contents.withLock { $0.folders[folder]?[name] }
  }

  /// Makes the change.
  /// - Throws: ``RowanError/Code/journalChanged``.
  public func commit(_ change: MigrationChange) throws(RowanError) {
    try contents.withLock { contents throws(RowanError) in
      try change.check(contents.journal, location: location)
      for folder in change.folders {
        var files = contents.folders[folder.tag] ?? [:]
        if let old = folder.oldTag, let moved = contents.folders.removeValue(forKey: old) {
          files.merge(moved) { $1 }
        }
        files.merge(folder.files) { $1 }
        contents.folders[folder.tag] = files
      }
      contents.journal = change.journal
    }
  }

  /// Replaces a file, or removes it, and thereby plays the person who edits one.
  public func set(_ bytes: [UInt8]?, file: String, in folder: String) {
    contents.withLock { $0.folders[folder, default: [:]][file] = bytes }
  }

  /// Replaces the journal, or removes it.
  public func set(journal bytes: [UInt8]?) { contents.withLock { $0.journal = bytes } }

  /// Removes a folder.
  public func remove(folder: String) { contents.withLock { _ = $0.folders.removeValue(forKey: folder) } }
}
