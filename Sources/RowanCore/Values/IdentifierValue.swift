#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

/// A type whose values identify rows: what an ``ID`` wraps.
///
/// It exists since `UUID` converts to and from text without being `LosslessStringConvertible`. Conform a type of your
/// own to use it as the raw value of an ``ID``.
public protocol IdentifierValue: ColumnValue, Hashable, Comparable, Codable {
  /// The text of the value, from which ``init(identifierText:)`` makes it again.
  var identifierText: String { get }

  /// Makes the value whose text is `identifierText`, or nil for other text.
  init?(identifierText: String)
}

extension IdentifierValue where Self: LosslessStringConvertible {
  /// The description.
  @inlinable public var identifierText: String { description }
  /// Makes the value from its description.
  // Disfavoured, so that `text.flatMap(UInt64.init)` still means the standard library's.
  @_disfavoredOverload @inlinable public init?(identifierText: String) { self.init(identifierText) }
}

extension Int64: IdentifierValue {}
extension Int32: IdentifierValue {}
extension Int16: IdentifierValue {}
extension UInt32: IdentifierValue {}
extension UInt64: IdentifierValue {}
extension Int: IdentifierValue {}
extension String: IdentifierValue {}

extension UUID: IdentifierValue {
  /// The text in capitals, as `uuidString` and `Codable` have it.
  @inlinable public var identifierText: String { uuidString }
  /// Reads the text in capitals or small letters.
  @inlinable public init?(identifierText: String) { self.init(uuidString: identifierText) }
}
