import RowanCore

/// Literals of SQLite, for defaults, in the storage class the driver gives each value.
/// https://sqlite.org/lang_expr.html#literal_values_constants_
struct SQLiteLiteral {
  let dialect: any Dialect

  func text(_ value: SQLValue, _ type: SQLType) throws -> String {
    switch value {
    case .null: return "NULL"
    case .bool(let value): return value ? "1" : "0"
    // Decimals are text, which an integer becomes in a column of that affinity.
    case .int(let value): return "\(value)"
    case .uint, .invalid: throw SQLLiteral.mismatch(value, type, dialect: dialect.name)
    case .double(let value):
      if type.isDecimal { throw SQLLiteral.mismatch(.double(value), type, dialect: dialect.name) }
      return try SQLLiteral.double(value, dialect: dialect.name)
    case .text(let value): return string(value)
    case .bytes(let bytes): return "X'\(SQLLiteral.hex(bytes))'"
    case .uuid(let uuid): return "X'\(SQLLiteral.hex(SQLLiteral.bytes(of: uuid)))'"
    case .timestamp(let value): return "\(value.microseconds)"
    case .date(let value): return "\(value.days)"
    case .time(let value): return "\(value.microseconds)"
    case .interval(let value): return string(value.description)
    case .decimal(let value): return string(DecimalText.format(value))
    case .json(let value): return string(value)
    case .array(let list): return string(ArrayJSON.text(list))
    }
  }

  /// The text of a statement ends at a NUL.
  private func string(_ text: String) -> String {
    text.utf8.contains(0) ? "(CAST(X'\(SQLLiteral.hex(text.utf8))' AS TEXT))" : SQLLiteral.quoted(text)
  }
}
