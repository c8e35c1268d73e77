import Rowan

/// How pressing a task is: a number in the database, where it is sorted by, and a word in JSON.
enum Priority: Int, CaseIterable, ColumnValue {
  case low = 1
  case normal = 2
  case high = 3
  case urgent = 4

  var name: String {
    switch self {
    case .low: "low"
    case .normal: "normal"
    case .high: "high"
    case .urgent: "urgent"
    }
  }

  init?(name: String) {
    guard let match = Priority.allCases.first(where: { $0.name == name }) else { return nil }
    self = match
  }
}

extension Priority: Codable {
  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let value = Priority(name: try container.decode(String.self)) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "expected one of \(Priority.allCases.map(\.name).joined(separator: ", "))")
    }
    self = value
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(name)
  }
}
