internal import RowanCore

/// A literal, apart from the type of its column.
enum MySQLStoredLiteral: Equatable {
  case null
  case number(String)
  case string(String)
  case bytes([UInt8])

  /// What `sql` says, where it is a literal, or one of the calls that literals are written as.
  init?(sql: String) {
    let text = MySQLStoredText.bare(sql)
    let lower = text.lowercased()
    switch lower {
    case "null": self = .null
    case "true": self = .number("1")
    case "false": self = .number("0")
    default:
      if let string = Self.string(text) {
        self = .string(string)
      } else if lower.hasPrefix("convert("), lower.hasSuffix(" using utf8mb4)") {
        guard let bytes = Self.hex(String(text.dropFirst(8).dropLast(15))) else { return nil }
        self = .string(String(decoding: bytes, as: UTF8.self))
      } else if lower.hasPrefix("unhex("), lower.hasSuffix(")") {
        guard let digits = Self.string(String(text.dropFirst(6).dropLast())), let bytes = Self.digits(digits) else {
          return nil
        }
        self = .bytes(bytes)
      } else if let bytes = Self.hex(text) {
        self = .bytes(bytes)
      } else if Self.isNumber(text) {
        self = .number(text)
      } else {
        return nil
      }
    }
  }

  /// The literal a value is written as; nil for one that has no form.
  init?(_ value: SQLValue) {
    switch value {
    case .null: self = .null
    case .bool(let value): self = .number(value ? "1" : "0")
    case .int(let value): self = .number("\(value)")
    case .uint(let value): self = .number("\(value)")
    case .double(let value): self = .number("\(value)")
    case .decimal(let value): self = .number(DecimalText.format(value))
    case .text(let value): self = .string(value)
    case .bytes(let bytes): self = .bytes(bytes)
    case .uuid(let uuid): self = .bytes(SQLLiteral.bytes(of: uuid))
    case .timestamp(let value): self = .string("\(value.calendarDate) \(value.timeOfDay)")
    case .date(let value): self = .string("\(value)")
    case .time(let value): self = .string("\(value)")
    case .interval(let value): self = .string(value.description)
    case .json(let value): self = .string(value)
    case .array(let list): self = .string(ArrayJSON.text(list))
    case .invalid: return nil
    }
  }

  /// A quoted string, with or without the name of its character set.
  private static func string(_ text: String) -> String? {
    var quoted = text
    if text.hasPrefix("_"), let quote = text.firstIndex(of: "'") { quoted = String(text[quote...]) }
    return MySQLStoredText.unquoted(quoted)
  }

  /// `X'00ff'` or `0x00ff`.
  private static func hex(_ text: String) -> [UInt8]? {
    if text.hasPrefix("0x") { return digits(String(text.dropFirst(2))) }
    guard text.hasPrefix("X'") || text.hasPrefix("x'"), text.hasSuffix("'"), text.utf8.count >= 3 else { return nil }
    return digits(String(text.dropFirst(2).dropLast()))
  }

  private static func digits(_ text: String) -> [UInt8]? {
    guard text.utf8.count.isMultiple(of: 2) else { return nil }
    var bytes: [UInt8] = []
    var high: UInt8?
    for character in text {
      guard let digit = character.hexDigitValue else { return nil }
      let half = UInt8(truncatingIfNeeded: digit)
      if let first = high {
        bytes.append(first << 4 | half)
        high = nil
      } else {
        high = half
      }
    }
    return bytes
  }

  private static func isNumber(_ text: String) -> Bool {
    guard let last = text.utf8.last, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(last) else { return false }
    return text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || "+-.eE".utf8.contains($0) }
      && Double(text) != nil
  }
}
