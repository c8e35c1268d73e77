#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

/// Parts that literals of every engine are made of. Only DDL has literals, since it takes no placeholders; values of
/// queries are always bound.
public enum SQLLiteral {
  /// `text` in single quotes, doubled inside.
  public static func quoted(_ text: String) -> String {
    var out = "'"
    for scalar in text.unicodeScalars {
      if scalar == "'" { out += "'" }
      out.unicodeScalars.append(scalar)
    }
    return out + "'"
  }

  /// Two digits for each byte.
  public static func hex(_ bytes: some Sequence<UInt8>) -> String {
    let digits = Array("0123456789abcdef".unicodeScalars)
    var out = String.UnicodeScalarView()
    for byte in bytes {
      out.append(digits[Int(byte >> 4)])
      out.append(digits[Int(byte & 15)])
    }
    return String(out)
  }

  /// The sixteen bytes of `uuid`.
  public static func bytes(of uuid: UUID) -> [UInt8] { withUnsafeBytes(of: uuid.uuid) { Array($0) } }

  /// A finite double, with a point or an exponent, so that no engine takes it for an integer.
  /// - Throws: ``RowanError/Code/valueOutOfRange`` for NaN and infinities.
  public static func double(_ value: Double, dialect: String) throws -> String {
    guard value.isFinite else {
      throw RowanError(
        .valueOutOfRange, "a default is not a finite number, for which \(dialect) has no literal",
        hint: "set the value when inserting")
    }
    return "\(value)"
  }

  /// The error for a default of a kind the column's type does not hold.
  public static func mismatch(_ value: SQLValue, _ type: SQLType, dialect: String) -> RowanError {
    RowanError(
      .valueOutOfRange, "a default of kind \(value.kind) does not fit a column of type \(type) in \(dialect)",
      hint: "use a default of the column's own type, or an expression")
  }
}
