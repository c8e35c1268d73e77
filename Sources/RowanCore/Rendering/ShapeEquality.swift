/// Compares two statements by shape: everything but the bound values.
enum ShapeEquality {
  static func same(_ left: Statement, _ right: Statement) -> Bool {
    if case .select(let a) = left {
      if case .select(let b) = right { return same(a, b) }
      return false
    }
    return sameWrite(left, right)
  }

  private static func sameWrite(_ left: Statement, _ right: Statement) -> Bool {
    switch (left, right) {
    case (.insert(let a), .insert(let b)):
      a.table === b.table && a.columns == b.columns && same(a.source, b.source) && same(a.conflict, b.conflict)
        && same(a.returning, b.returning)
    case (.update(let a), .update(let b)):
      a.table === b.table && a.scope == b.scope && a.allRows == b.allRows && same(a.assignments, b.assignments)
        && same(a.filter, b.filter) && same(a.returning, b.returning)
    case (.delete(let a), .delete(let b)):
      a.table === b.table && a.scope == b.scope && a.allRows == b.allRows && same(a.filter, b.filter)
        && same(a.returning, b.returning)
    case (.raw(let a), .raw(let b)):
      a.access == b.access && a.unscoped == b.unscoped && a.parts == b.parts && a.types == b.types
        && sameTypes(a.swiftTypes, b.swiftTypes) && a.table === b.table && same(a.args, b.args)
    default: false
    }
  }

  static func same(_ left: Select, _ right: Select) -> Bool {
    guard left.count >= 0 && right.count >= 0 || same(left.limit, right.limit) else { return false }
    let a = left.body
    let b = right.body
    if a === b { return true }
    guard a.scope == b.scope, same(a.base, b.base), same(a.fields, b.fields), same(a.filter, b.filter),
      same(a.order, b.order)
    else { return false }
    switch (a.rest, b.rest) {
    case (nil, nil): return true
    case (let x?, let y?): return same(x, y)
    default: return false
    }
  }

  private static func same(_ a: SelectRest, _ b: SelectRest) -> Bool {
    guard a.distinct == b.distinct, a.lock == b.lock, a.joins.count == b.joins.count,
      a.combined.count == b.combined.count, same(a.group, b.group), same(a.having, b.having), same(a.offset, b.offset)
    else { return false }
    for index in a.joins.indices {
      guard a.joins[index].kind == b.joins[index].kind, same(a.joins[index].source, b.joins[index].source),
        same(a.joins[index].on, b.joins[index].on)
      else { return false }
    }
    for index in a.combined.indices {
      guard a.combined[index].kind == b.combined[index].kind, let left = a.combined[index].select,
        let right = b.combined[index].select, same(left, right)
      else { return false }
    }
    return true
  }

  private static func same(_ a: ContiguousArray<Ordering>, _ b: ContiguousArray<Ordering>) -> Bool {
    guard a.count == b.count else { return false }
    for index in a.indices {
      guard a[index].order == b[index].order, a[index].output == b[index].output, same(a[index].expr, b[index].expr)
      else { return false }
    }
    return true
  }

  private static func same(_ a: FromSource, _ b: FromSource) -> Bool {
    switch (a, b) {
    case (.table(let x), .table(let y)): x === y
    case (.select(let x), .select(let y)): same(x, y)
    default: false
    }
  }

  private static func same(_ a: Fields?, _ b: Fields?) -> Bool {
    switch (a, b) {
    case (nil, nil), (.rows, .rows): true
    case (.list(let x), .list(let y)):
      x.count == y.count
        && zip(x, y).allSatisfy {
          $0.type == $1.type && sameType($0.swiftType, $1.swiftType) && same($0.expr, $1.expr)
        }
    default: false
    }
  }

  private static func sameType(_ a: (any ColumnValue.Type)?, _ b: (any ColumnValue.Type)?) -> Bool {
    a.map { ObjectIdentifier($0) } == b.map { ObjectIdentifier($0) }
  }

  private static func sameTypes(
    _ a: ContiguousArray<any ColumnValue.Type>, _ b: ContiguousArray<any ColumnValue.Type>
  ) -> Bool {
    a.count == b.count && a.indices.allSatisfy { ObjectIdentifier(a[$0]) == ObjectIdentifier(b[$0]) }
  }

  private static func same(_ a: InsertStatement.Source, _ b: InsertStatement.Source) -> Bool {
    switch (a, b) {
    case (.values(_, let x), .values(_, let y)): x == y
    case (.expressions(let x, let m), .expressions(let y, let n)):
      m == n && x.count == y.count && zip(x, y).allSatisfy { sameTyped($0, $1) }
    case (.columnArrays(let x), .columnArrays(let y)):
      x.count == y.count && zip(x, y).allSatisfy { sameTyped($0, $1) }
    case (.select(let x), .select(let y)): same(x, y)
    default: false
    }
  }

  private static func same(_ a: Conflict?, _ b: Conflict?) -> Bool {
    switch (a, b) {
    case (nil, nil): return true
    case (let x?, let y?):
      guard x.target == y.target else { return false }
      switch (x.action, y.action) {
      case (.ignore, .ignore): return true
      case (.update(let m), .update(let n)): return same(m, n)
      default: return false
      }
    default: return false
    }
  }

  private static func same(_ a: ContiguousArray<Assignment>, _ b: ContiguousArray<Assignment>) -> Bool {
    a.count == b.count && zip(a, b).allSatisfy { $0.column == $1.column && sameTyped($0.value, $1.value) }
  }

  private static func same(_ a: Expr?, _ b: Expr?) -> Bool {
    guard let a else { return b == nil }
    guard let b else { return false }
    return same(a, b)
  }

  private static func same(_ a: ContiguousArray<Expr>, _ b: ContiguousArray<Expr>) -> Bool {
    guard a.count == b.count else { return false }
    for index in a.indices { guard same(a[index], b[index]) else { return false } }
    return true
  }

  /// A value whose column gives its type: any value is the same shape.
  private static func sameTyped(_ a: Expr, _ b: Expr) -> Bool {
    if case .bind = a, case .bind = b { return true }
    return same(a, b)
  }

  // Nested switches rather than one over a pair: a pair copies both sides, reference counts included, on every look-up.
  static func same(_ a: Expr, _ b: Expr) -> Bool {
    switch a {
    case .column(let x):
      if case .column(let y) = b { return x == y }
    case .bind(let x):
      if case .bind(let y) = b { return x.kind == y.kind }
    case .compare(let m, let x, _):
      if case .compare(let n, let y, _) = b { return m == n && x == y }
    case .isNull(let x):
      if case .isNull(let y) = b { return x == y }
    case .all(let x):
      if case .all(let y) = b { return same(x, y) }
    case .any(let x):
      if case .any(let y) = b { return same(x, y) }
    case .not(let x):
      if case .not(let y) = b { return same(x, y) }
    case .binary(let m, let x, let u):
      if case .binary(let n, let y, let v) = b { return m == n && same(x, y) && same(u, v) }
    case .node(let x):
      if case .node(let y) = b {
        return x === y || (x.shapeHash == y.shapeHash && same(x.kind, y.kind) && same(x.args, y.args))
      }
    }
    return false
  }

  private static func same(_ a: NodeKind, _ b: NodeKind) -> Bool {
    switch (a, b) {
    case (.function(let x), .function(let y)): x == y
    case (.aggregate(let x, let m), .aggregate(let y, let n)): x == y && m == n
    case (.arithmetic(let x), .arithmetic(let y)): x == y
    case (.cast(let x), .cast(let y)): x == y
    case (.cases(let x), .cases(let y)), (.constant(let x), .constant(let y)): x == y
    case (.window(let m, let x), .window(let n, let y)): m == n && x == y
    case (.scalar(let x), .scalar(let y)), (.exists(let x), .exists(let y)), (.inSelect(let x), .inSelect(let y)):
      same(x, y)
    case (.inList(let x), .inList(let y)): x == y
    case (.between, .between), (.isNull, .isNull): true
    case (.like(let x, let m), .like(let y, let n)): x == y && m == n
    case (.isDistinct(let x), .isDistinct(let y)): x == y
    case (.raw(let x), .raw(let y)), (.identifier(let x), .identifier(let y)): x == y
    case (.context(let x, let m), .context(let y, let n)): x == y && m == n
    case (.parameter(let x, let m), .parameter(let y, let n)): x == y && m == n
    case (.excluded(let x), .excluded(let y)): x == y
    case (.groupKey(let m, let x), .groupKey(let n, let y)): m == n && x == y
    case (.dialect(let x), .dialect(let y)): x == y
    default: false
    }
  }
}
