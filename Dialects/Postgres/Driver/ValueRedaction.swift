internal import RowanCore

/// Takes values out of what the server says. Constraint violations put them into the detail, which is never shown;
/// data errors put them into the message itself.
enum ValueRedaction {
  /// The message for `state`, without values.
  static func message(state: String, _ message: String, _ binds: ContiguousArray<SQLValue>) -> String {
    switch state {
    // The message shows the bytes themselves.
    case "22021": return "the text is not valid in the database's encoding"
    default: break
    }
    switch state.prefix(2) {
    case "22": return blot(binds, in: unquoted(message))
    // Raised without a look at values, or with the names of tables and constraints alone.
    case "08", "0A", "23", "25", "26", "28", "2B", "34", "3D", "3F", "40", "42", "53", "54", "55", "57", "58":
      return message
    // Functions and triggers write their own messages, and the values they were called with into them.
    default: return blot(binds, in: message)
    }
  }

  /// The message without what stands between its outermost quotation marks, whichever its language uses.
  private static func unquoted(_ message: String) -> String {
    guard let first = message.firstIndex(where: { quotes.contains($0) }),
      let last = message.lastIndex(where: { quotes.contains($0) })
    else { return message }
    return message[..<first] + "…" + message[message.index(after: last)...]
  }

  private static let quotes: Set<Character> = ["\"", "“", "”", "„", "«", "»", "‘", "’", "「", "」"]

  /// The message with every bound text and number in it blotted out.
  private static func blot(_ binds: ContiguousArray<SQLValue>, in message: String) -> String {
    var message = message
    for bind in binds {
      let text: String =
        switch bind {
        case .text(let text), .json(let text): text
        case .int(let number): number.description
        case .uint(let number): number.description
        case .double(let number): number.description
        case .decimal(let number): DecimalText.format(number)
        case .uuid(let uuid): uuid.uuidString.lowercased()
        case .date(let date): date.description
        case .timestamp(let instant): String(instant.description.prefix(10))
        default: ""
        }
      if !text.isEmpty { message = blot(text, in: message) }
    }
    return message
  }

  /// Only whole words count, so that the value `a` does not take every `a` out of a sentence.
  private static func blot(_ value: String, in message: String) -> String {
    var out = ""
    var rest = message[...]
    while let start = rest.firstIndex(of: value[value.startIndex]) {
      let isWordStart = start == message.startIndex || !isWord(message[message.index(before: start)])
      guard isWordStart, rest[start...].hasPrefix(value) else {
        out += rest[...start]
        rest = rest[rest.index(after: start)...]
        continue
      }
      let end = rest.index(start, offsetBy: value.count)
      guard end == rest.endIndex || !isWord(rest[end]) else {
        out += rest[...start]
        rest = rest[rest.index(after: start)...]
        continue
      }
      out += rest[..<start] + "…"
      rest = rest[end...]
    }
    return out + rest
  }

  private static func isWord(_ character: Character) -> Bool { character.isLetter || character.isNumber }
}
