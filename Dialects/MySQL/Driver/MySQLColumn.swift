internal import CMariaDB
internal import RowanCore

/// How one column's bytes become a cell. Decided once per prepared statement.
///
/// The bytes are those of the binary protocol:
/// https://mariadb.com/kb/en/resultset-row/#binary-resultset-row
enum MySQLColumnKind: UInt8 {
  case int8, uint8, int16, uint16, int32, uint32, int64, uint64
  case float, double
  case datetime, date
  /// TIME where the reader takes a time of day: a value beyond it is an interval.
  case time
  /// TIME where the reader takes a span.
  case timeSpan
  case text, bytes, json, decimal
  /// 16 bytes.
  case uuid
  /// 36 characters.
  case uuidText
  /// ISO 8601.
  case intervalText
  /// Bits, the highest first.
  case bits
  /// A decimal that its reader takes as an integer, as the sum of integers is one.
  case decimalInteger
  /// A decimal that its reader takes as a double, as the average of integers is one.
  case decimalDouble
  /// An integer of 4 or 8 bytes that its reader takes as a decimal.
  case integerDecimal4, integerDecimal8
  case null
}

extension MySQLColumnKind {
  /// Decides by what the server says of a column, and where that leaves a choice by what its reader wants.
  init(_ field: MYSQL_FIELD, format: MySQLFieldFormat, wanted: SQLType?) {
    let isUnsigned = field.flags & UInt32(UNSIGNED_FLAG) != 0
    // The character set that means bytes.
    let isBinary = field.charsetnr == 63
    switch field.type {
    case MYSQL_TYPE_TINY: self = isUnsigned ? .uint8 : .int8
    case MYSQL_TYPE_SHORT: self = isUnsigned ? .uint16 : .int16
    case MYSQL_TYPE_YEAR: self = .uint16
    case MYSQL_TYPE_LONG, MYSQL_TYPE_INT24:
      if case .decimal? = wanted { self = .integerDecimal4 } else { self = isUnsigned ? .uint32 : .int32 }
    case MYSQL_TYPE_LONGLONG:
      if case .decimal? = wanted { self = .integerDecimal8 } else { self = isUnsigned ? .uint64 : .int64 }
    case MYSQL_TYPE_FLOAT: self = .float
    case MYSQL_TYPE_DOUBLE: self = .double
    case MYSQL_TYPE_DECIMAL, MYSQL_TYPE_NEWDECIMAL: self = Self.decimal(field, wanted)
    case MYSQL_TYPE_TIMESTAMP, MYSQL_TYPE_DATETIME: self = .datetime
    case MYSQL_TYPE_DATE, MYSQL_TYPE_NEWDATE: self = .date
    case MYSQL_TYPE_TIME: self = wanted == .interval ? .timeSpan : .time
    case MYSQL_TYPE_BIT: self = .bits
    case MYSQL_TYPE_NULL: self = .null
    case MYSQL_TYPE_JSON: self = .json
    case MYSQL_TYPE_GEOMETRY: self = .bytes
    default: self = isBinary ? Self.binary(field, wanted) : Self.text(format, wanted)
    }
  }

  private static func decimal(_ field: MYSQL_FIELD, _ wanted: SQLType?) -> MySQLColumnKind {
    switch wanted {
    case .double, .real: .decimalDouble
    case .boolean, .smallint, .integer, .bigint, .unsignedTinyint, .unsignedSmallint, .unsignedInteger,
      .unsignedBigint:
      field.decimals == 0 ? .decimalInteger : .decimal
    default: .decimal
    }
  }

  private static func binary(_ field: MYSQL_FIELD, _ wanted: SQLType?) -> MySQLColumnKind {
    wanted == .uuid && field.length == 16 ? .uuid : .bytes
  }

  private static func text(_ format: MySQLFieldFormat, _ wanted: SQLType?) -> MySQLColumnKind {
    switch wanted {
    case .json, .array: .json
    case .interval: .intervalText
    case .uuid: .uuidText
    case .some: .text
    case nil:
      switch format {
      case .plain: .text
      case .json: .json
      case .uuid: .uuidText
      }
    }
  }
}

/// What MariaDB adds to a column's type.
/// https://mariadb.com/kb/en/mariadb_field_attr/
enum MySQLFieldFormat {
  case plain, json, uuid

  init(_ field: UnsafePointer<MYSQL_FIELD>) {
    self = .plain
    for attribute in [MARIADB_FIELD_ATTR_FORMAT_NAME, MARIADB_FIELD_ATTR_DATA_TYPE_NAME] {
      var name = MARIADB_CONST_STRING()
      guard mariadb_field_attr(&name, field, attribute) == 0, let start = name.str, name.length > 0 else { continue }
      switch String(decoding: UnsafeRawBufferPointer(start: start, count: name.length), as: UTF8.self) {
      case "json": self = .json
      case "uuid": self = .uuid
      default: break
      }
    }
  }
}

/// The engine's names of column types.
enum MySQLTypeName {
  static func of(_ field: MYSQL_FIELD) -> String {
    let isBinary = field.charsetnr == 63
    let name =
      switch field.type {
      case MYSQL_TYPE_TINY: "tinyint"
      case MYSQL_TYPE_SHORT: "smallint"
      case MYSQL_TYPE_INT24: "mediumint"
      case MYSQL_TYPE_LONG: "int"
      case MYSQL_TYPE_LONGLONG: "bigint"
      case MYSQL_TYPE_FLOAT: "float"
      case MYSQL_TYPE_DOUBLE: "double"
      case MYSQL_TYPE_DECIMAL, MYSQL_TYPE_NEWDECIMAL: "decimal"
      case MYSQL_TYPE_TIMESTAMP: "timestamp"
      case MYSQL_TYPE_DATETIME: "datetime"
      case MYSQL_TYPE_DATE, MYSQL_TYPE_NEWDATE: "date"
      case MYSQL_TYPE_TIME: "time"
      case MYSQL_TYPE_YEAR: "year"
      case MYSQL_TYPE_BIT: "bit"
      case MYSQL_TYPE_JSON: "json"
      case MYSQL_TYPE_GEOMETRY: "geometry"
      case MYSQL_TYPE_NULL: "null"
      case MYSQL_TYPE_STRING:
        field.flags & UInt32(ENUM_FLAG) != 0
          ? "enum" : field.flags & UInt32(SET_FLAG) != 0 ? "set" : isBinary ? "binary" : "char"
      case MYSQL_TYPE_VAR_STRING, MYSQL_TYPE_VARCHAR: isBinary ? "varbinary" : "varchar"
      default: isBinary ? "blob" : "text"
      }
    return field.flags & UInt32(UNSIGNED_FLAG) != 0 ? name + " unsigned" : name
  }
}
