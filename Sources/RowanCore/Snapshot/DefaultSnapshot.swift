/// A column's default as data.
public enum DefaultSnapshot: Sendable, Hashable {
  /// A fixed value.
  case literal(SQLValue)
  /// The current instant, date or time, in UTC.
  case now
  /// A random UUID.
  case randomUUID
  /// SQL of the engine's own.
  case expression(SchemaExpression)
}

extension DefaultSnapshot: Codable {
  private enum Key: String, CodingKey { case literal, kind, function, expression, element, values }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    if let expression = try container.decodeIfPresent(SchemaExpression.self, forKey: .expression) {
      self = .expression(expression)
      return
    }
    if let function = try container.decodeIfPresent(String.self, forKey: .function) {
      switch function {
      case "now": self = .now
      case "random_uuid": self = .randomUUID
      default:
        throw DecodingError.dataCorruptedError(
          forKey: .function, in: container, debugDescription: "a default is of the unknown kind '\(function)'")
      }
      return
    }
    if let element = try container.decodeIfPresent(SQLType.self, forKey: .element) {
      let values = try container.decode([DefaultSnapshot].self, forKey: .values).map { element -> SQLValue in
        guard case .literal(let value) = element else {
          throw DecodingError.dataCorruptedError(
            forKey: .values, in: container, debugDescription: "an element of a default is no literal")
        }
        return value
      }
      self = .literal(.array(SQLArray(element: element, values: ContiguousArray(values))))
      return
    }
    let kind = try container.decode(String.self, forKey: .kind)
    let text = try container.decodeIfPresent(String.self, forKey: .literal) ?? ""
    guard let value = LiteralText.value(kind: kind, text: text) else {
      throw DecodingError.dataCorruptedError(
        forKey: .literal, in: container, debugDescription: "a default is no literal of kind '\(kind)'")
    }
    self = .literal(value)
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    switch self {
    case .now: try container.encode("now", forKey: .function)
    case .randomUUID: try container.encode("random_uuid", forKey: .function)
    case .expression(let expression): try container.encode(expression, forKey: .expression)
    case .literal(.array(let list)):
      try container.encode(list.element, forKey: .element)
      try container.encode(list.values.map { DefaultSnapshot.literal($0) }, forKey: .values)
    case .literal(let value):
      guard let (kind, text) = LiteralText.text(value) else {
        throw EncodingError.invalidValue(
          value.kind,
          EncodingError.Context(
            codingPath: encoder.codingPath, debugDescription: "a default of kind \(value.kind) has no written form"))
      }
      try container.encode(kind, forKey: .kind)
      try container.encode(text, forKey: .literal)
    }
  }
}
