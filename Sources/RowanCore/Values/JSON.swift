#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// A `Codable` value stored as a JSON document.
///
/// Object keys are written in order and dates as ISO 8601 with microseconds, so that equal values have the same text.
/// The members of the value are members of this one.
@dynamicMemberLookup
public struct JSON<Value: Codable & Sendable>: Sendable {
  /// The value.
  public var value: Value

  /// Wraps `value`.
  @inlinable public init(_ value: Value) { self.value = value }

  /// A member of the value.
  @inlinable public subscript<Member>(dynamicMember path: KeyPath<Value, Member>) -> Member { value[keyPath: path] }

  /// A member of the value.
  @inlinable public subscript<Member>(dynamicMember path: WritableKeyPath<Value, Member>) -> Member {
    get { value[keyPath: path] }
    set { value[keyPath: path] = newValue }
  }
}

extension JSON: Equatable where Value: Equatable {}
extension JSON: Hashable where Value: Hashable {}

/// Codes as the value alone.
extension JSON: Codable {
  /// Reads the value alone.
  public init(from decoder: any Decoder) throws { self.init(try Value(from: decoder)) }
  /// Writes the value alone.
  public func encode(to encoder: any Encoder) throws { try value.encode(to: encoder) }
}

/// A value that `Codable` cannot encode, such as one with an infinite number, becomes ``SQLValue/invalid(_:)``; a
/// document that is none of `Value` throws ``RowReader/invalid(_:)`` without any part of the document.
extension JSON: ColumnValue {
  /// ``SQLType/json``.
  public static var sqlType: SQLType { .json }

  /// The value as ``SQLValue/json(_:)``, or ``SQLValue/invalid(_:)``.
  public var sqlValue: SQLValue {
    do {
      return .json(String(decoding: try JSONCoding.encoder().encode(value), as: UTF8.self))
    } catch {
      return .invalid(EncodingFailure(swiftType: "JSON<\(Value.self)>", reason: JSONCoding.reason(error)))
    }
  }

  /// Reads the next column. Throws when it is no document of the value.
  public static func read(_ row: inout RowReader) throws(DecodeFailure) -> JSON {
    let cell = row.next()
    guard cell.tag == .json || cell.tag == .text else {
      row.mismatch(cell)
      throw row.invalid("not a JSON document")
    }
    do {
      return JSON(try JSONCoding.decoder().decode(Value.self, from: Data(cell.bytes)))
    } catch {
      throw row.invalid("not a JSON document of \(Value.self): \(JSONCoding.reason(error))")
    }
  }
}

/// How ``JSON`` values become text and back.
private enum JSONCoding {
  static func encoder() -> JSONEncoder {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    // The `iso8601` strategy drops fractions of a second.
    encoder.dateEncodingStrategy = .custom { date, encoder in
      guard let timestamp = Timestamp(checking: date) else {
        throw EncodingError.invalidValue(
          date, EncodingError.Context(codingPath: encoder.codingPath, debugDescription: "outside a timestamp's range"))
      }
      try encoder.encodeText(timestamp)
    }
    return encoder
  }

  static func decoder() -> JSONDecoder {
    let decoder = JSONDecoder()
    decoder.dateDecodingStrategy = .custom { decoder in try Timestamp(from: decoder).date }
    return decoder
  }

  /// What went wrong, without values, keys or paths: any of them can be data.
  static func reason(_ error: any Error) -> String {
    switch error {
    case DecodingError.typeMismatch: "a part has another type"
    case DecodingError.valueNotFound: "a part is null"
    case DecodingError.keyNotFound: "a part is missing"
    case DecodingError.dataCorrupted: "a part or the text is malformed"
    case EncodingError.invalidValue: "a part has no form in JSON"
    default: "\(type(of: error)) thrown"
    }
  }
}
