/// The typed columns of a table at one place in FROM. `@Table` writes one such struct per model.
public protocol TableColumns: Selectable where Output == Root {
  /// The model.
  associatedtype Root: Table
  /// The place in FROM. A column may be called `slot`, so this is not.
  var rowanSlot: Slot { get }
  /// The columns of the table at `slot`.
  init(_ slot: Slot)
}

/// Columns that include a single-column primary key.
public protocol HasPrimaryKey: TableColumns {
  /// The key's type.
  associatedtype Key: ColumnValue
  /// The key's column.
  var primaryKey: Column<Root, Key> { get }
}

extension TableColumns {
  @inlinable public func fields(into fields: inout ContiguousArray<Field>) {
    let columns = Root.schema.columns
    for index in columns.indices {
      fields.append(Field(.column(ColumnRef(rowanSlot, UInt16(truncatingIfNeeded: index))), type: columns[index].type))
    }
  }
  @inlinable public static func decode(_ row: inout RowReader) throws(DecodeFailure) -> Root {
    try Root.rowanRead(&row)
  }
}
