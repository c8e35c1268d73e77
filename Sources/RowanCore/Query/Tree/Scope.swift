import CRowanThread

/// Which SELECT a column belongs to.
///
/// A query opened inside another query's closure sits one level deeper, so that `User` inside `User` never captures the
/// outer row by accident.
public enum Scope {
  /// The level the next query opens at on this thread.
  public static var depth: UInt8 { rowan_scope_depth() }

  /// Enters the closure of a query at `scope`.
  /// - Returns: the level to restore with ``leave(_:)``.
  @usableFromInline static func enter(_ scope: UInt8) -> UInt8 {
    let previous = rowan_scope_depth()
    rowan_set_scope_depth(scope == .max ? .max : scope + 1)
    return previous
  }

  /// Leaves a closure.
  @usableFromInline static func leave(_ previous: UInt8) { rowan_set_scope_depth(previous) }

  /// Runs a query's closure one level below `scope`.
  @inlinable @inline(__always) static func inside<R>(_ scope: UInt8, _ body: () -> R) -> R {
    let previous = enter(scope)
    defer { leave(previous) }
    return body()
  }
}

extension Select {
  /// Moves a query that was built outside and is refined inside a deeper closure down to that closure's level, or its
  /// slots would shadow the outer ones.
  @inlinable mutating func enterCurrentScope() {
    let depth = Scope.depth
    if scope < depth { move(by: depth - scope) }
  }

  @usableFromInline mutating func move(by delta: UInt8) { ScopeShift(from: scope, by: delta).apply(&self) }

  /// The same for a query parts of which are kept elsewhere too.
  /// - Returns: what moves those to the same place; nil if the query stays.
  @usableFromInline mutating func enteringCurrentScope() -> ScopeShift? {
    let depth = Scope.depth
    guard scope < depth else { return nil }
    let shift = ScopeShift(from: scope, by: depth - scope)
    shift.apply(&self)
    return shift
  }
}

/// Moves every reference to `from` and deeper scopes down by `delta` levels.
public struct ScopeShift {
  private let from: UInt8
  private let delta: UInt8

  init(from: UInt8, by delta: UInt8) {
    self.from = from
    self.delta = delta
  }

  private func moved(_ scope: UInt8) -> UInt8 { scope < from ? scope : scope > .max - delta ? .max : scope &+ delta }

  func moved(_ ref: ColumnRef) -> ColumnRef {
    var ref = ref
    ref.scope = moved(ref.scope)
    return ref
  }

  func apply(_ select: inout Select) {
    select.scope = moved(select.scope)
    if case .select(var inner) = select.base {
      apply(&inner)
      select.base = .select(inner)
    }
    for index in select.joins.indices {
      if case .select(var inner) = select.joins[index].source {
        apply(&inner)
        select.joins[index].source = .select(inner)
      }
      select.joins[index].on = select.joins[index].on.map(apply)
    }
    if case .list(var fields) = select.fields {
      for index in fields.indices { fields[index].expr = apply(fields[index].expr) }
      select.fields = .list(fields)
    }
    select.filter = select.filter.map(apply)
    select.having = select.having.map(apply)
    select.limit = select.limit.map(apply)
    select.offset = select.offset.map(apply)
    for index in select.group.indices { select.group[index] = apply(select.group[index]) }
    for index in select.order.indices { select.order[index].expr = apply(select.order[index].expr) }
    for index in select.combined.indices {
      guard var arm = select.combined[index].select else { continue }
      apply(&arm)
      select.combined[index] = SetArm(select.combined[index].kind, arm)
    }
  }

  func apply(_ expression: Expr) -> Expr {
    switch expression {
    case .column(let ref): .column(moved(ref))
    case .bind: expression
    case .compare(let op, let ref, let value): .compare(op, moved(ref), value)
    case .isNull(let ref): .isNull(moved(ref))
    case .all(let list): .all(apply(list))
    case .any(let list): .any(apply(list))
    case .not(let inner): .not(apply(inner))
    case .binary(let op, let left, let right): .binary(op, apply(left), apply(right))
    case .node(let node): .node(ExprNode(apply(node.kind), apply(node.args)))
    }
  }

  private func apply(_ list: ContiguousArray<Expr>) -> ContiguousArray<Expr> {
    ContiguousArray(list.map { apply($0) })
  }

  private func apply(_ kind: NodeKind) -> NodeKind {
    switch kind {
    case .scalar(var select):
      apply(&select)
      return .scalar(select)
    case .exists(var select):
      apply(&select)
      return .exists(select)
    case .inSelect(var select):
      apply(&select)
      return .inSelect(select)
    case .groupKey(let scope, let index): return .groupKey(scope: moved(scope), index: index)
    default: return kind
    }
  }
}
