#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif
internal import RowanCore

/// The one form in which a snapshot has a column's default.
struct MySQLDefaultForm {
  let type: SQLType

  /// What the expression `sql` is as a default; `make` makes one of an expression that is nothing else.
  func value(of sql: String, _ make: (String) -> SchemaExpression) -> DefaultSnapshot? {
    if isNow(sql) { return .now }
    if type == .uuid, Self.shape(of: sql) == Self.shape(of: MySQLDefaults.randomUUID) { return .randomUUID }
    if let literal = MySQLStoredLiteral(sql: sql) {
      if literal == .null { return nil }
      if let value = value(of: literal) { return .literal(value) }
    }
    return .expression(make(MySQLStoredText.bare(sql)))
  }

  /// The value a column of this type has of `literal`; nil where it holds no such value exactly.
  func value(of literal: MySQLStoredLiteral) -> SQLValue? {
    switch type {
    case .boolean: integer(literal).map { $0 == .int(0) ? .bool(false) : $0 == .int(1) ? .bool(true) : $0 }
    case .smallint, .integer, .bigint, .unsignedTinyint, .unsignedSmallint, .unsignedInteger, .unsignedBigint:
      integer(literal)
    case .real: number(literal).flatMap { Double($0) }.map { .double(Self.sixDigits($0)) }
    case .double: number(literal).flatMap { Double($0) }.map { .double($0) }
    case .decimal(let precision, let scale):
      number(literal).flatMap { try? DecimalText.parse($0) }.flatMap {
        DecimalText.fits($0, precision: precision, scale: scale) ? .decimal($0) : nil
      }
    case .char, .varchar, .text, .interval: text(literal).map { .text($0) }
    case .bytes: bytes(literal).map { .bytes($0) }
    case .uuid: bytes(literal).flatMap { Self.uuid($0) }.map { .uuid($0) }
    case .timestamp: text(literal).flatMap { Self.timestamp($0) }.map { .timestamp($0) }
    case .date: text(literal).flatMap { CalendarDate($0) }.map { .date($0) }
    case .time: text(literal).flatMap { TimeOfDay($0) }.map { .time($0) }
    case .json, .array: text(literal).map { .json($0) }
    case .custom(let name): own(literal, MySQLStoredType(name))
    }
  }

  /// The value of a type only this engine has.
  private func own(_ literal: MySQLStoredLiteral, _ stored: MySQLStoredType) -> SQLValue? {
    switch (literal, stored.base) {
    case (.null, _): nil
    case (.bytes(let bytes), _): .bytes(bytes)
    case (.string(let text), "varbinary"), (.string(let text), "binary"): .bytes(Array(text.utf8))
    case (.string(let text), "datetime"), (.string(let text), "timestamp"), (.string(let text), "time"):
      Self.withoutTrailingZeros(text, digits: stored.arguments.first.flatMap { Int($0) } ?? 0).map { .text($0) }
    case (.string(let text), _): .text(text)
    case (.number(let digits), "varchar"), (.number(let digits), "char"): .text(digits)
    case (.number(let digits), _):
      integer(literal) ?? (try? DecimalText.parse(digits)).map { .decimal($0) } ?? Double(digits).map { .double($0) }
    }
  }

  private func number(_ literal: MySQLStoredLiteral) -> String? {
    switch literal {
    case .number(let digits): digits
    case .string(let digits): digits
    default: nil
    }
  }

  private func integer(_ literal: MySQLStoredLiteral) -> SQLValue? {
    guard let digits = number(literal) else { return nil }
    return Int64(digits).map { .int($0) } ?? UInt64(digits).map { .uint($0) }
  }

  private func text(_ literal: MySQLStoredLiteral) -> String? {
    switch literal {
    case .null: nil
    case .number(let digits): digits
    case .string(let text): text
    case .bytes(let bytes): String(validating: bytes, as: UTF8.self)
    }
  }

  private func bytes(_ literal: MySQLStoredLiteral) -> [UInt8]? {
    switch literal {
    case .null: nil
    case .number(let text), .string(let text): Array(text.utf8)
    case .bytes(let bytes): bytes
    }
  }

  private func isNow(_ sql: String) -> Bool {
    let text = Self.shape(of: sql)
    return switch type {
    case .timestamp: ["current_timestamp6", "now6"].contains(text)
    case .date: text == "utc_date"
    case .time: text == "utc_time6"
    default: false
    }
  }

  /// The servers write calls in lower case, MySQL with parentheses around each, escapes and names of character sets.
  private static func shape(of sql: String) -> String {
    let text = sql.lowercased().split(separator: "_utf8mb4").joined()
    return String(text.unicodeScalars.filter { !$0.properties.isWhitespace && !"()`'\\".unicodeScalars.contains($0) })
  }

  private static func uuid(_ bytes: [UInt8]) -> UUID? {
    guard bytes.count == 16 else { return nil }
    var uuid = UUID(uuid: (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)).uuid
    withUnsafeMutableBytes(of: &uuid) { $0.copyBytes(from: bytes) }
    return UUID(uuid: uuid)
  }

  private static func timestamp(_ text: String) -> Timestamp? {
    guard let date = CalendarDate(String(text.prefix(10))) else { return nil }
    let rest = text.dropFirst(10)
    if rest.isEmpty { return TimeOfDay(hour: 0, minute: 0).flatMap { Timestamp(date: date, time: $0) } }
    guard rest.first == " " else { return nil }
    return TimeOfDay(String(rest.dropFirst())).flatMap { Timestamp(date: date, time: $0) }
  }

  /// A time as the servers show it, without the zeros that fill its fraction up; nil where it has more than `digits`.
  private static func withoutTrailingZeros(_ text: String, digits: Int) -> String? {
    guard let point = text.firstIndex(of: ".") else { return text }
    var kept = text[...]
    while kept.last == "0" { kept.removeLast() }
    let count = kept[point...].count - 1
    if count == 0 { kept.removeLast() }
    return count <= digits ? String(kept) : nil
  }

  /// The servers keep a single-precision number as it is and show six digits of it.
  /// https://dev.mysql.com/doc/refman/8.0/en/problems-with-float.html
  private static func sixDigits(_ value: Double) -> Double {
    guard value.isFinite, value != 0 else { return value }
    var exponent = 0
    var scaled = abs(value)
    while scaled >= 1_000_000 {
      scaled /= 10
      exponent += 1
    }
    while scaled < 100_000, exponent > -400 {
      scaled *= 10
      exponent -= 1
    }
    return Double("\(value < 0 ? "-" : "")\(Int64(scaled.rounded()))e\(exponent)") ?? value
  }
}
