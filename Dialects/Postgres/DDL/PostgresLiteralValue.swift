import RowanCore

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// The values that literals of PostgreSQL stand for.
enum PostgresLiteralValue {
  /// The value of a literal in quotes, by the type of its column; nil where only the server can tell.
  static func value(quoted text: String, _ type: SQLType) -> SQLValue? {
    switch type {
    case .boolean:
      return ["t": true, "true": true, "f": false, "false": false][text.lowercased()].map { .bool($0) }
    case .text, .varchar, .char: return .text(text)
    case .bytes: return text.hasPrefix("\\x") ? bytes(hex: String(text.dropFirst(2))).map { .bytes($0) } : nil
    case .uuid: return UUID(uuidString: text).map { .uuid($0) }
    case .timestamp: return Timestamp(text).map { .timestamp($0) }
    case .date: return CalendarDate(text).map { .date($0) }
    case .time: return TimeOfDay(text).map { .time($0) }
    case .interval: return PostgresIntervalText.interval(text).map { .interval($0) }
    case .json: return .json(JSONBText.canonical(text) ?? text)
    case .array(let element): return array(text, element)
    case .custom(let name): return custom(text, name)
    default: return value(word: text, type)
    }
  }

  /// The value of a number or a word without quotes.
  static func value(word: String, _ type: SQLType) -> SQLValue? {
    switch type {
    case .boolean: return ["true": true, "false": false][word.lowercased()].map { .bool($0) }
    case .smallint, .integer, .bigint: return Int64(word).map { .int($0) }
    // What is not a number equals nothing, itself included, and stays an expression.
    case .real, .double: return Double(word).flatMap { $0.isNaN ? nil : .double($0) }
    case .decimal, .numeric: return (try? DecimalText.parse(expanded(word))).map { .decimal($0) }
    default: return nil
    }
  }

  /// The bytes of pairs of digits.
  static func bytes(hex: String) -> [UInt8]? {
    let digits = hex.compactMap(\.hexDigitValue)
    guard digits.count == hex.count, digits.count % 2 == 0 else { return nil }
    return stride(from: 0, to: digits.count, by: 2).map { UInt8(truncatingIfNeeded: digits[$0] << 4 | digits[$0 + 1]) }
  }

  /// A number without its exponent.
  private static func expanded(_ word: String) -> String {
    word.lowercased().contains("e") ? JSONBText.number(word) ?? word : word
  }

  /// Types whose texts the server does not rewrite have literals; of the rest it keeps a form of its own.
  private static func custom(_ text: String, _ name: String) -> SQLValue? {
    if name == "json" { return .json(text) }
    if name == "numeric" { return value(word: text, .numeric) }
    let base = name.prefix { $0 != "(" }
    return rewritten.contains(String(base).trimmingBlanks) || base.hasPrefix("time") || base.hasPrefix("interval")
      ? nil : .text(text)
  }

  private static let rewritten: Set<String> = [
    "bit", "bit varying", "box", "cidr", "circle", "cube", "datemultirange", "daterange", "geography", "geometry",
    "halfvec", "hstore", "inet", "int4multirange", "int4range", "int8multirange", "int8range", "jsonpath", "line",
    "lseg", "ltree", "macaddr", "macaddr8", "money", "nummultirange", "numrange", "oid", "path", "pg_lsn", "point",
    "polygon", "regclass", "regproc", "regtype", "sparsevec", "tsmultirange", "tsquery", "tsrange", "tstzmultirange",
    "tstzrange", "tsvector", "vector", "xml",
  ]

  /// An array in braces, of one dimension.
  /// https://www.postgresql.org/docs/current/arrays.html#ARRAYS-IO
  private static func array(_ text: String, _ element: SQLType) -> SQLValue? {
    guard text.hasPrefix("{"), text.hasSuffix("}") else { return nil }
    var values = ContiguousArray<SQLValue>()
    var rest = text.dropFirst().dropLast()
    while !rest.isEmpty {
      guard let (item, isQuoted) = item(&rest) else { return nil }
      if !isQuoted, item.uppercased() == "NULL" {
        values.append(.null)
        continue
      }
      guard let value = value(quoted: item, element) else { return nil }
      values.append(value)
    }
    return .array(SQLArray(element: element, values: values))
  }

  private static func item(_ rest: inout Substring) -> (text: String, isQuoted: Bool)? {
    var text = ""
    let isQuoted = rest.first == "\""
    if isQuoted { rest.removeFirst() }
    var isOpen = isQuoted
    while let next = rest.popFirst() {
      if isOpen {
        if next == "\"" {
          isOpen = false
        } else if next == "\\" {
          guard let escaped = rest.popFirst() else { return nil }
          text.append(escaped)
        } else {
          text.append(next)
        }
        continue
      }
      if next == "," { return rest.isEmpty ? nil : (text, isQuoted) }
      if isQuoted || next == "{" || next == "\"" || next == "\\" || next == " " { return nil }
      text.append(next)
    }
    return isOpen || (text.isEmpty && !isQuoted) ? nil : (text, isQuoted)
  }
}
