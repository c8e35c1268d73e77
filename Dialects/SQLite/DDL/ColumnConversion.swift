import RowanCore

/// How the values of a column become those of another type, by the forms in which this library stores them.
struct ColumnConversion: Equatable {
  /// The new value, of the old one.
  var expression: String
  /// What a value that is not `NULL` must meet to be converted without loss; nil where every value is.
  var condition: String?

  /// The conversion of `column`, which is quoted.
  init(_ column: String, from: SQLType, to: SQLType) {
    self = Self.plain(column, from, to) ?? ColumnConversion("NULL", "\(column) IS NULL")
    if expression != column, expression != "NULL" {
      expression = "CASE WHEN \(column) IS NOT NULL THEN \(expression) END"
    }
  }

  private init(_ expression: String, _ condition: String? = nil) {
    self.expression = expression
    self.condition = condition
  }

  /// nil where no value of one type is one of the other.
  private static func plain(_ c: String, _ from: SQLType, _ to: SQLType) -> ColumnConversion? {
    if from == to { return ColumnConversion(c) }
    // What a type of the engine's own holds is not known.
    if case .custom = from { return ColumnConversion(c) }
    if case .custom = to { return ColumnConversion(c) }
    if TextForm.isText(to) { return toText(c, from, to) }
    if TextForm.isText(from) { return TextForm.parse(c, to).map { ColumnConversion($0.value, $0.condition) } }
    if let range = IntegerRange(to) { return toInteger(c, from, to, range) }
    switch (from, to) {
    case (_, .real), (_, .double): return toDouble(c, from, to)
    case (_, .decimal(let precision, let scale)): return toDecimal(c, from, precision, scale)
    case (.uuid, .bytes), (.array, .json): return ColumnConversion(c)
    case (.bytes, .uuid): return ColumnConversion(c, "length(\(c)) = 16")
    case (.json, .array):
      return ColumnConversion(c, "CASE WHEN json_valid(\(c)) THEN json_type(\(c)) = 'array' ELSE 0 END")
    case (.boolean, .json): return ColumnConversion("CASE \(c) WHEN 1 THEN 'true' ELSE 'false' END", "\(c) IN (0, 1)")
    case (_, .json) where IntegerRange(from) != nil: return ColumnConversion("CAST(\(c) AS TEXT)")
    case (_, .json) where from == .double || from == .real: return ColumnConversion(TextForm.double(c))
    case (_, .boolean) where IntegerRange(from) != nil: return ColumnConversion(c, "\(c) IN (0, 1)")
    case (.date, .timestamp): return ColumnConversion("\(c) * 86400000000")
    case (.timestamp, .date): return ColumnConversion("\(c) / 86400000000", "\(c) % 86400000000 = 0")
    default: return nil
    }
  }

  private static func toText(_ c: String, _ from: SQLType, _ to: SQLType) -> ColumnConversion? {
    guard let text = TextForm.format(c, from) else { return nil }
    var conditions = text.condition.map { [$0] } ?? []
    if let length = TextForm.length(to), length < TextForm.length(from) ?? .max {
      conditions.append("length(\(text.value)) <= \(length)")
    }
    return ColumnConversion(text.value, conditions.isEmpty ? nil : conditions.joined(separator: " AND "))
  }

  private static func toInteger(_ c: String, _ from: SQLType, _ to: SQLType, _ range: IntegerRange) -> ColumnConversion?
  {
    if let own = IntegerRange(from) {
      return ColumnConversion(c, range.contains(own) ? nil : "typeof(\(c)) = 'integer' AND \(range.condition(c))")
    }
    switch from {
    case .boolean: return ColumnConversion(c)
    case .real, .double:
      return ColumnConversion(
        "CAST(\(c) AS INTEGER)",
        "abs(\(c)) < 9.2e18 AND CAST(CAST(\(c) AS INTEGER) AS REAL) = \(c) AND \(range.condition("CAST(\(c) AS INTEGER)"))"
      )
    case .decimal:
      let text = DecimalForm.text(c)
      return ColumnConversion(
        "CAST(\(text) AS INTEGER)",
        "CAST(CAST(\(text) AS INTEGER) AS TEXT) = \(text) AND \(range.condition("CAST(\(text) AS INTEGER)"))")
    default: return nil
    }
  }

  private static func toDouble(_ c: String, _ from: SQLType, _ to: SQLType) -> ColumnConversion? {
    switch from {
    case .real: return ColumnConversion(c)
    case .double: return ColumnConversion(c, "abs(\(c)) <= 3.4028234663852886e38")
    case .decimal: return ColumnConversion("CAST(\(DecimalForm.text(c)) AS REAL)")
    default:
      guard let range = IntegerRange(from) else { return nil }
      // Beyond, not every integer has a floating-point number of its own.
      let limit: Int64 = to == .real ? 1 << 24 : 1 << 53
      let exact = IntegerRange(-limit, limit)
      return ColumnConversion("CAST(\(c) AS REAL)", exact.contains(range) ? nil : exact.condition(c))
    }
  }

  private static func toDecimal(_ c: String, _ from: SQLType, _ precision: Int, _ scale: Int) -> ColumnConversion? {
    switch from {
    case .decimal(let own, let ownScale):
      let isWider = precision - scale >= own - ownScale && scale >= ownScale
      return ColumnConversion(c, isWider ? nil : DecimalForm.fits(DecimalForm.text(c), precision, scale))
    case .real, .double:
      let text = "printf('%.\(max(0, scale))f', \(c))"
      let value = scale > 0 ? "rtrim(rtrim(\(text), '0'), '.')" : text
      return ColumnConversion(
        value, "CAST(\(text) AS REAL) = \(c) AND \(DecimalForm.fits(text, precision, scale))")
    default:
      guard let range = IntegerRange(from) else { return nil }
      let text = "CAST(\(c) AS TEXT)"
      return ColumnConversion(
        text, precision - scale >= range.digits ? nil : DecimalForm.fits(text, precision, scale))
    }
  }
}

/// The integers of a type.
struct IntegerRange {
  let least: Int64
  let greatest: Int64

  init(_ least: Int64, _ greatest: Int64) {
    self.least = least
    self.greatest = greatest
  }

  /// nil for a type that is not one of integers.
  init?(_ type: SQLType) {
    switch type {
    case .smallint: self.init(-32_768, 32_767)
    case .integer: self.init(-2_147_483_648, 2_147_483_647)
    case .bigint: self.init(.min, .max)
    case .unsignedTinyint: self.init(0, 255)
    case .unsignedSmallint: self.init(0, 65_535)
    case .unsignedInteger: self.init(0, 4_294_967_295)
    case .unsignedBigint: self.init(0, .max)
    default: return nil
    }
  }

  /// The most digits one of them has.
  var digits: Int { String(max(least.magnitude, greatest.magnitude)).count }

  func contains(_ other: IntegerRange) -> Bool { least <= other.least && greatest >= other.greatest }

  func condition(_ value: String) -> String {
    // The least integer has no literal of its own.
    least == .min ? "\(value) <= \(greatest)" : "\(value) BETWEEN \(least) AND \(greatest)"
  }
}
