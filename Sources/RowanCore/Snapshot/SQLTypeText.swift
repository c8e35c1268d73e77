extension SQLType: CustomStringConvertible, LosslessStringConvertible {
  /// The type in Rowan's own words, the same for every engine: `varchar(255)`, `decimal(10,2)`, `array(bigint)`,
  /// `custom(citext)`.
  public var description: String {
    switch self {
    case .boolean: "boolean"
    case .smallint: "smallint"
    case .integer: "integer"
    case .bigint: "bigint"
    case .unsignedTinyint: "unsigned tinyint"
    case .unsignedSmallint: "unsigned smallint"
    case .unsignedInteger: "unsigned integer"
    case .unsignedBigint: "unsigned bigint"
    case .real: "real"
    case .double: "double"
    case .decimal(let precision, let scale): "decimal(\(precision),\(scale))"
    case .char(let length): "char(\(length))"
    case .varchar(let length): "varchar(\(length))"
    case .text: "text"
    case .bytes: "bytes"
    case .uuid: "uuid"
    case .timestamp: "timestamp"
    case .date: "date"
    case .time: "time"
    case .interval: "interval"
    case .json: "json"
    case .array(let element): "array(\(element.description))"
    case .custom(let name): "custom(\(name))"
    }
  }

  /// The type whose ``description`` is `description`; nil where there is none.
  public init?(_ description: String) {
    if let plain = Self.plain.first(where: { $0.description == description }) {
      self = plain
      return
    }
    guard description.hasSuffix(")"), let open = description.firstIndex(of: "(") else { return nil }
    let inner = String(description[description.index(after: open)...].dropLast())
    let numbers = inner.split(separator: ",", omittingEmptySubsequences: false).map { Int($0) }
    switch (description[..<open], numbers) {
    case ("custom", _): self = .custom(inner)
    case ("array", _):
      guard let element = SQLType(inner) else { return nil }
      self = .array(element)
    case ("char", let numbers):
      guard numbers.count == 1, let length = numbers[0] else { return nil }
      self = .char(length)
    case ("varchar", let numbers):
      guard numbers.count == 1, let length = numbers[0] else { return nil }
      self = .varchar(length)
    case ("decimal", let numbers):
      guard numbers.count == 2, let precision = numbers[0], let scale = numbers[1] else { return nil }
      self = .decimal(precision: precision, scale: scale)
    default: return nil
    }
  }

  private static let plain: [SQLType] = [
    .boolean, .smallint, .integer, .bigint, .unsignedTinyint, .unsignedSmallint, .unsignedInteger, .unsignedBigint,
    .real, .double, .text, .bytes, .uuid, .timestamp, .date, .time, .interval, .json,
  ]
}

extension SQLType: Codable {
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let type = SQLType(text) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "'\(text)' is no column type")
    }
    self = type
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
