import Hummingbird
import Rowan

/// The query of a URL, read with types. A parameter that is unknown or given twice is an error, not ignored.
struct QueryParameters {
  private let values: [String: [String]]

  init(_ request: Request, allowed: Set<String>, repeatable: Set<String> = []) throws {
    var values: [String: [String]] = [:]
    for (key, value) in request.uri.queryParameters { values[String(key), default: []].append(String(value)) }
    for (key, list) in values.sorted(by: { $0.key < $1.key }) {
      guard allowed.contains(key) else {
        throw APIError.malformed(
          "unknown_parameter", "known parameters: \(allowed.sorted().joined(separator: ", "))", field: key)
      }
      if list.count > 1 && !repeatable.contains(key) {
        throw APIError.malformed("repeated_parameter", "the parameter can be given once", field: key)
      }
    }
    self.values = values
  }

  /// Every value of `name`.
  func all(_ name: String) -> [String] { values[name] ?? [] }

  /// The value of `name`.
  func text(_ name: String) -> String? { values[name]?.first }

  func integer(_ name: String, in range: ClosedRange<Int>) throws -> Int? {
    guard let text = text(name) else { return nil }
    guard let number = Int(text), range.contains(number) else {
      throw APIError.malformed(
        "invalid_parameter", "must be a number from \(range.lowerBound) to \(range.upperBound)", field: name)
    }
    return number
  }

  func id<Owner>(_ name: String, of _: Owner.Type) throws -> ID<Owner, Int64>? {
    guard let text = text(name) else { return nil }
    guard let id = ID<Owner, Int64>(text) else {
      throw APIError.malformed("invalid_parameter", "must be a number", field: name)
    }
    return id
  }

  func flag(_ name: String) throws -> Bool? {
    switch text(name) {
    case nil: return nil
    case "true": return true
    case "false": return false
    default: throw APIError.malformed("invalid_parameter", "must be true or false", field: name)
    }
  }

  func date(_ name: String) throws -> CalendarDate? {
    guard let text = text(name) else { return nil }
    guard let date = CalendarDate(text), (1...9999).contains(date.year) else {
      throw APIError.malformed("invalid_parameter", "must be a date such as 2026-11-21", field: name)
    }
    return date
  }

  /// Values separated by commas, each read by `read`.
  func list<Value>(_ name: String, known: [String], _ read: (String) -> Value?) throws -> [Value] {
    guard let text = text(name) else { return [] }
    return try text.split(separator: ",", omittingEmptySubsequences: false).map { part in
      guard let value = read(String(part)) else {
        throw APIError.malformed("invalid_parameter", "must be of: \(known.joined(separator: ", "))", field: name)
      }
      return value
    }
  }
}
