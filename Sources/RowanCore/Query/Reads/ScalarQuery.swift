/// A query of one column. Fetch it, or use it inside another query.
public struct ScalarQuery<Value: ColumnValue>: SubQuery, SelectFetchable {
  /// One value.
  public typealias Row = Value
  /// The tree.
  public var select: Select
  /// Wraps a query of one column.
  @inlinable public init(_ select: Select) { self.select = select }

  /// The query as a statement.
  @inlinable public var statement: Statement { .select(select) }
  /// Reads one value.
  @inlinable public func decode(_ row: inout RowReader) throws(DecodeFailure) -> Value { try Value.read(&row) }

  /// The query at the level it is used at.
  public var subselect: Select {
    var inner = select
    inner.enterCurrentScope()
    return inner
  }

  /// Its first value as an expression; `NULL` for no rows. More than one row is the engine's error.
  public func scalar() -> Computed<Value.Nullable> { Computed(.node(.scalar(subselect))) }

  /// Equal values once.
  public consuming func distinct() -> ScalarQuery {
    select = select.folded()
    return self
  }

  /// At most `count` rows.
  public consuming func limit(_ count: Int) -> ScalarQuery {
    select.limit = LimitValue.bind(count)
    return self
  }

  /// Without the first `count` values.
  public consuming func offset(_ count: Int) -> ScalarQuery {
    select.offset = LimitValue.bind(count)
    return self
  }

  /// With the rows of `other`; equal ones once.
  public func union(_ other: ScalarQuery) -> ScalarQuery { combined(.union, other) }
  /// With the rows of `other`, equal ones kept.
  public func unionAll(_ other: ScalarQuery) -> ScalarQuery { combined(.unionAll, other) }
  /// Only rows that `other` has too.
  public func intersect(_ other: ScalarQuery) -> ScalarQuery { combined(.intersect, other) }
  /// Without the rows of `other`.
  public func except(_ other: ScalarQuery) -> ScalarQuery { combined(.except, other) }

  private func combined(_ kind: SetArm.Kind, _ other: ScalarQuery) -> ScalarQuery {
    var copy = self
    copy.select = select.combined(kind, with: other.select)
    return copy
  }
}
