public import RowanCore

/// Where one dialect's migrations are kept.
///
/// A storage knows folders and files, and changes them all at once or not at all; ``MigrationDirectory`` knows what
/// they mean.
public protocol MigrationStorage: Sendable {
  /// Where it is, for errors.
  var location: String { get }

  /// Finishes a change that was committed and interrupted, and names what uncommitted ones left behind.
  func recover() throws(RowanError) -> [String]

  /// The journal; nil where there is none.
  func journal() throws(RowanError) -> [UInt8]?

  /// The names of the folders, in order.
  func folders() throws(RowanError) -> [String]

  /// A file of a folder; nil where there is none.
  func file(_ name: String, in folder: String) throws(RowanError) -> [UInt8]?

  /// Makes a change: after a failure or crash at any point, the storage holds all of it or nothing of it once
  /// ``recover()`` has run. Changes at the same time come one after the other.
  /// - Throws: ``RowanError/Code/journalChanged`` when the journal is not ``MigrationChange/previous``, and nothing has
  ///   changed.
  func commit(_ change: MigrationChange) throws(RowanError)
}

/// A change of a storage.
public struct MigrationChange: Sendable, Hashable {
  /// A folder and the files to put into it.
  public struct Folder: Sendable, Hashable {
    /// The folder's name.
    public var tag: String
    /// The name it had before; nil where it is new or keeps its name.
    public var oldTag: String?
    /// The files by name. Others in the folder stay.
    public var files: [String: [UInt8]]

    /// Makes a folder.
    public init(tag: String, oldTag: String? = nil, files: [String: [UInt8]]) {
      self.tag = tag
      self.oldTag = oldTag
      self.files = files
    }
  }

  /// The journal that the change was made from; nil where there was none.
  public var previous: [UInt8]?
  /// The new journal.
  public var journal: [UInt8]
  /// The folders that change.
  public var folders: [Folder]

  /// Makes a change.
  public init(previous: [UInt8]?, journal: [UInt8], folders: [Folder]) {
    self.previous = previous
    self.journal = journal
    self.folders = folders
  }
}

extension MigrationChange {
  /// Refuses a change of a journal that is no longer there.
  func check(_ journal: [UInt8]?, location: String) throws(RowanError) {
    guard journal != previous else { return }
    throw RowanError(
      .journalChanged, "\(location)/_journal.json was changed by somebody else meanwhile", hint: "run it again")
  }
}
