/// Decimals as the text they are stored as, told apart by plain SQL: a migration has to run where the functions this
/// library registers are missing.
enum DecimalForm {
  /// The text of a column without its collation, which compares numbers.
  static func text(_ column: String) -> String { "(\(column) || '')" }

  /// Whether the decimal `text` has no more digits than `decimal(precision, scale)`.
  static func fits(_ text: String, _ precision: Int, _ scale: Int) -> String {
    "length(ltrim(ltrim(CASE instr(\(text), '.') WHEN 0 THEN \(text) ELSE substr(\(text), 1, instr(\(text), '.') - 1) END, "
      + "'+-'), '0')) <= \(precision - scale) AND CASE instr(\(text), '.') WHEN 0 THEN 0 "
      + "ELSE length(rtrim(substr(\(text), instr(\(text), '.') + 1), '0')) END <= \(scale)"
  }

  /// Whether `text` is a decimal at all: a sign, digits, a point and digits.
  static func isDecimal(_ text: String) -> String {
    let digits = "CASE WHEN substr(\(text), 1, 1) IN ('+', '-') THEN substr(\(text), 2) ELSE \(text) END"
    return "replace(\(digits), '.', '') <> '' AND replace(\(digits), '.', '') NOT GLOB '*[^0-9]*' "
      + "AND length(\(digits)) - length(replace(\(digits), '.', '')) <= 1"
  }
}
