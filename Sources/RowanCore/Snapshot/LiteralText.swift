#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Values of defaults as text, exact both ways, apart from any engine's literals.
enum LiteralText {
  /// The kind and the text of `value`; nil for a list or for what could not be encoded.
  static func text(_ value: SQLValue) -> (kind: String, text: String)? {
    switch value {
    case .null: ("null", "")
    case .bool(let value): ("bool", value ? "true" : "false")
    case .int(let value): ("int", String(value))
    case .uint(let value): ("uint", String(value))
    case .double(let value): ("double", value.description)
    case .text(let value): ("text", value)
    case .bytes(let value): ("bytes", SQLLiteral.hex(value))
    case .uuid(let value): ("uuid", value.uuidString.lowercased())
    case .timestamp(let value): ("timestamp", value.description)
    case .date(let value): ("date", value.description)
    case .time(let value): ("time", value.description)
    case .interval(let value): ("interval", value.description)
    case .decimal(let value): ("decimal", DecimalText.format(value))
    case .json(let value): ("json", value)
    case .array, .invalid: nil
    }
  }

  /// The value of `kind` whose text is `text`; nil where it has none.
  static func value(kind: String, text: String) -> SQLValue? {
    switch kind {
    case "null": return .null
    case "bool": return text == "true" ? .bool(true) : text == "false" ? .bool(false) : nil
    case "int": return Int64(text).map { .int($0) }
    case "uint": return UInt64(text).map { .uint($0) }
    case "double": return Double(text).map { .double($0) }
    case "text": return .text(text)
    case "bytes": return HexText.bytes(Array(text.utf8)).map { .bytes($0) }
    case "uuid": return UUID(uuidString: text).map { .uuid($0) }
    case "timestamp": return Timestamp(text).map { .timestamp($0) }
    case "date": return CalendarDate(text).map { .date($0) }
    case "time": return TimeOfDay(text).map { .time($0) }
    case "interval": return Interval(text).map { .interval($0) }
    case "decimal": return (try? DecimalText.parse(text)).map { .decimal($0) }
    case "json": return .json(text)
    default: return nil
    }
  }
}
