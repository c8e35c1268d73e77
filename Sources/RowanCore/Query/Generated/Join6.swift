// Written by Scripts/generate-arities.sh; do not edit.
// swift-format-ignore-file

/// A query over 6 joined sources. An immutable value.
public struct Join6<A: FromItem, B: FromItem, C: FromItem, D: FromItem, E: FromItem, F: FromItem>: SelectFetchable {
  public typealias Row = (A.Row, B.Row, C.Row, D.Row, E.Row, F.Row)
  /// The tree.
  public var select: Select
  @inlinable init(_ select: Select) { self.select = select }

  @inlinable public var statement: Statement { .select(select) }
  @inlinable public func decode(_ row: inout RowReader) throws(DecodeFailure) -> Row {
    (try A.decodeRow(&row), try B.decodeRow(&row), try C.decodeRow(&row), try D.decodeRow(&row), try E.decodeRow(&row), try F.decodeRow(&row))
  }

  @inlinable func at<R>(_ body: (A.Columns, B.Columns, C.Columns, D.Columns, E.Columns, F.Columns) -> R) -> R {
    let scope = select.scope
    return Scope.inside(scope) {
      body(A.columns(Slot(scope: scope, 0)), B.columns(Slot(scope: scope, 1)), C.columns(Slot(scope: scope, 2)), D.columns(Slot(scope: scope, 3)), E.columns(Slot(scope: scope, 4)), F.columns(Slot(scope: scope, 5)))
    }
  }

  /// Only rows that satisfy `condition`, and every condition before it.
  @inlinable public consuming func `where`(_ condition: (A.Columns, B.Columns, C.Columns, D.Columns, E.Columns, F.Columns) -> Condition) -> Self {
    select.enterCurrentScope()
    let expr = at(condition).expr
    select.and(expr)
    return self
  }

  /// Sorted by one more term.
  @inlinable public consuming func order(_ term: (A.Columns, B.Columns, C.Columns, D.Columns, E.Columns, F.Columns) -> Ordering) -> Self {
    select.enterCurrentScope()
    let term = at(term)
    select.order.append(term)
    return self
  }

  /// Sorted by more terms.
  @inlinable public consuming func order(by terms: (A.Columns, B.Columns, C.Columns, D.Columns, E.Columns, F.Columns) -> [Ordering]) -> Self {
    select.enterCurrentScope()
    let terms = at(terms)
    select.order.append(contentsOf: terms)
    return self
  }

  /// At most `count` rows.
  @inlinable public consuming func limit(_ count: Int) -> Self {
    select.limit = LimitValue.bind(count)
    return self
  }

  /// Without the first `count` rows.
  @inlinable public consuming func offset(_ count: Int) -> Self {
    select.offset = LimitValue.bind(count)
    return self
  }

  /// Equal rows once.
  @inlinable public consuming func distinct() -> Self {
    select.distinct = true
    return self
  }

  /// Whether any row satisfies the query, as a condition inside another: `EXISTS (…)`.
  public func exists() -> Condition {
    var inner = select
    inner.enterCurrentScope()
    return Condition(.node(.exists(inner)))
  }

  /// The selected columns and expressions: one is a query usable inside others, several are a tuple.
  @inlinable public func select<S: Selection>(
    @SelectionBuilder _ body: (A.Columns, B.Columns, C.Columns, D.Columns, E.Columns, F.Columns) -> S
  ) -> S.Result {
    var copy = self
    copy.select.enterCurrentScope()
    return copy.at(body).result(copy.select)
  }

  /// With every matching row of `U`.
  @inlinable public func join<U: Table>(
    _: U.Type, on: (A.Columns, B.Columns, C.Columns, D.Columns, E.Columns, F.Columns, U.Columns) -> Condition
  ) -> Join7<A, B, C, D, E, F, U> {
    var copy = select
    copy.enterCurrentScope()
    let scope = copy.scope
    let condition = Scope.inside(scope) {
      on(A.columns(Slot(scope: scope, 0)), B.columns(Slot(scope: scope, 1)), C.columns(Slot(scope: scope, 2)), D.columns(Slot(scope: scope, 3)), E.columns(Slot(scope: scope, 4)), F.columns(Slot(scope: scope, 5)), U.columns(Slot(scope: scope, 6)))
    }
    copy.joins.append(Join(.table(U.schema), .inner, on: condition.expr))
    return Join7<A, B, C, D, E, F, U>(copy)
  }

  /// With every matching row of `U`, or none: its columns turn optional.
  @inlinable public func leftJoin<U: Table>(
    _: U.Type, on: (A.Columns, B.Columns, C.Columns, D.Columns, E.Columns, F.Columns, U.Columns) -> Condition
  ) -> Join7<A, B, C, D, E, F, Outer<U>> {
    var copy = select
    copy.enterCurrentScope()
    let scope = copy.scope
    let condition = Scope.inside(scope) {
      on(A.columns(Slot(scope: scope, 0)), B.columns(Slot(scope: scope, 1)), C.columns(Slot(scope: scope, 2)), D.columns(Slot(scope: scope, 3)), E.columns(Slot(scope: scope, 4)), F.columns(Slot(scope: scope, 5)), U.columns(Slot(scope: scope, 6)))
    }
    copy.joins.append(Join(.table(U.schema), .left, on: condition.expr))
    return Join7<A, B, C, D, E, F, Outer<U>>(copy)
  }

  /// Every row of `U` with its matches, or none: everything before turns optional.
  @inlinable public func rightJoin<U: Table>(
    _: U.Type, on: (A.Columns, B.Columns, C.Columns, D.Columns, E.Columns, F.Columns, U.Columns) -> Condition
  ) -> Join7<A.AsNullable, B.AsNullable, C.AsNullable, D.AsNullable, E.AsNullable, F.AsNullable, U> {
    var copy = select
    copy.enterCurrentScope()
    let scope = copy.scope
    let condition = Scope.inside(scope) {
      on(A.columns(Slot(scope: scope, 0)), B.columns(Slot(scope: scope, 1)), C.columns(Slot(scope: scope, 2)), D.columns(Slot(scope: scope, 3)), E.columns(Slot(scope: scope, 4)), F.columns(Slot(scope: scope, 5)), U.columns(Slot(scope: scope, 6)))
    }
    copy.joins.append(Join(.table(U.schema), .right, on: condition.expr))
    return Join7<A.AsNullable, B.AsNullable, C.AsNullable, D.AsNullable, E.AsNullable, F.AsNullable, U>(copy)
  }

  /// Every row of both sides, matched where possible: all columns turn optional.
  @inlinable public func fullJoin<U: Table>(
    _: U.Type, on: (A.Columns, B.Columns, C.Columns, D.Columns, E.Columns, F.Columns, U.Columns) -> Condition
  ) -> Join7<A.AsNullable, B.AsNullable, C.AsNullable, D.AsNullable, E.AsNullable, F.AsNullable, Outer<U>> {
    var copy = select
    copy.enterCurrentScope()
    let scope = copy.scope
    let condition = Scope.inside(scope) {
      on(A.columns(Slot(scope: scope, 0)), B.columns(Slot(scope: scope, 1)), C.columns(Slot(scope: scope, 2)), D.columns(Slot(scope: scope, 3)), E.columns(Slot(scope: scope, 4)), F.columns(Slot(scope: scope, 5)), U.columns(Slot(scope: scope, 6)))
    }
    copy.joins.append(Join(.table(U.schema), .full, on: condition.expr))
    return Join7<A.AsNullable, B.AsNullable, C.AsNullable, D.AsNullable, E.AsNullable, F.AsNullable, Outer<U>>(copy)
  }

  /// Grouped by one expression: the key comes back as the first argument of `select`.
  @inlinable public func group<K0: SQLExpression>(
    _ body: (A.Columns, B.Columns, C.Columns, D.Columns, E.Columns, F.Columns) -> K0
  ) -> Group6<K0, A, B, C, D, E, F> where A: Groupable, B: Groupable, C: Groupable, D: Groupable, E: Groupable, F: Groupable {
    var copy = self
    copy.select.enterCurrentScope()
    let picked = copy.at(body)
    let scope = copy.select.scope
    copy.select.group.append(picked.expr)
    let key = picked.asGroupKey(scope: scope, index: 0)
    return Group6(copy.select, key: key) { key, shift in key.moved(shift) }
  }

  /// Grouped by 2 expressions: the key comes back as the first argument of `select`.
  @inlinable public func group<K0: SQLExpression, K1: SQLExpression>(
    _ body: (A.Columns, B.Columns, C.Columns, D.Columns, E.Columns, F.Columns) -> (K0, K1)
  ) -> Group6<(K0, K1), A, B, C, D, E, F> where A: Groupable, B: Groupable, C: Groupable, D: Groupable, E: Groupable, F: Groupable {
    var copy = self
    copy.select.enterCurrentScope()
    let picked = copy.at(body)
    let scope = copy.select.scope
    copy.select.group.append(picked.0.expr); copy.select.group.append(picked.1.expr)
    let key = (picked.0.asGroupKey(scope: scope, index: 0), picked.1.asGroupKey(scope: scope, index: 1))
    return Group6(copy.select, key: key) { key, shift in (key.0.moved(shift), key.1.moved(shift)) }
  }

  /// Grouped by 3 expressions: the key comes back as the first argument of `select`.
  @inlinable public func group<K0: SQLExpression, K1: SQLExpression, K2: SQLExpression>(
    _ body: (A.Columns, B.Columns, C.Columns, D.Columns, E.Columns, F.Columns) -> (K0, K1, K2)
  ) -> Group6<(K0, K1, K2), A, B, C, D, E, F> where A: Groupable, B: Groupable, C: Groupable, D: Groupable, E: Groupable, F: Groupable {
    var copy = self
    copy.select.enterCurrentScope()
    let picked = copy.at(body)
    let scope = copy.select.scope
    copy.select.group.append(picked.0.expr); copy.select.group.append(picked.1.expr); copy.select.group.append(picked.2.expr)
    let key = (picked.0.asGroupKey(scope: scope, index: 0), picked.1.asGroupKey(scope: scope, index: 1), picked.2.asGroupKey(scope: scope, index: 2))
    return Group6(copy.select, key: key) { key, shift in (key.0.moved(shift), key.1.moved(shift), key.2.moved(shift)) }
  }

  /// Grouped by 4 expressions: the key comes back as the first argument of `select`.
  @inlinable public func group<K0: SQLExpression, K1: SQLExpression, K2: SQLExpression, K3: SQLExpression>(
    _ body: (A.Columns, B.Columns, C.Columns, D.Columns, E.Columns, F.Columns) -> (K0, K1, K2, K3)
  ) -> Group6<(K0, K1, K2, K3), A, B, C, D, E, F> where A: Groupable, B: Groupable, C: Groupable, D: Groupable, E: Groupable, F: Groupable {
    var copy = self
    copy.select.enterCurrentScope()
    let picked = copy.at(body)
    let scope = copy.select.scope
    copy.select.group.append(picked.0.expr); copy.select.group.append(picked.1.expr); copy.select.group.append(picked.2.expr); copy.select.group.append(picked.3.expr)
    let key = (picked.0.asGroupKey(scope: scope, index: 0), picked.1.asGroupKey(scope: scope, index: 1), picked.2.asGroupKey(scope: scope, index: 2), picked.3.asGroupKey(scope: scope, index: 3))
    return Group6(copy.select, key: key) { key, shift in (key.0.moved(shift), key.1.moved(shift), key.2.moved(shift), key.3.moved(shift)) }
  }

  /// Grouped by 5 expressions: the key comes back as the first argument of `select`.
  @inlinable public func group<K0: SQLExpression, K1: SQLExpression, K2: SQLExpression, K3: SQLExpression, K4: SQLExpression>(
    _ body: (A.Columns, B.Columns, C.Columns, D.Columns, E.Columns, F.Columns) -> (K0, K1, K2, K3, K4)
  ) -> Group6<(K0, K1, K2, K3, K4), A, B, C, D, E, F> where A: Groupable, B: Groupable, C: Groupable, D: Groupable, E: Groupable, F: Groupable {
    var copy = self
    copy.select.enterCurrentScope()
    let picked = copy.at(body)
    let scope = copy.select.scope
    copy.select.group.append(picked.0.expr); copy.select.group.append(picked.1.expr); copy.select.group.append(picked.2.expr); copy.select.group.append(picked.3.expr); copy.select.group.append(picked.4.expr)
    let key = (picked.0.asGroupKey(scope: scope, index: 0), picked.1.asGroupKey(scope: scope, index: 1), picked.2.asGroupKey(scope: scope, index: 2), picked.3.asGroupKey(scope: scope, index: 3), picked.4.asGroupKey(scope: scope, index: 4))
    return Group6(copy.select, key: key) { key, shift in (key.0.moved(shift), key.1.moved(shift), key.2.moved(shift), key.3.moved(shift), key.4.moved(shift)) }
  }

  /// Grouped by 6 expressions: the key comes back as the first argument of `select`.
  @inlinable public func group<K0: SQLExpression, K1: SQLExpression, K2: SQLExpression, K3: SQLExpression, K4: SQLExpression, K5: SQLExpression>(
    _ body: (A.Columns, B.Columns, C.Columns, D.Columns, E.Columns, F.Columns) -> (K0, K1, K2, K3, K4, K5)
  ) -> Group6<(K0, K1, K2, K3, K4, K5), A, B, C, D, E, F> where A: Groupable, B: Groupable, C: Groupable, D: Groupable, E: Groupable, F: Groupable {
    var copy = self
    copy.select.enterCurrentScope()
    let picked = copy.at(body)
    let scope = copy.select.scope
    copy.select.group.append(picked.0.expr); copy.select.group.append(picked.1.expr); copy.select.group.append(picked.2.expr); copy.select.group.append(picked.3.expr); copy.select.group.append(picked.4.expr); copy.select.group.append(picked.5.expr)
    let key = (picked.0.asGroupKey(scope: scope, index: 0), picked.1.asGroupKey(scope: scope, index: 1), picked.2.asGroupKey(scope: scope, index: 2), picked.3.asGroupKey(scope: scope, index: 3), picked.4.asGroupKey(scope: scope, index: 4), picked.5.asGroupKey(scope: scope, index: 5))
    return Group6(copy.select, key: key) { key, shift in (key.0.moved(shift), key.1.moved(shift), key.2.moved(shift), key.3.moved(shift), key.4.moved(shift), key.5.moved(shift)) }
  }

  /// Grouped by 7 expressions: the key comes back as the first argument of `select`.
  @inlinable public func group<K0: SQLExpression, K1: SQLExpression, K2: SQLExpression, K3: SQLExpression, K4: SQLExpression, K5: SQLExpression, K6: SQLExpression>(
    _ body: (A.Columns, B.Columns, C.Columns, D.Columns, E.Columns, F.Columns) -> (K0, K1, K2, K3, K4, K5, K6)
  ) -> Group6<(K0, K1, K2, K3, K4, K5, K6), A, B, C, D, E, F> where A: Groupable, B: Groupable, C: Groupable, D: Groupable, E: Groupable, F: Groupable {
    var copy = self
    copy.select.enterCurrentScope()
    let picked = copy.at(body)
    let scope = copy.select.scope
    copy.select.group.append(picked.0.expr); copy.select.group.append(picked.1.expr); copy.select.group.append(picked.2.expr); copy.select.group.append(picked.3.expr); copy.select.group.append(picked.4.expr); copy.select.group.append(picked.5.expr); copy.select.group.append(picked.6.expr)
    let key = (picked.0.asGroupKey(scope: scope, index: 0), picked.1.asGroupKey(scope: scope, index: 1), picked.2.asGroupKey(scope: scope, index: 2), picked.3.asGroupKey(scope: scope, index: 3), picked.4.asGroupKey(scope: scope, index: 4), picked.5.asGroupKey(scope: scope, index: 5), picked.6.asGroupKey(scope: scope, index: 6))
    return Group6(copy.select, key: key) { key, shift in (key.0.moved(shift), key.1.moved(shift), key.2.moved(shift), key.3.moved(shift), key.4.moved(shift), key.5.moved(shift), key.6.moved(shift)) }
  }

  /// Grouped by 8 expressions: the key comes back as the first argument of `select`.
  @inlinable public func group<K0: SQLExpression, K1: SQLExpression, K2: SQLExpression, K3: SQLExpression, K4: SQLExpression, K5: SQLExpression, K6: SQLExpression, K7: SQLExpression>(
    _ body: (A.Columns, B.Columns, C.Columns, D.Columns, E.Columns, F.Columns) -> (K0, K1, K2, K3, K4, K5, K6, K7)
  ) -> Group6<(K0, K1, K2, K3, K4, K5, K6, K7), A, B, C, D, E, F> where A: Groupable, B: Groupable, C: Groupable, D: Groupable, E: Groupable, F: Groupable {
    var copy = self
    copy.select.enterCurrentScope()
    let picked = copy.at(body)
    let scope = copy.select.scope
    copy.select.group.append(picked.0.expr); copy.select.group.append(picked.1.expr); copy.select.group.append(picked.2.expr); copy.select.group.append(picked.3.expr); copy.select.group.append(picked.4.expr); copy.select.group.append(picked.5.expr); copy.select.group.append(picked.6.expr); copy.select.group.append(picked.7.expr)
    let key = (picked.0.asGroupKey(scope: scope, index: 0), picked.1.asGroupKey(scope: scope, index: 1), picked.2.asGroupKey(scope: scope, index: 2), picked.3.asGroupKey(scope: scope, index: 3), picked.4.asGroupKey(scope: scope, index: 4), picked.5.asGroupKey(scope: scope, index: 5), picked.6.asGroupKey(scope: scope, index: 6), picked.7.asGroupKey(scope: scope, index: 7))
    return Group6(copy.select, key: key) { key, shift in (key.0.moved(shift), key.1.moved(shift), key.2.moved(shift), key.3.moved(shift), key.4.moved(shift), key.5.moved(shift), key.6.moved(shift), key.7.moved(shift)) }
  }

  /// Grouped by 9 expressions: the key comes back as the first argument of `select`.
  @inlinable public func group<K0: SQLExpression, K1: SQLExpression, K2: SQLExpression, K3: SQLExpression, K4: SQLExpression, K5: SQLExpression, K6: SQLExpression, K7: SQLExpression, K8: SQLExpression>(
    _ body: (A.Columns, B.Columns, C.Columns, D.Columns, E.Columns, F.Columns) -> (K0, K1, K2, K3, K4, K5, K6, K7, K8)
  ) -> Group6<(K0, K1, K2, K3, K4, K5, K6, K7, K8), A, B, C, D, E, F> where A: Groupable, B: Groupable, C: Groupable, D: Groupable, E: Groupable, F: Groupable {
    var copy = self
    copy.select.enterCurrentScope()
    let picked = copy.at(body)
    let scope = copy.select.scope
    copy.select.group.append(picked.0.expr); copy.select.group.append(picked.1.expr); copy.select.group.append(picked.2.expr); copy.select.group.append(picked.3.expr); copy.select.group.append(picked.4.expr); copy.select.group.append(picked.5.expr); copy.select.group.append(picked.6.expr); copy.select.group.append(picked.7.expr); copy.select.group.append(picked.8.expr)
    let key = (picked.0.asGroupKey(scope: scope, index: 0), picked.1.asGroupKey(scope: scope, index: 1), picked.2.asGroupKey(scope: scope, index: 2), picked.3.asGroupKey(scope: scope, index: 3), picked.4.asGroupKey(scope: scope, index: 4), picked.5.asGroupKey(scope: scope, index: 5), picked.6.asGroupKey(scope: scope, index: 6), picked.7.asGroupKey(scope: scope, index: 7), picked.8.asGroupKey(scope: scope, index: 8))
    return Group6(copy.select, key: key) { key, shift in (key.0.moved(shift), key.1.moved(shift), key.2.moved(shift), key.3.moved(shift), key.4.moved(shift), key.5.moved(shift), key.6.moved(shift), key.7.moved(shift), key.8.moved(shift)) }
  }

  /// Grouped by 10 expressions: the key comes back as the first argument of `select`.
  @inlinable public func group<K0: SQLExpression, K1: SQLExpression, K2: SQLExpression, K3: SQLExpression, K4: SQLExpression, K5: SQLExpression, K6: SQLExpression, K7: SQLExpression, K8: SQLExpression, K9: SQLExpression>(
    _ body: (A.Columns, B.Columns, C.Columns, D.Columns, E.Columns, F.Columns) -> (K0, K1, K2, K3, K4, K5, K6, K7, K8, K9)
  ) -> Group6<(K0, K1, K2, K3, K4, K5, K6, K7, K8, K9), A, B, C, D, E, F> where A: Groupable, B: Groupable, C: Groupable, D: Groupable, E: Groupable, F: Groupable {
    var copy = self
    copy.select.enterCurrentScope()
    let picked = copy.at(body)
    let scope = copy.select.scope
    copy.select.group.append(picked.0.expr); copy.select.group.append(picked.1.expr); copy.select.group.append(picked.2.expr); copy.select.group.append(picked.3.expr); copy.select.group.append(picked.4.expr); copy.select.group.append(picked.5.expr); copy.select.group.append(picked.6.expr); copy.select.group.append(picked.7.expr); copy.select.group.append(picked.8.expr); copy.select.group.append(picked.9.expr)
    let key = (picked.0.asGroupKey(scope: scope, index: 0), picked.1.asGroupKey(scope: scope, index: 1), picked.2.asGroupKey(scope: scope, index: 2), picked.3.asGroupKey(scope: scope, index: 3), picked.4.asGroupKey(scope: scope, index: 4), picked.5.asGroupKey(scope: scope, index: 5), picked.6.asGroupKey(scope: scope, index: 6), picked.7.asGroupKey(scope: scope, index: 7), picked.8.asGroupKey(scope: scope, index: 8), picked.9.asGroupKey(scope: scope, index: 9))
    return Group6(copy.select, key: key) { key, shift in (key.0.moved(shift), key.1.moved(shift), key.2.moved(shift), key.3.moved(shift), key.4.moved(shift), key.5.moved(shift), key.6.moved(shift), key.7.moved(shift), key.8.moved(shift), key.9.moved(shift)) }
  }

}
