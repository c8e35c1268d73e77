/// An identifier that cannot be mistaken for another table's.
///
/// ```swift
/// struct User { var id: ID<User, Int64> }
/// struct Post { var id: ID<Post, UUID>; var author: ID<User, Int64> }
/// ```
/// There are no conformances to the literal protocols: a literal would identify a row of any table. `Owner` is only
/// named and never stored.
public struct ID<Owner, Raw: IdentifierValue>: Sendable {
  /// The value that the column holds.
  public let rawValue: Raw

  /// Makes the identifier whose column holds `raw`.
  @inlinable public init(_ raw: Raw) { rawValue = raw }
}

extension ID where Raw == String {
  /// Makes the identifier whose column holds `raw`.
  @inlinable public init(_ raw: String) { rawValue = raw }
}

extension ID: Hashable {}

extension ID: Comparable {
  /// Whether the raw value of `left` is less.
  @inlinable public static func < (left: ID, right: ID) -> Bool { left.rawValue < right.rawValue }
}

extension ID: ColumnValue {
  /// The raw value's.
  @inlinable public static var sqlType: SQLType { Raw.sqlType }
  /// The raw value's form.
  @inlinable public var sqlValue: SQLValue { rawValue.sqlValue }
  /// Reads the next column. Throws what the raw value's type throws.
  @inlinable public static func read(_ row: inout RowReader) throws(DecodeFailure) -> ID { ID(raw: try Raw.read(&row)) }

  /// The same as `init(_:)`, which a `String` could be passed to in two ways.
  @inlinable init(raw: Raw) { rawValue = raw }
}

/// Codes as the raw value alone.
extension ID: Codable {
  /// Reads the value alone.
  public init(from decoder: any Decoder) throws {
    self.init(raw: try decoder.singleValueContainer().decode(Raw.self))
  }

  /// Writes the value alone.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(rawValue)
  }
}

extension ID: CustomStringConvertible, LosslessStringConvertible {
  /// The text of the raw value.
  public var description: String { rawValue.identifierText }

  /// Makes the identifier whose description is `description`, or nil for other text.
  public init?(_ description: String) {
    guard let raw = Raw(identifierText: description) else { return nil }
    self.init(raw: raw)
  }
}

/// Lets a dictionary with identifiers for keys code as an object.
extension ID: CodingKeyRepresentable {
  /// A key with the text of the raw value.
  public var codingKey: any CodingKey { Key(stringValue: description) }

  /// Makes the identifier whose text the key has, or nil for other text.
  public init?(codingKey: some CodingKey) {
    guard let raw = Raw(identifierText: codingKey.stringValue) else { return nil }
    self.init(raw: raw)
  }

  private struct Key: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }
}
