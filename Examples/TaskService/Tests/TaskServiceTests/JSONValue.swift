/// JSON of any form, to look into answers with.
enum JSONValue: Decodable, Equatable, Sendable {
  case null
  case bool(Bool)
  case number(Double)
  case text(String)
  case array([JSONValue])
  case object([String: JSONValue])

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let value = try? container.decode(Bool.self) {
      self = .bool(value)
    } else if let value = try? container.decode(Double.self) {
      self = .number(value)
    } else if let value = try? container.decode(String.self) {
      self = .text(value)
    } else if let value = try? container.decode([JSONValue].self) {
      self = .array(value)
    } else {
      self = .object(try container.decode([String: JSONValue].self))
    }
  }

  /// The member called `name`; null where there is none.
  subscript(name: String) -> JSONValue {
    if case .object(let members) = self { members[name] ?? .null } else { .null }
  }

  var items: [JSONValue] {
    if case .array(let items) = self { items } else { [] }
  }

  var int: Int? {
    if case .number(let number) = self { Int(exactly: number) } else { nil }
  }

  var string: String? {
    if case .text(let text) = self { text } else { nil }
  }

  /// The same without the members that hold keys of rows.
  var withoutKeys: JSONValue {
    switch self {
    case .array(let items): .array(items.map(\.withoutKeys))
    case .object(let members):
      .object(members.filter { !$0.key.lowercased().hasSuffix("id") }.mapValues(\.withoutKeys))
    default: self
    }
  }
}
