import RowanCore

/// Literals of MariaDB and MySQL, for defaults. https://dev.mysql.com/doc/refman/8.0/en/literals.html
struct MySQLLiteral {
  let dialect: any Dialect

  func text(_ value: SQLValue, _ type: SQLType) throws -> String {
    let literal = try plain(value, type)
    // Columns without a bound take their default as an expression only.
    // https://dev.mysql.com/doc/refman/8.0/en/data-type-defaults.html
    switch (value, type) {
    case (.null, _): return literal
    case (_, .text), (_, .bytes), (_, .json), (_, .array): return "(\(literal))"
    default: return literal.hasSuffix(")") ? "(\(literal))" : literal
    }
  }

  private func plain(_ value: SQLValue, _ type: SQLType) throws -> String {
    switch value {
    case .null: return "NULL"
    case .bool(let value): return value ? "1" : "0"
    case .int(let value): return "\(value)"
    case .uint(let value): return "\(value)"
    case .double(let value): return try SQLLiteral.double(value, dialect: dialect.name)
    case .text(let value): return string(value)
    // A call stays one: MariaDB's catalogs show question marks for the bytes of a literal that are no text.
    case .bytes(let bytes): return "unhex('\(SQLLiteral.hex(bytes))')"
    case .uuid(let uuid): return "unhex('\(SQLLiteral.hex(SQLLiteral.bytes(of: uuid)))')"
    case .timestamp(let value):
      let (date, time) = (value.calendarDate, value.timeOfDay)
      try checkYear(date, value: .timestamp(value), type)
      return SQLLiteral.quoted("\(date) \(time)")
    case .date(let date):
      try checkYear(date, value: .date(date), type)
      return SQLLiteral.quoted("\(date)")
    case .time(let value): return SQLLiteral.quoted("\(value)")
    case .interval(let value): return string(value.description)
    case .decimal(let value): return DecimalText.format(value)
    case .json(let value): return string(value)
    case .array(let list): return string(ArrayJSON.text(list))
    case .invalid: throw SQLLiteral.mismatch(value, type, dialect: dialect.name)
    }
  }

  private func checkYear(_ date: CalendarDate, value: SQLValue, _ type: SQLType) throws {
    if !(1000...9999).contains(date.year) { throw SQLLiteral.mismatch(value, type, dialect: dialect.name) }
  }

  /// What a backslash in a string means depends on `NO_BACKSLASH_ESCAPES`; digits mean the same in every session.
  private func string(_ text: String) -> String {
    let isPlain = text.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\\") }
    return isPlain ? SQLLiteral.quoted(text) : "convert(X'\(SQLLiteral.hex(text.utf8))' USING utf8mb4)"
  }
}
