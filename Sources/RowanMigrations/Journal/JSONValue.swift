#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif
public import RowanCore

/// A JSON document whose objects keep their order.
public enum JSONValue: Sendable, Hashable {
  /// A name and its value in an object.
  public struct Member: Sendable, Hashable {
    /// The name.
    public var name: String
    /// The value.
    public var value: JSONValue

    /// Makes a member.
    public init(_ name: String, _ value: JSONValue) {
      self.name = name
      self.value = value
    }
  }

  case null
  case bool(Bool)
  case integer(Int64)
  case number(Double)
  case string(String)
  case array([JSONValue])
  case object([Member])

  /// The member of an object; nil where there is none, and for other values.
  public subscript(name: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.name == name }?.value
  }

  /// The value of a string; nil for others.
  public var string: String? { if case .string(let text) = self { text } else { nil } }

  /// The value of an integer; nil for others.
  public var integer: Int64? { if case .integer(let number) = self { number } else { nil } }

  /// The elements of an array; nil for others.
  public var array: [JSONValue]? { if case .array(let elements) = self { elements } else { nil } }
}

extension JSONValue {
  /// The document of an encodable value, with names in order.
  /// - Throws: ``RowanError/Code/encodingFailed`` when JSON has no form for it.
  public init(encoding value: some Encodable) throws(RowanError) {
    let data: Data
    do {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      data = try encoder.encode(value)
    } catch {
      throw RowanError(.encodingFailed, "\(type(of: value)) has no JSON form", cause: error)
    }
    self = try JSONValue(utf8: Array(data))
  }

  /// The value that the document stands for.
  /// - Throws: ``RowanError/Code/decodingFailed`` when it is of another form.
  public func decode<Value: Decodable>(_ type: Value.Type = Value.self) throws(RowanError) -> Value {
    let text = try compactText()
    do {
      return try JSONDecoder().decode(type, from: Data(text.utf8))
    } catch {
      throw RowanError(.decodingFailed, "a JSON document is no \(type)", cause: error)
    }
  }
}
