/// A SELECT as an ordinary value.
public struct Select: Sendable {
  /// Nesting depth at which it was opened.
  public var scope: UInt8
  /// The base of FROM, slot 0.
  public var base: FromSource
  /// Joined tables, slot 1 and up.
  public var joins: ContiguousArray<Join> = []
  /// What is selected.
  public var fields: Fields = .rows
  /// Whether equal rows are folded.
  public var distinct = false
  /// WHERE.
  public var filter: Expr?
  /// GROUP BY.
  public var group: ContiguousArray<Expr> = []
  /// HAVING.
  public var having: Expr?
  /// ORDER BY.
  public var order: ContiguousArray<Ordering> = []
  /// LIMIT.
  public var limit: Expr?
  /// OFFSET.
  public var offset: Expr?
  /// Row locks.
  public var lock: RowLock?
  /// UNION, INTERSECT and EXCEPT arms, applied from the left; ``order`` and ``limit`` apply to the whole.
  public var combined: ContiguousArray<SetArm> = []

  /// Opens a SELECT over `base`.
  @inlinable public init(scope: UInt8, base: FromSource) {
    self.scope = scope
    self.base = base
  }

  /// Adds a condition to WHERE.
  @inlinable public mutating func and(_ condition: Expr) {
    switch filter {
    case .all(var list)?:
      filter = nil
      if case .all(let more) = condition { list.append(contentsOf: more) } else { list.append(condition) }
      filter = .all(list)
    case let present?: filter = .all([present, condition])
    case nil: filter = condition
    }
  }

  /// The source at `slot`, if there is one.
  public func source(_ slot: Int) -> FromSource? {
    if slot == 0 { return base }
    return slot <= joins.count ? joins[slot - 1].source : nil
  }
}

/// What may stand in FROM.
public enum FromSource: Sendable {
  /// A table.
  case table(TableSchema)
  /// A sub-query.
  indirect case select(Select)
}

/// A joined source.
public struct Join: Sendable {
  /// The kinds of join.
  public enum Kind: UInt8, Sendable, Hashable {
    case inner, left, right, full, cross, lateral
  }
  /// The joined source.
  public var source: FromSource
  /// The kind of join.
  public var kind: Kind
  /// ON; nil for a cross join.
  public var on: Expr?

  /// Makes a join.
  public init(_ source: FromSource, _ kind: Kind, on: Expr?) {
    self.source = source
    self.kind = kind
    self.on = on
  }
}

/// What a SELECT or RETURNING yields.
public enum Fields: Sendable {
  /// Every column of every source, in order.
  case rows
  /// These.
  case list(ContiguousArray<Field>)
}

/// One selected expression and the type it is read as.
public struct Field: Sendable {
  /// The expression.
  public var expr: Expr
  /// The type its reader wants, for engines whose values carry none.
  public var type: SQLType?

  /// Makes a field.
  @inlinable public init(_ expr: Expr, type: SQLType?) {
    self.expr = expr
    self.type = type
  }
}

/// One term of ORDER BY.
public struct Ordering: Sendable {
  /// What is ordered by.
  public var expr: Expr
  /// Direction, and where `NULL` goes.
  public var order: SortOrder

  /// Makes a term.
  @inlinable public init(_ expr: Expr, _ order: SortOrder) {
    self.expr = expr
    self.order = order
  }

  /// The same with `NULL` before every value.
  public func nullsFirst() -> Ordering { Ordering(expr, SortOrder(descending: order.descending, nulls: .first)) }
  /// The same with `NULL` after every value.
  public func nullsLast() -> Ordering { Ordering(expr, SortOrder(descending: order.descending, nulls: .last)) }
}

/// A lock taken on selected rows until the transaction ends.
public struct RowLock: Sendable, Hashable {
  /// How strong the lock is.
  public enum Strength: UInt8, Sendable, Hashable { case update, share }
  /// What happens where a row is locked already.
  public enum Wait: UInt8, Sendable, Hashable { case wait, noWait, skipLocked }
  /// How strong the lock is.
  public var strength: Strength
  /// What happens where a row is locked already.
  public var wait: Wait

  /// Makes a lock.
  public init(_ strength: Strength, _ wait: Wait = .wait) {
    self.strength = strength
    self.wait = wait
  }
}

/// One arm of a set operation.
public struct SetArm: Sendable {
  /// The set operations.
  public enum Kind: UInt8, Sendable, Hashable { case union, unionAll, intersect, except }
  /// The operation.
  public var kind: Kind
  /// The arm; boxed in an array, since a value cannot contain itself.
  var boxed: ContiguousArray<Select>
  /// The arm.
  public var select: Select? { boxed.first }

  /// Makes an arm.
  public init(_ kind: Kind, _ select: Select) {
    self.kind = kind
    boxed = [select]
  }
}
