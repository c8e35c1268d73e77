/// What can be aggregated: any expression, or a column outside the grouping key.
public protocol Aggregatable: Sendable {
  /// The Swift type of its value.
  associatedtype Value: ColumnValue
  /// The tree.
  var expr: Expr { get }
}

extension Ungrouped: Aggregatable {}

extension Aggregatable {
  /// How many rows have a value: `count(x)`.
  public func count() -> Computed<Int> { Computed(.node(.aggregate(.count, distinct: false), [expr])) }
  /// How many different values there are: `count(DISTINCT x)`.
  public func countDistinct() -> Computed<Int> { Computed(.node(.aggregate(.count, distinct: true), [expr])) }
  /// The smallest value; `NULL` for no rows.
  public func min() -> Computed<Value.Nullable> { Computed(.node(.aggregate(.minimum, distinct: false), [expr])) }
  /// The largest value; `NULL` for no rows.
  public func max() -> Computed<Value.Nullable> { Computed(.node(.aggregate(.maximum, distinct: false), [expr])) }
}

extension Aggregatable where Value: NumericColumnValue {
  /// The sum; `NULL` for no rows.
  public func sum() -> Computed<Value.Nullable> { Computed(.node(.aggregate(.sum, distinct: false), [expr])) }
  /// The mean as a double; `NULL` for no rows.
  public func average() -> Computed<Double?> { Computed(.node(.aggregate(.average, distinct: false), [expr])) }
}

/// How many rows there are: `count(*)`.
public func countRows() -> Computed<Int> { Computed(.node(.aggregate(.count, distinct: false), [])) }
