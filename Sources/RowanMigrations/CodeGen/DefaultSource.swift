internal import RowanCore

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

extension DefaultSnapshot {
  /// What follows `default:` in `@Column`; nil for a value that has no written form.
  var columnArgument: String? {
    switch self {
    case .now: ".now"
    case .randomUUID: ".randomUUID"
    case .expression(let expression): ".expression(\(SwiftLiteral.string(expression.source)))"
    case .literal(.int(let value)): String(value)
    case .literal(.bool(let value)): String(value)
    case .literal(.text(let value)): SwiftLiteral.string(value)
    case .literal(let value): value.source.map { ".value(\($0))" }
    }
  }

  /// The default as Swift source; nil for a value that has no written form.
  var source: String? {
    switch self {
    case .now: ".now"
    case .randomUUID: ".randomUUID"
    case .expression(let expression): ".expression(SchemaExpression(\(SwiftLiteral.string(expression.source))))"
    case .literal(let value): value.source.map { ".literal(\($0))" }
    }
  }

  /// The same in a model.
  var schema: ColumnDefault {
    switch self {
    case .now: .now
    case .randomUUID: .randomUUID
    case .expression(let expression): .expression(expression.source)
    case .literal(let value): .value(value)
    }
  }

  /// Whether its source names something of Foundation's.
  var needsFoundation: Bool {
    switch self {
    case .literal(.uuid), .literal(.decimal): true
    case .literal(.array(let list)): list.values.contains { DefaultSnapshot.literal($0).needsFoundation }
    default: false
    }
  }
}

extension SQLValue {
  /// The value as Swift source; nil where it could not be encoded.
  var source: String? {
    switch self {
    case .null: ".null"
    case .bool(let value): ".bool(\(value))"
    case .int(let value): ".int(\(value))"
    case .uint(let value): ".uint(\(value))"
    case .double(let value): ".double(\(Self.source(value)))"
    case .text(let value): ".text(\(SwiftLiteral.string(value)))"
    case .bytes(let value): ".bytes([\(value.map(String.init).joined(separator: ", "))])"
    case .uuid(let value):
      ".uuid(UUID(uuid: (\(SQLLiteral.bytes(of: value).map(String.init).joined(separator: ", ")))))"
    case .timestamp(let value): ".timestamp(Timestamp(microseconds: \(value.microseconds)))"
    case .date(let value): ".date(CalendarDate(days: \(value.days)))"
    case .time(let value): ".time(TimeOfDay(microseconds: \(value.microseconds)))"
    case .interval(let value):
      ".interval(Interval(months: \(value.months), days: \(value.days), microseconds: \(value.microseconds)))"
    case .decimal(let value): Self.source(value)
    case .json(let value): ".json(\(SwiftLiteral.string(value)))"
    case .array(let list): Self.source(list)
    case .invalid: nil
    }
  }

  private static func source(_ value: Double) -> String {
    if value.isNaN { return ".nan" }
    if value.isInfinite { return value < 0 ? "-.infinity" : ".infinity" }
    // The compiler warns of a literal that is less than a normal number.
    if value.isSubnormal { return "Double(bitPattern: \(value.bitPattern))" }
    return "\(value)"
  }

  /// A literal with a fraction would be read as a `Double` first; a significand and an exponent are exact.
  private static func source(_ value: Decimal) -> String? {
    if value.isNaN { return nil }
    let text = DecimalText.format(value)
    if let whole = Int(text) { return ".decimal(\(whole))" }
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    let isNegative = text.hasPrefix("-")
    guard parts.count == 2, let significand = Int((parts[0] + parts[1]).drop { $0 == "-" || $0 == "0" }) else {
      return ".decimal(Decimal(string: \(SwiftLiteral.string(text))) ?? .nan)"
    }
    let sign = isNegative ? ".minus" : ".plus"
    return ".decimal(Decimal(sign: \(sign), exponent: \(-parts[1].count), significand: \(significand)))"
  }

  private static func source(_ list: SQLArray) -> String? {
    let values = list.values.compactMap(\.source)
    guard values.count == list.values.count else { return nil }
    return ".array(SQLArray(element: \(list.element.source), values: [\(values.joined(separator: ", "))]))"
  }
}

extension SchemaExpression {
  /// The expression as Swift source, over several lines where it has several.
  func source(indent: String) -> String { "SchemaExpression(\(SwiftLiteral.block(source, indent: indent + "  ")))" }

  /// What was written, without what a server made of it.
  var bare: SchemaExpression { SchemaExpression(source) }
}
