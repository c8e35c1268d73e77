/// A field of a PATCH: left out, set to null, or set to a value.
enum Change<Value: Decodable & Sendable>: Decodable, Sendable {
  case absent
  case clear
  case set(Value)

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    self = container.decodeNil() ? .clear : .set(try container.decode(Value.self))
  }

  /// The value, if the field has one.
  var value: Value? {
    if case .set(let value) = self { value } else { nil }
  }

  var isAbsent: Bool {
    if case .absent = self { true } else { false }
  }

  /// The new value where null is not allowed; nil where the field is left out.
  func required(_ field: String) throws -> Value? {
    switch self {
    case .absent: nil
    case .clear: throw APIError.invalid(field, "the field cannot be null", code: "missing_field")
    case .set(let value): value
    }
  }
}

extension KeyedDecodingContainer {
  /// What synthesised `Decodable` calls for a ``Change``: a missing key is ``Change/absent`` and no error.
  func decode<Value>(_ type: Change<Value>.Type, forKey key: Key) throws -> Change<Value> {
    contains(key) ? try Change(from: try superDecoder(forKey: key)) : .absent
  }
}
