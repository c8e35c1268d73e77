/// How tightly an operator binds: what a printer compares to know where parentheses are needed.
///
/// Only distinctions that every engine makes in the same way are used; where engines differ (`||` against `+`), both
/// sides get parentheses.
public enum Precedence: UInt8, Sendable, Comparable {
  /// Anything may stand here.
  case any
  /// `OR`.
  case disjunction
  /// `AND`.
  case conjunction
  /// `NOT`.
  case negation
  /// `=`, `<`, `IS`, `IN`, `LIKE`, `BETWEEN`. They do not chain.
  case comparison
  /// `||`.
  case concatenation
  /// `+` and `-`.
  case sum
  /// `*`, `/` and `%`.
  case product
  /// Names, placeholders, calls, and whatever has parentheses of its own.
  case atom

  /// Whether `left` binds less tightly.
  public static func < (left: Precedence, right: Precedence) -> Bool { left.rawValue < right.rawValue }
}
