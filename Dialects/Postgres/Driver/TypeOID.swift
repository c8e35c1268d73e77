/// The object ids of built-in types, which no version changes.
/// https://github.com/postgres/postgres/blob/REL_15_STABLE/src/include/catalog/pg_type.dat
enum TypeOID {
  static let unspecified: UInt32 = 0
  static let bool: UInt32 = 16
  static let bytea: UInt32 = 17
  static let char: UInt32 = 18
  static let name: UInt32 = 19
  static let int8: UInt32 = 20
  static let int2: UInt32 = 21
  static let int2vector: UInt32 = 22
  static let int4: UInt32 = 23
  static let text: UInt32 = 25
  static let oid: UInt32 = 26
  static let xid: UInt32 = 28
  static let cid: UInt32 = 29
  static let oidvector: UInt32 = 30
  static let json: UInt32 = 114
  static let xml: UInt32 = 142
  static let float4: UInt32 = 700
  static let float8: UInt32 = 701
  static let unknown: UInt32 = 705
  static let bpchar: UInt32 = 1042
  static let varchar: UInt32 = 1043
  static let date: UInt32 = 1082
  static let time: UInt32 = 1083
  static let timestamp: UInt32 = 1114
  static let timestamptz: UInt32 = 1184
  static let interval: UInt32 = 1186
  static let numeric: UInt32 = 1700
  static let void: UInt32 = 2278
  static let uuid: UInt32 = 2950
  static let jsonb: UInt32 = 3802
  static let xid8: UInt32 = 5069

  static let boolArray: UInt32 = 1000
  static let byteaArray: UInt32 = 1001
  static let int2Array: UInt32 = 1005
  static let int4Array: UInt32 = 1007
  static let textArray: UInt32 = 1009
  static let bpcharArray: UInt32 = 1014
  static let varcharArray: UInt32 = 1015
  static let int8Array: UInt32 = 1016
  static let float4Array: UInt32 = 1021
  static let float8Array: UInt32 = 1022
  static let timestamptzArray: UInt32 = 1185
  static let dateArray: UInt32 = 1182
  static let timeArray: UInt32 = 1183
  static let intervalArray: UInt32 = 1187
  static let numericArray: UInt32 = 1231
  static let uuidArray: UInt32 = 2951
  static let jsonbArray: UInt32 = 3807

  /// The names of the types whose cells say no more than their bytes, and of the others for error messages.
  static let names: [UInt32: String] = [
    16: "boolean", 17: "bytea", 18: "\"char\"", 19: "name", 20: "bigint", 21: "smallint", 22: "int2vector",
    23: "integer", 24: "regproc", 25: "text", 26: "oid", 27: "tid", 28: "xid", 29: "cid", 30: "oidvector",
    114: "json", 142: "xml", 600: "point", 601: "lseg", 602: "path", 603: "box", 604: "polygon", 628: "line",
    650: "cidr", 700: "real", 701: "double precision", 705: "unknown", 718: "circle", 774: "macaddr8", 790: "money",
    829: "macaddr", 869: "inet", 1042: "character", 1043: "character varying", 1082: "date",
    1083: "time without time zone", 1114: "timestamp without time zone", 1184: "timestamp with time zone",
    1186: "interval", 1266: "time with time zone", 1560: "bit", 1562: "bit varying", 1700: "numeric",
    2202: "regprocedure", 2203: "regoper", 2204: "regoperator", 2205: "regclass", 2206: "regtype", 2249: "record",
    2278: "void", 2287: "record[]", 2950: "uuid", 2970: "txid_snapshot", 3220: "pg_lsn", 3614: "tsvector",
    3615: "tsquery", 3734: "regconfig", 3769: "regdictionary", 3802: "jsonb", 3904: "int4range", 3906: "numrange",
    3908: "tsrange", 3910: "tstzrange", 3912: "daterange", 3926: "int8range", 4072: "jsonpath", 4089: "regnamespace",
    4096: "regrole", 5069: "xid8",
    199: "json[]", 143: "xml[]", 1000: "boolean[]", 1001: "bytea[]", 1002: "\"char\"[]", 1003: "name[]",
    1005: "smallint[]", 1007: "integer[]", 1009: "text[]", 1014: "character[]", 1015: "character varying[]",
    1016: "bigint[]", 1021: "real[]", 1022: "double precision[]", 1028: "oid[]",
    1115: "timestamp without time zone[]", 1182: "date[]", 1183: "time without time zone[]",
    1185: "timestamp with time zone[]", 1187: "interval[]", 1231: "numeric[]", 2951: "uuid[]", 3807: "jsonb[]",
  ]
}
