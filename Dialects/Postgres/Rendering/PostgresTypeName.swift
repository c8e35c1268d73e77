import RowanCore

/// The logical type of a type as PostgreSQL, or a person who writes its SQL, spells it.
///
/// One function for what introspection reads and for what a schema declares, so that both come out the same.
/// https://www.postgresql.org/docs/current/datatype.html
enum PostgresTypeName {
  /// The type that `text` names: a logical one where there is one, else `.custom` in the server's own spelling.
  static func logical(_ text: String) -> SQLType {
    var name = Substring(text.trimmingBlanks)
    var isArray = false
    // The server does not keep how many dimensions were declared.
    while name.hasSuffix("]"), let open = name.lastIndex(of: "[") {
      isArray = true
      name = Substring(name[..<open].trimmingBlanks)
    }
    let element = scalar(String(name))
    return isArray ? .array(element) : element
  }

  /// What a column declared as `type` holds when it is read back.
  static func stored(_ type: SQLType, _ dialect: any Dialect) throws -> SQLType {
    logical(try dialect.columnType(type))
  }

  /// What `serial` and its kin stand for; nil for other types.
  static func serial(_ type: SQLType) -> SQLType? {
    guard case .custom(let name) = type else { return nil }
    switch name.lowercased() {
    case "smallserial", "serial2": return .smallint
    case "serial", "serial4": return .integer
    case "bigserial", "serial8": return .bigint
    default: return nil
    }
  }

  private static func scalar(_ name: String) -> SQLType {
    if name.contains("\"") || name.contains(".") { return .custom(qualified(name)) }
    let words = name.lowercased().split(whereSeparator: { $0 == " " || $0 == "\n" || $0 == "\t" })
      .joined(separator: " ")
    guard let open = words.firstIndex(of: "("), let close = words.lastIndex(of: ")"), open < close else {
      return plain(words)
    }
    let base = words[..<open].trimmingBlanks
    let rest = words[words.index(after: close)...].trimmingBlanks
    let inner = String(words[words.index(after: open)..<close])
    let numbers = inner.split(separator: ",").compactMap { Int(String($0).trimmingBlanks) }
    return sized(base, numbers, rest) ?? .custom(spelledOut(name, base: base))
  }

  private static func plain(_ name: String) -> SQLType {
    switch name {
    case "boolean", "bool": .boolean
    case "smallint", "int2": .smallint
    case "integer", "int", "int4": .integer
    case "bigint", "int8": .bigint
    case "real", "float4": .real
    case "double precision", "float8", "float": .double
    case "decimal", "dec": .custom("numeric")
    case "char", "character": .char(1)
    case "varchar", "char varying": .custom("character varying")
    case "text": .text
    case "bytea": .bytes
    case "uuid": .uuid
    case "date": .date
    case "timestamptz", "timestamp with time zone": .timestamp
    case "timestamp": .custom("timestamp without time zone")
    case "time", "time without time zone": .time
    case "timetz": .custom("time with time zone")
    case "interval": .interval
    case "jsonb": .json
    case "bit": .custom("bit(1)")
    case "varbit": .custom("bit varying")
    case _ where words.contains(name) || name.hasPrefix("interval "): .custom(name)
    default: .custom(qualified(name))
    }
  }

  /// Names that are written in several words, or are keywords.
  private static let words: Set<String> = [
    "bit varying", "bpchar", "character varying", "json", "numeric", "time with time zone",
    "timestamp without time zone",
  ]

  private static func sized(_ base: String, _ numbers: [Int], _ rest: String) -> SQLType? {
    guard let first = numbers.first else { return nil }
    switch (base, rest) {
    case ("numeric", ""), ("decimal", ""), ("dec", ""):
      return .decimal(precision: first, scale: numbers.count > 1 ? numbers[1] : 0)
    case ("char", ""), ("character", ""), ("bpchar", ""): return .char(first)
    case ("varchar", ""), ("character varying", ""), ("char varying", ""): return .varchar(first)
    case ("float", ""): return first <= 24 ? .real : .double
    case ("timestamptz", ""), ("timestamp", "with time zone"): return .custom("timestamp(\(first)) with time zone")
    case ("timestamp", ""), ("timestamp", "without time zone"):
      return .custom("timestamp(\(first)) without time zone")
    case ("timetz", ""), ("time", "with time zone"): return .custom("time(\(first)) with time zone")
    case ("time", ""), ("time", "without time zone"): return .custom("time(\(first)) without time zone")
    case ("bit", ""): return .custom("bit(\(first))")
    case ("varbit", ""), ("bit varying", ""): return .custom("bit varying(\(first))")
    default: return nil
    }
  }

  /// A type of an extension keeps what stands in its parentheses: `vector(3)`.
  private static func spelledOut(_ name: String, base: String) -> String {
    guard let open = name.firstIndex(of: "(") else { return qualified(name) }
    if base.hasPrefix("interval") { return name.lowercased() }
    return qualified(name[..<open].trimmingBlanks) + name[open...]
  }

  /// A name in parts, each in quotes only where it must be.
  static func qualified(_ name: String) -> String {
    guard let parts = parts(name) else { return name }
    let (names, rest) = parts
    let own = names.count == 2 && names[0] == "pg_catalog" ? Array(names.dropFirst()) : names
    // The type of one byte is told from `char` by its quotes alone.
    return own.map { $0 == "char" ? "\"char\"" : PostgresIdentifier.spelled($0) }.joined(separator: ".") + rest
  }

  /// The object that a custom type names.
  static func object(_ name: String) -> ObjectName? {
    guard let (names, _) = parts(name) else { return nil }
    return switch names.count {
    case 1: ObjectName(names[0])
    case 2: ObjectName(names[1], namespace: names[0])
    default: nil
    }
  }

  /// The parts of a name between points, and what follows it in parentheses.
  private static func parts(_ name: String) -> (names: [String], rest: String)? {
    var names: [String] = []
    var scalars = Substring(name).unicodeScalars
    while true {
      var part = String.UnicodeScalarView()
      if scalars.first == "\"" {
        scalars.removeFirst()
        while true {
          guard let scalar = scalars.popFirst() else { return nil }
          if scalar == "\"" {
            guard scalars.first == "\"" else { break }
            scalars.removeFirst()
          }
          part.append(scalar)
        }
      } else {
        while let scalar = scalars.first, scalar != ".", scalar != "(" {
          part.append(
            scalar.properties.isUppercase && scalar.isASCII ? Unicode.Scalar(UInt8(scalar.value) | 0x20) : scalar)
          scalars.removeFirst()
        }
      }
      if part.isEmpty { return nil }
      names.append(String(part))
      guard scalars.first == "." else { break }
      scalars.removeFirst()
    }
    return (names, String(scalars))
  }
}

extension StringProtocol {
  /// Without blanks and line breaks around it.
  var trimmingBlanks: String {
    let isBlank: (Character) -> Bool = { $0 == " " || $0 == "\n" || $0 == "\t" || $0 == "\r" || $0 == "\r\n" }
    guard let first = firstIndex(where: { !isBlank($0) }), let last = lastIndex(where: { !isBlank($0) }) else {
      return ""
    }
    return String(self[first...last])
  }
}
