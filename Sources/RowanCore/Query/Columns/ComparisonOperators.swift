extension SQLExpression {
  @inlinable @inline(__always) func compare(_ op: Comparison, _ value: Value) -> Condition {
    compare(op, bound: value.sqlValue)
  }

  @inlinable func compare(_ op: Comparison, bound value: SQLValue) -> Condition {
    if case .null = value { return Comparison.withNull(op, expr) }
    if case .column(let ref) = expr { return Condition(.compare(op, ref, value)) }
    return Condition(.binary(op, expr, .bind(value)))
  }

  /// Equal to `value`; a nil is `IS NULL`.
  @inlinable public static func == (left: Self, right: Value) -> Condition { left.compare(.equal, right) }
  /// Not equal to `value`; a nil is `IS NOT NULL`. Rows where the left side is `NULL` do not match: see
  /// ``isDistinct(from:)-(Value)``.
  @inlinable public static func != (left: Self, right: Value) -> Condition { left.compare(.notEqual, right) }
  /// Less than `value`.
  @inlinable public static func < (left: Self, right: Value) -> Condition { left.compare(.less, right) }
  /// At most `value`.
  @inlinable public static func <= (left: Self, right: Value) -> Condition { left.compare(.lessOrEqual, right) }
  /// Greater than `value`.
  @inlinable public static func > (left: Self, right: Value) -> Condition { left.compare(.greater, right) }
  /// At least `value`.
  @inlinable public static func >= (left: Self, right: Value) -> Condition { left.compare(.greaterOrEqual, right) }

  /// Equal to another expression.
  @inlinable public static func == (left: Self, right: some SQLExpression<Value>) -> Condition {
    Condition(.binary(.equal, left.expr, right.expr))
  }
  /// Equal to another expression, which may be `NULL`.
  @inlinable public static func == (left: Self, right: some SQLExpression<Value?>) -> Condition {
    Condition(.binary(.equal, left.expr, right.expr))
  }
  /// Equal to another expression, this one being nullable.
  @inlinable public static func == <W>(left: Self, right: some SQLExpression<W>) -> Condition where Value == W? {
    Condition(.binary(.equal, left.expr, right.expr))
  }
  /// Not equal to another expression.
  @inlinable public static func != (left: Self, right: some SQLExpression<Value>) -> Condition {
    Condition(.binary(.notEqual, left.expr, right.expr))
  }
  /// Not equal to another expression, which may be `NULL`.
  @inlinable public static func != (left: Self, right: some SQLExpression<Value?>) -> Condition {
    Condition(.binary(.notEqual, left.expr, right.expr))
  }
  /// Not equal to another expression, this one being nullable.
  @inlinable public static func != <W>(left: Self, right: some SQLExpression<W>) -> Condition where Value == W? {
    Condition(.binary(.notEqual, left.expr, right.expr))
  }
  /// Less than another expression.
  @inlinable public static func < <R: SQLExpression>(left: Self, right: R) -> Condition
  where R.Value.Nullable == Value.Nullable { Condition(.binary(.less, left.expr, right.expr)) }
  /// At most another expression.
  @inlinable public static func <= <R: SQLExpression>(left: Self, right: R) -> Condition
  where R.Value.Nullable == Value.Nullable { Condition(.binary(.lessOrEqual, left.expr, right.expr)) }
  /// Greater than another expression.
  @inlinable public static func > <R: SQLExpression>(left: Self, right: R) -> Condition
  where R.Value.Nullable == Value.Nullable { Condition(.binary(.greater, left.expr, right.expr)) }
  /// At least another expression.
  @inlinable public static func >= <R: SQLExpression>(left: Self, right: R) -> Condition
  where R.Value.Nullable == Value.Nullable { Condition(.binary(.greaterOrEqual, left.expr, right.expr)) }

  /// `IS NULL`.
  public var isNull: Condition {
    if case .column(let ref) = expr { return Condition(.isNull(ref)) }
    return Condition(.node(.isNull, [expr]))
  }
  /// `IS NOT NULL`.
  public var isNotNull: Condition { !isNull }

  /// Differs from `value`, `NULL` being a value like any other: `IS DISTINCT FROM`.
  public func isDistinct(from value: Value) -> Condition { distinct(.bind(value.sqlValue), negated: false) }
  /// Differs from another expression, `NULL` being a value like any other.
  public func isDistinct<R: SQLExpression>(from other: R) -> Condition where R.Value.Nullable == Value.Nullable {
    distinct(other.expr, negated: false)
  }
  /// Equal to `value`, two `NULL`s being equal: `IS NOT DISTINCT FROM`.
  public func isNotDistinct(from value: Value) -> Condition { distinct(.bind(value.sqlValue), negated: true) }
  /// Equal to another expression, two `NULL`s being equal.
  public func isNotDistinct<R: SQLExpression>(from other: R) -> Condition where R.Value.Nullable == Value.Nullable {
    distinct(other.expr, negated: true)
  }

  private func distinct(_ other: Expr, negated: Bool) -> Condition {
    if case .bind(.null) = other { return negated ? isNull : isNotNull }
    return Condition(.node(.isDistinct(negated: negated), [expr, other]))
  }

  /// At least `low` and at most `high`.
  public func between(_ low: Value, and high: Value) -> Condition {
    Condition(.node(.between, [expr, .bind(Comparison.bound(low.sqlValue)), .bind(Comparison.bound(high.sqlValue))]))
  }

  /// One of `values`. A nil among them matches `NULL`; an empty list matches nothing.
  public func `in`(_ values: some Sequence<Value>) -> Condition {
    var list = ContiguousArray<SQLValue>()
    var hasNull = false
    for value in values {
      let bound = value.sqlValue
      if bound.isNull { hasNull = true } else { list.append(bound) }
    }
    if list.isEmpty { return hasNull ? isNull : .never }
    var padded = 1
    while padded < list.count { padded <<= 1 }
    let array = SQLArray(element: Value.sqlType, values: list)
    let member = Condition(.node(.inList(padded: padded), [expr, .bind(.array(array))]))
    return hasNull ? member || isNull : member
  }

  /// None of `values`; the opposite of ``in(_:)-(Sequence)``, so a row where the left side is `NULL` matches only if
  /// `values` is empty.
  public func notIn(_ values: some Sequence<Value>) -> Condition { !self.in(values) }

  /// One of the rows of a sub-query.
  public func `in`<Q: SubQuery>(_ query: Q) -> Condition where Q.Value.Nullable == Value.Nullable {
    Condition(.node(.inSelect(query.subselect), [expr]))
  }
}

extension SQLExpression where Value.Nullable == Bool? {
  /// True; a Bool column is a condition only in this form.
  public var isTrue: Condition { compare(.equal, bound: .bool(true)) }
  /// False.
  public var isFalse: Condition { compare(.equal, bound: .bool(false)) }
}

extension Comparison {
  /// A comparison with nil is another shape: `IS [NOT] NULL`, or, for an ordering, an error when the query runs.
  @usableFromInline static func withNull(_ op: Comparison, _ expr: Expr) -> Condition {
    let isNull: Expr = if case .column(let ref) = expr { .isNull(ref) } else { .node(.isNull, [expr]) }
    switch op {
    case .equal: return Condition(isNull)
    case .notEqual: return Condition(.not(isNull))
    default: return Condition(.binary(op, expr, .bind(bound(.null))))
    }
  }

  /// The bound of an ordering: a nil is an error when the query runs.
  static func bound(_ value: SQLValue) -> SQLValue {
    guard case .null = value else { return value }
    return .invalid(
      EncodingFailure(
        swiftType: "nil", reason: "it has no place in an ordering, so it cannot be compared with <, <=, > or >=",
        code: .nullComparison))
  }
}
