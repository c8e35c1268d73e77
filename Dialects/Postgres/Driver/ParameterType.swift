internal import RowanCore

/// The wire form of one placeholder: what is declared when the statement is prepared, and how its values are written.
struct ParameterType: Equatable {
  /// How a value is written.
  enum Form: UInt8 {
    case bool, int2, int4, int8, float4, float8, numeric, text, bytea, uuid, timestamp, date, time, interval, jsonb
    /// A type of which only the name is known: the server infers it, and reads the text form.
    case inferred
    /// Nothing is known but that the value is NULL.
    case null
    case array
  }

  /// Integers the column admits, where they are fewer than the wire form holds.
  enum Unsigned: UInt8 { case no, bits8, bits16, bits32, bits64 }

  /// The declared type; 0 leaves it to the server.
  var oid: UInt32
  var form: Form
  var unsigned = Unsigned.no
  /// The type of an array's elements.
  var elementOID: UInt32 = 0
  var elementForm = Form.null
  var elementUnsigned = Unsigned.no

  init(_ oid: UInt32, _ form: Form, _ unsigned: Unsigned = .no) {
    self.oid = oid
    self.form = form
    self.unsigned = unsigned
  }

  /// The type of an array's elements.
  var element: ParameterType { ParameterType(elementOID, elementForm, elementUnsigned) }

  /// What messages call it.
  var name: String {
    let base = form == .array ? TypeOID.names[elementOID].map { $0 + "[]" } : TypeOID.names[oid]
    let name = base ?? "of a type the server infers"
    switch form == .array ? elementUnsigned : unsigned {
    case .no: return name
    case .bits8: return name + " (unsigned, 8 bits)"
    case .bits16: return name + " (unsigned, 16 bits)"
    case .bits32: return name + " (unsigned, 32 bits)"
    case .bits64: return name + " (unsigned, 64 bits)"
    }
  }
}

extension ParameterType {
  /// The type of a placeholder that stands for a column of `type`.
  init(_ type: SQLType) {
    switch type {
    case .boolean: self.init(TypeOID.bool, .bool)
    case .smallint: self.init(TypeOID.int2, .int2)
    case .integer: self.init(TypeOID.int4, .int4)
    case .bigint: self.init(TypeOID.int8, .int8)
    case .unsignedTinyint: self.init(TypeOID.int2, .int2, .bits8)
    case .unsignedSmallint: self.init(TypeOID.int4, .int4, .bits16)
    case .unsignedInteger: self.init(TypeOID.int8, .int8, .bits32)
    case .unsignedBigint: self.init(TypeOID.numeric, .numeric, .bits64)
    case .real: self.init(TypeOID.float4, .float4)
    case .double: self.init(TypeOID.float8, .float8)
    case .decimal: self.init(TypeOID.numeric, .numeric)
    case .char: self.init(TypeOID.bpchar, .text)
    case .varchar, .text: self.init(TypeOID.text, .text)
    case .bytes: self.init(TypeOID.bytea, .bytea)
    case .uuid: self.init(TypeOID.uuid, .uuid)
    case .timestamp: self.init(TypeOID.timestamptz, .timestamp)
    case .date: self.init(TypeOID.date, .date)
    case .time: self.init(TypeOID.time, .time)
    case .interval: self.init(TypeOID.interval, .interval)
    case .json: self.init(TypeOID.jsonb, .jsonb)
    case .custom: self.init(TypeOID.unspecified, .inferred)
    case .array(let type):
      var element = ParameterType(type)
      // Array operators want the same element type on both sides, where varchar and text mix freely as scalars.
      if case .varchar = type { element.oid = TypeOID.varchar }
      self.init(ParameterType.arrayOID(of: element.oid), .array)
      elementOID = element.oid
      elementForm = element.form
      elementUnsigned = element.unsigned
    }
  }

  /// The type of a placeholder of which only the value is known.
  init(inferredFrom value: SQLValue) {
    switch value {
    case .null, .invalid: self.init(TypeOID.unspecified, .null)
    case .bool: self.init(.boolean)
    case .int: self.init(.bigint)
    case .uint, .decimal: self.init(TypeOID.numeric, .numeric)
    case .double: self.init(.double)
    case .text: self.init(.text)
    case .bytes: self.init(.bytes)
    case .uuid: self.init(.uuid)
    case .timestamp: self.init(.timestamp)
    case .date: self.init(.date)
    case .time: self.init(.time)
    case .interval: self.init(.interval)
    case .json: self.init(.json)
    case .array(let array): self.init(.array(array.element))
    }
  }

  /// The object id of arrays with elements of a built-in type.
  private static func arrayOID(of element: UInt32) -> UInt32 {
    switch element {
    case TypeOID.bool: TypeOID.boolArray
    case TypeOID.int2: TypeOID.int2Array
    case TypeOID.int4: TypeOID.int4Array
    case TypeOID.int8: TypeOID.int8Array
    case TypeOID.float4: TypeOID.float4Array
    case TypeOID.float8: TypeOID.float8Array
    case TypeOID.numeric: TypeOID.numericArray
    case TypeOID.text: TypeOID.textArray
    case TypeOID.varchar: TypeOID.varcharArray
    case TypeOID.bpchar: TypeOID.bpcharArray
    case TypeOID.bytea: TypeOID.byteaArray
    case TypeOID.uuid: TypeOID.uuidArray
    case TypeOID.timestamptz: TypeOID.timestamptzArray
    case TypeOID.date: TypeOID.dateArray
    case TypeOID.time: TypeOID.timeArray
    case TypeOID.interval: TypeOID.intervalArray
    case TypeOID.jsonb: TypeOID.jsonbArray
    default: TypeOID.unspecified
    }
  }
}
