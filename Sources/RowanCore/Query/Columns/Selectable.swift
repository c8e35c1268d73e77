/// Anything a `select` closure may return: a column, an expression, or a whole table.
public protocol Selectable: Sendable {
  /// What one row yields.
  associatedtype Output: Sendable
  /// Appends the selected expressions.
  func fields(into fields: inout ContiguousArray<Field>)
  /// Reads back what ``fields(into:)`` selected.
  static func decode(_ row: inout RowReader) throws(DecodeFailure) -> Output
}

/// A typed SQL expression.
public protocol SQLExpression<Value>: Selectable, Aggregatable {
  /// The same in a query that has moved to another nesting depth.
  func moved(_ shift: ScopeShift) -> Self
  /// The same as the `index`-th grouping key of the query at `scope`; itself where it is a plain column.
  func asGroupKey(scope: UInt8, index: Int) -> Self
}

extension SQLExpression {
  @inlinable public func fields(into fields: inout ContiguousArray<Field>) {
    fields.append(Field(expr, as: Value.self))
  }
  @inlinable public static func decode(_ row: inout RowReader) throws(DecodeFailure) -> Value { try Value.read(&row) }
}

/// A column of the table `Root`.
public struct Column<Root, Value: ColumnValue>: SQLExpression {
  public typealias Output = Value
  /// Where the column is.
  public let ref: ColumnRef

  /// The column at `index` of the table at `slot`.
  @inlinable public init(_ slot: Slot, _ index: UInt16) { ref = ColumnRef(slot, index) }
  @inlinable init(ref: ColumnRef) { self.ref = ref }
  @inlinable public var expr: Expr { .column(ref) }
  public func moved(_ shift: ScopeShift) -> Column { Column(ref: shift.moved(ref)) }
  @inlinable public func asGroupKey(scope: UInt8, index: Int) -> Column { self }
}

/// An expression that is no plain column.
public struct Computed<Value: ColumnValue>: SQLExpression {
  public typealias Output = Value
  /// The tree.
  public let expr: Expr
  /// Wraps a tree whose value is a `Value`.
  @inlinable public init(_ expr: Expr) { self.expr = expr }
  public func moved(_ shift: ScopeShift) -> Computed { Computed(shift.apply(expr)) }
  @inlinable public func asGroupKey(scope: UInt8, index: Int) -> Computed {
    Computed(expr.asGroupKey(scope: scope, index: index))
  }
}
