import RowanCore

extension MigrationJournal {
  /// Checks that the entries are one chain, each the only child of the one before it.
  /// - Throws: ``RowanError/Code/duplicateMigration``, ``RowanError/Code/migrationBranched``,
  ///   ``RowanError/Code/migrationChainBroken``, ``RowanError/Code/migrationOutOfOrder``.
  func checkChain(location: String) throws(RowanError) {
    var tags: [String: String] = [:]
    var children: [String?: String] = [:]
    for entry in entries {
      if let other = tags.updateValue(entry.tag, forKey: entry.id) {
        throw RowanError(
          .duplicateMigration, "\(location): \(other) and \(entry.tag) have the same id",
          hint: "give one of them another time with a rebase, and fix its folder's name")
      }
    }
    for entry in entries {
      if let other = children.updateValue(entry.tag, forKey: entry.parent) {
        let parent = entry.parent.map { tags[$0] ?? $0 } ?? "the empty database"
        throw RowanError(
          .migrationBranched, "\(location): \(other) and \(entry.tag) both follow \(parent)",
          hint: "rebase the one that no database has applied onto the other: rowan migrate rebase")
      }
    }
    var last: Entry?
    for entry in entries {
      if entry.parent != last?.id {
        let problem = entry.parent.map { parent in
          tags[parent].map { "follows \($0)" } ?? "follows \(parent), which is not in the journal"
        }
        let expected = last.map { "\($0.tag) stands before it" } ?? "nothing stands before it"
        throw RowanError(
          .migrationChainBroken, "\(location): \(entry.tag) \(problem ?? "has no parent"), but \(expected)",
          hint: "restore the journal from version control, or rebase the migration")
      }
      if let last, entry.id <= last.id {
        throw RowanError(
          .migrationOutOfOrder, "\(location): \(entry.tag) is not later than \(last.tag)",
          hint: "rebase it with a later time")
      }
      last = entry
    }
  }
}
