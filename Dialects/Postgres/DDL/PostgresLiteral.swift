import RowanCore

/// Literals of PostgreSQL, for defaults. https://www.postgresql.org/docs/current/sql-syntax-lexical.html
struct PostgresLiteral {
  let dialect: any Dialect

  func text(_ value: SQLValue, _ type: SQLType) throws -> String {
    switch value {
    case .null: return "NULL"
    case .bool(let value): return value ? "TRUE" : "FALSE"
    case .int(let value): return "\(value)"
    case .uint(let value): return "\(value)"
    case .double(let value):
      if value.isNaN { return try cast("'NaN'", type) }
      if value.isInfinite { return try cast(value < 0 ? "'-Infinity'" : "'Infinity'", type) }
      return "\(value)"
    case .text(let value): return try string(value)
    case .bytes(let bytes): return "decode('\(SQLLiteral.hex(bytes))', 'hex')"
    case .uuid(let uuid): return try cast(SQLLiteral.quoted(uuid.uuidString.lowercased()), type)
    case .timestamp(let value): return try cast(SQLLiteral.quoted(value.description), type)
    case .date(let value): return try cast(SQLLiteral.quoted(value.description), type)
    case .time(let value): return try cast(SQLLiteral.quoted(value.description), type)
    case .interval(let value):
      let parts = "\(value.months) months \(value.days) days \(value.microseconds) microseconds"
      return try cast(SQLLiteral.quoted(parts), type)
    case .decimal(let value): return DecimalText.format(value)
    case .json(let value): return try cast(try string(value), type)
    case .array(let list):
      let elements = try list.values.map { try text($0, list.element) }
      return try cast("ARRAY[\(elements.joined(separator: ", "))]", type)
    case .invalid: throw SQLLiteral.mismatch(value, type, dialect: dialect.name)
    }
  }

  private func cast(_ literal: String, _ type: SQLType) throws -> String {
    if case .custom = type { return literal }
    return "\(literal)::\(try dialect.columnType(type))"
  }

  /// The escaped form means the same whatever `standard_conforming_strings` is.
  private func string(_ text: String) throws -> String {
    if text.utf8.contains(0) {
      throw RowanError(
        .valueOutOfRange, "a default text holds a NUL character, which postgres cannot store",
        hint: "leave the NUL out, or use bytes")
    }
    let quoted = SQLLiteral.quoted(text)
    guard text.utf8.contains(UInt8(ascii: "\\")) else { return quoted }
    var out = "E"
    for scalar in quoted.unicodeScalars {
      if scalar == "\\" { out += "\\" }
      out.unicodeScalars.append(scalar)
    }
    return out
  }
}
