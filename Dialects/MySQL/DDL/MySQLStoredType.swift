internal import RowanCore

/// A type as the servers spell it.
///
/// https://mariadb.com/kb/en/data-types/ https://dev.mysql.com/doc/refman/8.0/en/data-types.html
struct MySQLStoredType {
  /// The name, in lower case, by which the servers know it.
  let base: String
  /// What stands in parentheses.
  let arguments: [String]
  /// The words after them, in lower case.
  let suffix: [String]

  init(_ spelled: String) {
    let text = MySQLStoredText.bare(spelled)
    var name = text
    var inner: [String] = []
    var rest = ""
    if let open = text.firstIndex(of: "("), let close = text.lastIndex(of: ")"), open < close {
      name = String(text[..<open])
      inner = MySQLStoredText.list(String(text[text.index(after: open)..<close]))
      rest = String(text[text.index(after: close)...])
    }
    var words = name.lowercased().split(whereSeparator: \.isWhitespace).map(String.init)
    var trailing: [String] = []
    while let last = words.last, ["unsigned", "signed", "zerofill"].contains(last) {
      trailing.insert(words.removeLast(), at: 0)
    }
    let (base, implied) = Self.synonym(words.joined(separator: " "))
    self.base = base
    arguments = inner.isEmpty ? implied : inner
    suffix = (trailing + rest.lowercased().split(whereSeparator: \.isWhitespace).map(String.init))
      .filter { $0 != "signed" }
  }

  /// The type of the model, by what the dialect stores each as.
  ///
  /// MariaDB's JSON is text with a check, which the caller sees.
  var logical: SQLType {
    let isUnsigned = suffix == ["unsigned"]
    guard suffix.isEmpty || isUnsigned else { return .custom(spelling) }
    let numbers = arguments.compactMap { Int($0) }
    switch (base, isUnsigned) {
    case ("tinyint", false): return numbers == [1] ? .boolean : .custom(spelling)
    case ("tinyint", true): return .unsignedTinyint
    case ("smallint", let unsigned): return unsigned ? .unsignedSmallint : .smallint
    case ("int", let unsigned): return unsigned ? .unsignedInteger : .integer
    case ("bigint", let unsigned): return unsigned ? .unsignedBigint : .bigint
    case ("float", false): return numbers.isEmpty ? .real : .custom(spelling)
    case ("double", false): return numbers.isEmpty ? .double : .custom(spelling)
    case ("decimal", false):
      return .decimal(precision: numbers.first ?? 10, scale: numbers.count > 1 ? numbers[1] : 0)
    case ("char", false): return .char(numbers.first ?? 1)
    case ("varchar", false): return numbers.first.map { .varchar($0) } ?? .custom(spelling)
    case ("longtext", false): return .text
    case ("longblob", false): return .bytes
    case ("binary", false): return numbers == [16] ? .uuid : .custom(spelling)
    case ("datetime", false): return numbers == [6] ? .timestamp : .custom(spelling)
    case ("date", false): return .date
    case ("time", false): return numbers == [6] ? .time : .custom(spelling)
    case ("json", false): return .json
    default: return .custom(spelling)
    }
  }

  /// The one spelling this type has in snapshots.
  var spelling: String {
    ([base + parentheses] + suffix).joined(separator: " ")
  }

  private var parentheses: String {
    switch base {
    case "enum", "set":
      let values = arguments.map { MySQLStoredText.unquoted($0).map { MySQLStoredText.quoted($0) } ?? $0 }
      return "(\(values.joined(separator: ",")))"
    // Widths of integers are for display alone; MySQL keeps those that pad with zeros.
    case "tinyint", "smallint", "mediumint", "int", "bigint":
      if base == "tinyint", arguments == ["1"], suffix.isEmpty { return "(1)" }
      return suffix.contains("zerofill") && !arguments.isEmpty ? "(\(arguments[0]))" : ""
    case "year": return ""
    case "binary", "bit", "char": return "(\(arguments.first ?? "1"))"
    case "timestamp", "datetime", "time": return arguments.isEmpty || arguments == ["0"] ? "" : "(\(arguments[0]))"
    case "decimal": return "(\(arguments.first ?? "10"),\(arguments.count > 1 ? arguments[1] : "0"))"
    default: return arguments.isEmpty ? "" : "(\(arguments.joined(separator: ",")))"
    }
  }

  private static func synonym(_ name: String) -> (base: String, arguments: [String]) {
    switch name {
    case "bool", "boolean": ("tinyint", ["1"])
    case "int1": ("tinyint", [])
    case "int2": ("smallint", [])
    case "int3", "middleint": ("mediumint", [])
    case "integer", "int4": ("int", [])
    case "int8": ("bigint", [])
    case "dec", "numeric", "fixed", "number": ("decimal", [])
    case "double precision", "real", "float8": ("double", [])
    case "float4": ("float", [])
    case "character": ("char", [])
    case "character varying", "varcharacter": ("varchar", [])
    case "long", "long varchar": ("mediumtext", [])
    case "long varbinary": ("mediumblob", [])
    case "geomcollection": ("geometrycollection", [])
    default: (name, [])
    }
  }
}
