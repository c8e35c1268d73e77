// Written by Scripts/generate-arities.sh; do not edit.
// swift-format-ignore-file

/// What a `select` closure returns: one column or expression, a whole table, or a tuple of up to ten of them.
@resultBuilder public enum SelectionBuilder {
  /// One column or expression.
  @inlinable public static func buildExpression<E: SQLExpression>(_ item: E) -> SelectedColumn<E.Value> {
    SelectedColumn(Field(item.expr, as: E.Value.self))
  }

  /// A whole table.
  @_disfavoredOverload @inlinable
  public static func buildExpression<X0: Selectable>(_ item: X0) -> SelectedRow<X0.Output> {
    var fields = ContiguousArray<Field>()
    item.fields(into: &fields)
    return SelectedRow(fields) { (row: inout RowReader) throws(DecodeFailure) in try X0.decode(&row) }
  }

  /// 2 items, as a tuple.
  @inlinable public static func buildExpression<X0: Selectable, X1: Selectable>(
    _ items: (X0, X1)
  ) -> SelectedRow<(X0.Output, X1.Output)> {
    var fields = ContiguousArray<Field>()
    items.0.fields(into: &fields); items.1.fields(into: &fields)
    return SelectedRow(fields) { (row: inout RowReader) throws(DecodeFailure) in
      (try X0.decode(&row), try X1.decode(&row))
    }
  }

  /// 3 items, as a tuple.
  @inlinable public static func buildExpression<X0: Selectable, X1: Selectable, X2: Selectable>(
    _ items: (X0, X1, X2)
  ) -> SelectedRow<(X0.Output, X1.Output, X2.Output)> {
    var fields = ContiguousArray<Field>()
    items.0.fields(into: &fields); items.1.fields(into: &fields); items.2.fields(into: &fields)
    return SelectedRow(fields) { (row: inout RowReader) throws(DecodeFailure) in
      (try X0.decode(&row), try X1.decode(&row), try X2.decode(&row))
    }
  }

  /// 4 items, as a tuple.
  @inlinable public static func buildExpression<X0: Selectable, X1: Selectable, X2: Selectable, X3: Selectable>(
    _ items: (X0, X1, X2, X3)
  ) -> SelectedRow<(X0.Output, X1.Output, X2.Output, X3.Output)> {
    var fields = ContiguousArray<Field>()
    items.0.fields(into: &fields); items.1.fields(into: &fields); items.2.fields(into: &fields); items.3.fields(into: &fields)
    return SelectedRow(fields) { (row: inout RowReader) throws(DecodeFailure) in
      (try X0.decode(&row), try X1.decode(&row), try X2.decode(&row), try X3.decode(&row))
    }
  }

  /// 5 items, as a tuple.
  @inlinable public static func buildExpression<X0: Selectable, X1: Selectable, X2: Selectable, X3: Selectable, X4: Selectable>(
    _ items: (X0, X1, X2, X3, X4)
  ) -> SelectedRow<(X0.Output, X1.Output, X2.Output, X3.Output, X4.Output)> {
    var fields = ContiguousArray<Field>()
    items.0.fields(into: &fields); items.1.fields(into: &fields); items.2.fields(into: &fields); items.3.fields(into: &fields); items.4.fields(into: &fields)
    return SelectedRow(fields) { (row: inout RowReader) throws(DecodeFailure) in
      (try X0.decode(&row), try X1.decode(&row), try X2.decode(&row), try X3.decode(&row), try X4.decode(&row))
    }
  }

  /// 6 items, as a tuple.
  @inlinable public static func buildExpression<X0: Selectable, X1: Selectable, X2: Selectable, X3: Selectable, X4: Selectable, X5: Selectable>(
    _ items: (X0, X1, X2, X3, X4, X5)
  ) -> SelectedRow<(X0.Output, X1.Output, X2.Output, X3.Output, X4.Output, X5.Output)> {
    var fields = ContiguousArray<Field>()
    items.0.fields(into: &fields); items.1.fields(into: &fields); items.2.fields(into: &fields); items.3.fields(into: &fields); items.4.fields(into: &fields); items.5.fields(into: &fields)
    return SelectedRow(fields) { (row: inout RowReader) throws(DecodeFailure) in
      (try X0.decode(&row), try X1.decode(&row), try X2.decode(&row), try X3.decode(&row), try X4.decode(&row), try X5.decode(&row))
    }
  }

  /// 7 items, as a tuple.
  @inlinable public static func buildExpression<X0: Selectable, X1: Selectable, X2: Selectable, X3: Selectable, X4: Selectable, X5: Selectable, X6: Selectable>(
    _ items: (X0, X1, X2, X3, X4, X5, X6)
  ) -> SelectedRow<(X0.Output, X1.Output, X2.Output, X3.Output, X4.Output, X5.Output, X6.Output)> {
    var fields = ContiguousArray<Field>()
    items.0.fields(into: &fields); items.1.fields(into: &fields); items.2.fields(into: &fields); items.3.fields(into: &fields); items.4.fields(into: &fields); items.5.fields(into: &fields); items.6.fields(into: &fields)
    return SelectedRow(fields) { (row: inout RowReader) throws(DecodeFailure) in
      (try X0.decode(&row), try X1.decode(&row), try X2.decode(&row), try X3.decode(&row), try X4.decode(&row), try X5.decode(&row), try X6.decode(&row))
    }
  }

  /// 8 items, as a tuple.
  @inlinable public static func buildExpression<X0: Selectable, X1: Selectable, X2: Selectable, X3: Selectable, X4: Selectable, X5: Selectable, X6: Selectable, X7: Selectable>(
    _ items: (X0, X1, X2, X3, X4, X5, X6, X7)
  ) -> SelectedRow<(X0.Output, X1.Output, X2.Output, X3.Output, X4.Output, X5.Output, X6.Output, X7.Output)> {
    var fields = ContiguousArray<Field>()
    items.0.fields(into: &fields); items.1.fields(into: &fields); items.2.fields(into: &fields); items.3.fields(into: &fields); items.4.fields(into: &fields); items.5.fields(into: &fields); items.6.fields(into: &fields); items.7.fields(into: &fields)
    return SelectedRow(fields) { (row: inout RowReader) throws(DecodeFailure) in
      (try X0.decode(&row), try X1.decode(&row), try X2.decode(&row), try X3.decode(&row), try X4.decode(&row), try X5.decode(&row), try X6.decode(&row), try X7.decode(&row))
    }
  }

  /// 9 items, as a tuple.
  @inlinable public static func buildExpression<X0: Selectable, X1: Selectable, X2: Selectable, X3: Selectable, X4: Selectable, X5: Selectable, X6: Selectable, X7: Selectable, X8: Selectable>(
    _ items: (X0, X1, X2, X3, X4, X5, X6, X7, X8)
  ) -> SelectedRow<(X0.Output, X1.Output, X2.Output, X3.Output, X4.Output, X5.Output, X6.Output, X7.Output, X8.Output)> {
    var fields = ContiguousArray<Field>()
    items.0.fields(into: &fields); items.1.fields(into: &fields); items.2.fields(into: &fields); items.3.fields(into: &fields); items.4.fields(into: &fields); items.5.fields(into: &fields); items.6.fields(into: &fields); items.7.fields(into: &fields); items.8.fields(into: &fields)
    return SelectedRow(fields) { (row: inout RowReader) throws(DecodeFailure) in
      (try X0.decode(&row), try X1.decode(&row), try X2.decode(&row), try X3.decode(&row), try X4.decode(&row), try X5.decode(&row), try X6.decode(&row), try X7.decode(&row), try X8.decode(&row))
    }
  }

  /// 10 items, as a tuple.
  @inlinable public static func buildExpression<X0: Selectable, X1: Selectable, X2: Selectable, X3: Selectable, X4: Selectable, X5: Selectable, X6: Selectable, X7: Selectable, X8: Selectable, X9: Selectable>(
    _ items: (X0, X1, X2, X3, X4, X5, X6, X7, X8, X9)
  ) -> SelectedRow<(X0.Output, X1.Output, X2.Output, X3.Output, X4.Output, X5.Output, X6.Output, X7.Output, X8.Output, X9.Output)> {
    var fields = ContiguousArray<Field>()
    items.0.fields(into: &fields); items.1.fields(into: &fields); items.2.fields(into: &fields); items.3.fields(into: &fields); items.4.fields(into: &fields); items.5.fields(into: &fields); items.6.fields(into: &fields); items.7.fields(into: &fields); items.8.fields(into: &fields); items.9.fields(into: &fields)
    return SelectedRow(fields) { (row: inout RowReader) throws(DecodeFailure) in
      (try X0.decode(&row), try X1.decode(&row), try X2.decode(&row), try X3.decode(&row), try X4.decode(&row), try X5.decode(&row), try X6.decode(&row), try X7.decode(&row), try X8.decode(&row), try X9.decode(&row))
    }
  }

  /// Anything else is a mistake.
  @available(*, unavailable, message: "select takes columns, expressions and whole tables, at most ten of them")
  @_disfavoredOverload public static func buildExpression<Item>(_ item: Item) -> SelectedRow<Never> {
    SelectedRow([]) { (row: inout RowReader) throws(DecodeFailure) in throw row.invalid("not selectable") }
  }

  /// The only selection.
  @inlinable public static func buildBlock<S: Selection>(_ selection: S) -> S { selection }
}

/// What a `select` closure returns after `group`: a key or aggregate, or a tuple of up to ten of them.
@resultBuilder public enum GroupSelectionBuilder {
  /// One key or aggregate.
  @inlinable public static func buildExpression<E: SQLExpression>(_ item: E) -> SelectedColumn<E.Value> {
    SelectedColumn(Field(item.expr, as: E.Value.self))
  }

  /// 2 items, as a tuple.
  @inlinable public static func buildExpression<X0: SQLExpression, X1: SQLExpression>(
    _ items: (X0, X1)
  ) -> SelectedRow<(X0.Output, X1.Output)> {
    var fields = ContiguousArray<Field>()
    items.0.fields(into: &fields); items.1.fields(into: &fields)
    return SelectedRow(fields) { (row: inout RowReader) throws(DecodeFailure) in
      (try X0.decode(&row), try X1.decode(&row))
    }
  }

  /// 3 items, as a tuple.
  @inlinable public static func buildExpression<X0: SQLExpression, X1: SQLExpression, X2: SQLExpression>(
    _ items: (X0, X1, X2)
  ) -> SelectedRow<(X0.Output, X1.Output, X2.Output)> {
    var fields = ContiguousArray<Field>()
    items.0.fields(into: &fields); items.1.fields(into: &fields); items.2.fields(into: &fields)
    return SelectedRow(fields) { (row: inout RowReader) throws(DecodeFailure) in
      (try X0.decode(&row), try X1.decode(&row), try X2.decode(&row))
    }
  }

  /// 4 items, as a tuple.
  @inlinable public static func buildExpression<X0: SQLExpression, X1: SQLExpression, X2: SQLExpression, X3: SQLExpression>(
    _ items: (X0, X1, X2, X3)
  ) -> SelectedRow<(X0.Output, X1.Output, X2.Output, X3.Output)> {
    var fields = ContiguousArray<Field>()
    items.0.fields(into: &fields); items.1.fields(into: &fields); items.2.fields(into: &fields); items.3.fields(into: &fields)
    return SelectedRow(fields) { (row: inout RowReader) throws(DecodeFailure) in
      (try X0.decode(&row), try X1.decode(&row), try X2.decode(&row), try X3.decode(&row))
    }
  }

  /// 5 items, as a tuple.
  @inlinable public static func buildExpression<X0: SQLExpression, X1: SQLExpression, X2: SQLExpression, X3: SQLExpression, X4: SQLExpression>(
    _ items: (X0, X1, X2, X3, X4)
  ) -> SelectedRow<(X0.Output, X1.Output, X2.Output, X3.Output, X4.Output)> {
    var fields = ContiguousArray<Field>()
    items.0.fields(into: &fields); items.1.fields(into: &fields); items.2.fields(into: &fields); items.3.fields(into: &fields); items.4.fields(into: &fields)
    return SelectedRow(fields) { (row: inout RowReader) throws(DecodeFailure) in
      (try X0.decode(&row), try X1.decode(&row), try X2.decode(&row), try X3.decode(&row), try X4.decode(&row))
    }
  }

  /// 6 items, as a tuple.
  @inlinable public static func buildExpression<X0: SQLExpression, X1: SQLExpression, X2: SQLExpression, X3: SQLExpression, X4: SQLExpression, X5: SQLExpression>(
    _ items: (X0, X1, X2, X3, X4, X5)
  ) -> SelectedRow<(X0.Output, X1.Output, X2.Output, X3.Output, X4.Output, X5.Output)> {
    var fields = ContiguousArray<Field>()
    items.0.fields(into: &fields); items.1.fields(into: &fields); items.2.fields(into: &fields); items.3.fields(into: &fields); items.4.fields(into: &fields); items.5.fields(into: &fields)
    return SelectedRow(fields) { (row: inout RowReader) throws(DecodeFailure) in
      (try X0.decode(&row), try X1.decode(&row), try X2.decode(&row), try X3.decode(&row), try X4.decode(&row), try X5.decode(&row))
    }
  }

  /// 7 items, as a tuple.
  @inlinable public static func buildExpression<X0: SQLExpression, X1: SQLExpression, X2: SQLExpression, X3: SQLExpression, X4: SQLExpression, X5: SQLExpression, X6: SQLExpression>(
    _ items: (X0, X1, X2, X3, X4, X5, X6)
  ) -> SelectedRow<(X0.Output, X1.Output, X2.Output, X3.Output, X4.Output, X5.Output, X6.Output)> {
    var fields = ContiguousArray<Field>()
    items.0.fields(into: &fields); items.1.fields(into: &fields); items.2.fields(into: &fields); items.3.fields(into: &fields); items.4.fields(into: &fields); items.5.fields(into: &fields); items.6.fields(into: &fields)
    return SelectedRow(fields) { (row: inout RowReader) throws(DecodeFailure) in
      (try X0.decode(&row), try X1.decode(&row), try X2.decode(&row), try X3.decode(&row), try X4.decode(&row), try X5.decode(&row), try X6.decode(&row))
    }
  }

  /// 8 items, as a tuple.
  @inlinable public static func buildExpression<X0: SQLExpression, X1: SQLExpression, X2: SQLExpression, X3: SQLExpression, X4: SQLExpression, X5: SQLExpression, X6: SQLExpression, X7: SQLExpression>(
    _ items: (X0, X1, X2, X3, X4, X5, X6, X7)
  ) -> SelectedRow<(X0.Output, X1.Output, X2.Output, X3.Output, X4.Output, X5.Output, X6.Output, X7.Output)> {
    var fields = ContiguousArray<Field>()
    items.0.fields(into: &fields); items.1.fields(into: &fields); items.2.fields(into: &fields); items.3.fields(into: &fields); items.4.fields(into: &fields); items.5.fields(into: &fields); items.6.fields(into: &fields); items.7.fields(into: &fields)
    return SelectedRow(fields) { (row: inout RowReader) throws(DecodeFailure) in
      (try X0.decode(&row), try X1.decode(&row), try X2.decode(&row), try X3.decode(&row), try X4.decode(&row), try X5.decode(&row), try X6.decode(&row), try X7.decode(&row))
    }
  }

  /// 9 items, as a tuple.
  @inlinable public static func buildExpression<X0: SQLExpression, X1: SQLExpression, X2: SQLExpression, X3: SQLExpression, X4: SQLExpression, X5: SQLExpression, X6: SQLExpression, X7: SQLExpression, X8: SQLExpression>(
    _ items: (X0, X1, X2, X3, X4, X5, X6, X7, X8)
  ) -> SelectedRow<(X0.Output, X1.Output, X2.Output, X3.Output, X4.Output, X5.Output, X6.Output, X7.Output, X8.Output)> {
    var fields = ContiguousArray<Field>()
    items.0.fields(into: &fields); items.1.fields(into: &fields); items.2.fields(into: &fields); items.3.fields(into: &fields); items.4.fields(into: &fields); items.5.fields(into: &fields); items.6.fields(into: &fields); items.7.fields(into: &fields); items.8.fields(into: &fields)
    return SelectedRow(fields) { (row: inout RowReader) throws(DecodeFailure) in
      (try X0.decode(&row), try X1.decode(&row), try X2.decode(&row), try X3.decode(&row), try X4.decode(&row), try X5.decode(&row), try X6.decode(&row), try X7.decode(&row), try X8.decode(&row))
    }
  }

  /// 10 items, as a tuple.
  @inlinable public static func buildExpression<X0: SQLExpression, X1: SQLExpression, X2: SQLExpression, X3: SQLExpression, X4: SQLExpression, X5: SQLExpression, X6: SQLExpression, X7: SQLExpression, X8: SQLExpression, X9: SQLExpression>(
    _ items: (X0, X1, X2, X3, X4, X5, X6, X7, X8, X9)
  ) -> SelectedRow<(X0.Output, X1.Output, X2.Output, X3.Output, X4.Output, X5.Output, X6.Output, X7.Output, X8.Output, X9.Output)> {
    var fields = ContiguousArray<Field>()
    items.0.fields(into: &fields); items.1.fields(into: &fields); items.2.fields(into: &fields); items.3.fields(into: &fields); items.4.fields(into: &fields); items.5.fields(into: &fields); items.6.fields(into: &fields); items.7.fields(into: &fields); items.8.fields(into: &fields); items.9.fields(into: &fields)
    return SelectedRow(fields) { (row: inout RowReader) throws(DecodeFailure) in
      (try X0.decode(&row), try X1.decode(&row), try X2.decode(&row), try X3.decode(&row), try X4.decode(&row), try X5.decode(&row), try X6.decode(&row), try X7.decode(&row), try X8.decode(&row), try X9.decode(&row))
    }
  }

  /// Anything else is a mistake.
  @available(
    *, unavailable,
    message: "after group only keys and aggregates can be selected: use count(), sum(), min(), max() or average()")
  @_disfavoredOverload public static func buildExpression<Item>(_ item: Item) -> SelectedRow<Never> {
    SelectedRow([]) { (row: inout RowReader) throws(DecodeFailure) in throw row.invalid("not selectable") }
  }

  /// The only selection.
  @inlinable public static func buildBlock<S: Selection>(_ selection: S) -> S { selection }
}
