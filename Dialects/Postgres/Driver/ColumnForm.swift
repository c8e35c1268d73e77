internal import RowanCore

/// The wire form of one column of a result.
struct ColumnForm: Equatable {
  /// How the bytes are read.
  enum Kind: UInt8, Sendable {
    case int8, int4, int2, text, timestamp, bool, float8, float4, uuid, bytes, date, time, interval
    /// An unsigned 32-bit number: object and transaction ids.
    case oid
    case xid8
    case numeric
    /// A numeric that is read as an integer: the column of an unsigned 64-bit number, or a sum of integers.
    case numericInteger
    case json, jsonb
    case array
    /// A type without a neutral form.
    case raw
  }

  var kind: Kind
  /// What an array's elements are.
  var element: Kind = .raw

  init(_ kind: Kind) { self.kind = kind }

  init(arrayOf element: Kind) {
    kind = .array
    self.element = element
  }

  /// The form of a built-in type; nil when only the catalogue can tell.
  init?(oid: UInt32) {
    if let kind = ColumnForm.scalar(oid) {
      self.init(kind)
    } else if let element = ColumnForm.arrayElement(oid) {
      self.init(arrayOf: element)
    } else if oid < 10_000, TypeOID.names[oid] != nil {
      self.init(.raw)
    } else {
      return nil
    }
  }

  /// The form in which a column of a known type is wanted.
  func read(as type: SQLType?) -> ColumnForm {
    switch (kind, type) {
    case (.numeric, .bigint), (.numeric, .unsignedBigint), (.numeric, .integer), (.numeric, .smallint),
      (.numeric, .unsignedInteger), (.numeric, .unsignedSmallint), (.numeric, .unsignedTinyint):
      ColumnForm(.numericInteger)
    case (.array, .array(.unsignedBigint)) where element == .numeric:
      ColumnForm(arrayOf: .numericInteger)
    default: self
    }
  }

  private static func scalar(_ oid: UInt32) -> Kind? {
    switch oid {
    case TypeOID.int8: .int8
    case TypeOID.int4: .int4
    case TypeOID.int2: .int2
    case TypeOID.text, TypeOID.varchar, TypeOID.bpchar, TypeOID.name, TypeOID.unknown, TypeOID.char, TypeOID.xml,
      TypeOID.void:
      .text
    case TypeOID.timestamptz, TypeOID.timestamp: .timestamp
    case TypeOID.bool: .bool
    case TypeOID.float8: .float8
    case TypeOID.float4: .float4
    case TypeOID.uuid: .uuid
    case TypeOID.bytea: .bytes
    case TypeOID.date: .date
    case TypeOID.time: .time
    case TypeOID.interval: .interval
    case TypeOID.numeric: .numeric
    case TypeOID.json: .json
    case TypeOID.jsonb: .jsonb
    case TypeOID.oid, TypeOID.xid, TypeOID.cid, 24, 2202...2206, 3734, 3769, 4089, 4096: .oid
    case TypeOID.xid8: .xid8
    default: nil
    }
  }

  private static func arrayElement(_ oid: UInt32) -> Kind? {
    switch oid {
    case 1000: .bool
    case 1001: .bytes
    case 1002, 1003, 1009, 1014, 1015, 143: .text
    case 1005, 22: .int2
    case 1007: .int4
    case 1016: .int8
    case 1021: .float4
    case 1022: .float8
    case 1028, 30: .oid
    case 1115, 1185: .timestamp
    case 1182: .date
    case 1183: .time
    case 1187: .interval
    case 1231: .numeric
    case 2951: .uuid
    case 199: .json
    case 3807: .jsonb
    default: nil
    }
  }
}
