extension SQLExpression {
  /// This, or `NULL` where it equals `value`: `nullif(x, ?)`.
  public func nullIf(_ value: Value) -> Computed<Value.Nullable> {
    Computed(.node(.function(.nullIf), [expr, .bind(value.sqlValue)]))
  }
  /// This, or `NULL` where it equals another expression.
  public func nullIf<R: SQLExpression>(_ other: R) -> Computed<Value.Nullable>
  where R.Value.Nullable == Value.Nullable {
    Computed(.node(.function(.nullIf), [expr, other.expr]))
  }

  /// The larger of this and `value`: `greatest(x, ?)`; on SQLite `max(x, ?)`.
  ///
  /// Where either is `NULL`, PostgreSQL takes the other and the rest `NULL`; operands that went through
  /// ``coalesce(_:)-(W)`` mean the same on every engine. The same holds for every form of ``greatest(_:)-(Value)`` and
  /// ``least(_:)-(Value)``.
  public func greatest(_ value: Value) -> Computed<Value> { chosen(.greatest, .bind(value.sqlValue)) }
  /// The larger of two expressions.
  public func greatest(_ other: some SQLExpression<Value>) -> Computed<Value> { chosen(.greatest, other.expr) }
  /// The larger of two expressions, the other being nullable.
  public func greatest(_ other: some SQLExpression<Value?>) -> Computed<Value?> { chosen(.greatest, other.expr) }
  /// The larger of two expressions, this one being nullable.
  public func greatest<W>(_ other: some SQLExpression<W>) -> Computed<Value> where Value == W? {
    chosen(.greatest, other.expr)
  }

  /// The smaller of this and `value`: `least(x, ?)`; on SQLite `min(x, ?)`.
  ///
  /// Where either is `NULL`, engines differ as they do in ``greatest(_:)-(Value)``.
  public func least(_ value: Value) -> Computed<Value> { chosen(.least, .bind(value.sqlValue)) }
  /// The smaller of two expressions.
  public func least(_ other: some SQLExpression<Value>) -> Computed<Value> { chosen(.least, other.expr) }
  /// The smaller of two expressions, the other being nullable.
  public func least(_ other: some SQLExpression<Value?>) -> Computed<Value?> { chosen(.least, other.expr) }
  /// The smaller of two expressions, this one being nullable.
  public func least<W>(_ other: some SQLExpression<W>) -> Computed<Value> where Value == W? {
    chosen(.least, other.expr)
  }

  private func chosen<V>(_ function: FunctionName, _ other: Expr) -> Computed<V> {
    Computed(.node(.function(function), [expr, other]))
  }
}
