/// What may stand in FROM: a table, or the outer side of a join.
public protocol FromItem: Sendable {
  /// What closures see.
  associatedtype Columns: Sendable
  /// What one row yields.
  associatedtype Row: Sendable
  /// The same on the outer side of a join.
  associatedtype AsNullable: FromItem
  /// The columns at `slot`.
  static func columns(_ slot: Slot) -> Columns
  /// Appends every column.
  static func fields(_ columns: Columns, into fields: inout ContiguousArray<Field>)
  /// Reads every column.
  static func decodeRow(_ row: inout RowReader) throws(DecodeFailure) -> Row
}

extension Table {
  @inlinable public static func columns(_ slot: Slot) -> Columns { Columns(slot) }
  @inlinable public static func fields(_ columns: Columns, into fields: inout ContiguousArray<Field>) {
    columns.fields(into: &fields)
  }
  @inlinable public static func decodeRow(_ row: inout RowReader) throws(DecodeFailure) -> Self { try rowanRead(&row) }
}

/// The outer side of a join: columns turn optional and the row becomes `T?`.
public enum Outer<T: Table>: FromItem {
  public typealias AsNullable = Outer<T>
  @inlinable public static func columns(_ slot: Slot) -> OuterColumns<T.Columns> {
    OuterColumns(rowanColumns: T.Columns(slot))
  }
  @inlinable public static func fields(_ columns: OuterColumns<T.Columns>, into fields: inout ContiguousArray<Field>) {
    columns.rowanColumns.fields(into: &fields)
  }
  /// A row all of whose columns are `NULL` is no row.
  @inlinable public static func decodeRow(_ row: inout RowReader) throws(DecodeFailure) -> T? {
    let count = T.schema.columns.count
    if row.nextAreNull(count) {
      row.index &+= count
      return nil
    }
    return try T.rowanRead(&row)
  }
}

/// The columns of the outer side of a join, each in its nullable form.
@dynamicMemberLookup public struct OuterColumns<C: TableColumns>: Selectable {
  public typealias Output = C.Root?
  /// The columns themselves.
  public let rowanColumns: C
  @inlinable init(rowanColumns: C) { self.rowanColumns = rowanColumns }

  /// The column `member`, nullable.
  @inlinable @inline(__always)
  public subscript<V>(dynamicMember member: KeyPath<C, Column<C.Root, V>>) -> Column<C.Root, V.Nullable> {
    Column(ref: rowanColumns[keyPath: member].ref)
  }
  @inlinable public func fields(into fields: inout ContiguousArray<Field>) { rowanColumns.fields(into: &fields) }
  @inlinable public static func decode(_ row: inout RowReader) throws(DecodeFailure) -> C.Root? {
    try Outer<C.Root>.decodeRow(&row)
  }
}

/// A FROM item that can be grouped.
public protocol Groupable: FromItem {
  /// The columns after GROUP BY: only aggregates of them can be selected.
  associatedtype AggregateColumns: Sendable
  /// The columns at `slot` after GROUP BY.
  static func aggregates(_ slot: Slot) -> AggregateColumns
}

extension Table {
  @inlinable public static func aggregates(_ slot: Slot) -> Aggregated<Columns> {
    Aggregated(rowanColumns: Columns(slot))
  }
}

extension Outer: Groupable {
  @inlinable public static func aggregates(_ slot: Slot) -> Aggregated<T.Columns> {
    Aggregated(rowanColumns: T.Columns(slot))
  }
}

/// Columns after GROUP BY: a bare one cannot be selected, an aggregate of it can.
@dynamicMemberLookup public struct Aggregated<C: TableColumns>: Sendable {
  let rowanColumns: C
  @usableFromInline init(rowanColumns: C) { self.rowanColumns = rowanColumns }

  /// The column `member`, to be aggregated.
  public subscript<V>(dynamicMember member: KeyPath<C, Column<C.Root, V>>) -> Ungrouped<V> {
    Ungrouped(expr: rowanColumns[keyPath: member].expr)
  }
}

/// A column that is not part of the grouping key.
public struct Ungrouped<Value: ColumnValue>: Sendable {
  /// The column.
  public let expr: Expr
}
