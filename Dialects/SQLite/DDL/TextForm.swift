import RowanCore

/// Values as text and back, as this library writes and reads them, in plain SQL.
enum TextForm {
  /// An expression, and what a value must meet for it to be exact.
  typealias Form = (value: String, condition: String?)

  /// Whether the type is one of text that says nothing of what is in it.
  static func isText(_ type: SQLType) -> Bool {
    switch type {
    case .text, .char, .varchar: true
    default: false
    }
  }

  /// The characters a text may have.
  static func length(_ type: SQLType) -> Int? {
    switch type {
    case .char(let length), .varchar(let length): length
    default: nil
    }
  }

  /// The text of a value of `type`; nil where it has none.
  static func format(_ c: String, _ type: SQLType) -> Form? {
    switch type {
    case .text, .char, .varchar, .json, .interval, .array: (c, nil)
    case .decimal: (DecimalForm.text(c), nil)
    case .smallint, .integer, .bigint, .unsignedTinyint, .unsignedSmallint, .unsignedInteger, .unsignedBigint:
      ("CAST(\(c) AS TEXT)", nil)
    case .boolean: ("CASE \(c) WHEN 1 THEN 'true' WHEN 0 THEN 'false' END", "\(c) IN (0, 1)")
    case .real, .double: (double(c), nil)
    case .uuid: (uuid(c), "length(\(c)) = 16")
    case .date: ("date(\(c) * 86400, 'unixepoch')", "date(\(c) * 86400, 'unixepoch') IS NOT NULL")
    case .time:
      (
        "printf('%02d:%02d:%02d.%06d', \(c) / 3600000000, \(c) / 60000000 % 60, \(c) / 1000000 % 60, \(c) % 1000000)",
        nil
      )
    case .timestamp: timestamp(c)
    case .bytes, .custom: nil
    }
  }

  /// Fifteen digits where they are enough, else all.
  static func double(_ c: String) -> String {
    "CASE WHEN CAST(CAST(\(c) AS TEXT) AS REAL) = \(c) THEN CAST(\(c) AS TEXT) ELSE printf('%!.17g', \(c)) END"
  }

  private static func uuid(_ c: String) -> String {
    [(1, 8), (9, 4), (13, 4), (17, 4), (21, 12)].map { "lower(substr(hex(\(c)), \($0), \($1)))" }
      .joined(separator: " || '-' || ")
  }

  private static func timestamp(_ c: String) -> Form {
    let fraction = "(\(c) % 1000000 + 1000000) % 1000000"
    let seconds = "strftime('%Y-%m-%dT%H:%M:%S', (\(c) - \(fraction)) / 1000000, 'unixepoch')"
    return ("\(seconds) || printf('.%06dZ', \(fraction))", "\(seconds) IS NOT NULL")
  }

  /// The value of `type` that a text is; nil where none is.
  static func parse(_ c: String, _ type: SQLType) -> Form? {
    if let range = IntegerRange(type) {
      let number = "CAST(\(c) AS INTEGER)"
      return (number, "CAST(\(number) AS TEXT) = \(c) AND \(range.condition(number))")
    }
    return switch type {
    case .boolean:
      (
        "CASE WHEN lower(\(c)) IN ('true', 't', '1') THEN 1 ELSE 0 END",
        "lower(\(c)) IN ('true', 't', '1', 'false', 'f', '0')"
      )
    case .real, .double:
      (
        "CAST(\(c) AS REAL)",
        "CASE WHEN json_valid(\(c)) THEN json_type(\(c)) IN ('integer', 'real') ELSE 0 END"
      )
    case .decimal(let precision, let scale):
      (c, "\(DecimalForm.isDecimal(c)) AND \(DecimalForm.fits(c, precision, scale))")
    case .json: (c, "json_valid(\(c))")
    case .array: (c, "CASE WHEN json_valid(\(c)) THEN json_type(\(c)) = 'array' ELSE 0 END")
    case .bytes: ("CAST(\(c) AS BLOB)", nil)
    case .uuid: bytes(of: "replace(\(c), '-', '')")
    case .date: ("CAST(strftime('%s', \(c)) AS INTEGER) / 86400", "date(\(c), '+0 days') = \(c)")
    case .time: time(c)
    case .timestamp: parseTimestamp(c)
    default: nil
    }
  }

  private static func time(_ c: String) -> Form {
    (
      "(CAST(substr(\(c), 1, 2) AS INTEGER) * 3600 + CAST(substr(\(c), 4, 2) AS INTEGER) * 60 "
        + "+ CAST(substr(\(c), 7, 2) AS INTEGER)) * 1000000 + \(microseconds("substr(\(c), 9)"))",
      "time(substr(\(c), 1, 8), '+0 days') = substr(\(c), 1, 8) AND \(isFraction("substr(\(c), 9)"))"
    )
  }

  /// UTC alone: of another zone, or of none, nothing is guessed.
  private static func parseTimestamp(_ c: String) -> Form {
    let seconds = "replace(substr(\(c), 1, 19), ' ', 'T')"
    let fraction = "substr(\(c), 20, length(\(c)) - 20)"
    return (
      "CAST(strftime('%s', \(seconds)) AS INTEGER) * 1000000 + \(microseconds(fraction))",
      // A day that its month does not have is another one only once something is added to it.
      "strftime('%Y-%m-%dT%H:%M:%S', \(seconds), '+0 days') = \(seconds) AND substr(\(c), -1) = 'Z' AND \(isFraction(fraction))"
    )
  }

  private static func microseconds(_ fraction: String) -> String {
    "CAST(substr(substr(\(fraction), 2) || '000000', 1, 6) AS INTEGER)"
  }

  private static func isFraction(_ text: String) -> String {
    "(\(text) = '' OR substr(\(text), 1, 1) = '.' AND length(\(text)) BETWEEN 2 AND 7 "
      + "AND substr(\(text), 2) NOT GLOB '*[^0-9]*')"
  }

  /// The sixteen bytes of 32 digits, each cut out of all bytes there are: `unhex` is of SQLite 3.41.
  /// https://sqlite.org/lang_corefunc.html#unhex
  private static func bytes(of digits: String) -> Form {
    let parts = (0..<16).map { index in
      let value = [1, 2].map { "instr('0123456789abcdef', lower(substr(\(digits), \(index * 2 + $0), 1)))" }
      return "substr(b, (\(value[0]) - 1) * 16 + \(value[1]), 1)"
    }
    let all = SQLLiteral.hex(UInt8.min...UInt8.max)
    return (
      "(SELECT CAST(\(parts.joined(separator: " || ")) AS BLOB) FROM (SELECT x'\(all)' AS b))",
      "length(\(digits)) = 32 AND \(digits) NOT GLOB '*[^0-9a-fA-F]*'"
    )
  }
}
