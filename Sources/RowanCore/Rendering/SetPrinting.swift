extension SQLPrinter {
  /// Prints a query with set operations: the arms from the left, then the ORDER BY and LIMIT of the whole.
  func combined(_ select: Select, _ output: SelectOutput) throws {
    if select.lock != nil {
      throw unsupported("a row lock on a set operation", alternative: "lock the rows of each arm in a query of its own")
    }
    var first = select
    first.combined = []
    first.order = []
    first.limit = nil
    first.offset = nil
    let places = select.order.map { term in select.outputPlace(of: term) }
    let isPlain = inFrame(of: select) {
      zip(select.order, places).allSatisfy { $1 != nil && !emulates($0.order) && hasPlace($0.expr) }
    }
    if isPlain {
      try arms(select.combined, before: select.combined.count, first, output)
      try order(select, places)
    } else {
      try wrapped(select, first, output)
    }
    try limit(select.limit, offset: select.offset)
    guard case .results = output else { return }
    for column in results.indices { results[column] = shared(results[column], column, with: select.combined) }
  }

  /// Prints the first query and the arms before `end`. Since engines disagree on whether INTERSECT binds more tightly,
  /// what stands to the left of another operation is put in parentheses.
  private func arms(
    _ list: ContiguousArray<SetArm>, before end: Int, _ first: Select, _ output: SelectOutput
  ) throws {
    guard end > 0, let arm = list[end - 1].select else { return try self.select(first, output) }
    let needsParentheses =
      !setOperationsHaveOnePrecedence && list[end - 1].kind == .intersect
      && list[..<end].contains { $0.kind != .intersect }
    if needsParentheses {
      try nestedArm { try arms(list, before: end - 1, first, output) }
    } else {
      try arms(list, before: end - 1, first, output)
    }
    emit(" \(try word(list[end - 1].kind)) ")
    let isPlain = arm.order.isEmpty && arm.limit == nil && arm.offset == nil && arm.combined.isEmpty && arm.lock == nil
    // The first arm alone names the columns.
    let inner: SelectOutput = if case .columns = output { .columns } else { .scalar }
    if isPlain { try self.select(arm, inner) } else { try nestedArm { try self.select(arm, .columns) } }
  }

  private func word(_ kind: SetArm.Kind) throws -> String {
    switch kind {
    case .union: return "UNION"
    case .unionAll: return "UNION ALL"
    case .intersect, .except:
      guard dialect.capabilities.intersectAndExcept else {
        throw unsupported("INTERSECT and EXCEPT", alternative: "use EXISTS or NOT EXISTS with a sub-query")
      }
      return kind == .intersect ? "INTERSECT" : "EXCEPT"
    }
  }

  /// Orders by the places of outputs, the one form every engine takes after a set operation.
  private func order(_ select: Select, _ places: [Int?]) throws {
    if select.order.isEmpty { return }
    emit(" ORDER BY ")
    try emit(list: zip(select.order, places)) { term, place in
      try ordering(term.order) { emit("\((place ?? 0) + 1)") }
    }
  }

  /// Orders by expressions over the outputs: the set operation becomes a sub-query.
  private func wrapped(_ select: Select, _ first: Select, _ output: SelectOutput) throws {
    let name = "\(aliasPrefix)s\(select.scope)"
    emit("SELECT ")
    emit(list: 0..<select.columnCount) { index in
      emit("\(name).\(outputName(index))")
      if case .columns = output { emit(" AS \(outputName(index))") }
    }
    emit(" FROM (")
    if case .results = output { noteResults(of: first) }
    try arms(select.combined, before: select.combined.count, first, .columns)
    emit(") AS \(name) ORDER BY ")
    let outer = groupKeys
    groupKeys = outer.entering(select.scope)
    defer { groupKeys = outer }
    outputs = { ref in
      if ref.scope < select.scope { return nil }
      guard let place = select.outputPlace(of: .column(ref)) else {
        throw RowanError(
          .columnOutOfScope, "a set operation is ordered by a column it does not select",
          hint: "select the column in every arm")
      }
      return "\(name).c\(place)"
    }
    defer { outputs = nil }
    try inFrame(of: select) {
      try emit(list: select.order) { term in
        let place = select.outputPlace(of: term)
        try ordering(term.order) {
          guard let place else { return try self.term(term.expr, of: select) }
          ordered(output: "\(name).\(outputName(place))", of: term.expr)
        }
      }
    }
  }

  private func noteResults(of select: Select) {
    inFrame(of: select) { results = select.fieldList.map { result($0) } }
  }

  private func inFrame<R>(of select: Select, _ body: () throws -> R) rethrows -> R {
    scopes.push(ScopeChain.Frame(scope: select.scope, sources: select.sources))
    defer { scopes.pop() }
    return try body()
  }
}

extension Select {
  /// Where `term` is among the outputs.
  func outputPlace(of term: Ordering) -> Int? {
    guard let output = term.output else { return outputPlace(of: term.expr) }
    return (0..<columnCount).contains(output) ? output : nil
  }

  /// Where `expr` is among the outputs, as far as its form tells.
  func outputPlace(of expr: Expr) -> Int? {
    fieldList.firstIndex { $0.expr.matches(expr) }
  }
}
