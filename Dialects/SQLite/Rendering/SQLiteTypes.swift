public import RowanCore

extension SQLiteDialect {
  /// The declared name carries the logical type, and its spelling decides the affinity: `INT` anywhere makes integers,
  /// else `CHAR` or `TEXT` text, else `BLOB` bytes, else `REAL` or `DOUB` doubles.
  /// https://sqlite.org/datatype3.html#determination_of_column_affinity
  public func columnType(_ type: SQLType) throws -> String {
    switch type {
    case .boolean: "BOOLEAN"
    case .smallint: "SMALLINT"
    case .integer: "INTEGER"
    case .bigint: "BIGINT"
    case .unsignedTinyint: "UNSIGNED TINYINT"
    case .unsignedSmallint: "UNSIGNED SMALLINT"
    case .unsignedInteger: "UNSIGNED INTEGER"
    case .unsignedBigint: "UNSIGNED BIGINT"
    case .real: "REAL"
    case .double: "DOUBLE"
    case .decimal(let precision, let scale): "DECIMAL_TEXT(\(precision),\(scale))"
    case .char(let length): "CHAR(\(length))"
    case .varchar(let length): "VARCHAR(\(length))"
    case .text: "TEXT"
    case .bytes: "BLOB"
    case .uuid: "UUID_BLOB"
    case .timestamp: "TIMESTAMP_INT"
    case .date: "DATE_INT"
    case .time: "TIME_INT"
    // Not INTERVAL_TEXT, which contains INT.
    case .interval: "DURATION_TEXT"
    case .json: "JSON_TEXT"
    case .array: "ARRAY_TEXT"
    case .custom(let name): name
    }
  }

  /// What CAST converts to: one of the storage classes.
  func castType(_ type: SQLType) throws -> String {
    switch type {
    case .boolean, .smallint, .integer, .bigint, .unsignedTinyint, .unsignedSmallint, .unsignedInteger,
      .unsignedBigint:
      return "INTEGER"
    case .real, .double: return "REAL"
    case .char, .varchar, .text, .json: return "TEXT"
    case .bytes: return "BLOB"
    case .custom(let name): return name
    case .decimal, .uuid, .timestamp, .date, .time, .interval, .array:
      throw RowanError.unsupported(
        "a cast to \(try columnType(type))", dialect: name, alternative: "convert the value in Swift")
    }
  }
}
