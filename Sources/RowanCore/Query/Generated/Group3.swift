// Written by Scripts/generate-arities.sh; do not edit.
// swift-format-ignore-file

/// A grouped query: only the key and aggregates of the other columns can be selected.
public struct Group3<Key: Sendable, A: Groupable, B: Groupable, C: Groupable>: Sendable {
  /// The tree.
  public var select: Select
  @usableFromInline let key: Key
  @inlinable init(_ select: Select, key: Key) {
    self.select = select
    self.key = key
  }

  @inlinable func at<R>(_ body: (Key, A.AggregateColumns, B.AggregateColumns, C.AggregateColumns) -> R) -> R {
    let scope = select.scope
    return Scope.inside(scope) {
      body(key, A.aggregates(Slot(scope: scope, 0)), B.aggregates(Slot(scope: scope, 1)), C.aggregates(Slot(scope: scope, 2)))
    }
  }

  /// Only groups that satisfy `condition`.
  @inlinable public consuming func having(_ condition: (Key, A.AggregateColumns, B.AggregateColumns, C.AggregateColumns) -> Condition) -> Self {
    let expr = at(condition).expr
    if let present = select.having { select.having = .all([present, expr]) } else { select.having = expr }
    return self
  }

  /// Sorted by one more term.
  @inlinable public consuming func order(_ term: (Key, A.AggregateColumns, B.AggregateColumns, C.AggregateColumns) -> Ordering) -> Self {
    let term = at(term)
    select.order.append(term)
    return self
  }

  /// One selected item.
  @_disfavoredOverload @inlinable public func select<X0: SQLExpression>(
    _ body: (Key, A.AggregateColumns, B.AggregateColumns, C.AggregateColumns) -> X0
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
  @inlinable public func select<X0: SQLExpression, X1: SQLExpression>(
    _ body: (Key, A.AggregateColumns, B.AggregateColumns, C.AggregateColumns) -> (X0, X1)
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
  @inlinable public func select<X0: SQLExpression, X1: SQLExpression, X2: SQLExpression>(
    _ body: (Key, A.AggregateColumns, B.AggregateColumns, C.AggregateColumns) -> (X0, X1, X2)
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
  @inlinable public func select<X0: SQLExpression, X1: SQLExpression, X2: SQLExpression, X3: SQLExpression>(
    _ body: (Key, A.AggregateColumns, B.AggregateColumns, C.AggregateColumns) -> (X0, X1, X2, X3)
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
  @inlinable public func select<X0: SQLExpression, X1: SQLExpression, X2: SQLExpression, X3: SQLExpression, X4: SQLExpression>(
    _ body: (Key, A.AggregateColumns, B.AggregateColumns, C.AggregateColumns) -> (X0, X1, X2, X3, X4)
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
  @inlinable public func select<X0: SQLExpression, X1: SQLExpression, X2: SQLExpression, X3: SQLExpression, X4: SQLExpression, X5: SQLExpression>(
    _ body: (Key, A.AggregateColumns, B.AggregateColumns, C.AggregateColumns) -> (X0, X1, X2, X3, X4, X5)
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
  @inlinable public func select<X0: SQLExpression, X1: SQLExpression, X2: SQLExpression, X3: SQLExpression, X4: SQLExpression, X5: SQLExpression, X6: SQLExpression>(
    _ body: (Key, A.AggregateColumns, B.AggregateColumns, C.AggregateColumns) -> (X0, X1, X2, X3, X4, X5, X6)
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
  @inlinable public func select<X0: SQLExpression, X1: SQLExpression, X2: SQLExpression, X3: SQLExpression, X4: SQLExpression, X5: SQLExpression, X6: SQLExpression, X7: SQLExpression>(
    _ body: (Key, A.AggregateColumns, B.AggregateColumns, C.AggregateColumns) -> (X0, X1, X2, X3, X4, X5, X6, X7)
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
  @inlinable public func select<X0: SQLExpression, X1: SQLExpression, X2: SQLExpression, X3: SQLExpression, X4: SQLExpression, X5: SQLExpression, X6: SQLExpression, X7: SQLExpression, X8: SQLExpression>(
    _ body: (Key, A.AggregateColumns, B.AggregateColumns, C.AggregateColumns) -> (X0, X1, X2, X3, X4, X5, X6, X7, X8)
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
  @inlinable public func select<X0: SQLExpression, X1: SQLExpression, X2: SQLExpression, X3: SQLExpression, X4: SQLExpression, X5: SQLExpression, X6: SQLExpression, X7: SQLExpression, X8: SQLExpression, X9: SQLExpression>(
    _ body: (Key, A.AggregateColumns, B.AggregateColumns, C.AggregateColumns) -> (X0, X1, X2, X3, X4, X5, X6, X7, X8, X9)
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

}
