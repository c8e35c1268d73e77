import RowanCore

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Defaults as PostgreSQL writes them out, read back as what was meant.
///
/// A default that a schema declares is printed and read back the same way, so that both sides of a comparison are in
/// one form.
struct PostgresDefault {
  /// The type of the column.
  let type: SQLType

  /// The default behind `text`; nil for `NULL`, which is none.
  /// - Parameter canonical: what marks the text of an expression as the server's own.
  func read(_ text: String, canonical: (String) -> CanonicalSQL?) -> DefaultSnapshot? {
    let plain = SQLText.unwrapped(text)
    if isNow(plain) { return .now }
    if type == .uuid, Self.flat(plain) == "gen_random_uuid" { return .randomUUID }
    switch literal(plain, type) {
    case .null?: return nil
    case let value?: return .literal(value)
    case nil: return .expression(SchemaExpression(plain, canonical: canonical(plain)))
    }
  }

  /// Whether the text is one of the forms of ``DefaultSnapshot/now`` for the type. PostgreSQL 13 has a function in
  /// place of `AT TIME ZONE`. https://www.postgresql.org/docs/current/functions-datetime.html
  private func isNow(_ text: String) -> Bool {
    let flat = Self.flat(text)
    let utc = ["current_timestampattimezone'utc'", "timezone'utc',current_timestamp"]
    switch type {
    case .timestamp: return flat == "current_timestamp" || flat == "now"
    case .date: return utc.contains { flat == $0 + "::date" }
    case .time: return utc.contains { flat == $0 + "::time" }
    case .timestampWithoutTimeZone: return utc.contains(flat)
    default: return false
    }
  }

  /// The text without blanks, parentheses and casts of texts, in lower case.
  private static func flat(_ text: String) -> String {
    let bare = text.lowercased().filter { $0 != " " && $0 != "(" && $0 != ")" }
    return bare.replacing("::text", with: "").replacing("timewithouttimezone", with: "time")
  }

  /// The value that `text` is a literal of; nil for what has to be evaluated.
  private func literal(_ text: String, _ type: SQLType) -> SQLValue? {
    let text = SQLText.unwrapped(text)
    if let (value, rest) = SQLText.quoted(text) {
      return isOwn(casts: rest, type) ? PostgresLiteralValue.value(quoted: value, type) : nil
    }
    if let rest = text.afterPrefix("ARRAY[") {
      guard case .array(let element) = type else { return nil }
      return list("[" + rest, element, type)
    }
    if let bytes = decoded(text) { return type == .bytes ? .bytes(bytes) : nil }
    if text.hasPrefix("(") {
      // A cast of something in parentheses: `(5)::bigint`, `('-2.0'::numeric)::double precision`.
      guard let close = SQLText.closing(of: Array(text.utf8), from: 0) else { return nil }
      let inner = String(decoding: Array(text.utf8)[1..<close], as: UTF8.self)
      let rest = String(decoding: Array(text.utf8)[(close + 1)...], as: UTF8.self)
      return isOwn(casts: rest, type) ? literal(inner, type) : nil
    }
    let parts = text.split(separator: "::", maxSplits: 1, omittingEmptySubsequences: false)
    guard let word = parts.first.map({ $0.trimmingBlanks }) else { return nil }
    let casts = parts.count > 1 ? "::" + parts[1] : ""
    // Whatever it is cast to.
    if word.uppercased() == "NULL" { return .null }
    return isOwn(casts: casts, type) ? PostgresLiteralValue.value(word: word, type) : nil
  }

  private func list(_ text: String, _ element: SQLType, _ type: SQLType) -> SQLValue? {
    let bytes = Array(text.utf8)
    guard let close = SQLText.closing(of: bytes, from: 0),
      isOwn(casts: String(decoding: bytes[(close + 1)...], as: UTF8.self), type)
    else { return nil }
    var values = ContiguousArray<SQLValue>()
    for part in SQLText.parts(String(decoding: bytes[1..<close], as: UTF8.self)) {
      guard let value = literal(part, element) else { return nil }
      values.append(value)
    }
    return .array(SQLArray(element: element, values: values))
  }

  /// The bytes of `decode('…', 'hex')`, as ``PostgresLiteral`` writes them.
  private func decoded(_ text: String) -> [UInt8]? {
    guard let rest = text.afterPrefix("decode("), rest.hasSuffix(")") else { return nil }
    let arguments = SQLText.parts(String(rest.dropLast())).map { SQLText.quoted($0) }
    guard arguments.count == 2, let digits = arguments[0]?.value, arguments[1]?.value == "hex" else { return nil }
    return PostgresLiteralValue.bytes(hex: digits)
  }

  /// Whether casts leave a literal of the type what it is: others could round it or cut it short.
  private func isOwn(casts: String, _ type: SQLType) -> Bool {
    casts.split(separator: "::").allSatisfy { part in
      let target = PostgresTypeName.logical(part.trimmingBlanks)
      if target == type { return true }
      switch type {
      case .smallint, .integer, .bigint: return [.smallint, .integer, .bigint, .numeric].contains(target)
      case .decimal, .numeric: return [.smallint, .integer, .bigint, .numeric].contains(target)
      case .real, .double: return [.smallint, .integer, .bigint, .numeric, .real, .double].contains(target)
      case .text, .varchar, .char, .custom("character varying"), .custom("bpchar"):
        return [.text, .custom("character varying"), .custom("bpchar")].contains(target)
      case .array(let element): return isOwnArray(target, element)
      default: return target == Self.unsized(type)
      }
    }
  }

  private func isOwnArray(_ target: SQLType, _ element: SQLType) -> Bool {
    guard case .array(let inner) = target else { return false }
    switch element {
    case .decimal: return inner == .numeric
    case .varchar, .char: return [.text, .custom("character varying"), .custom("bpchar")].contains(inner)
    default: return inner == element
    }
  }

  /// The server prints the type of a constant without the precision of the column.
  private static func unsized(_ type: SQLType) -> SQLType? {
    guard case .custom(let name) = type, let open = name.firstIndex(of: "("), let close = name.firstIndex(of: ")")
    else { return nil }
    return PostgresTypeName.logical(String(name[..<open]) + String(name[name.index(after: close)...]))
  }
}

extension String {
  fileprivate func afterPrefix(_ prefix: String) -> String? {
    guard lowercased().hasPrefix(prefix.lowercased()) else { return nil }
    return String(dropFirst(prefix.count))
  }
}
