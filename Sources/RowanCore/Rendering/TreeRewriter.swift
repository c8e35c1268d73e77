/// Rebuilds a statement, crossing every expression and every sub-query.
///
/// Override a `rewrite` method to change what it is given; call `super` to go on below it. The order in which
/// expressions are visited is that of ``ShapeWalk``, so that a subclass can number the bound values. As it stands the
/// class changes nothing.
open class TreeRewriter {
  /// The queries around the expression being rewritten.
  public private(set) var scopes = ScopeChain()

  /// Makes a rewriter.
  public init() {}

  /// What `ref` points to.
  /// - Throws: ``RowanError/Code/columnOutOfScope``.
  public func source(of ref: ColumnRef) throws -> FromSource { try scopes.source(of: ref) }

  /// The type of the column `ref` points to, where it is known.
  public func type(of ref: ColumnRef) -> SQLType? { scopes.type(of: ref) }

  /// Rebuilds a whole statement.
  /// - Throws: ``RowanError/Code/nestingTooDeep`` before the stack is at risk, and whatever the overrides throw.
  public final func rewrite(whole statement: Statement) throws -> Statement {
    scopes = ScopeChain()
    return try NestingLimit.recursing(into: statement) { try rewrite(statement) }
  }

  /// Rebuilds a statement.
  open func rewrite(_ statement: Statement) throws -> Statement {
    switch statement {
    case .select(let select): .select(try rewrite(select))
    case .insert(let insert): .insert(try rewrite(insert))
    case .update(let update): .update(try rewrite(update))
    case .delete(let delete): .delete(try rewrite(delete))
    case .raw(let raw): .raw(try rewrite(raw))
    }
  }

  /// Rebuilds a query: FROM, fields, WHERE, GROUP BY, HAVING, set arms, ORDER BY, LIMIT, OFFSET.
  open func rewrite(_ select: Select) throws -> Select {
    var out = select
    scopes.push(ScopeChain.Frame(scope: select.scope))
    defer { scopes.pop() }
    out.base = try hidden { try rewrite(select.base) }
    scopes.add(select.base)
    for index in select.joins.indices { out.joins[index] = try rewrite(select.joins[index]) }
    out.fields = try rewrite(select.fields)
    out.filter = try select.filter.map { try rewrite($0) }
    for index in select.group.indices { out.group[index] = try rewrite(key: select.group[index]) }
    out.having = try select.having.map { try rewrite($0) }
    for index in select.combined.indices {
      guard let arm = select.combined[index].select else { continue }
      out.combined[index] = SetArm(select.combined[index].kind, try hidden { try rewrite(arm) })
    }
    for index in select.order.indices { out.order[index] = try rewrite(select.order[index]) }
    out.limit = try select.limit.map { try rewrite($0) }
    out.offset = try select.offset.map { try rewrite($0) }
    return out
  }

  /// Rebuilds one expression of GROUP BY.
  open func rewrite(key: Expr) throws -> Expr { try rewrite(key) }

  /// Rebuilds one term of ORDER BY.
  open func rewrite(_ term: Ordering) throws -> Ordering {
    var out = term
    out.expr = try rewrite(term.expr)
    return out
  }

  /// Rebuilds a joined source and its ON. The source sees the tables before it only if the join is lateral.
  open func rewrite(_ join: Join) throws -> Join {
    var out = join
    out.source = join.kind == .lateral ? try rewrite(join.source) : try hidden { try rewrite(join.source) }
    scopes.add(join.source)
    out.on = try join.on.map { try rewrite($0) }
    return out
  }

  /// Rebuilds what stands in FROM.
  open func rewrite(_ source: FromSource) throws -> FromSource {
    switch source {
    case .table: source
    case .select(let select): .select(try rewrite(select))
    }
  }

  /// Rebuilds what a query or RETURNING yields.
  open func rewrite(_ fields: Fields) throws -> Fields {
    guard case .list(var list) = fields else { return fields }
    for index in list.indices { list[index].expr = try rewrite(list[index].expr) }
    return .list(list)
  }

  /// Rebuilds an insert: its source, the assignments of its conflict clause, RETURNING.
  open func rewrite(_ insert: InsertStatement) throws -> InsertStatement {
    var out = insert
    out.source = try rewrite(insert.source, of: insert)
    scopes.push(ScopeChain.Frame(scope: 0, sources: [.table(insert.table)], isTarget: true))
    defer { scopes.pop() }
    if var conflict = insert.conflict, case .update(let list) = conflict.action {
      conflict.action = .update(try rewrite(list, of: insert.table))
      out.conflict = conflict
    }
    out.returning = try insert.returning.map { try rewrite($0) }
    return out
  }

  /// Rebuilds where an insert's values come from.
  open func rewrite(_ source: InsertStatement.Source, of insert: InsertStatement) throws -> InsertStatement.Source {
    switch source {
    case .values: source
    case .expressions(let list, let rows): .expressions(try rewrite(list: list), rows: rows)
    case .columnArrays(let list): .columnArrays(try rewrite(list: list))
    case .select(let select): .select(try rewrite(select))
    }
  }

  /// Rebuilds an update: SET, WHERE, RETURNING.
  open func rewrite(_ update: UpdateStatement) throws -> UpdateStatement {
    var out = update
    scopes.push(ScopeChain.Frame(scope: update.scope, sources: [.table(update.table)], isTarget: true))
    defer { scopes.pop() }
    out.assignments = try rewrite(update.assignments, of: update.table)
    out.filter = try update.filter.map { try rewrite($0) }
    out.returning = try update.returning.map { try rewrite($0) }
    return out
  }

  /// Rebuilds a delete: WHERE, RETURNING.
  open func rewrite(_ delete: DeleteStatement) throws -> DeleteStatement {
    var out = delete
    scopes.push(ScopeChain.Frame(scope: delete.scope, sources: [.table(delete.table)], isTarget: true))
    defer { scopes.pop() }
    out.filter = try delete.filter.map { try rewrite($0) }
    out.returning = try delete.returning.map { try rewrite($0) }
    return out
  }

  /// Rebuilds SQL written by hand.
  open func rewrite(_ raw: RawStatement) throws -> RawStatement {
    var out = raw
    out.args = try rewrite(list: raw.args)
    return out
  }

  /// Rebuilds one assignment to a column of `table`.
  open func rewrite(_ assignment: Assignment, of table: TableSchema) throws -> Assignment {
    Assignment(assignment.column, try rewrite(assignment.value))
  }

  /// Rebuilds an expression.
  open func rewrite(_ expr: Expr) throws -> Expr {
    switch expr {
    case .column, .bind, .compare, .isNull: expr
    case .all(let list): .all(try rewrite(list: list))
    case .any(let list): .any(try rewrite(list: list))
    case .not(let inner): .not(try rewrite(inner))
    case .binary(let op, let left, let right): .binary(op, try rewrite(left), try rewrite(right))
    case .node(let node): try rewrite(node)
    }
  }

  /// Rebuilds a node: its sub-query first, then its operands.
  open func rewrite(_ node: ExprNode) throws -> Expr {
    let kind: NodeKind =
      switch node.kind {
      case .scalar(let select): .scalar(try rewrite(select))
      case .exists(let select): .exists(try rewrite(select))
      case .inSelect(let select): .inSelect(try rewrite(select))
      default: node.kind
      }
    return .node(ExprNode(kind, try rewrite(list: node.args)))
  }

  /// Rebuilds expressions in order.
  public final func rewrite(list: ContiguousArray<Expr>) throws -> ContiguousArray<Expr> {
    var out = ContiguousArray<Expr>()
    out.reserveCapacity(list.count)
    for expr in list { out.append(try rewrite(expr)) }
    return out
  }

  private func rewrite(
    _ assignments: ContiguousArray<Assignment>, of table: TableSchema
  ) throws -> ContiguousArray<Assignment> {
    var out = ContiguousArray<Assignment>()
    for assignment in assignments { out.append(try rewrite(assignment, of: table)) }
    return out
  }

  /// Runs `body` for a part of the innermost query that cannot see its FROM.
  private func hidden<R>(_ body: () throws -> R) rethrows -> R {
    let frame = scopes.hide()
    defer { scopes.restore(frame) }
    return try body()
  }
}
