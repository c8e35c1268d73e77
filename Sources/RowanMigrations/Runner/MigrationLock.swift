#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif
public import RowanCore

/// Who runs migrations.
public struct MigrationOwner: Sendable, Hashable {
  /// Unique to a run.
  public var id: String
  /// The machine.
  public var host: String
  /// The process.
  public var pid: Int

  /// Makes an owner.
  public init(id: String, host: String, pid: Int) {
    self.id = id
    self.host = host
    self.pid = pid
  }

  /// This process, in a run of its own.
  public static func current() -> MigrationOwner {
    MigrationOwner(
      id: UUID().uuidString.lowercased(), host: ProcessInfo.processInfo.hostName,
      pid: Int(ProcessInfo.processInfo.processIdentifier))
  }
}

/// Who has the lock of a database's migrations.
public struct LockHolder: Sendable, Hashable {
  /// Who.
  public var owner: MigrationOwner
  /// Since when, by the database's clock.
  public var acquiredAt: Timestamp
  /// Until when, by the database's clock, unless it renews it.
  public var expiresAt: Timestamp

  /// Makes a holder.
  public init(owner: MigrationOwner, acquiredAt: Timestamp, expiresAt: Timestamp) {
    self.owner = owner
    self.acquiredAt = acquiredAt
    self.expiresAt = expiresAt
  }
}

extension LockHolder: CustomStringConvertible {
  /// `process 4711 on web-1, since …, until …`.
  public var description: String { "process \(owner.pid) on \(owner.host), since \(acquiredAt), until \(expiresAt)" }
}

/// What came of trying to take the lock.
public enum LockAttempt: Sendable, Hashable {
  /// It was free.
  case taken
  /// Its holder had let it expire, and is gone or stuck.
  case takenOver(LockHolder)
  /// Someone has it; nobody is known by name where only the engine's own lock is held.
  case held(LockHolder?)
}
