import RowanCore

/// Prints the SQL of MariaDB and MySQL.
final class MySQLPrinter: SQLPrinter {
  let flavor: MySQLDialect.Flavor
  let exactCollation: String

  init(dialect: MySQLDialect) {
    flavor = dialect.flavor
    exactCollation = dialect.exactCollation
    super.init(dialect: dialect)
  }

  /// MySQL refuses to read the table it changes, unless a derived table that it cannot merge comes between.
  /// https://dev.mysql.com/doc/refman/8.0/en/derived-table-optimization.html
  override func table(_ table: TableSchema) throws {
    let isChanged = scopes.frames.contains { frame in
      guard frame.isTarget, case .table(let target)? = frame.sources.first else { return false }
      return target.name == table.name && target.namespace == table.namespace
    }
    guard flavor == .mySQL, isChanged else { return try super.table(table) }
    emit("(SELECT * FROM ")
    try super.table(table)
    emit(" LIMIT 18446744073709551615)")
  }

  /// HAVING sees grouping columns, aggregates and what is selected, but no expression that is grouped by; every row of a
  /// group has the same. https://mariadb.com/kb/en/select/#having
  override func groupKey(_ use: GroupKeyUse, in place: Precedence) throws {
    guard use.isInHaving else { return try super.groupKey(use, in: place) }
    emit("min(")
    try expr(use.expr)
    emit(")")
  }

  override func isDistinct(_ left: Expr, _ right: Expr, negated: Bool, in place: Precedence) throws {
    try group(negated ? .comparison : .negation, in: place) {
      if !negated { emit("NOT (") }
      try operand(left, beside: right)
      emit(" <=> ")
      try operand(right, beside: left)
      if !negated { emit(")") }
    }
  }

  /// Comparing lower-case forms keeps accents apart, which every collation that ignores case would fold too.
  override func like(_ match: LikeMatch, in place: Precedence) throws {
    try group(.comparison, in: place) {
      if match.caseInsensitive {
        emit("lower(")
        try expr(match.text)
        emit(")")
      } else {
        try expr(match.text, .concatenation)
      }
      emit(match.word("LIKE"))
      if match.caseInsensitive { emit("lower(") }
      try likeOperand(match, escape: "|")
      if match.caseInsensitive { emit(")") }
      emit(" COLLATE \(exactCollation) ESCAPE '|'")
    }
  }

  /// LIMIT inside IN is refused, and taken inside a sub-query of it.
  /// https://dev.mysql.com/doc/refman/8.0/en/subquery-restrictions.html
  override func inSelect(_ expr: Expr, _ select: Select, negated: Bool, in place: Precedence) throws {
    let expr = Self.evaluated(expr)
    guard select.limit != nil || select.offset != nil else {
      return try super.inSelect(expr, Self.evaluated(select), negated: negated, in: place)
    }
    var outer = Select(scope: select.scope, base: .select(select))
    outer.fields = .list([Field(.column(ColumnRef(Slot(scope: select.scope, 0), 0)), type: select.type(ofColumn: 0))])
    try super.inSelect(expr, outer, negated: negated, in: place)
  }

  /// A bare aggregate beside IN, or selected for it from an outer query, is never found to be equal to anything by
  /// MariaDB; as an operand it is.
  private static func evaluated(_ expr: Expr) -> Expr {
    guard case .node(let node) = expr else { return expr }
    switch node.kind {
    case .aggregate, .groupKey: return .node(.dialect(evaluation), [expr])
    // Some are printed as nothing but their operand.
    case .function: return expr.containsAggregate ? .node(.dialect(evaluation), [expr]) : expr
    default: return expr
    }
  }

  private static func evaluated(_ select: Select) -> Select {
    var out = select
    if case .list(var list) = select.fields, let field = list.first, list.count == 1 {
      list[0].expr = evaluated(field.expr)
      out.fields = .list(list)
    }
    for index in select.combined.indices {
      guard let arm = select.combined[index].select else { continue }
      out.combined[index] = SetArm(select.combined[index].kind, evaluated(arm))
    }
    return out
  }

  private static let evaluation = "mysql.evaluated"

  override func dialectNode(_ name: String, _ args: ContiguousArray<Expr>, in place: Precedence) throws {
    guard name == Self.evaluation, let operand = args.first else {
      return try super.dialectNode(name, args, in: place)
    }
    emit("coalesce(")
    try expr(operand)
    emit(")")
  }

  override func arithmetic(_ op: Arithmetic, _ left: Expr, _ right: Expr, in place: Precedence) throws {
    switch op {
    // `||` is OR unless the session says otherwise.
    case .concatenate: try call("concat", concatenated(left) + concatenated(right))
    // `/` makes a decimal of two integers.
    case .divide where [left, right].allSatisfy({ scopes.type(of: $0)?.isInteger == true }):
      try infix(.product, " DIV ", left, right, in: place)
    default: try plainArithmetic(op, left, right, in: place)
    }
  }

  private func concatenated(_ expr: Expr) -> ContiguousArray<Expr> {
    guard case .node(let node) = expr, case .arithmetic(.concatenate) = node.kind else { return [expr] }
    return ContiguousArray(node.args.flatMap { concatenated($0) })
  }

  override func function(_ name: FunctionName, _ args: ContiguousArray<Expr>, in place: Precedence) throws {
    switch (name, args.count) {
    case (.now, _): emit("UTC_TIMESTAMP(6)")
    case (.greatest, 1), (.least, 1), (.coalesce, 1): try expr(args[0], place)
    case (.round, 1) where scopes.type(of: args[0])?.isInteger == true: try expr(args[0], place)
    case (.round, 1) where scopes.type(of: args[0])?.isFloatingPoint == true:
      try roundAway(args[0], truncate: "truncate", ", 0")
    default: try super.function(name, args, in: place)
    }
  }

  /// Bytes beside a bound value come out as a type by which MariaDB groups all rows together, unless the bound one says
  /// that it is bytes too.
  override func alternative(_ expr: Expr, hint: SQLType?) throws {
    guard let bound = BoundOperand(expr) else { return try super.alternative(expr, hint: hint) }
    switch bound.type ?? hint {
    case .uuid?: try plainCast(expr, to: "BINARY(16)")
    case .bytes?: try plainCast(expr, to: "BINARY")
    default: try super.alternative(expr, hint: hint)
    }
  }

  /// A sum of integers is a decimal; `DIV` makes it an integer again and fails where it does not fit, while a cast
  /// would cut it. A mean of integers has four digits after the point; that of doubles has all.
  /// https://dev.mysql.com/doc/refman/8.0/en/arithmetic-functions.html
  override func aggregate(
    _ name: AggregateName, distinct: Bool, _ args: ContiguousArray<Expr>, in place: Precedence
  ) throws {
    let type = args.first.flatMap { scopes.type(of: $0) }
    switch name {
    case .sum where type?.isInteger == true:
      try group(.product, in: place) {
        try plainAggregate(name, distinct: distinct, args)
        emit(" DIV 1")
      }
    case .average where type != .double && type != .real:
      try aggregateCall("avg", distinct: distinct) {
        try emit(list: args) { try expr($0, .product) }
        emit(" * 1e0")
      }
    default: try plainAggregate(name, distinct: distinct, args)
    }
  }

  /// A double becomes an integer towards zero, as in Swift; a plain cast would round.
  override func cast(_ inner: Expr, to type: SQLType, in place: Precedence) throws {
    guard let dialect = dialect as? MySQLDialect else { return try super.cast(inner, to: type, in: place) }
    let name = try dialect.castType(type)
    guard type.isInteger, let source = scopes.type(of: inner), source.isFloatingPoint || source.isDecimal else {
      return try plainCast(inner, to: name)
    }
    emit("CAST(truncate(")
    try expr(inner)
    emit(", 0) AS \(name))")
  }

  /// `NULL` sorts before every value here; only where it should not, it is sorted apart.
  override func ordering(_ order: SortOrder, _ print: () throws -> Void) throws {
    if emulates(order) {
      try print()
      emit(order.nulls == .first ? " IS NULL DESC, " : " IS NULL, ")
    }
    try print()
    emit(order.descending ? " DESC" : "")
  }

  override func emulates(_ order: SortOrder) -> Bool {
    order.nulls == (order.descending ? .first : .last)
  }

  override func limit(_ limit: Expr?, offset: Expr?) throws {
    // https://dev.mysql.com/doc/refman/8.0/en/select.html
    if limit == nil, offset != nil { emit(" LIMIT 18446744073709551615") }
    try super.limit(limit, offset: offset)
  }

  override func rowLock(_ lock: RowLock, tables: [String]?) throws {
    guard flavor == .mariaDB else { return try super.rowLock(lock, tables: tables) }
    // https://mariadb.com/kb/en/lock-in-share-mode/
    if lock.strength == .update { return try super.rowLock(lock, tables: nil) }
    emit(" LOCK IN SHARE MODE")
    switch lock.wait {
    case .wait: break
    case .noWait: emit(" NOWAIT")
    case .skipLocked: emit(" SKIP LOCKED")
    }
  }

  override func defaultRows(_ rows: Int, of table: TableSchema) throws {
    emit(" () VALUES ")
    emit(list: 0..<rows) { _ in emit("()") }
  }

  override func ordered(_ assignments: ContiguousArray<Assignment>) throws -> ContiguousArray<Assignment> {
    try AssignmentOrder.sequential(assignments, scope: scopes.current?.scope ?? 0)
  }

  override func excluded(_ column: ColumnSchema) throws {
    emit("VALUES(")
    try emit(identifier: column.name)
    emit(")")
  }

  override func conflict(_ conflict: Conflict, of insert: InsertStatement) throws {
    try UniqueKeys(insert).check(conflict, dialect: dialect)
    emit(" ON DUPLICATE KEY UPDATE ")
    switch conflict.action {
    case .update(let list): try assignments(list, of: insert.table)
    case .ignore:
      // INSERT IGNORE would swallow every other error too. https://dev.mysql.com/doc/refman/8.0/en/sql-mode.html
      let column = conflict.target.first.map(Int.init) ?? insert.table.primaryKey.first ?? 0
      guard column < insert.table.columns.count else {
        throw RowanError.internalFailure("table '\(insert.table.name)' has no columns")
      }
      try emit(identifier: insert.table.columns[column].name)
      emit(" = ")
      try emit(identifier: insert.table.name)
      emit(".")
      try emit(identifier: insert.table.columns[column].name)
    }
  }
}
