// Written by Scripts/generate-arities.sh; do not edit.
// swift-format-ignore-file

/// A grouped query: only the key and aggregates of the other columns can be selected.
public struct Group2<Key: Sendable, A: Groupable, B: Groupable>: Sendable {
  /// The tree.
  public var select: Select
  @usableFromInline var key: Key
  @usableFromInline let move: @Sendable (Key, ScopeShift) -> Key
  @inlinable init(_ select: Select, key: Key, move: @escaping @Sendable (Key, ScopeShift) -> Key) {
    self.select = select
    self.key = key
    self.move = move
  }

  // The key was placed when the query was grouped, and moves with it.
  @inlinable mutating func enterCurrentScope() {
    if let shift = select.enteringCurrentScope() { key = move(key, shift) }
  }

  @inlinable func at<R>(_ body: (Key, A.AggregateColumns, B.AggregateColumns) -> R) -> R {
    let scope = select.scope
    return Scope.inside(scope) {
      body(key, A.aggregates(Slot(scope: scope, 0)), B.aggregates(Slot(scope: scope, 1)))
    }
  }

  /// Only groups that satisfy `condition`.
  @inlinable public consuming func having(_ condition: (Key, A.AggregateColumns, B.AggregateColumns) -> Condition) -> Self {
    enterCurrentScope()
    let expr = at(condition).expr
    if let present = select.having { select.having = .all([present, expr]) } else { select.having = expr }
    return self
  }

  /// Sorted by one more term.
  @inlinable public consuming func order(_ term: (Key, A.AggregateColumns, B.AggregateColumns) -> Ordering) -> Self {
    enterCurrentScope()
    let term = at(term)
    select.order.append(term)
    return self
  }

  /// The selected columns and expressions: one is a query usable inside others, several are a tuple.
  @inlinable public func select<S: Selection>(
    @GroupSelectionBuilder _ body: (Key, A.AggregateColumns, B.AggregateColumns) -> S
  ) -> S.Result {
    var copy = self
    copy.enterCurrentScope()
    return copy.at(body).result(copy.select)
  }

}
