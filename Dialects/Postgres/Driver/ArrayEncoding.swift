internal import RowanCore

extension WireBuffer {
  /// Appends a one-dimensional array: dimensions, whether there are NULLs, the element type, length and lower bound,
  /// then each element with its length before it.
  /// https://github.com/postgres/postgres/blob/REL_15_STABLE/src/backend/utils/adt/arrayfuncs.c (array_recv)
  func append(array: SQLArray, _ type: ParameterType) throws(EncodingProblem) {
    let values = array.values
    append(values.isEmpty ? 0 as Int32 : 1)
    let flag = count
    append(0 as Int32)
    append(type.elementOID)
    guard !values.isEmpty else { return }
    guard let length = Int32(exactly: values.count) else { throw .outOfRange("the array has too many elements") }
    append(length)
    append(1 as Int32)
    var hasNull: Int32 = 0
    let form = type.elementForm
    let unsigned = type.elementUnsigned
    let isInteger = form == .int8 && unsigned == .no
    // The elements are looked at where they are: to take each out is to count its references.
    try values.withUnsafeBufferPointer { values throws(EncodingProblem) in
      for index in 0..<values.count {
        switch values[index] {
        case .null:
          append(-1 as Int32)
          hasNull = 1
        case .int(let number) where isInteger:
          let element = extend(by: 12)
          element.storeBytes(of: Int32(8).bigEndian, as: Int32.self)
          element.storeBytes(of: number.bigEndian, toByteOffset: 4, as: Int64.self)
        default: try append(element: values[index], form, unsigned)
        }
      }
    }
    patch(hasNull, at: flag)
  }

  private func append(
    element value: SQLValue, _ form: ParameterType.Form, _ unsigned: ParameterType.Unsigned
  ) throws(EncodingProblem) {
    let offset = count
    append(0 as Int32)
    try append(value, form, unsigned)
    guard let size = Int32(exactly: count &- offset &- 4) else { throw .outOfRange("an element is too long") }
    patch(size, at: offset)
  }

  /// Appends an array whose element type only the server knows, in the text form: `{"a",NULL,"b"}`.
  /// https://www.postgresql.org/docs/15/arrays.html#ARRAYS-IO
  func append(arrayText array: SQLArray) throws(EncodingProblem) {
    append(ascii: "{")
    for (index, value) in array.values.enumerated() {
      if index > 0 { append(ascii: ",") }
      if case .null = value {
        append(ascii: "NULL")
        continue
      }
      append(ascii: "\"")
      for byte in try inferredText(value).utf8 {
        if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { append(UInt8(ascii: "\\")) }
        append(byte)
      }
      append(ascii: "\"")
    }
    append(ascii: "}")
  }

  /// The text the server reads a value of an inferred type from.
  func inferredText(_ value: SQLValue) throws(EncodingProblem) -> String {
    switch value {
    case .text(let text), .json(let text): return text
    case .bool(let flag): return flag ? "true" : "false"
    case .int(let number): return number.description
    case .uint(let number): return number.description
    case .double(let number):
      if number.isNaN { return "NaN" }
      if number.isInfinite { return number < 0 ? "-Infinity" : "Infinity" }
      return number.description
    case .decimal(let number): return DecimalText.format(number)
    case .uuid(let uuid): return uuid.uuidString
    case .timestamp(let instant): return instant.description
    case .date(let date): return date.description
    case .time(let time): return time.description
    case .interval(let interval): return interval.description
    case .bytes: throw .mismatch(.bytes)
    case .array: throw .nestedArray
    case .null: throw .mismatch(.null)
    case .invalid(let failure): throw .invalid(failure)
    }
  }
}
