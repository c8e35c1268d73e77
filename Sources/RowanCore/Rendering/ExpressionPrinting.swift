extension SQLPrinter {
  /// Prints an expression, in parentheses if `place` demands it.
  /// - Parameter hint: the type of a bound value that states none.
  public final func expr(_ expr: Expr, _ place: Precedence = .any, hint: SQLType? = nil) throws {
    switch expr {
    case .column(let ref): try column(ref)
    case .bind(let value): bind(.constant(value), type: hint)
    case .compare(let op, let ref, let value): try comparison(op, .column(ref), .bind(value), in: place)
    case .isNull(let ref): try isNull(.column(ref), negated: false, in: place)
    case .all(let list): try junction(list.joined(\.conjuncts), .conjunction, " AND ", whenEmpty: true, in: place)
    case .any(let list): try junction(list.joined(\.disjuncts), .disjunction, " OR ", whenEmpty: false, in: place)
    case .not(let inner): try not(inner, in: place)
    case .binary(let op, let left, let right): try comparison(op, left, right, in: place)
    case .node(let node): try self.node(node, place, hint: hint)
    }
  }

  private func node(_ node: ExprNode, _ place: Precedence, hint: SQLType?) throws {
    let args = node.args
    switch node.kind {
    case .function(let name): try function(name, args, in: place)
    case .aggregate(let name, let distinct):
      try aggregated(args, isWindow: over != nil) { try aggregate(name, distinct: distinct, args, in: place) }
    case .arithmetic(let op): try arithmetic(op, try arg(node, 0), try arg(node, 1), in: place)
    case .cast(let type): try cast(try arg(node, 0), to: type, in: place)
    case .cases(let hasElse): try cases(args, hasElse: hasElse)
    case .window(let partition, let order): try window(node, partition: partition, order: order, in: place)
    case .scalar(let select): try nested(select, .scalar)
    case .exists(let select):
      emit("EXISTS ")
      try nested(select, .existence)
    case .inSelect(let select): try inSelect(try arg(node, 0), select, negated: false, in: place)
    case .inList: try inList(try membership(node, negated: false), in: place)
    case .between: try between(node, negated: false, in: place)
    case .like: try like(try match(node, negated: false), in: place)
    case .isDistinct(let negated):
      try isDistinct(try arg(node, 0), try arg(node, 1), negated: negated, in: place)
    case .isNull: try isNull(try arg(node, 0), negated: false, in: place)
    case .constant(let value): constant(value)
    case .raw(let parts): try group(.any, in: place) { try raw(parts, args) }
    case .identifier(let parts): try emit(list: parts, separator: ".") { try emit(identifier: $0) }
    case .context(let key, let type): context(key, type)
    case .parameter(let index, let type): bind(.source(index), type: type ?? hint)
    case .excluded(let column): try excluded(column)
    case .groupKey(let scope, let index): try groupKey(try arg(node, 0), scope: scope, index: index, in: place)
    case .dialect(let name): try dialectNode(name, args, in: place)
    }
  }

  /// The operand at `index`.
  private func arg(_ node: ExprNode, _ index: Int) throws -> Expr {
    guard index < node.args.count else {
      throw RowanError.internalFailure("an expression node has \(node.args.count) operands and needs \(index + 1)")
    }
    return node.args[index]
  }

  /// A column: by its table's alias, or by the table's own name where the table is being changed.
  private func column(_ ref: ColumnRef) throws {
    let source = try scopes.source(of: ref)
    if let output = try outputs?(ref) { return emit(output) }
    switch source {
    case .table(let table):
      if scopes.frame(of: ref)?.isTarget == true {
        try emit(identifier: table.name)
      } else {
        emit(alias(Slot(scope: ref.scope, ref.slot)))
      }
      emit(".")
      try emit(identifier: table.columns[Int(ref.column)].name)
    case .select: emit("\(alias(Slot(scope: ref.scope, ref.slot))).\(outputName(Int(ref.column)))")
    }
  }

  /// The alias of a place in FROM.
  func alias(_ place: Slot) -> String {
    place.scope == 0 ? "\(aliasPrefix)\(place.slot)" : "\(aliasPrefix)\(place.scope)_\(place.slot)"
  }

  /// The name a sub-query's column at `index` goes by.
  func outputName(_ index: Int) -> String { "c\(index)" }

  private func excluded(_ column: UInt16) throws {
    guard case .table(let table)? = scopes.target, Int(column) < table.columns.count else {
      throw RowanError(
        .columnOutOfScope, "a column of the row that could not be inserted is used outside an upsert",
        hint: "use it only in the assignments of an upsert")
    }
    try excluded(table.columns[Int(column)])
  }

  private func junction(
    _ list: ContiguousArray<Expr>, _ level: Precedence, _ word: String, whenEmpty: Bool, in place: Precedence
  ) throws {
    guard let first = list.first else { return constant(whenEmpty) }
    if list.count == 1 { return try expr(first, place) }
    // An AND among ORs needs no parentheses; the reader is spared the table of precedences all the same.
    try group(level, in: place) { try junction(ArraySlice(list), word) }
  }

  /// Prints a long list in halves: an engine may take each of its operators for a level of nesting.
  /// https://sqlite.org/limits.html#max_expr_depth
  private func junction(_ list: ArraySlice<Expr>, _ word: String) throws {
    if list.count <= 256 { return try emit(list: list, separator: word) { try expr($0, .negation) } }
    let middle = list.startIndex + list.count / 2
    try emit(list: [list[..<middle], list[middle...]], separator: word) { half in
      emit("(")
      try junction(half, word)
      emit(")")
    }
  }

  private func not(_ inner: Expr, in place: Precedence) throws {
    switch inner {
    case .isNull(let ref): return try isNull(.column(ref), negated: true, in: place)
    case .node(let node):
      switch node.kind {
      case .isNull: return try isNull(try arg(node, 0), negated: true, in: place)
      case .inList: return try inList(try membership(node, negated: true), in: place)
      case .inSelect(let select): return try inSelect(try arg(node, 0), select, negated: true, in: place)
      case .between: return try between(node, negated: true, in: place)
      case .like: return try like(try match(node, negated: true), in: place)
      case .constant(let value): return constant(!value)
      default: break
      }
    default: break
    }
    try group(.negation, in: place) {
      emit("NOT (")
      try expr(inner)
      emit(")")
    }
  }

  private func isNull(_ inner: Expr, negated: Bool, in place: Precedence) throws {
    try group(.comparison, in: place) {
      try expr(inner, .concatenation)
      emit(negated ? " IS NOT NULL" : " IS NULL")
    }
  }

  private func between(_ node: ExprNode, negated: Bool, in place: Precedence) throws {
    let value = try arg(node, 0), low = try arg(node, 1), high = try arg(node, 2)
    try group(.comparison, in: place) {
      try operand(value, beside: low)
      emit(negated ? " NOT BETWEEN " : " BETWEEN ")
      try operand(low, beside: value)
      emit(" AND ")
      try operand(high, beside: value)
    }
  }

  private func match(_ node: ExprNode, negated: Bool) throws -> LikeMatch {
    guard case .like(let kind, let caseInsensitive) = node.kind else {
      throw RowanError.internalFailure("a node that is no LIKE was printed as one")
    }
    return LikeMatch(
      kind: kind, caseInsensitive: caseInsensitive, negated: negated, text: try arg(node, 0), operand: try arg(node, 1))
  }

  private func membership(_ node: ExprNode, negated: Bool) throws -> ListMembership {
    guard case .inList(let padded) = node.kind else {
      throw RowanError.internalFailure("a node that is no list was printed as one")
    }
    return ListMembership(expr: try arg(node, 0), list: try arg(node, 1), padded: padded, negated: negated)
  }

  private func cases(_ args: ContiguousArray<Expr>, hasElse: Bool) throws {
    let pairs = args.count / 2
    guard pairs > 0, args.count % 2 == (hasElse ? 1 : 0) else {
      throw RowanError.internalFailure("a CASE has \(args.count) operands")
    }
    let type = args.indices.lazy.filter { $0 % 2 == 1 || $0 == pairs * 2 }
      .compactMap { self.scopes.type(of: args[$0]) }.first
    emit("CASE")
    for pair in 0..<pairs {
      emit(" WHEN ")
      try expr(args[pair * 2])
      emit(" THEN ")
      try alternative(args[pair * 2 + 1], hint: type)
    }
    if hasElse {
      emit(" ELSE ")
      try alternative(args[pairs * 2], hint: type)
    }
    emit(" END")
  }

  private func window(
    _ node: ExprNode, partition: Int, order: ContiguousArray<SortOrder>, in place: Precedence
  ) throws {
    let function = try arg(node, 0)
    guard node.args.count == 1 + partition + order.count else {
      throw RowanError.internalFailure(
        "a window of \(partition) and \(order.count) terms has \(node.args.count) operands")
    }
    if case .node(let inner) = function, case .aggregate = inner.kind {
      over = { [unowned self] in try self.overClause(node, partition: partition, order: order) }
      try expr(function, place)
    } else {
      try expr(function, .atom)
      try overClause(node, partition: partition, order: order)
    }
  }

  private func overClause(_ node: ExprNode, partition: Int, order: ContiguousArray<SortOrder>) throws {
    emit(" OVER (")
    if partition > 0 {
      emit("PARTITION BY ")
      try emit(list: node.args[1...partition]) { try compared($0, hint: nil) }
    }
    if !order.isEmpty {
      emit(partition > 0 ? " ORDER BY " : "ORDER BY ")
      try emit(list: order.indices) { index in
        try ordering(order[index]) { try compared(node.args[1 + partition + index], hint: nil) }
      }
    }
    emit(")")
  }

  /// Prints text with operands between its parts. A fragment among them is part of the text; other operands stand in
  /// parentheses unless they are single.
  func raw(_ parts: ContiguousArray<String>, _ args: ContiguousArray<Expr>) throws {
    guard parts.count == args.count + 1 else {
      throw RowanError.internalFailure("raw SQL has \(parts.count) pieces of text around \(args.count) values")
    }
    for index in parts.indices {
      if parts[index].contains(where: \.isLetter) { isHandWritten = true }
      emit(parts[index])
      guard index < args.count else { continue }
      if case .node(let node) = args[index], case .raw(let inner) = node.kind {
        try raw(inner, node.args)
      } else {
        try expr(args[index], .atom)
      }
    }
  }
}

extension Expr {
  fileprivate var conjuncts: ContiguousArray<Expr>? { if case .all(let list) = self { list } else { nil } }
  fileprivate var disjuncts: ContiguousArray<Expr>? { if case .any(let list) = self { list } else { nil } }
}

extension ContiguousArray<Expr> {
  /// The list that ``Condition`` has cut in chunks, in one piece.
  /// - Parameter elements: the list that an element of the same kind holds.
  fileprivate func joined(_ elements: (Expr) -> ContiguousArray<Expr>?) -> ContiguousArray<Expr> {
    var pieces = [self]
    while let first = pieces.last?.first, let inner = elements(first), inner.count >= Condition.chunk {
      pieces.append(inner)
    }
    guard let innermost = pieces.popLast(), !pieces.isEmpty else { return self }
    return pieces.reversed().reduce(into: innermost) { $0 += $1.dropFirst() }
  }
}
