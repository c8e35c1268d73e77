/// A query of one column, usable inside another.
public protocol SubQuery<Value>: Sendable {
  /// The column's type.
  associatedtype Value: ColumnValue
  /// The query.
  var subselect: Select { get }
}
