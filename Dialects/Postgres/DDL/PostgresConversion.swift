import RowanCore

/// How the values of a column become values of another type, without a value changed or cut on the way: where a cast
/// would round, the statement fails instead.
struct PostgresConversion {
  /// What a value may lose.
  private enum Step {
    /// The server's own assignment, which fails where a value does not fit.
    case assignment
    /// An expression, in which `?` is the column, that fails where a value does not fit.
    case expression(String)
    /// An expression, and one that takes its result back; it fails unless that is the value there was, seen as `of`.
    case checked(String, back: String, of: String = "?")
  }

  /// Whether values of the old type need not fit the new one.
  let isNarrowing: Bool
  /// Whether the new type is a text, which has a collation.
  let isText: Bool
  private let step: Step
  private let target: String

  init(from: SQLType, to: SQLType, dialect: any Dialect) throws {
    let source = try dialect.columnType(from)
    target = try dialect.columnType(to)
    isText = Self.isText(to)
    isNarrowing = from != to && !Self.isWidening(from, to)
    step = from == to ? .assignment : Self.step(from, to, source: source, target: target)
  }

  /// What follows `USING`; nil where nothing need.
  func using(_ column: String) -> String? {
    switch step {
    case .assignment: return nil
    case .expression(let text): return text.replacing("?", with: column)
    case .checked(let there, let back, let of):
      let value = there.replacing("?", with: column)
      let returned = back.replacing("?", with: "(\(value))")
      let former = of.replacing("?", with: column)
      return "CASE WHEN \(column) IS NULL OR \(returned) = \(former) THEN \(value) ELSE \(failure(column)) END"
    }
  }

  /// An expression that always fails, and only when a row comes to it: a constant would fail when it is read.
  private func failure(_ column: String) -> String {
    "(left(\(column)::text, 0) || 'a value does not fit the new type of its column')::integer::text::\(target)"
  }

  private static func step(_ from: SQLType, _ to: SQLType, source: String, target: String) -> Step {
    switch (from, to) {
    case (.bytes, _) where isText(to): return .expression("convert_from(?, 'UTF8')")
    case (.bytes, _): return .expression("convert_from(?, 'UTF8')::\(target)")
    case (_, .bytes): return .expression("convert_to(?::text, 'UTF8')")
    case (_, _) where isText(to): return .assignment
    case (_, .decimal) where isText(from):
      return .checked("?::text::\(target)", back: "?", of: "?::text::numeric")
    case (_, _) where isText(from): return .expression("?::text::\(target)")
    case (.boolean, _) where isNumber(to): return .expression("?::integer::\(target)")
    case (_, .boolean) where isNumber(from): return .checked("(? <> 0)", back: "?::integer::\(source)")
    case (_, _) where isNumber(from) && isNumber(to):
      if isWidening(from, to) || isInteger(from) && !isFloating(to) { return .assignment }
      return .checked("?::\(target)", back: "?::\(source)")
    case (.money, _) where isNumber(to): return .checked("?::numeric::\(target)", back: "?::numeric::money")
    case (_, .money) where isNumber(from): return .checked("?::numeric::money", back: "?::numeric::\(source)")
    case (.timestamp, .date):
      return .checked("(? AT TIME ZONE 'UTC')::date", back: "?::timestamp AT TIME ZONE 'UTC'")
    case (.date, .timestamp): return .expression("?::timestamp AT TIME ZONE 'UTC'")
    case (.timestamp, .timestampWithoutTimeZone), (.timestampWithoutTimeZone, .timestamp):
      return .expression("? AT TIME ZONE 'UTC'")
    case (.timestampWithoutTimeZone, .date): return .checked("?::date", back: "?::timestamp")
    case (.date, .timestampWithoutTimeZone), (.json, .jsonText), (.jsonText, .json): return .expression("?::\(target)")
    case (.array(let one), .array(let other)) where isWidening(one, other) || isText(other): return .assignment
    default: return .checked("?::text::\(target)", back: "?::text", of: "?::text")
    }
  }

  /// Whether every value of the one is one of the other.
  private static func isWidening(_ from: SQLType, _ to: SQLType) -> Bool {
    switch (from, to) {
    case (.smallint, .integer), (.smallint, .bigint), (.integer, .bigint), (.smallint, .real), (.smallint, .double),
      (.integer, .double), (.real, .double), (.date, .timestamp), (.date, .timestampWithoutTimeZone),
      (.timestamp, .timestampWithoutTimeZone), (.timestampWithoutTimeZone, .timestamp):
      true
    case (.smallint, .decimal(let precision, let scale)): precision &- scale >= 5
    case (.integer, .decimal(let precision, let scale)): precision &- scale >= 10
    case (.bigint, .decimal(let precision, let scale)): precision &- scale >= 19
    case (.decimal(let precision, let scale), .decimal(let wider, let finer)):
      finer >= scale && wider &- finer >= precision &- scale
    case (.decimal, .numeric), (.smallint, .numeric), (.integer, .numeric), (.bigint, .numeric): true
    case (.varchar(let length), .varchar(let longer)), (.char(let length), .varchar(let longer)),
      (.char(let length), .char(let longer)):
      longer >= length
    case (.varchar, .char): false
    case (.array(let one), .array(let other)): one == other || isWidening(one, other)
    case (.bytes, _): false
    case (_, .text), (_, .citext), (_, .custom("character varying")): true
    default: false
    }
  }

  private static func isText(_ type: SQLType) -> Bool {
    switch type {
    case .text, .varchar, .char, .citext, .custom("character varying"), .custom("bpchar"): true
    default: false
    }
  }

  private static func isInteger(_ type: SQLType) -> Bool { [.smallint, .integer, .bigint].contains(type) }

  private static func isFloating(_ type: SQLType) -> Bool { [.real, .double].contains(type) }

  private static func isNumber(_ type: SQLType) -> Bool {
    if case .decimal = type { return true }
    return isInteger(type) || isFloating(type) || type == .numeric
  }
}
