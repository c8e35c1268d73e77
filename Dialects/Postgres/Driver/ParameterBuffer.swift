internal import CPostgres
internal import RowanCore

/// The parameters of one execution, in the form libpq takes them. Reused for every statement of a connection.
final class ParameterBuffer {
  private let bytes = WireBuffer()
  /// Where each value starts; -1 for NULL.
  private var offsets: UnsafeMutablePointer<Int>
  private var capacity = 0
  private(set) var count = 0
  private(set) var values: UnsafeMutablePointer<UnsafePointer<CChar>?>
  private(set) var lengths: UnsafeMutablePointer<Int32>
  private(set) var formats: UnsafeMutablePointer<Int32>

  init() {
    capacity = 16
    values = .allocate(capacity: capacity)
    lengths = .allocate(capacity: capacity)
    formats = .allocate(capacity: capacity)
    offsets = .allocate(capacity: capacity)
  }

  deinit { free() }

  private func free() {
    values.deallocate()
    lengths.deallocate()
    formats.deallocate()
    offsets.deallocate()
  }

  /// Writes `binds` in the forms of `types`. The pointers are valid until the next call.
  /// - Throws: ``RowanError/Code/valueOutOfRange`` and ``RowanError/Code/encodingFailed``, which name the placeholder and
  ///   its type, never the value.
  func encode(_ binds: ContiguousArray<SQLValue>, _ types: ContiguousArray<ParameterType>) throws(RowanError) {
    guard binds.count == types.count else {
      throw .internalFailure("a statement with \(types.count) placeholders was given \(binds.count) values")
    }
    try encode(binds, from: 0, types)
  }

  /// Writes the values from `start` on, one for each of `types`.
  func encode(
    _ binds: ContiguousArray<SQLValue>, from start: Int, _ types: ContiguousArray<ParameterType>
  ) throws(RowanError) {
    bytes.reset()
    count = types.count
    if count > capacity { reserve(count) }
    for index in 0..<count {
      let value = binds[start &+ index]
      let offset = bytes.count
      if case .null = value {
        offsets[index] = -1
        lengths[index] = 0
        formats[index] = 1
        continue
      }
      do throws(EncodingProblem) {
        formats[index] = try encode(value, types[index])
      } catch {
        throw RowanError(error, placeholder: index + 1, type: types[index])
      }
      offsets[index] = offset
      guard let length = Int32(exactly: bytes.count &- offset) else {
        throw RowanError(
          .outOfRange("the value is longer than 2 GiB"), placeholder: index + 1, type: types[index])
      }
      lengths[index] = length
    }
    let base = UnsafeRawPointer(bytes.base)
    for index in 0..<count {
      let offset = offsets[index]
      values[index] = offset < 0 ? nil : (base + offset).assumingMemoryBound(to: CChar.self)
    }
  }

  /// Writes one value and answers its format: 1 for binary, 0 for text.
  private func encode(_ value: SQLValue, _ type: ParameterType) throws(EncodingProblem) -> Int32 {
    switch type.form {
    case .inferred:
      // Bytes are taken for the type's own binary form, as a column of an unknown type is read.
      if case .bytes(let raw) = value {
        raw.withUnsafeBytes { bytes.append($0) }
        return 1
      }
      let text: String =
        if case .array(let array) = value { try arrayText(array) } else { try bytes.inferredText(value) }
      try bytes.append(text: text)
      bytes.append(0 as UInt8)
      return 0
    case .null: throw .mismatch(value.kind)
    case .array:
      guard case .array(let array) = value else {
        if case .invalid(let failure) = value { throw .invalid(failure) }
        throw .mismatch(value.kind)
      }
      if type.elementForm == .inferred {
        let start = bytes.count
        try bytes.append(arrayText: array)
        if bytes.containsNUL(from: start) { throw .outOfRange("PostgreSQL text cannot hold a NUL character") }
        bytes.append(0 as UInt8)
        return 0
      }
      try bytes.append(array: array, type)
      return 1
    default:
      try bytes.append(value, type.form, type.unsigned)
      return 1
    }
  }

  private func arrayText(_ array: SQLArray) throws(EncodingProblem) -> String {
    let buffer = WireBuffer(capacity: 256)
    try buffer.append(arrayText: array)
    return String(decoding: UnsafeRawBufferPointer(start: buffer.base, count: buffer.count), as: UTF8.self)
  }

  private func reserve(_ wanted: Int) {
    free()
    capacity = wanted
    values = .allocate(capacity: wanted)
    lengths = .allocate(capacity: wanted)
    formats = .allocate(capacity: wanted)
    offsets = .allocate(capacity: wanted)
  }
}

extension RowanError {
  /// The error for a value that cannot be sent as the type of its placeholder.
  init(_ problem: EncodingProblem, placeholder: Int, type: ParameterType) {
    let place = "placeholder $\(placeholder) (\(type.name))"
    switch problem {
    case .outOfRange(let reason):
      self.init(
        .valueOutOfRange, "the value for \(place) cannot be stored exactly: \(reason)",
        hint: "check the value before it is sent, or widen the column")
    case .mismatch(let kind):
      self.init(
        .encodingFailed, "the value for \(place) is of the kind \(kind)",
        hint: "convert the value to the column's type, or cast the placeholder")
    case .nestedArray:
      self.init(
        .encodingFailed, "the value for \(place) is an array of arrays",
        hint: "store it as JSON, or bind a custom type in its text form")
    case .invalid(let failure):
      self.init(
        failure.code, "the value for \(place), a \(failure.swiftType), cannot be sent: \(failure.reason)",
        hint: "mend the value, or the type's sqlValue", cause: failure)
    }
  }
}
