/// A query over one table whose rows are whole records.
///
/// An immutable value, detached from any connection: keep it, pass it on, refine it.
/// ```swift
/// let recent = Post.where { $0.published == true }.order { $0.createdAt.descending() }.limit(20)
/// // SELECT t0."id", … FROM "posts" AS t0 WHERE t0."published" = ? ORDER BY t0."created_at" DESC LIMIT ?
/// let posts = try await recent.fetchAll(db)
/// ```
public struct Query<T: Table>: SelectFetchable {
  /// One record.
  public typealias Row = T
  /// The tree.
  public var select: Select

  /// All rows of the table.
  @inlinable public init() { select = Select(scope: Scope.depth, base: .table(T.schema)) }

  /// The query as a statement.
  @inlinable public var statement: Statement { .select(select) }
  /// Reads one record.
  @inlinable public func decode(_ row: inout RowReader) throws(DecodeFailure) -> T { try T.rowanRead(&row) }

  @inlinable @inline(__always) func at<R>(_ body: (T.Columns) -> R) -> R {
    Scope.inside(select.scope) { body(T.Columns(Slot(scope: select.scope, 0))) }
  }

  /// Only rows that satisfy `condition`, and every condition before it.
  @inlinable public consuming func `where`(_ condition: (T.Columns) -> Condition) -> Query {
    select.enterCurrentScope()
    let expr = at(condition).expr
    select.and(expr)
    return self
  }

  /// Sorted by one more term.
  @inlinable public consuming func order(_ term: (T.Columns) -> Ordering) -> Query {
    select.enterCurrentScope()
    let term = at(term)
    select.order.append(term)
    return self
  }

  /// Sorted by more terms.
  @inlinable public consuming func order(by terms: (T.Columns) -> [Ordering]) -> Query {
    select.enterCurrentScope()
    let terms = at(terms)
    select.order.append(contentsOf: terms)
    return self
  }

  /// At most `count` rows. A negative count is an error when the query runs.
  @inlinable public consuming func limit(_ count: Int) -> Query {
    select.limit = LimitValue.bind(count)
    return self
  }

  /// Without the first `count` rows. A negative count is an error when the query runs.
  @inlinable public consuming func offset(_ count: Int) -> Query {
    select.offset = LimitValue.bind(count)
    return self
  }

  /// Equal rows once.
  @inlinable public consuming func distinct() -> Query {
    select.distinct = true
    return self
  }

  /// Locks the selected rows until the transaction ends: `FOR UPDATE`.
  public consuming func locked(_ strength: RowLock.Strength = .update, _ wait: RowLock.Wait = .wait) -> Query {
    select.lock = RowLock(strength, wait)
    return self
  }

  /// Whether any row satisfies the query, as a condition inside another: `EXISTS (…)`.
  public func exists() -> Condition {
    var inner = select
    inner.enterCurrentScope()
    return Condition(.node(.exists(inner)))
  }
}

/// LIMIT and OFFSET as bound values.
public enum LimitValue {
  /// `count` as a bind; an invalid one where it is negative.
  @inlinable public static func bind(_ count: Int) -> Expr {
    count >= 0 ? .bind(.int(Int64(count))) : .bind(.invalid(negative))
  }

  @usableFromInline static var negative: EncodingFailure {
    EncodingFailure(swiftType: "Int", reason: "a limit or offset cannot be negative", code: .valueOutOfRange)
  }
}
