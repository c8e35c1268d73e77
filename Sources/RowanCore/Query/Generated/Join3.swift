// Written by Scripts/generate-arities.sh; do not edit.
// swift-format-ignore-file

/// A query over 3 joined sources. An immutable value.
public struct Join3<A: FromItem, B: FromItem, C: FromItem>: Fetchable {
  public typealias Row = (A.Row, B.Row, C.Row)
  /// The tree.
  public var select: Select
  @inlinable init(_ select: Select) { self.select = select }

  @inlinable public var statement: Statement { .select(select) }
  @inlinable public func decode(_ row: inout RowReader) throws(DecodeFailure) -> Row {
    (try A.decodeRow(&row), try B.decodeRow(&row), try C.decodeRow(&row))
  }

  @inlinable func at<R>(_ body: (A.Columns, B.Columns, C.Columns) -> R) -> R {
    let scope = select.scope
    return Scope.inside(scope) {
      body(A.columns(Slot(scope: scope, 0)), B.columns(Slot(scope: scope, 1)), C.columns(Slot(scope: scope, 2)))
    }
  }

  /// Only rows that satisfy `condition`, and every condition before it.
  @inlinable public consuming func `where`(_ condition: (A.Columns, B.Columns, C.Columns) -> Condition) -> Self {
    select.enterCurrentScope()
    let expr = at(condition).expr
    select.and(expr)
    return self
  }

  /// Sorted by one more term.
  @inlinable public consuming func order(_ term: (A.Columns, B.Columns, C.Columns) -> Ordering) -> Self {
    select.enterCurrentScope()
    let term = at(term)
    select.order.append(term)
    return self
  }

  /// Sorted by more terms.
  @inlinable public consuming func order(by terms: (A.Columns, B.Columns, C.Columns) -> [Ordering]) -> Self {
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

  /// How many rows the query has.
  public func fetchCount(_ db: some QueryExecutor) async throws -> Int {
    try await select.counting().fetchOne(db)
  }

  /// Whether any row satisfies the query, as a condition inside another: `EXISTS (…)`.
  public func exists() -> Condition {
    var inner = select
    inner.enterCurrentScope()
    return Condition(.node(.exists(inner)))
  }

  /// One column or expression; usable as a sub-query.
  @inlinable public func select<X0: SQLExpression>(_ body: (A.Columns, B.Columns, C.Columns) -> X0) -> ScalarQuery<X0.Value> {
    ScalarQuery(select.selecting(at(body)))
  }

  /// One selected item.
  @_disfavoredOverload @inlinable public func select<X0: Selectable>(
    _ body: (A.Columns, B.Columns, C.Columns) -> X0
  ) -> Projection<X0.Output> {
    let picked = at(body)
    var copy = select
    var fields = ContiguousArray<Field>()
    picked.fields(into: &fields)
    copy.fields = .list(fields)
    return Projection(copy) { (row: inout RowReader) throws(DecodeFailure) in
      try X0.decode(&row)
    }
  }

  /// 2 selected items, as a tuple.
  @inlinable public func select<X0: Selectable, X1: Selectable>(
    _ body: (A.Columns, B.Columns, C.Columns) -> (X0, X1)
  ) -> Projection<(X0.Output, X1.Output)> {
    let picked = at(body)
    var copy = select
    var fields = ContiguousArray<Field>()
    picked.0.fields(into: &fields); picked.1.fields(into: &fields)
    copy.fields = .list(fields)
    return Projection(copy) { (row: inout RowReader) throws(DecodeFailure) in
      (try X0.decode(&row), try X1.decode(&row))
    }
  }

  /// 3 selected items, as a tuple.
  @inlinable public func select<X0: Selectable, X1: Selectable, X2: Selectable>(
    _ body: (A.Columns, B.Columns, C.Columns) -> (X0, X1, X2)
  ) -> Projection<(X0.Output, X1.Output, X2.Output)> {
    let picked = at(body)
    var copy = select
    var fields = ContiguousArray<Field>()
    picked.0.fields(into: &fields); picked.1.fields(into: &fields); picked.2.fields(into: &fields)
    copy.fields = .list(fields)
    return Projection(copy) { (row: inout RowReader) throws(DecodeFailure) in
      (try X0.decode(&row), try X1.decode(&row), try X2.decode(&row))
    }
  }

  /// 4 selected items, as a tuple.
  @inlinable public func select<X0: Selectable, X1: Selectable, X2: Selectable, X3: Selectable>(
    _ body: (A.Columns, B.Columns, C.Columns) -> (X0, X1, X2, X3)
  ) -> Projection<(X0.Output, X1.Output, X2.Output, X3.Output)> {
    let picked = at(body)
    var copy = select
    var fields = ContiguousArray<Field>()
    picked.0.fields(into: &fields); picked.1.fields(into: &fields); picked.2.fields(into: &fields); picked.3.fields(into: &fields)
    copy.fields = .list(fields)
    return Projection(copy) { (row: inout RowReader) throws(DecodeFailure) in
      (try X0.decode(&row), try X1.decode(&row), try X2.decode(&row), try X3.decode(&row))
    }
  }

  /// 5 selected items, as a tuple.
  @inlinable public func select<X0: Selectable, X1: Selectable, X2: Selectable, X3: Selectable, X4: Selectable>(
    _ body: (A.Columns, B.Columns, C.Columns) -> (X0, X1, X2, X3, X4)
  ) -> Projection<(X0.Output, X1.Output, X2.Output, X3.Output, X4.Output)> {
    let picked = at(body)
    var copy = select
    var fields = ContiguousArray<Field>()
    picked.0.fields(into: &fields); picked.1.fields(into: &fields); picked.2.fields(into: &fields); picked.3.fields(into: &fields); picked.4.fields(into: &fields)
    copy.fields = .list(fields)
    return Projection(copy) { (row: inout RowReader) throws(DecodeFailure) in
      (try X0.decode(&row), try X1.decode(&row), try X2.decode(&row), try X3.decode(&row), try X4.decode(&row))
    }
  }

  /// 6 selected items, as a tuple.
  @inlinable public func select<X0: Selectable, X1: Selectable, X2: Selectable, X3: Selectable, X4: Selectable, X5: Selectable>(
    _ body: (A.Columns, B.Columns, C.Columns) -> (X0, X1, X2, X3, X4, X5)
  ) -> Projection<(X0.Output, X1.Output, X2.Output, X3.Output, X4.Output, X5.Output)> {
    let picked = at(body)
    var copy = select
    var fields = ContiguousArray<Field>()
    picked.0.fields(into: &fields); picked.1.fields(into: &fields); picked.2.fields(into: &fields); picked.3.fields(into: &fields); picked.4.fields(into: &fields); picked.5.fields(into: &fields)
    copy.fields = .list(fields)
    return Projection(copy) { (row: inout RowReader) throws(DecodeFailure) in
      (try X0.decode(&row), try X1.decode(&row), try X2.decode(&row), try X3.decode(&row), try X4.decode(&row), try X5.decode(&row))
    }
  }

  /// 7 selected items, as a tuple.
  @inlinable public func select<X0: Selectable, X1: Selectable, X2: Selectable, X3: Selectable, X4: Selectable, X5: Selectable, X6: Selectable>(
    _ body: (A.Columns, B.Columns, C.Columns) -> (X0, X1, X2, X3, X4, X5, X6)
  ) -> Projection<(X0.Output, X1.Output, X2.Output, X3.Output, X4.Output, X5.Output, X6.Output)> {
    let picked = at(body)
    var copy = select
    var fields = ContiguousArray<Field>()
    picked.0.fields(into: &fields); picked.1.fields(into: &fields); picked.2.fields(into: &fields); picked.3.fields(into: &fields); picked.4.fields(into: &fields); picked.5.fields(into: &fields); picked.6.fields(into: &fields)
    copy.fields = .list(fields)
    return Projection(copy) { (row: inout RowReader) throws(DecodeFailure) in
      (try X0.decode(&row), try X1.decode(&row), try X2.decode(&row), try X3.decode(&row), try X4.decode(&row), try X5.decode(&row), try X6.decode(&row))
    }
  }

  /// 8 selected items, as a tuple.
  @inlinable public func select<X0: Selectable, X1: Selectable, X2: Selectable, X3: Selectable, X4: Selectable, X5: Selectable, X6: Selectable, X7: Selectable>(
    _ body: (A.Columns, B.Columns, C.Columns) -> (X0, X1, X2, X3, X4, X5, X6, X7)
  ) -> Projection<(X0.Output, X1.Output, X2.Output, X3.Output, X4.Output, X5.Output, X6.Output, X7.Output)> {
    let picked = at(body)
    var copy = select
    var fields = ContiguousArray<Field>()
    picked.0.fields(into: &fields); picked.1.fields(into: &fields); picked.2.fields(into: &fields); picked.3.fields(into: &fields); picked.4.fields(into: &fields); picked.5.fields(into: &fields); picked.6.fields(into: &fields); picked.7.fields(into: &fields)
    copy.fields = .list(fields)
    return Projection(copy) { (row: inout RowReader) throws(DecodeFailure) in
      (try X0.decode(&row), try X1.decode(&row), try X2.decode(&row), try X3.decode(&row), try X4.decode(&row), try X5.decode(&row), try X6.decode(&row), try X7.decode(&row))
    }
  }

  /// 9 selected items, as a tuple.
  @inlinable public func select<X0: Selectable, X1: Selectable, X2: Selectable, X3: Selectable, X4: Selectable, X5: Selectable, X6: Selectable, X7: Selectable, X8: Selectable>(
    _ body: (A.Columns, B.Columns, C.Columns) -> (X0, X1, X2, X3, X4, X5, X6, X7, X8)
  ) -> Projection<(X0.Output, X1.Output, X2.Output, X3.Output, X4.Output, X5.Output, X6.Output, X7.Output, X8.Output)> {
    let picked = at(body)
    var copy = select
    var fields = ContiguousArray<Field>()
    picked.0.fields(into: &fields); picked.1.fields(into: &fields); picked.2.fields(into: &fields); picked.3.fields(into: &fields); picked.4.fields(into: &fields); picked.5.fields(into: &fields); picked.6.fields(into: &fields); picked.7.fields(into: &fields); picked.8.fields(into: &fields)
    copy.fields = .list(fields)
    return Projection(copy) { (row: inout RowReader) throws(DecodeFailure) in
      (try X0.decode(&row), try X1.decode(&row), try X2.decode(&row), try X3.decode(&row), try X4.decode(&row), try X5.decode(&row), try X6.decode(&row), try X7.decode(&row), try X8.decode(&row))
    }
  }

  /// 10 selected items, as a tuple.
  @inlinable public func select<X0: Selectable, X1: Selectable, X2: Selectable, X3: Selectable, X4: Selectable, X5: Selectable, X6: Selectable, X7: Selectable, X8: Selectable, X9: Selectable>(
    _ body: (A.Columns, B.Columns, C.Columns) -> (X0, X1, X2, X3, X4, X5, X6, X7, X8, X9)
  ) -> Projection<(X0.Output, X1.Output, X2.Output, X3.Output, X4.Output, X5.Output, X6.Output, X7.Output, X8.Output, X9.Output)> {
    let picked = at(body)
    var copy = select
    var fields = ContiguousArray<Field>()
    picked.0.fields(into: &fields); picked.1.fields(into: &fields); picked.2.fields(into: &fields); picked.3.fields(into: &fields); picked.4.fields(into: &fields); picked.5.fields(into: &fields); picked.6.fields(into: &fields); picked.7.fields(into: &fields); picked.8.fields(into: &fields); picked.9.fields(into: &fields)
    copy.fields = .list(fields)
    return Projection(copy) { (row: inout RowReader) throws(DecodeFailure) in
      (try X0.decode(&row), try X1.decode(&row), try X2.decode(&row), try X3.decode(&row), try X4.decode(&row), try X5.decode(&row), try X6.decode(&row), try X7.decode(&row), try X8.decode(&row), try X9.decode(&row))
    }
  }

  /// With every matching row of `U`.
  @inlinable public func join<U: Table>(
    _: U.Type, on: (A.Columns, B.Columns, C.Columns, U.Columns) -> Condition
  ) -> Join4<A, B, C, U> {
    var copy = select
    copy.enterCurrentScope()
    let scope = copy.scope
    let condition = Scope.inside(scope) {
      on(A.columns(Slot(scope: scope, 0)), B.columns(Slot(scope: scope, 1)), C.columns(Slot(scope: scope, 2)), U.columns(Slot(scope: scope, 3)))
    }
    copy.joins.append(Join(.table(U.schema), .inner, on: condition.expr))
    return Join4<A, B, C, U>(copy)
  }

  /// With every matching row of `U`, or none: its columns turn optional.
  @inlinable public func leftJoin<U: Table>(
    _: U.Type, on: (A.Columns, B.Columns, C.Columns, U.Columns) -> Condition
  ) -> Join4<A, B, C, Outer<U>> {
    var copy = select
    copy.enterCurrentScope()
    let scope = copy.scope
    let condition = Scope.inside(scope) {
      on(A.columns(Slot(scope: scope, 0)), B.columns(Slot(scope: scope, 1)), C.columns(Slot(scope: scope, 2)), U.columns(Slot(scope: scope, 3)))
    }
    copy.joins.append(Join(.table(U.schema), .left, on: condition.expr))
    return Join4<A, B, C, Outer<U>>(copy)
  }

  /// Every row of `U` with its matches, or none: everything before turns optional.
  @inlinable public func rightJoin<U: Table>(
    _: U.Type, on: (A.Columns, B.Columns, C.Columns, U.Columns) -> Condition
  ) -> Join4<A.AsNullable, B.AsNullable, C.AsNullable, U> {
    var copy = select
    copy.enterCurrentScope()
    let scope = copy.scope
    let condition = Scope.inside(scope) {
      on(A.columns(Slot(scope: scope, 0)), B.columns(Slot(scope: scope, 1)), C.columns(Slot(scope: scope, 2)), U.columns(Slot(scope: scope, 3)))
    }
    copy.joins.append(Join(.table(U.schema), .right, on: condition.expr))
    return Join4<A.AsNullable, B.AsNullable, C.AsNullable, U>(copy)
  }

  /// Every row of both sides, matched where possible: all columns turn optional.
  @inlinable public func fullJoin<U: Table>(
    _: U.Type, on: (A.Columns, B.Columns, C.Columns, U.Columns) -> Condition
  ) -> Join4<A.AsNullable, B.AsNullable, C.AsNullable, Outer<U>> {
    var copy = select
    copy.enterCurrentScope()
    let scope = copy.scope
    let condition = Scope.inside(scope) {
      on(A.columns(Slot(scope: scope, 0)), B.columns(Slot(scope: scope, 1)), C.columns(Slot(scope: scope, 2)), U.columns(Slot(scope: scope, 3)))
    }
    copy.joins.append(Join(.table(U.schema), .full, on: condition.expr))
    return Join4<A.AsNullable, B.AsNullable, C.AsNullable, Outer<U>>(copy)
  }

  /// Grouped by one expression: the key comes back as the first argument of `select`.
  @inlinable public func group<K0: SQLExpression>(
    _ body: (A.Columns, B.Columns, C.Columns) -> K0
  ) -> Group3<K0, A, B, C> where A: Groupable, B: Groupable, C: Groupable {
    let picked = at(body)
    var copy = select
    copy.group.append(picked.expr)
    return Group3(copy, key: picked)
  }

  /// Grouped by 2 expressions: the key comes back as the first argument of `select`.
  @inlinable public func group<K0: SQLExpression, K1: SQLExpression>(
    _ body: (A.Columns, B.Columns, C.Columns) -> (K0, K1)
  ) -> Group3<(K0, K1), A, B, C> where A: Groupable, B: Groupable, C: Groupable {
    let picked = at(body)
    var copy = select
    copy.group.append(picked.0.expr); copy.group.append(picked.1.expr)
    return Group3(copy, key: picked)
  }

  /// Grouped by 3 expressions: the key comes back as the first argument of `select`.
  @inlinable public func group<K0: SQLExpression, K1: SQLExpression, K2: SQLExpression>(
    _ body: (A.Columns, B.Columns, C.Columns) -> (K0, K1, K2)
  ) -> Group3<(K0, K1, K2), A, B, C> where A: Groupable, B: Groupable, C: Groupable {
    let picked = at(body)
    var copy = select
    copy.group.append(picked.0.expr); copy.group.append(picked.1.expr); copy.group.append(picked.2.expr)
    return Group3(copy, key: picked)
  }

  /// Grouped by 4 expressions: the key comes back as the first argument of `select`.
  @inlinable public func group<K0: SQLExpression, K1: SQLExpression, K2: SQLExpression, K3: SQLExpression>(
    _ body: (A.Columns, B.Columns, C.Columns) -> (K0, K1, K2, K3)
  ) -> Group3<(K0, K1, K2, K3), A, B, C> where A: Groupable, B: Groupable, C: Groupable {
    let picked = at(body)
    var copy = select
    copy.group.append(picked.0.expr); copy.group.append(picked.1.expr); copy.group.append(picked.2.expr); copy.group.append(picked.3.expr)
    return Group3(copy, key: picked)
  }

  /// Grouped by 5 expressions: the key comes back as the first argument of `select`.
  @inlinable public func group<K0: SQLExpression, K1: SQLExpression, K2: SQLExpression, K3: SQLExpression, K4: SQLExpression>(
    _ body: (A.Columns, B.Columns, C.Columns) -> (K0, K1, K2, K3, K4)
  ) -> Group3<(K0, K1, K2, K3, K4), A, B, C> where A: Groupable, B: Groupable, C: Groupable {
    let picked = at(body)
    var copy = select
    copy.group.append(picked.0.expr); copy.group.append(picked.1.expr); copy.group.append(picked.2.expr); copy.group.append(picked.3.expr); copy.group.append(picked.4.expr)
    return Group3(copy, key: picked)
  }

  /// Grouped by 6 expressions: the key comes back as the first argument of `select`.
  @inlinable public func group<K0: SQLExpression, K1: SQLExpression, K2: SQLExpression, K3: SQLExpression, K4: SQLExpression, K5: SQLExpression>(
    _ body: (A.Columns, B.Columns, C.Columns) -> (K0, K1, K2, K3, K4, K5)
  ) -> Group3<(K0, K1, K2, K3, K4, K5), A, B, C> where A: Groupable, B: Groupable, C: Groupable {
    let picked = at(body)
    var copy = select
    copy.group.append(picked.0.expr); copy.group.append(picked.1.expr); copy.group.append(picked.2.expr); copy.group.append(picked.3.expr); copy.group.append(picked.4.expr); copy.group.append(picked.5.expr)
    return Group3(copy, key: picked)
  }

  /// Grouped by 7 expressions: the key comes back as the first argument of `select`.
  @inlinable public func group<K0: SQLExpression, K1: SQLExpression, K2: SQLExpression, K3: SQLExpression, K4: SQLExpression, K5: SQLExpression, K6: SQLExpression>(
    _ body: (A.Columns, B.Columns, C.Columns) -> (K0, K1, K2, K3, K4, K5, K6)
  ) -> Group3<(K0, K1, K2, K3, K4, K5, K6), A, B, C> where A: Groupable, B: Groupable, C: Groupable {
    let picked = at(body)
    var copy = select
    copy.group.append(picked.0.expr); copy.group.append(picked.1.expr); copy.group.append(picked.2.expr); copy.group.append(picked.3.expr); copy.group.append(picked.4.expr); copy.group.append(picked.5.expr); copy.group.append(picked.6.expr)
    return Group3(copy, key: picked)
  }

  /// Grouped by 8 expressions: the key comes back as the first argument of `select`.
  @inlinable public func group<K0: SQLExpression, K1: SQLExpression, K2: SQLExpression, K3: SQLExpression, K4: SQLExpression, K5: SQLExpression, K6: SQLExpression, K7: SQLExpression>(
    _ body: (A.Columns, B.Columns, C.Columns) -> (K0, K1, K2, K3, K4, K5, K6, K7)
  ) -> Group3<(K0, K1, K2, K3, K4, K5, K6, K7), A, B, C> where A: Groupable, B: Groupable, C: Groupable {
    let picked = at(body)
    var copy = select
    copy.group.append(picked.0.expr); copy.group.append(picked.1.expr); copy.group.append(picked.2.expr); copy.group.append(picked.3.expr); copy.group.append(picked.4.expr); copy.group.append(picked.5.expr); copy.group.append(picked.6.expr); copy.group.append(picked.7.expr)
    return Group3(copy, key: picked)
  }

  /// Grouped by 9 expressions: the key comes back as the first argument of `select`.
  @inlinable public func group<K0: SQLExpression, K1: SQLExpression, K2: SQLExpression, K3: SQLExpression, K4: SQLExpression, K5: SQLExpression, K6: SQLExpression, K7: SQLExpression, K8: SQLExpression>(
    _ body: (A.Columns, B.Columns, C.Columns) -> (K0, K1, K2, K3, K4, K5, K6, K7, K8)
  ) -> Group3<(K0, K1, K2, K3, K4, K5, K6, K7, K8), A, B, C> where A: Groupable, B: Groupable, C: Groupable {
    let picked = at(body)
    var copy = select
    copy.group.append(picked.0.expr); copy.group.append(picked.1.expr); copy.group.append(picked.2.expr); copy.group.append(picked.3.expr); copy.group.append(picked.4.expr); copy.group.append(picked.5.expr); copy.group.append(picked.6.expr); copy.group.append(picked.7.expr); copy.group.append(picked.8.expr)
    return Group3(copy, key: picked)
  }

  /// Grouped by 10 expressions: the key comes back as the first argument of `select`.
  @inlinable public func group<K0: SQLExpression, K1: SQLExpression, K2: SQLExpression, K3: SQLExpression, K4: SQLExpression, K5: SQLExpression, K6: SQLExpression, K7: SQLExpression, K8: SQLExpression, K9: SQLExpression>(
    _ body: (A.Columns, B.Columns, C.Columns) -> (K0, K1, K2, K3, K4, K5, K6, K7, K8, K9)
  ) -> Group3<(K0, K1, K2, K3, K4, K5, K6, K7, K8, K9), A, B, C> where A: Groupable, B: Groupable, C: Groupable {
    let picked = at(body)
    var copy = select
    copy.group.append(picked.0.expr); copy.group.append(picked.1.expr); copy.group.append(picked.2.expr); copy.group.append(picked.3.expr); copy.group.append(picked.4.expr); copy.group.append(picked.5.expr); copy.group.append(picked.6.expr); copy.group.append(picked.7.expr); copy.group.append(picked.8.expr); copy.group.append(picked.9.expr)
    return Group3(copy, key: picked)
  }

}
