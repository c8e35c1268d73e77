/// The branches of a CASE, in the order in which they are tried. ``otherwise(_:)-(Value)`` or ``otherwiseNull()`` makes
/// an expression of them.
/// ```swift
/// User.select { when($0.age < 13, then: "child").when($0.age < 18, then: "minor").otherwise("adult") }
/// // SELECT CASE WHEN t0."age" < ? THEN ? WHEN t0."age" < ? THEN ? ELSE ? END FROM "users" AS t0
/// ```
/// A condition that is `NULL` does not hold, so that the next branch is tried.
public struct CaseBranches<Value: ColumnValue>: Sendable {
  private let args: ContiguousArray<Expr>

  fileprivate init(_ args: ContiguousArray<Expr>) { self.args = args }

  /// Where `condition` holds, and none before it, `value`.
  public func when(_ condition: Condition, then value: Value) -> CaseBranches {
    adding(condition, .bind(value.sqlValue))
  }
  /// Where `condition` holds, and none before it, an expression.
  public func when(_ condition: Condition, then expression: some SQLExpression<Value>) -> CaseBranches {
    adding(condition, expression.expr)
  }
  /// Where `condition` holds, and none before it, an expression that may be `NULL`.
  public func when(_ condition: Condition, then expression: some SQLExpression<Value?>) -> CaseBranches<Value?> {
    adding(condition, expression.expr)
  }
  /// Where `condition` holds, and none before it, an expression; the ones before may be `NULL`.
  public func when<W>(_ condition: Condition, then expression: some SQLExpression<W>) -> CaseBranches
  where Value == W? {
    adding(condition, expression.expr)
  }

  /// Where no condition holds, `value`: `CASE WHEN … THEN … ELSE ? END`.
  public func otherwise(_ value: Value) -> Computed<Value> { ending(.bind(value.sqlValue)) }
  /// Where no condition holds, an expression.
  public func otherwise(_ expression: some SQLExpression<Value>) -> Computed<Value> { ending(expression.expr) }
  /// Where no condition holds, an expression that may be `NULL`.
  public func otherwise(_ expression: some SQLExpression<Value?>) -> Computed<Value?> { ending(expression.expr) }
  /// Where no condition holds, an expression; the ones before may be `NULL`.
  public func otherwise<W>(_ expression: some SQLExpression<W>) -> Computed<Value> where Value == W? {
    ending(expression.expr)
  }
  /// Where no condition holds, `NULL`: `CASE WHEN … THEN … END`.
  public func otherwiseNull() -> Computed<Value.Nullable> { Computed(.node(.cases(hasElse: false), args)) }

  private func adding<V>(_ condition: Condition, _ value: Expr) -> CaseBranches<V> {
    CaseBranches<V>(args + [condition.expr, value])
  }

  private func ending<V>(_ value: Expr) -> Computed<V> { Computed(.node(.cases(hasElse: true), args + [value])) }
}

/// The first branch of a CASE: where `condition` holds, `value`.
public func when<Value: ColumnValue>(_ condition: Condition, then value: Value) -> CaseBranches<Value> {
  CaseBranches([condition.expr, .bind(value.sqlValue)])
}

/// The first branch of a CASE: where `condition` holds, an expression.
public func when<E: SQLExpression>(_ condition: Condition, then expression: E) -> CaseBranches<E.Value> {
  CaseBranches([condition.expr, expression.expr])
}
