/// What a `select` closure chose: which query it makes of a SELECT.
public protocol Selection: Sendable {
  /// The query.
  associatedtype Result: SelectFetchable
  /// The query that reads the chosen fields of `select`.
  func result(_ select: Select) -> Result
}

/// One column or expression: a query of it can be used inside another.
public struct SelectedColumn<Value: ColumnValue>: Selection {
  @usableFromInline let field: Field

  @inlinable init(_ field: Field) { self.field = field }

  /// The query that reads what was chosen.
  @inlinable public func result(_ select: Select) -> ScalarQuery<Value> {
    var copy = select
    copy.fields = .list([field])
    return ScalarQuery(copy)
  }
}

/// A tuple of columns, expressions and whole tables, or one whole table.
public struct SelectedRow<Row: Sendable>: Selection {
  @usableFromInline let fields: ContiguousArray<Field>
  @usableFromInline let reader: @Sendable (inout RowReader) throws(DecodeFailure) -> Row

  @inlinable init(
    _ fields: ContiguousArray<Field>, _ reader: @escaping @Sendable (inout RowReader) throws(DecodeFailure) -> Row
  ) {
    self.fields = fields
    self.reader = reader
  }

  /// The query that reads what was chosen.
  @inlinable public func result(_ select: Select) -> Projection<Row> {
    var copy = select
    copy.fields = .list(fields)
    return Projection(copy, reader)
  }
}
