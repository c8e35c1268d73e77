public import RowanCore

extension PostgresDialect {
  /// PostgreSQL has no unsigned integers: each is stored in the next larger type, the largest as a number of 20 digits.
  /// https://www.postgresql.org/docs/current/datatype.html
  public func columnType(_ type: SQLType) throws -> String {
    switch type {
    case .boolean: return "boolean"
    case .smallint, .unsignedTinyint: return "smallint"
    case .integer, .unsignedSmallint: return "integer"
    case .bigint, .unsignedInteger: return "bigint"
    case .unsignedBigint: return "numeric(20)"
    case .real: return "real"
    case .double: return "double precision"
    case .decimal(let precision, let scale): return "numeric(\(precision),\(scale))"
    case .char(let length): return "char(\(length))"
    case .varchar(let length): return "varchar(\(length))"
    case .text: return "text"
    case .bytes: return "bytea"
    case .uuid: return "uuid"
    case .timestamp: return "timestamptz"
    case .date: return "date"
    case .time: return "time"
    case .interval: return "interval"
    case .json: return "jsonb"
    case .array(let element): return try columnType(element) + "[]"
    case .custom(let name): return name
    }
  }
}
