/// A query of several columns whose rows are tuples.
public struct Projection<Row: Sendable>: SelectFetchable {
  /// The tree.
  public var select: Select
  @usableFromInline let reader: @Sendable (inout RowReader) throws(DecodeFailure) -> Row

  /// Wraps a query and the way its rows are read.
  @inlinable public init(
    _ select: Select, _ reader: @escaping @Sendable (inout RowReader) throws(DecodeFailure) -> Row
  ) {
    self.select = select
    self.reader = reader
  }

  /// The query as a statement.
  @inlinable public var statement: Statement { .select(select) }
  /// Reads one tuple.
  @inlinable public func decode(_ row: inout RowReader) throws(DecodeFailure) -> Row { try reader(&row) }

  /// Equal rows once.
  public consuming func distinct() -> Projection {
    select = select.folded()
    return self
  }

  /// At most `count` rows.
  public consuming func limit(_ count: Int) -> Projection {
    select.limit = LimitValue.bind(count)
    return self
  }

  /// Without the first `count` rows.
  public consuming func offset(_ count: Int) -> Projection {
    select.offset = LimitValue.bind(count)
    return self
  }

  /// With the rows of `other`; equal ones once.
  public func union(_ other: Projection) -> Projection { combined(.union, other) }
  /// With the rows of `other`, equal ones kept.
  public func unionAll(_ other: Projection) -> Projection { combined(.unionAll, other) }
  /// Only rows that `other` has too.
  public func intersect(_ other: Projection) -> Projection { combined(.intersect, other) }
  /// Without the rows of `other`.
  public func except(_ other: Projection) -> Projection { combined(.except, other) }

  private func combined(_ kind: SetArm.Kind, _ other: Projection) -> Projection {
    var copy = self
    copy.select = select.combined(kind, with: other.select)
    return copy
  }
}
