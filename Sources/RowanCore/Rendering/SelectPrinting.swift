/// What the columns of a query being printed are for.
enum SelectOutput {
  /// They are the statement's results.
  case results
  /// They are read by position from the query around: `AS c0`, `AS c1`.
  case columns
  /// They are one value, or the rows of an insert.
  case scalar
  /// Nobody reads them.
  case existence
}

extension SQLPrinter {
  /// Prints a query in parentheses.
  func nested(_ select: Select, _ output: SelectOutput) throws {
    emit("(")
    // Inside, columns are the query's own again, whatever they are called outside.
    let saved = outputs
    outputs = nil
    defer { outputs = saved }
    try self.select(select, output)
    emit(")")
  }

  /// Prints a query: `SELECT … FROM … WHERE … GROUP BY … HAVING … ORDER BY … LIMIT … FOR UPDATE`.
  func select(_ select: Select, _ output: SelectOutput) throws {
    if !select.combined.isEmpty { return try combined(select, output) }
    // The last level there is counts for all below it as well: a column there could mean another query's.
    if select.scope == .max {
      throw RowanError(
        .nestingTooDeep, "the statement nests more than \(UInt8.max - 1) queries", hint: "join instead of nesting")
    }
    scopes.push(ScopeChain.Frame(scope: select.scope, sources: select.sources))
    let outer = groupKeys
    groupKeys = outer.entering(select.scope)
    defer {
      scopes.pop()
      groupKeys = outer
    }
    try core(select, output)
    try order(select)
    try limit(select.limit, offset: select.offset)
    if let lock = select.lock { try rowLock(lock, tables: lockable(select)) }
  }

  /// Prints everything up to HAVING. The query's frame has to be in place.
  func core(_ select: Select, _ output: SelectOutput) throws {
    emit(select.distinct ? "SELECT DISTINCT " : "SELECT ")
    try fields(of: select, output)
    try from(select)
    if let filter = select.filter {
      emit(" WHERE ")
      try expr(filter)
    }
    try grouping(select)
    if let having = select.having {
      emit(" HAVING ")
      groupKeys.havings.insert(select.scope)
      defer { groupKeys.havings.remove(select.scope) }
      try expr(having)
    }
  }

  private func fields(of select: Select, _ output: SelectOutput) throws {
    if case .existence = output, case .rows = select.fields, !select.distinct { return emit("1") }
    try self.fields(select.fieldList, output)
  }

  /// Prints selected expressions, noting what they are read as.
  func fields(_ list: ContiguousArray<Field>, _ output: SelectOutput) throws {
    try emit(list: list.indices) { index in
      try expr(list[index].expr, hint: list[index].type)
      switch output {
      case .results: results.append(result(list[index]))
      case .columns: emit(" AS \(outputName(index))")
      case .scalar, .existence: break
      }
    }
  }

  /// Prints FROM. A join's ON sees only what stands before it, a joined sub-query nothing unless it is lateral.
  private func from(_ select: Select) throws {
    let complete = scopes.hide()
    defer { scopes.restore(complete) }
    emit(" FROM ")
    try source(select.base, at: 0, in: select, seesSiblings: nil)
    var frame = ScopeChain.Frame(scope: select.scope, sources: [select.base])
    for (index, join) in select.joins.enumerated() {
      emit(" \(try joinWord(join.kind)) ")
      try source(join.source, at: index + 1, in: select, seesSiblings: join.kind == .lateral ? frame : nil)
      frame.sources.append(join.source)
      try on(join, frame)
    }
  }

  private func on(_ join: Join, _ frame: ScopeChain.Frame) throws {
    switch (join.kind, join.on) {
    case (.cross, let condition):
      if condition != nil {
        throw RowanError(
          .syntaxError, "a cross join has a condition", hint: "use an inner join, or move the condition to where")
      }
    case (_, let condition):
      emit(" ON ")
      guard let condition else { return constant(true) }
      scopes.push(frame)
      defer { scopes.pop() }
      try expr(condition)
    }
  }

  private func source(
    _ source: FromSource, at slot: Int, in select: Select, seesSiblings frame: ScopeChain.Frame?
  ) throws {
    switch source {
    case .table(let table): try self.table(table)
    case .select(let inner):
      if let frame { scopes.push(frame) }
      defer { if frame != nil { scopes.pop() } }
      try nested(inner, .columns)
    }
    emit(" AS \(alias(Slot(scope: select.scope, UInt8(truncatingIfNeeded: slot))))")
  }

  /// Prints GROUP BY. An expression that holds placeholders and is selected too goes by its place in the list: spelled
  /// twice, it would be two expressions to an engine that counts its placeholders.
  private func grouping(_ select: Select) throws {
    if select.group.isEmpty { return }
    emit(" GROUP BY ")
    groupKeys.isGrouping = true
    defer { groupKeys.isGrouping = false }
    try emit(list: select.group.indices) { index in
      let key = select.group[index]
      if hasPlace(key), let place = select.place(ofGroupKey: index) {
        emit("\(place + 1)")
      } else {
        try sharingPlaceholders(select.scope, index) { try term(key, of: select) }
      }
    }
  }

  private func order(_ select: Select) throws {
    // What is the same for every row puts none before another, and not every engine takes it.
    let terms = select.order.filter { $0.expr.constant == nil }
    if terms.isEmpty { return }
    emit(" ORDER BY ")
    try emit(list: terms) { term in
      let isNamed = hasPlace(term.expr) && !emulates(term.order)
      let place = isNamed ? select.groupKey(of: term).flatMap { select.place(ofGroupKey: $0) } : nil
      try ordering(term.order) {
        if let place { emit("\(place + 1)") } else { try self.term(term.expr, of: select) }
      }
    }
  }

  /// Prints a term of GROUP BY or ORDER BY. A constant there would be refused, or be taken for a place.
  func term(_ expr: Expr, of select: Select) throws {
    if emitConstant(expr) { return }
    if !dialect.capabilities.correlatedOrder, try ColumnLevels.of([expr]).contains(where: { $0 < select.scope }) {
      throw unsupported(
        "grouping or ordering a sub-query by an outer query's column", alternative: "join the outer query's table")
    }
    try compared(expr, hint: nil)
  }

  /// Prints what is the same for every row as a comparison; nothing for what is not.
  func emitConstant(_ expr: Expr) -> Bool {
    guard let constant = expr.constant else { return false }
    emit(constant ? "(1 = 1)" : "(1 = 0)")
    return true
  }

  /// The aliases a row lock applies to: not the sides of outer joins that may be missing. Nil for all.
  private func lockable(_ select: Select) -> [String]? {
    var isNullable = [false]
    for join in select.joins {
      switch join.kind {
      case .left: isNullable.append(true)
      case .right:
        isNullable = isNullable.map { _ in true }
        isNullable.append(false)
      case .full: isNullable = (isNullable + [false]).map { _ in true }
      case .inner, .cross, .lateral: isNullable.append(false)
      }
    }
    if !isNullable.contains(true) { return nil }
    return isNullable.indices.filter { !isNullable[$0] }
      .map { alias(Slot(scope: select.scope, UInt8(truncatingIfNeeded: $0))) }
  }

  /// The words most engines have.
  public final func plainJoinWord(_ kind: Join.Kind) throws -> String {
    switch kind {
    case .inner: return "JOIN"
    case .left: return "LEFT JOIN"
    case .right: return "RIGHT JOIN"
    case .cross: return "CROSS JOIN"
    case .full:
      guard dialect.capabilities.fullJoin else {
        throw unsupported(
          "FULL JOIN", alternative: "use the union of a left join and of the right side's rows without a match")
      }
      return "FULL JOIN"
    case .lateral:
      guard dialect.capabilities.lateral else {
        throw unsupported("LATERAL", alternative: "use a window function in a sub-query")
      }
      return "JOIN LATERAL"
    }
  }
}

extension Select {
  /// What stands in FROM, by slot.
  var sources: ContiguousArray<FromSource> {
    var list: ContiguousArray = [base]
    for join in joins { list.append(join.source) }
    return list
  }

  /// What is selected, spelled out.
  var fieldList: ContiguousArray<Field> { if case .list(let list) = fields { list } else { allColumns } }

  /// Every column of every source, in order.
  var allColumns: ContiguousArray<Field> {
    var list = ContiguousArray<Field>()
    for (slot, source) in sources.enumerated() {
      let place = Slot(scope: scope, UInt8(truncatingIfNeeded: slot))
      for column in 0..<source.columnCount {
        let ref = ColumnRef(place, UInt16(truncatingIfNeeded: column))
        list.append(Field(.column(ref), type: source.type(ofColumn: column)))
      }
    }
    return list
  }
}
