import RowanCore

extension Migrator {
  /// What a person has found out about an interrupted run.
  public enum Finding: Sendable, Hashable {
    /// The statement of this number, from 1, and all before it are done.
    case applied(Int)
    /// The statement of this number, from 1, and all after it are not done.
    case notApplied(Int)

    var done: Int {
      switch self {
      case .applied(let number): number
      case .notApplied(let number): number - 1
      }
    }
  }

  /// Settles an interrupted run of which nobody can tell how far it came.
  /// - Parameters:
  ///   - finding: what was found in the database.
  ///   - tag: the id or tag of the migration; nil where only one was interrupted.
  /// - Returns: the migration's row, as it is now; nil where it has none any more.
  /// - Throws: ``RowanError/Code/unknownMigration`` where no run was interrupted, or not the one named;
  ///   ``RowanError/Code/invalidConfiguration`` for a number that the file does not have.
  @discardableResult
  public func repair(_ finding: Finding, of tag: String? = nil) async throws -> AppliedMigration? {
    let history = try directory.load()
    return try await locked { session, _ in
      let unfinished = try await session.rows().filter { row in
        row.finishedAt == nil && (tag == nil || row.id == tag || row.tag == tag)
      }
      guard let row = unfinished.first, unfinished.count == 1, let file = history[row.id] else {
        let names = unfinished.map(\.tag).joined(separator: ", ")
        throw RowanError(
          .unknownMigration,
          unfinished.isEmpty ? "no run of a migration was interrupted" : "it is not clear which is meant: \(names)",
          hint: "rowan migrate status tells which was; name it")
      }
      let script = row.direction == .up ? try file.up(syntax) : try file.down(syntax)
      var repaired = try row.repaired(done: finding.done, script: script, at: try await session.now())
      repaired?.underway = nil
      if let repaired { try await session.save(repaired) } else { try await session.remove(row.id) }
      return repaired
    }
  }
}
