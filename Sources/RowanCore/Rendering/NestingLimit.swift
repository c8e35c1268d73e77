/// Refuses trees whose nesting would put the stack at risk, before anything recurses into them.
///
/// Chains of `&&`, `||` and set operations are lists and do not count; operators and sub-queries inside one another do.
public enum NestingLimit {
  /// How many levels of expressions and sub-queries a statement may have.
  public static let levels = 1000

  /// What stands in place of an expression that was put together from more levels: an error wherever it is used.
  @usableFromInline static var refused: Expr {
    .bind(
      .invalid(
        EncodingFailure(
          swiftType: "Condition", reason: "an expression nests more than \(levels) levels; use all() or any()",
          code: .nestingTooDeep)))
  }

  /// What certainly fits the smallest stack a thread of a Swift program has, the 512 KiB of Darwin's task pool.
  private static let ordinaryLevels = 50

  /// Measures `statement` without recursion.
  /// - Throws: ``RowanError/Code/nestingTooDeep``.
  public static func check(_ statement: Statement) throws { _ = try depth(of: statement) }

  /// Runs `body`, which recurses into `statement`, where the stack is large enough for it.
  /// - Throws: ``RowanError/Code/nestingTooDeep``, or what `body` throws.
  static func recursing<R>(into statement: Statement, _ body: () throws -> R) throws -> R {
    if try depth(of: statement) <= ordinaryLevels { return try body() }
    return try LargeStack.run(body)
  }

  private static func depth(of statement: Statement) throws -> Int {
    var walk = NestingWalk()
    switch statement {
    case .select(let select): walk.add(select, 1)
    case .insert(let insert):
      switch insert.source {
      case .values: break
      case .expressions(let list, _), .columnArrays(let list): walk.add(list, 1)
      case .select(let select): walk.add(select, 1)
      }
      if case .update(let list)? = insert.conflict?.action { for one in list { walk.add(one.value, 1) } }
      walk.add(insert.returning, 1)
    case .update(let update):
      for assignment in update.assignments { walk.add(assignment.value, 1) }
      walk.add(update.filter, 1)
      walk.add(update.returning, 1)
    case .delete(let delete):
      walk.add(delete.filter, 1)
      walk.add(delete.returning, 1)
    case .raw(let raw): walk.add(raw.args, 1)
    }
    return try walk.run()
  }
}

/// A depth-first walk with its own stack.
private struct NestingWalk {
  private var pending: [(part: Part, depth: Int)] = []

  private enum Part {
    case expr(Expr)
    case select(Select)
  }

  mutating func add(_ select: Select, _ depth: Int) { pending.append((.select(select), depth)) }

  mutating func add(_ expr: Expr?, _ depth: Int) {
    switch expr {
    case nil, .column?, .bind?, .compare?, .isNull?: break
    case let expr?: pending.append((.expr(expr), depth))
    }
  }

  mutating func add(_ list: ContiguousArray<Expr>, _ depth: Int) { for expr in list { add(expr, depth) } }

  mutating func add(_ fields: Fields?, _ depth: Int) {
    if case .list(let list)? = fields { for field in list { add(field.expr, depth) } }
  }

  mutating func run() throws -> Int {
    var deepest = 0
    while let (part, depth) = pending.popLast() {
      if depth > NestingLimit.levels {
        throw RowanError(
          .nestingTooDeep, "the statement nests more than \(NestingLimit.levels) levels of expressions and sub-queries",
          hint: "combine conditions with all() or any(), which take any number without nesting")
      }
      deepest = max(deepest, depth)
      switch part {
      case .expr(let expr): below(expr, depth + 1)
      case .select(let select): below(select, depth + 1)
      }
    }
    return deepest
  }

  private mutating func below(_ expr: Expr, _ depth: Int) {
    switch expr {
    case .column, .bind, .compare, .isNull: break
    case .all(let list), .any(let list): add(list, depth)
    case .not(let inner): add(inner, depth)
    case .binary(_, let left, let right):
      add(left, depth)
      add(right, depth)
    case .node(let node):
      BindWalk.sub(of: node.kind) { add($0, depth) }
      add(node.args, depth)
    }
  }

  private mutating func below(_ select: Select, _ depth: Int) {
    add(select.base, depth)
    for join in select.joins {
      add(join.source, depth)
      add(join.on, depth)
    }
    add(select.fields, depth)
    add(select.filter, depth)
    add(select.group, depth)
    add(select.having, depth)
    for arm in select.combined { if let arm = arm.select { add(arm, depth) } }
    for term in select.order { add(term.expr, depth) }
    add(select.limit, depth)
    add(select.offset, depth)
  }

  private mutating func add(_ source: FromSource, _ depth: Int) {
    if case .select(let select) = source { add(select, depth) }
  }
}
