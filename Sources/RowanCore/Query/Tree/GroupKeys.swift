extension Select {
  /// Where the grouping key at `index` is selected, if it holds placeholders.
  func place(ofGroupKey index: Int) -> Int? {
    guard case .list(let list) = fields, group[index].hasPlaceholder else { return nil }
    if let named = list.firstIndex(where: { $0.expr.isGroupKey(index, of: self) }) { return named }
    // A tree made by hand may spell the key out twice.
    guard group.count(where: { $0.matches(group[index]) }) == 1 else { return nil }
    return list.firstIndex { $0.expr.matches(group[index]) }
  }

  /// Which grouping key `term` is.
  func groupKey(of term: Ordering) -> Int? {
    if let key = group.indices.first(where: { term.expr.isGroupKey($0, of: self) }) { return key }
    let found = group.indices.filter { group[$0].matches(term.expr) }
    return found.count == 1 ? found.first : nil
  }
}

extension Expr {
  /// The same as the `index`-th grouping key of the query at `scope`. A column is one for every engine as it stands.
  @usableFromInline func asGroupKey(scope: UInt8, index: Int) -> Expr {
    if case .column = self { self } else { .node(.groupKey(scope: scope, index: index), [self]) }
  }

  fileprivate func isGroupKey(_ index: Int, of select: Select) -> Bool {
    guard case .node(let node) = self, case .groupKey(select.scope, index) = node.kind else { return false }
    return true
  }
}
