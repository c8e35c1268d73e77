/// What becomes of a table's constraints or indexes of one kind.
struct NamedChanges<Part: Hashable> {
  var dropped: [Part] = []
  var renamed: [(from: String, to: String)] = []
  var added: [Part] = []

  /// Nothing.
  init() {}

  /// Matches by name first; what is left is matched by what it says, which makes a rename.
  /// - Parameter same: whether two parts differ in no more than their names.
  init(_ before: [Part], _ after: [Part], name: (Part) -> String, same: (Part, Part) -> Bool) {
    var gone: [Part] = []
    var new = after
    for part in before {
      if let index = new.firstIndex(where: { name($0) == name(part) }) {
        if same(part, new[index]) { new.remove(at: index) } else { gone.append(part) }
      } else {
        gone.append(part)
      }
    }
    for part in gone {
      // A part that keeps its name and says something else cannot be the old one of another.
      let isReplaced = after.contains { name($0) == name(part) }
      if !isReplaced,
        let index = new.firstIndex(where: { other in
          !before.contains { name($0) == name(other) } && same(part, other)
        })
      {
        renamed.append((name(part), name(new.remove(at: index))))
      } else {
        dropped.append(part)
      }
    }
    added = new
  }
}
