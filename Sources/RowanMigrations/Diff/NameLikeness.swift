/// How alike two names are.
enum NameLikeness {
  /// The share of pairs of neighbouring letters the two have in common, from 0 to 1; a name within the other counts as
  /// much as most. L. R. Dice, "Measures of the Amount of Ecologic Association Between Species", Ecology 26 (1945).
  static func of(_ one: String, _ other: String) -> Double {
    let left = pairs(one), right = pairs(other)
    if left.isEmpty || right.isEmpty { return one.lowercased() == other.lowercased() ? 1 : 0 }
    var rest = right, common = 0
    for pair in left {
      if let index = rest.firstIndex(of: pair) {
        rest.remove(at: index)
        common += 1
      }
    }
    return 2 * Double(common) / Double(left.count + right.count)
  }

  private static func pairs(_ name: String) -> [[UInt8]] {
    let letters = Array(name.lowercased().utf8.filter { $0 != UInt8(ascii: "_") })
    return zip(letters, letters.dropFirst()).map { [$0, $1] }
  }
}
