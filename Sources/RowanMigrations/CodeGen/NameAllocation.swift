/// Gives each thing a name of its own.
struct NameAllocation {
  private var taken: Set<String>

  /// Without the names `reserved`.
  init(reserved: Set<String> = []) { taken = Set(reserved.map { $0.lowercased() }) }

  /// The first of `candidates` that is free, else the last with a number. Files are named by types, and there are
  /// systems on which names of files differ in more than case.
  mutating func take(_ candidates: [String]) -> String {
    for name in candidates where taken.insert(name.lowercased()).inserted { return name }
    let last = candidates.last ?? "name"
    var number = 2
    while !taken.insert("\(last)\(number)".lowercased()).inserted { number += 1 }
    return "\(last)\(number)"
  }
}
