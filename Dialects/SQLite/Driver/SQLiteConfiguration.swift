#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

public import RowanCore

/// How a SQLite database is opened, and what holds on each of its connections.
///
/// A database has one connection that writes and ``PoolOptions/maxConnections`` that read. Every setting is made on
/// every connection and read back; one that does not take effect is ``RowanError/Code/invalidConfiguration``.
public struct SQLiteConfiguration: Sendable, Hashable {
  /// Where the database is.
  public enum Location: Sendable, Hashable {
    /// A file; a relative path is resolved once, when the database is opened.
    case file(String)
    /// In memory, gone with the last connection. Readers and writer share a single connection.
    case memory
  }

  /// What may be done with the file.
  public enum Mode: Sendable, Hashable {
    /// Reads and writes; a missing file is made.
    case readWriteCreate
    /// Reads and writes; a missing file is ``RowanError/Code/unknownDatabase``.
    case readWrite
    /// Reads; writing is ``RowanError/Code/readOnlyDatabase``.
    case readOnly
  }

  /// How transactions are made atomic. <https://sqlite.org/pragma.html#pragma_journal_mode>
  public enum JournalMode: String, Sendable, Hashable, CaseIterable {
    /// A write-ahead log: readers and the writer do not wait for each other.
    case wal
    /// A rollback journal, deleted at each commit.
    case delete
    /// A rollback journal, cut to nothing at each commit.
    case truncate
    /// A rollback journal whose header is cleared at each commit.
    case persist
  }

  /// When SQLite waits for the disk. <https://sqlite.org/pragma.html#pragma_synchronous>
  public enum Synchronous: Int, Sendable, Hashable, CaseIterable {
    /// Never: a power failure may corrupt the database.
    case off = 0
    /// At checkpoints: with ``JournalMode/wal`` a power failure may undo the last commits, and corrupts nothing.
    case normal = 1
    /// At each commit.
    case full = 2
    /// At each commit, the journal's folder included.
    case extra = 3
  }

  /// Where the database is.
  public var location: Location
  /// What may be done with the file.
  public var mode: Mode = .readWriteCreate
  /// Whether the file is promised not to change while it is open: nothing is locked. Implies ``Mode/readOnly``.
  /// A wrong promise gives wrong answers. <https://sqlite.org/uri.html#uriimmutable>
  public var isImmutable = false
  /// Whether this process alone opens the file: locks stay in memory, which halves the time of a point read, and every
  /// other process is refused, the `sqlite3` shell included. <https://sqlite.org/vfs.html#standard_unix_vfses>
  public var isExclusiveToProcess = false
  /// How long to wait for a lock that another process or another `Database` holds, before
  /// ``RowanError/Code/databaseLocked``.
  public var busyTimeout: Duration = .seconds(5)
  /// How transactions are made atomic.
  public var journalMode: JournalMode = .wal
  /// Whether ``journalMode`` is set, which the file remembers; else it stays as it is.
  var setsJournalMode = true
  /// When SQLite waits for the disk.
  public var synchronous: Synchronous = .normal
  /// Whether foreign keys are enforced.
  public var foreignKeys = true
  /// Whether temporary tables and sorts stay in memory.
  public var temporaryInMemory = true
  /// Bytes of the file that are mapped into memory; 0 for none. Mapping measured no faster than reading, and a file cut
  /// short by another process ends the program. <https://sqlite.org/mmap.html>
  public var memoryMapSize = 0
  /// Bytes of pages each connection keeps.
  public var cacheSize = 16 << 20
  /// Whether SQL that could damage the file is refused, such as writing to the schema table.
  /// <https://sqlite.org/c3ref/c_dbconfig_defensive.html>
  public var isDefensive = true
  /// Whether the schema of the file may call functions with side effects. Not for files from elsewhere.
  public var isSchemaTrusted = false
  /// Readers, deadlines and statement caches. The default has one reader per core.
  public var pool: PoolOptions

  /// Makes a configuration.
  public init(_ location: Location, pool: PoolOptions? = nil) {
    self.location = location
    self.pool = pool ?? PoolOptions(maxConnections: max(1, ProcessInfo.processInfo.activeProcessorCount))
  }

  /// Makes a configuration of a path, where `:memory:` is a database in memory.
  public init(path: String) { self.init(path == ":memory:" ? .memory : .file(path)) }

  var isReadOnly: Bool { mode == .readOnly || isImmutable }
}
