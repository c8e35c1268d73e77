/// A column's default.
public enum ColumnDefault: Sendable, Hashable {
  /// The current instant.
  case now
  /// A random UUID, made by the database.
  case randomUUID
  /// A fixed value.
  case value(SQLValue)
  /// A fixed value of a Swift type.
  public static func literal(_ value: some ColumnValue) -> ColumnDefault { .value(value.sqlValue) }
  /// SQL of the engine's own.
  case expression(String)
}

extension ColumnDefault: ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral, ExpressibleByStringLiteral,
  ExpressibleByBooleanLiteral
{
  /// A fixed integer.
  public init(integerLiteral value: Int64) { self = .value(.int(value)) }
  /// A fixed number.
  public init(floatLiteral value: Double) { self = .value(.double(value)) }
  /// A fixed text.
  public init(stringLiteral value: String) { self = .value(.text(value)) }
  /// A fixed truth value.
  public init(booleanLiteral value: Bool) { self = .value(.bool(value)) }
}
