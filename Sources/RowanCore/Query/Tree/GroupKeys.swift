extension Select {
  /// Notes which selected fields and order terms are grouping keys. Once their values are parameters, two keys that
  /// differ in nothing but a bound value (`x % 2`, `x % 3`) look the same.
  @usableFromInline mutating func markGroupKeys() {
    if group.isEmpty { return }
    let keys = group
    for index in order.indices { order[index].groupKey = keys.place(of: order[index].expr) }
    guard case .list(var list) = fields else { return }
    for index in list.indices { list[index].groupKey = keys.place(of: list[index].expr) }
    fields = .list(list)
  }

  /// Where the grouping key at `index` is selected, if it holds placeholders.
  func place(ofGroupKey index: Int) -> Int? {
    guard case .list(let list) = fields, group[index].hasPlaceholder else { return nil }
    if let marked = list.firstIndex(where: { $0.groupKey == index }) { return marked }
    // A tree made by hand has no marks.
    guard group.count(where: { $0.matches(group[index]) }) == 1 else { return nil }
    return list.firstIndex { $0.groupKey == nil && $0.expr.matches(group[index]) }
  }

  /// Which grouping key `term` is.
  func groupKey(of term: Ordering) -> Int? {
    if let key = term.groupKey { return key < group.count ? key : nil }
    let found = group.indices.filter { group[$0].matches(term.expr) }
    return found.count == 1 ? found.first : nil
  }
}

extension ContiguousArray<Expr> {
  /// Where `expr` itself, not one like it, stands.
  fileprivate func place(of expr: Expr) -> Int? {
    guard case .node(let node) = expr else { return nil }
    return firstIndex { if case .node(let other) = $0 { other === node } else { false } }
  }
}
