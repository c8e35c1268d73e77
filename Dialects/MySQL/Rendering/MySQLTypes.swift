public import RowanCore

extension MySQLDialect {
  /// https://dev.mysql.com/doc/refman/8.0/en/data-types.html
  public func columnType(_ type: SQLType) throws -> String {
    switch type {
    case .boolean: "tinyint(1)"
    case .smallint: "smallint"
    case .integer: "int"
    case .bigint: "bigint"
    case .unsignedTinyint: "tinyint unsigned"
    case .unsignedSmallint: "smallint unsigned"
    case .unsignedInteger: "int unsigned"
    case .unsignedBigint: "bigint unsigned"
    case .real: "float"
    case .double: "double"
    case .decimal(let precision, let scale): "decimal(\(precision),\(scale))"
    case .char(let length): "char(\(length))"
    case .varchar(let length): "varchar(\(length))"
    case .text: "longtext"
    case .bytes: "longblob"
    case .uuid: "binary(16)"
    case .timestamp: "datetime(6)"
    case .date: "date"
    case .time: "time(6)"
    case .interval: "varchar(64)"
    case .json, .array: "json"
    case .custom(let name): name
    }
  }

  /// What CAST converts to. https://dev.mysql.com/doc/refman/8.0/en/cast-functions.html#function_cast
  func castType(_ type: SQLType) throws -> String {
    switch type {
    case .boolean, .smallint, .integer, .bigint: return "SIGNED"
    case .unsignedTinyint, .unsignedSmallint, .unsignedInteger, .unsignedBigint: return "UNSIGNED"
    case .real, .double: return "DOUBLE"
    case .decimal(let precision, let scale): return "DECIMAL(\(precision),\(scale))"
    case .char(let length), .varchar(let length): return "CHAR(\(length))"
    case .text: return "CHAR"
    case .bytes: return "BINARY"
    case .timestamp: return "DATETIME(6)"
    case .date: return "DATE"
    case .time: return "TIME(6)"
    case .custom(let name): return name
    case .uuid, .interval, .json, .array:
      throw RowanError.unsupported(
        "a cast to \(try columnType(type))", dialect: name, alternative: "convert the value in Swift")
    }
  }
}
