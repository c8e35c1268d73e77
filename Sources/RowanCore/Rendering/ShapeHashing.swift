/// Walks a statement, hashing its shape and, on the way, collecting its bound values in the one order that
/// ``BindNumbering`` repeats when the shape is compiled.
struct ShapeWalk {
  var hasher = ShapeHasher()
  var binds: ContiguousArray<SQLValue> = []
  private var depth = 0
  private var depthLimit = ShapeWalk.ordinaryDepth
  /// Whether the walk turned back somewhere, so that neither hash nor values are complete.
  private(set) var isIncomplete = false

  /// What fits any thread's stack; deeper statements are walked where there is more of it.
  private static let ordinaryDepth = 50

  @inline(__always) init(hasher: ShapeHasher = ShapeHasher()) { self.hasher = hasher }

  /// The values, which the walk then no longer has.
  @inline(__always) mutating func takeBinds() -> ContiguousArray<SQLValue> {
    var taken: ContiguousArray<SQLValue> = []
    swap(&taken, &binds)
    return taken
  }

  /// The hash of the walk, and of the comment that plugins put before the statement.
  @inline(__always) func hash(tag: String) -> UInt64 {
    if tag.isEmpty { return hasher.value }
    var hasher = hasher
    hasher.text(tag)
    return hasher.value
  }

  /// The complete walk of `statement`, however deep it is.
  /// - Throws: ``RowanError/Code/nestingTooDeep``.
  static func complete(_ statement: Statement) throws -> ShapeWalk {
    var walk = ShapeWalk()
    walk.statement(statement)
    guard walk.isIncomplete else { return walk }
    return try NestingLimit.recursing(into: statement) { ShapeWalk.unlimited(statement) }
  }

  /// The walk of a statement that is known to fit the stack.
  static func unlimited(_ statement: Statement) -> ShapeWalk {
    var walk = ShapeWalk()
    walk.depthLimit = .max
    walk.statement(statement)
    return walk
  }

  /// The values in an expression that is known to fit the stack.
  static func values(of expression: Expr) -> ContiguousArray<SQLValue> {
    var walk = ShapeWalk()
    walk.depthLimit = .max
    walk.expr(expression)
    return walk.binds
  }

  /// Goes one level down, unless that is too deep.
  @inline(__always) private mutating func descend(_ body: (inout ShapeWalk) -> Void) {
    guard depth < depthLimit else {
      isIncomplete = true
      return
    }
    depth &+= 1
    body(&self)
    depth &-= 1
  }

  @inline(__always) private mutating func collect(_ value: SQLValue) {
    if binds.capacity == 0 { binds.reserveCapacity(4) }
    binds.append(value)
  }

  mutating func statement(_ statement: Statement) {
    switch statement {
    case .select(let select):
      hasher.mix(1)
      self.select(select)
    case .insert(let insert): self.insert(insert)
    case .update(let update):
      hasher.mix(3)
      hasher.mix(Int(update.scope) << 1 | (update.allRows ? 1 : 0))
      hasher.table(update.table)
      assignments(update.assignments)
      optional(update.filter)
      fields(update.returning)
    case .delete(let delete):
      hasher.mix(4)
      hasher.mix(Int(delete.scope) << 1 | (delete.allRows ? 1 : 0))
      hasher.table(delete.table)
      optional(delete.filter)
      fields(delete.returning)
    case .raw(let raw):
      hasher.mix(5)
      hasher.mix(Int(raw.access.rawValue) << 1 | (raw.unscoped ? 1 : 0))
      for part in raw.parts { hasher.text(part) }
      for type in raw.types { hasher.type(type) }
      for type in raw.swiftTypes { hasher.swiftType(type) }
      if let table = raw.table { hasher.table(table) }
      list(raw.args)
    }
  }

  mutating func select(_ select: Select) { descend { $0.clauses(of: select) } }

  // The numbers mixed in say without doubt which clause they belong to, so that two statements with the same ones are
  // of the same shape: what is absent or of any length says so.
  @inline(__always) private mutating func clauses(of select: Select) {
    clauses(of: select.body)
    if select.count >= 0 {
      hasher.mix(UInt64(SQLValue.Kind.int.rawValue) << 8 | 22)
      collect(.int(select.count))
    } else {
      optional(select.limit)
    }
    if let rest = select.body.rest {
      optional(rest.offset)
      hasher.mix(rest.lock.map { Int($0.strength.rawValue) << 4 | Int($0.wait.rawValue) << 1 | 1 } ?? 0)
    }
  }

  private mutating func clauses(of body: SelectBody) {
    if let rest = body.rest {
      hasher.mix(Int(body.scope) << 2 | (rest.distinct ? 2 : 0) | 1)
      source(body.base)
      hasher.mix(rest.joins.count)
      for join in rest.joins {
        hasher.mix(Int(join.kind.rawValue))
        source(join.source)
        optional(join.on)
      }
    } else {
      hasher.mix(Int(body.scope) << 2)
      if let table = body.tableIdentity { hasher.mix(table) } else { source(body.base) }
    }
    fields(body.fields)
    optional(body.filter)
    if let rest = body.rest {
      list(rest.group)
      optional(rest.having)
      hasher.mix(rest.combined.count)
      for arm in rest.combined {
        hasher.mix(Int(arm.kind.rawValue))
        if let inner = arm.select { self.select(inner) }
      }
    }
    let count = body.order.count
    hasher.mix(count)
    for index in 0..<count {
      let term = body.order[index]
      hasher.mix(sortCode(term.order) | ((term.output ?? -2) &+ 2) << 8)
      expr(term.expr)
    }
  }

  private mutating func insert(_ insert: InsertStatement) {
    hasher.mix(2)
    hasher.table(insert.table)
    hasher.mix(insert.columns.count)
    for column in insert.columns { hasher.mix(UInt64(column)) }
    switch insert.source {
    case .values(let values, let rows):
      hasher.mix(rows << 2 | 1)
      if binds.isEmpty { binds = values } else { binds.append(contentsOf: values) }
    case .expressions(let list, let rows):
      hasher.mix(rows << 2 | 2)
      hasher.mix(list.count)
      for value in list { typed(value) }
    case .columnArrays(let list):
      hasher.mix(4)
      hasher.mix(list.count)
      for value in list { typed(value) }
    case .select(let select):
      hasher.mix(3)
      self.select(select)
    }
    if let conflict = insert.conflict {
      hasher.mix(conflict.target.count &+ 1)
      for column in conflict.target { hasher.mix(UInt64(column)) }
      if case .update(let list) = conflict.action {
        hasher.mix(1)
        assignments(list)
      } else {
        hasher.mix(0)
      }
    } else {
      hasher.mix(0)
    }
    fields(insert.returning)
  }

  private mutating func source(_ source: FromSource) {
    switch source {
    case .table(let table): hasher.table(table)
    case .select(let inner):
      hasher.mix(7)
      select(inner)
    }
  }

  private mutating func fields(_ fields: Fields?) {
    switch fields {
    case nil: hasher.mix(0)
    case .rows: hasher.mix(1)
    case .list(let list):
      hasher.mix(list.count << 2 | 2)
      for field in list {
        hasher.type(field.type)
        hasher.swiftType(field.swiftType)
        expr(field.expr)
      }
    }
  }

  private mutating func assignments(_ list: ContiguousArray<Assignment>) {
    hasher.mix(list.count)
    for assignment in list {
      hasher.mix(UInt64(assignment.column))
      typed(assignment.value)
    }
  }

  /// A value whose type its column gives: its own kind is no part of the shape.
  private mutating func typed(_ value: Expr) {
    if case .bind(let bound) = value {
      hasher.mix(11)
      collect(bound)
    } else {
      expr(value)
    }
  }

  @inline(__always) private mutating func optional(_ expression: Expr?) {
    guard let expression else { return hasher.mix(0) }
    expr(expression)
  }

  private mutating func list(_ list: ContiguousArray<Expr>) {
    hasher.mix(list.count)
    for index in list.indices { expr(list[index]) }
  }

  mutating func expr(_ expression: Expr) {
    switch expression {
    case .column(let ref):
      hasher.mix(21)
      hasher.column(ref)
    case .bind(let value):
      hasher.mix(UInt64(value.kind.rawValue) << 8 | 22)
      collect(value)
    case .compare(let op, let ref, let value):
      hasher.mix(UInt64(op.rawValue) << 8 | 23)
      hasher.column(ref)
      collect(value)
    case .isNull(let ref):
      hasher.mix(24)
      hasher.column(ref)
    case .all(let list):
      hasher.mix(25)
      descend { $0.list(list) }
    case .any(let list):
      hasher.mix(26)
      descend { $0.list(list) }
    case .not(let inner):
      hasher.mix(27)
      descend { $0.expr(inner) }
    case .binary(let op, let left, let right):
      hasher.mix(UInt64(op.rawValue) << 8 | 28)
      descend {
        $0.expr(left)
        $0.expr(right)
      }
    case .node(let node):
      hasher.mix(hash: node.shapeHash)
      descend { $0.collect(node) }
    }
  }

  /// A node's hash is stored; only its values are still to be gathered.
  private mutating func collect(_ node: ExprNode) {
    let before = hasher
    BindWalk.sub(of: node.kind) { self.select($0) }
    for arg in node.args { expr(arg) }
    hasher = before
  }

  func sortCode(_ order: SortOrder) -> Int { (order.descending ? 1 : 0) << 2 | Int(order.nulls.rawValue) }
}

/// Where sub-selects hide in a node.
enum BindWalk {
  @inline(__always) static func sub(of kind: NodeKind, _ body: (Select) -> Void) {
    switch kind {
    case .scalar(let select), .exists(let select), .inSelect(let select): body(select)
    default: break
    }
  }
}

extension ShapeHasher {
  /// The hash of a node over `args`.
  mutating func node(_ kind: NodeKind, _ args: ContiguousArray<Expr>) {
    self.kind(kind)
    var walk = ShapeWalk(hasher: self)
    for arg in args {
      // A node below has its hash already; walking into it again would make long chains quadratic.
      if case .node(let inner) = arg { walk.hasher.mix(inner.shapeHash) } else { walk.expr(arg) }
    }
    self = walk.hasher
    mix(args.count)
  }

  private mutating func kind(_ kind: NodeKind) {
    switch kind {
    case .function(let name):
      mix(1)
      text(name.rawValue)
    case .aggregate(let name, let distinct):
      mix(distinct ? 2 : 3)
      text(name.rawValue)
    case .arithmetic(let op): mix(Int(op.rawValue) << 8 | 4)
    case .cast(let type):
      mix(5)
      self.type(type)
    case .cases(let hasElse): mix(hasElse ? 6 : 7)
    case .window(let partition, let order):
      mix(partition << 8 | 8)
      for term in order { mix((term.descending ? 1 : 0) << 2 | Int(term.nulls.rawValue)) }
    case .scalar(let select): self.select(9, select)
    case .exists(let select): self.select(10, select)
    case .inSelect(let select): self.select(11, select)
    case .inList(let padded): mix(padded << 8 | 12)
    case .between: mix(13)
    case .like(let like, let insensitive): mix(Int(like.rawValue) << 8 | (insensitive ? 14 : 15))
    case .isDistinct(let negated): mix(negated ? 16 : 17)
    case .isNull: mix(18)
    case .constant(let value): mix(value ? 19 : 20)
    case .raw(let parts):
      mix(21)
      for part in parts { text(part) }
    case .identifier(let parts):
      mix(22)
      for part in parts { text(part) }
    case .context(let key, let type):
      mix(23)
      text(key)
      self.type(type)
    case .parameter(let index, let type):
      mix(index << 8 | 24)
      self.type(type)
    case .excluded(let column): mix(Int(column) << 8 | 25)
    case .dialect(let name):
      mix(26)
      text(name)
    case .groupKey(let scope, let index): mix(Int(scope) << 40 | index << 8 | 27)
    }
  }

  private mutating func select(_ tag: Int, _ select: Select) {
    mix(tag)
    var walk = ShapeWalk(hasher: self)
    walk.select(select)
    self = walk.hasher
  }
}
