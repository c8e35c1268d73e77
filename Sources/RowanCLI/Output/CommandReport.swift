import RowanMigrations

/// What a command has to say at its end.
struct CommandReport: Sendable {
  /// How it ends.
  var status = ToolStatus.success
  /// The lines for people.
  var lines: [String] = []
  /// The members of the JSON document, after the ones that all have.
  var fields: [JSONValue.Member] = []
  /// What is written as it is: the product of a command, which is no message and holds no secret of this program.
  var product: String?
  /// The product in the JSON document.
  var productFields: [JSONValue.Member] = []

  init(_ status: ToolStatus = .success, _ lines: [String] = [], _ fields: [JSONValue.Member] = []) {
    self.status = status
    self.lines = lines
    self.fields = fields
  }

  mutating func line(_ text: String) { lines.append(text) }
  mutating func field(_ name: String, _ value: JSONValue) { fields.append(JSONValue.Member(name, value)) }
}

/// `1 migration`, `2 migrations`.
func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }

extension JSONValue {
  static func strings(_ values: some Sequence<String>) -> JSONValue { .array(values.map { .string($0) }) }

  static func text(_ value: String?) -> JSONValue { value.map { .string($0) } ?? .null }

  static func number(of value: Int) -> JSONValue { .integer(Int64(value)) }

  static func members(_ members: [(String, JSONValue)]) -> JSONValue {
    .object(members.map { Member($0.0, $0.1) })
  }

  /// The document with `change` made to all its strings.
  func mapStrings(_ change: (String) -> String) -> JSONValue {
    switch self {
    case .string(let text): .string(change(text))
    case .array(let elements): .array(elements.map { $0.mapStrings(change) })
    case .object(let members): .object(members.map { Member($0.name, $0.value.mapStrings(change)) })
    default: self
    }
  }
}
