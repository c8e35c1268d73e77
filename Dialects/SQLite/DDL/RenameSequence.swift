/// The single steps by which names become others all at once: a name that is taken waits until it is free, and what
/// goes round in a circle takes a detour.
struct RenameSequence {
  /// One step.
  struct Step: Equatable {
    var from: String
    var to: String
  }

  private(set) var steps: [Step] = []
  /// What each name that was in the way and is not to be renamed is called now.
  private(set) var moved: [String: String] = [:]

  /// - Parameters:
  ///   - renames: names before and after.
  ///   - existing: all names in use.
  ///   - keepsCase: whether a name can be given to its own owner in other letters.
  init(_ renames: [(from: String, to: String)], existing: [String], keepsCase: Bool) {
    var taken = Set(existing.map(\.folded))
    var pending = renames
    let moving = Set(renames.map(\.from.folded))
    // What is in the way for good, such as a column yet to be dropped, steps aside.
    for rename in renames where taken.contains(rename.to.folded) && !moving.contains(rename.to.folded) {
      guard let owner = existing.first(where: { $0.folded == rename.to.folded }) else { continue }
      moved[owner] = step(owner, to: Self.free(owner, &taken), &taken)
    }
    while let first = pending.first {
      let ready = pending.firstIndex { rename in
        !taken.contains(rename.to.folded) || (keepsCase && rename.to.folded == rename.from.folded)
      }
      guard let ready else {
        pending[0].from = step(first.from, to: Self.free(first.from, &taken), &taken)
        continue
      }
      let rename = pending.remove(at: ready)
      _ = step(rename.from, to: rename.to, &taken)
    }
  }

  private mutating func step(_ from: String, to: String, _ taken: inout Set<String>) -> String {
    steps.append(Step(from: from, to: to))
    taken.remove(from.folded)
    taken.insert(to.folded)
    return to
  }

  private static func free(_ name: String, _ taken: inout Set<String>) -> String {
    var candidate = "rowan_old_\(name)"
    while taken.contains(candidate.folded) { candidate += "_" }
    return candidate
  }
}
