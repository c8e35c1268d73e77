/// Finds names in SQL text.
enum Mention {
  /// Whether `text` holds `name` as a word of its own, in any case. May say yes for a word inside a string, which makes
  /// a plan do more than it has to and never less.
  static func of(_ name: String, in text: String) -> Bool {
    let name = Array(name.lowercased().utf8), text = Array(text.lowercased().utf8)
    guard !name.isEmpty, name.count <= text.count else { return false }
    for start in 0...(text.count - name.count) where text[start] == name[0] {
      let end = start + name.count
      guard text[start..<end].elementsEqual(name) else { continue }
      if start > 0, isWord(text[start - 1]) { continue }
      if end < text.count, isWord(text[end]) { continue }
      return true
    }
    return false
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case 48...57, 65...90, 97...122, 95, 36, 128...255: true
    default: false
    }
  }
}
