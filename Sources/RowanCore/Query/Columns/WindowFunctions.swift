/// The row's number inside its partition, from 1: `row_number() OVER (PARTITION BY … ORDER BY …)`.
public func rowNumber(partitionBy parts: any SQLExpression..., order: Ordering...) -> Computed<Int> {
  window(.rowNumber, parts, order)
}

/// The row's rank inside its partition, with gaps after ties.
public func rank(partitionBy parts: any SQLExpression..., order: Ordering...) -> Computed<Int> {
  window(.rank, parts, order)
}

/// The row's rank inside its partition, without gaps.
public func denseRank(partitionBy parts: any SQLExpression..., order: Ordering...) -> Computed<Int> {
  window(.denseRank, parts, order)
}

/// What `value` is in the row `offset` rows before, inside the partition: `lag(x, n) OVER (PARTITION BY … ORDER BY …)`.
///
/// `NULL` where there is no such row. A negative offset is ``RowanError/Code/valueOutOfRange`` when the query runs.
public func lag<E: SQLExpression>(
  _ value: E, by offset: Int = 1, partitionBy parts: any SQLExpression..., order first: Ordering, _ rest: Ordering...
) -> Computed<E.Value.Nullable> {
  Computed(neighbour(.lag, value.expr, offset, parts, [first] + rest))
}

/// What `value` is in the row `offset` rows after, inside the partition: `lead(x, n) OVER (PARTITION BY … ORDER BY …)`.
///
/// `NULL` where there is no such row. A negative offset is ``RowanError/Code/valueOutOfRange`` when the query runs.
public func lead<E: SQLExpression>(
  _ value: E, by offset: Int = 1, partitionBy parts: any SQLExpression..., order first: Ordering, _ rest: Ordering...
) -> Computed<E.Value.Nullable> {
  Computed(neighbour(.lead, value.expr, offset, parts, [first] + rest))
}

/// One row away is what engines take where no offset is said. PostgreSQL's offsets have 32 bits; no partition is larger.
private func neighbour(
  _ name: FunctionName, _ value: Expr, _ offset: Int, _ parts: [any SQLExpression], _ order: [Ordering]
) -> Expr {
  over(
    .node(.function(name), offset == 1 ? [value] : [value, LimitValue.bind(min(offset, Int(Int32.max)))]), parts, order)
}

private func window(_ name: FunctionName, _ parts: [any SQLExpression], _ order: [Ordering]) -> Computed<Int> {
  Computed(over(.node(.function(name)), parts, order))
}

private func over(_ function: Expr, _ parts: [any SQLExpression], _ order: [Ordering]) -> Expr {
  var args: ContiguousArray<Expr> = [function]
  for part in parts { args.append(part.expr) }
  for term in order { args.append(term.expr) }
  return .node(.window(partition: parts.count, order: ContiguousArray(order.map(\.order))), args)
}
