internal import RowanCore

/// Whether values of one type fit another.
///
/// In strict mode the servers refuse numbers out of range and text that is too long or no number. They round fractions,
/// cut times and blanks and pad bytes without a word. https://mariadb.com/kb/en/sql-mode/#strict-mode
struct MySQLFit {
  private let from: MySQLStoredType
  private let to: MySQLStoredType
  /// The column's name before, quoted.
  private let column: String

  init(
    from: ColumnSnapshot, to: ColumnSnapshot, before: TableSnapshot, after: TableSnapshot, emitter: MySQLDDLEmitter
  ) {
    self.from = MySQLStoredType((try? emitter.columnType(from, of: before)) ?? "")
    self.to = MySQLStoredType((try? emitter.columnType(to, of: after)) ?? "")
    column = (try? emitter.dialect.quote(from.name)) ?? ""
  }

  /// What holds for values that fit, where the server would not refuse the others; nil where nothing needs a look.
  var condition: String? {
    if from.spelling == to.spelling { return nil }
    switch (from.family, to.family) {
    case (.integer, .boolean), (.decimal, .boolean), (.float, .boolean): return "\(column) IN (0, 1)"
    case (.text, .boolean): return "\(column) IN ('0', '1')"
    case (.integer, .float):
      let limit = to.base == "float" ? 16_777_216 : 9_007_199_254_740_992
      return from.bytes > (to.base == "float" ? 3 : 4) ? "\(column) BETWEEN -\(limit) AND \(limit)" : nil
    case (.decimal, .integer), (.float, .integer): return "\(column) = ROUND(\(column))"
    case (.decimal, .decimal):
      return to.scale < from.scale ? "\(column) = ROUND(\(column), \(to.scale))" : nil
    case (.float, .decimal):
      // A single-precision number is not the decimal it was written as.
      return from.base == "double"
        ? "\(column) = ROUND(\(column), \(to.scale))"
        : "ABS(\(column) - ROUND(\(column), \(to.scale))) <= ABS(\(column)) * 1e-6"
    case (.text, .integer): return "\(column) REGEXP '^[-+]?[0-9]+([.]0*)?$'"
    case (.text, .decimal):
      let fraction = to.scale == 0 ? "" : "[0-9]{0,\(to.scale)}"
      return "\(column) REGEXP '^[-+]?[0-9]+([.]\(fraction)0*)?$'"
    case (.text, .text): return textCondition
    case (.json, .text): return to.length.map { "CHAR_LENGTH(\(column)) <= \($0)" }
    case (.bytes, .bytes), (.text, .bytes):
      return to.base == "binary" && from.arguments != to.arguments
        ? "LENGTH(\(column)) = \(to.arguments.first ?? "1")" : nil
    case (.dateTime, .date): return "\(column) = CAST(\(column) AS DATE)"
    case (.dateTime, .dateTime):
      return to.scale(0) < from.scale(0) ? "\(column) = CAST(\(column) AS DATETIME(\(to.scale(0))))" : nil
    case (.time, .time):
      return to.scale(0) < from.scale(0) ? "\(column) = CAST(\(column) AS TIME(\(to.scale(0))))" : nil
    case (.text, .date): return "CHAR_LENGTH(\(column)) <= 10"
    // The servers take today's date, and drop the day without a word.
    case (.dateTime, .time), (.date, .time), (.time, .date), (.time, .dateTime): return "\(column) IS NULL"
    default: return nil
    }
  }

  private var textCondition: String? {
    guard let length = to.length else { return nil }
    // A column of type char loses blanks at the end, and every bounded one those beyond its length.
    if to.base == "char", from.base != "char" {
      return "CHAR_LENGTH(\(column)) <= \(length) AND \(column) NOT LIKE '% '"
    }
    return from.length.map { $0 <= length } ?? false ? nil : "CHAR_LENGTH(\(column)) <= \(length)"
  }

  /// Whether there are values of the one type that the other does not hold.
  var narrows: Bool {
    if from.spelling == to.spelling { return false }
    switch (from.family, to.family) {
    case (.boolean, .integer), (.boolean, .decimal), (.boolean, .float): return false
    case (.integer, .integer):
      let wasUnsigned = from.suffix.contains("unsigned")
      let isUnsigned = to.suffix.contains("unsigned")
      return wasUnsigned == isUnsigned ? to.bytes < from.bytes : !wasUnsigned || to.bytes <= from.bytes
    case (.integer, .float): return condition != nil
    case (.integer, .decimal): return to.digits < from.integerDigits
    case (.float, .float): return to.base == "float"
    case (.decimal, .decimal): return to.scale < from.scale || to.digits < from.digits
    case (.text, .text):
      if to.base == "char", from.base != "char" { return true }
      guard let length = to.length else { return to.base != "longtext" && from.base != "char" }
      return from.length.map { $0 > length } ?? true
    case (.bytes, .bytes): return to.base != "longblob"
    case (.date, .dateTime): return false
    case (.dateTime, .dateTime), (.time, .time): return to.scale(0) < from.scale(0)
    case (.bytes, .text): return true
    case (_, .text): return to.length != nil
    default: return true
    }
  }
}

extension MySQLStoredType {
  fileprivate enum Family { case boolean, integer, decimal, float, text, bytes, date, dateTime, time, json, other }

  fileprivate var family: Family {
    switch base {
    case "tinyint": arguments == ["1"] && suffix.isEmpty ? .boolean : .integer
    case "smallint", "mediumint", "int", "bigint": .integer
    case "decimal": .decimal
    case "float", "double": .float
    case "char", "varchar", "tinytext", "text", "mediumtext", "longtext": .text
    case "binary", "varbinary", "tinyblob", "blob", "mediumblob", "longblob": .bytes
    case "date": .date
    case "datetime", "timestamp": .dateTime
    case "time": .time
    case "json": .json
    default: .other
    }
  }

  fileprivate var bytes: Int {
    switch base {
    case "tinyint": 1
    case "smallint": 2
    case "mediumint": 3
    case "int": 4
    default: 8
    }
  }

  /// The most digits of an integer.
  fileprivate var integerDigits: Int {
    switch bytes {
    case 1: 3
    case 2: 5
    case 3: 8
    case 4: 10
    default: suffix.contains("unsigned") ? 20 : 19
    }
  }

  /// The most characters of a bounded text.
  fileprivate var length: Int? { base == "char" || base == "varchar" ? arguments.first.flatMap { Int($0) } ?? 1 : nil }

  /// Digits after the point of a decimal.
  fileprivate var scale: Int { arguments.count > 1 ? Int(arguments[1]) ?? 0 : 0 }

  /// Digits before it.
  fileprivate var digits: Int { (arguments.first.flatMap { Int($0) } ?? 10) - scale }

  /// Digits of a fraction of a second.
  fileprivate func scale(_ absent: Int) -> Int { arguments.first.flatMap { Int($0) } ?? absent }
}
