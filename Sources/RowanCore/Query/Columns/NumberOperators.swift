#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

/// Column types that arithmetic applies to, their optional forms included.
public protocol NumericColumnValue: ColumnValue {}

extension Int: NumericColumnValue {}
extension Int8: NumericColumnValue {}
extension Int16: NumericColumnValue {}
extension Int32: NumericColumnValue {}
extension Int64: NumericColumnValue {}
extension UInt: NumericColumnValue {}
extension UInt8: NumericColumnValue {}
extension UInt16: NumericColumnValue {}
extension UInt32: NumericColumnValue {}
extension UInt64: NumericColumnValue {}
extension Float: NumericColumnValue {}
extension Double: NumericColumnValue {}
extension Decimal: NumericColumnValue {}
extension Optional: NumericColumnValue where Wrapped: NumericColumnValue {}

extension SQLExpression where Value: NumericColumnValue {
  private func arithmetic(_ op: Arithmetic, _ right: Expr) -> Computed<Value> {
    Computed(.node(.arithmetic(op), [expr, right]))
  }
  private func arithmetic(_ left: Value, _ op: Arithmetic) -> Computed<Value> {
    Computed(.node(.arithmetic(op), [.bind(left.sqlValue), expr]))
  }

  /// The sum.
  public static func + (left: Self, right: Value) -> Computed<Value> {
    left.arithmetic(.add, .bind(right.sqlValue))
  }
  /// The sum of two expressions.
  public static func + (left: Self, right: some SQLExpression<Value>) -> Computed<Value> {
    left.arithmetic(.add, right.expr)
  }
  /// The sum of a value and an expression.
  public static func + (left: Value, right: Self) -> Computed<Value> { right.arithmetic(left, .add) }
  /// The difference.
  public static func - (left: Self, right: Value) -> Computed<Value> {
    left.arithmetic(.subtract, .bind(right.sqlValue))
  }
  /// The difference of two expressions.
  public static func - (left: Self, right: some SQLExpression<Value>) -> Computed<Value> {
    left.arithmetic(.subtract, right.expr)
  }
  /// What is left of a value: `10 - $0.n`.
  public static func - (left: Value, right: Self) -> Computed<Value> { right.arithmetic(left, .subtract) }
  /// The product.
  public static func * (left: Self, right: Value) -> Computed<Value> {
    left.arithmetic(.multiply, .bind(right.sqlValue))
  }
  /// The product of two expressions.
  public static func * (left: Self, right: some SQLExpression<Value>) -> Computed<Value> {
    left.arithmetic(.multiply, right.expr)
  }
  /// The product of a value and an expression.
  public static func * (left: Value, right: Self) -> Computed<Value> { right.arithmetic(left, .multiply) }
  /// The quotient; integers are divided towards zero.
  public static func / (left: Self, right: Value) -> Computed<Value> {
    left.arithmetic(.divide, .bind(right.sqlValue))
  }
  /// The quotient of two expressions; integers are divided towards zero.
  public static func / (left: Self, right: some SQLExpression<Value>) -> Computed<Value> {
    left.arithmetic(.divide, right.expr)
  }
  /// The quotient of a value and an expression; integers are divided towards zero.
  public static func / (left: Value, right: Self) -> Computed<Value> { right.arithmetic(left, .divide) }
  /// The remainder, with the sign of the left side.
  public static func % (left: Self, right: Value) -> Computed<Value> {
    left.arithmetic(.remainder, .bind(right.sqlValue))
  }
  /// The remainder of two expressions, with the sign of the left side.
  public static func % (left: Self, right: some SQLExpression<Value>) -> Computed<Value> {
    left.arithmetic(.remainder, right.expr)
  }
  /// The remainder of a value, with its sign.
  public static func % (left: Value, right: Self) -> Computed<Value> { right.arithmetic(left, .remainder) }

  /// Without its sign.
  public func absolute() -> Computed<Value> { Computed(.node(.function(.abs), [expr])) }
  /// Rounded to a whole number.
  public func rounded() -> Computed<Value> { Computed(.node(.function(.round), [expr])) }
  /// The largest whole number that is no larger: `floor(x)`. Of an integer it is the integer.
  ///
  /// Of a `Decimal` it is ``RowanError/Code/unsupported`` on SQLite when the query runs.
  public func floor() -> Computed<Value> { Computed(.node(.function(.floor), [expr])) }
  /// The smallest whole number that is no smaller: `ceil(x)`. Of an integer it is the integer.
  ///
  /// Of a `Decimal` it is ``RowanError/Code/unsupported`` on SQLite when the query runs.
  public func ceiling() -> Computed<Value> { Computed(.node(.function(.ceiling), [expr])) }
}

extension SQLExpression {
  /// This, or `fallback` where this is `NULL`.
  public func coalesce<W>(_ fallback: W) -> Computed<W> where Value == W? {
    Computed(.node(.function(.coalesce), [expr, .bind(fallback.sqlValue)]))
  }
  /// This, or `fallback` where this is `NULL`.
  public func coalesce<W>(_ fallback: some SQLExpression<W>) -> Computed<W> where Value == W? {
    Computed(.node(.function(.coalesce), [expr, fallback.expr]))
  }
  /// Converted to another type: `CAST(x AS …)`. What does not convert is the engine's error.
  public func cast<T: ColumnValue>(to _: T.Type) -> Computed<T> {
    Computed(.node(.cast(T.sqlType), [expr]))
  }

  /// Smallest first.
  @inlinable public func ascending() -> Ordering { Ordering(expr, SortOrder()) }
  /// Largest first.
  @inlinable public func descending() -> Ordering { Ordering(expr, SortOrder(descending: true)) }
}
