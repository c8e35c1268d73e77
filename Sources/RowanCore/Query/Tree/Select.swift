/// A SELECT as an ordinary value.
///
/// A value in meaning, one reference in memory: passing a query on copies a pointer, and a builder method that owns its
/// query changes it in place.
public struct Select: Sendable {
  @usableFromInline var body: SelectBody
  /// LIMIT where it is a plain count, or one of ``SelectLimit``. Beside the body, since every fetch of one row sets it on
  /// a query that somebody else may hold; a number, so that copying a query counts one reference and looks at nothing.
  @usableFromInline var count = SelectLimit.none

  /// Opens a SELECT over `base`.
  @inlinable public init(scope: UInt8, base: FromSource) { body = SelectBody(scope: scope, base: base) }

  @inlinable @inline(__always) mutating func own() {
    if !isKnownUniquelyReferenced(&body) { body = SelectBody(copying: body) }
  }

  /// The rarer clauses, to change. Setters that would write what is there anyway do not come here, so that a query
  /// without them looks the same however it was built.
  @inlinable @inline(__always) mutating func ownRest() -> SelectRest {
    own()
    if body.rest == nil || !isKnownUniquelyReferenced(&body.rest) { body.rest = SelectRest(copying: body.rest) }
    return body.rest ?? SelectRest()
  }

  /// Nesting depth at which it was opened.
  @inlinable public var scope: UInt8 {
    get { body.scope }
    set {
      own()
      body.scope = newValue
    }
  }

  /// The base of FROM, slot 0.
  @inlinable public var base: FromSource {
    get { body.base }
    set {
      own()
      body.base = newValue
    }
  }

  /// What is selected.
  @inlinable public var fields: Fields {
    get { body.fields }
    set {
      own()
      body.fields = newValue
    }
  }

  /// WHERE.
  @inlinable public var filter: Expr? {
    get { body.filter }
    _modify {
      own()
      yield &body.filter
    }
  }

  /// LIMIT.
  @inlinable public var limit: Expr? {
    get {
      if count >= 0 { return .bind(.int(count)) }
      return count == SelectLimit.none ? nil : body.rest?.limit
    }
    set {
      if count == SelectLimit.inRest { ownRest().limit = nil }
      if case .bind(.int(let rows))? = newValue, rows >= 0 {
        count = rows
      } else if newValue == nil {
        count = SelectLimit.none
      } else {
        count = SelectLimit.inRest
        ownRest().limit = newValue
      }
    }
  }

  /// ORDER BY.
  @inlinable public var order: ContiguousArray<Ordering> {
    get { body.order }
    _modify {
      own()
      yield &body.order
    }
  }

  /// OFFSET.
  @inlinable public var offset: Expr? {
    get { body.rest?.offset }
    set { if newValue != nil || body.rest != nil { ownRest().offset = newValue } }
  }

  /// Joined tables, slot 1 and up.
  @inlinable public var joins: ContiguousArray<Join> {
    get { body.rest?.joins ?? [] }
    set { if !newValue.isEmpty || body.rest != nil { ownRest().joins = newValue } }
    _modify { yield &ownRest().joins }
  }

  /// Whether equal rows are folded.
  @inlinable public var distinct: Bool {
    get { body.rest?.distinct ?? false }
    set { if newValue || body.rest != nil { ownRest().distinct = newValue } }
  }

  /// GROUP BY.
  @inlinable public var group: ContiguousArray<Expr> {
    get { body.rest?.group ?? [] }
    set { if !newValue.isEmpty || body.rest != nil { ownRest().group = newValue } }
    _modify { yield &ownRest().group }
  }

  /// HAVING.
  @inlinable public var having: Expr? {
    get { body.rest?.having }
    set { if newValue != nil || body.rest != nil { ownRest().having = newValue } }
  }

  /// Row locks.
  @inlinable public var lock: RowLock? {
    get { body.rest?.lock }
    set { if newValue != nil || body.rest != nil { ownRest().lock = newValue } }
  }

  /// UNION, INTERSECT and EXCEPT arms, applied from the left; ``order`` and ``limit`` apply to the whole.
  @inlinable public var combined: ContiguousArray<SetArm> {
    get { body.rest?.combined ?? [] }
    set { if !newValue.isEmpty || body.rest != nil { ownRest().combined = newValue } }
    _modify { yield &ownRest().combined }
  }

  /// Adds a condition to WHERE.
  @inlinable public mutating func and(_ condition: Expr) {
    own()
    guard let present = body.filter else {
      body.filter = condition
      return
    }
    body.filter = nil
    if case .all(var list) = present {
      if case .all(let more) = condition { list.append(contentsOf: more) } else { list.append(condition) }
      body.filter = .all(list)
    } else {
      body.filter = .all([present, condition])
    }
  }

  /// The source at `slot`, if there is one.
  public func source(_ slot: Int) -> FromSource? {
    if slot == 0 { return base }
    return slot <= joins.count ? joins[slot - 1].source : nil
  }
}

/// What stands in place of a count of rows.
@usableFromInline enum SelectLimit {
  /// There is no LIMIT.
  @inlinable static var none: Int64 { -1 }
  /// LIMIT is an expression, kept with the rarer clauses.
  @inlinable static var inRest: Int64 { -2 }
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
  /// The Swift type it is read as, for error messages; nil where it is the column's own or nobody said.
  public var swiftType: (any ColumnValue.Type)?

  /// Makes a field.
  @inlinable public init(_ expr: Expr, type: SQLType?) {
    self.expr = expr
    self.type = type
  }

  /// Makes a field that is read as `value`.
  @inlinable public init<Value: ColumnValue>(_ expr: Expr, as value: Value.Type) {
    self.expr = expr
    type = Value.sqlType
    swiftType = value
  }
}

/// One term of ORDER BY.
public struct Ordering: Sendable {
  /// What is ordered by.
  public var expr: Expr
  /// Direction, and where `NULL` goes.
  public var order: SortOrder
  /// Which of the outputs it is where a set operation is ordered, or ``notSelected``; nil where nobody has said. Once
  /// values are parameters, two expressions that differ in nothing but those look the same.
  public var output: Int?

  /// None of the outputs.
  public static let notSelected = -1

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
